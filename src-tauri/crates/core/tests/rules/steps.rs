//! Where each step stands, as state and note.

mod ahead;
pub(crate) mod approval;
mod build;
mod carried_release;
mod gate;
mod source;
mod unseen;
