//! A build's log on this computer's disk, while it is open: what was read, cleaned and masked, and where in it a text was
//! found. However long it is, little of it is in memory.

mod found;
mod spool;
mod window;

pub(crate) use found::Found;
pub(crate) use spool::{BLOCK, Room, Spool};
pub(crate) use window::around;
