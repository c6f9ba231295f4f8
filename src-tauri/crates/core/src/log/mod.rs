//! A build's log: what of it is shown, what of it is masked, and what is found in it. Reading it is the engine's.

mod build_log;
mod cleaner;
pub mod masking;
mod needle;
mod pace;
mod terminal;
mod wish;

pub use build_log::{BuildLog, Place, Reading, Search};
pub use cleaner::{Cleaner, LONGEST_LINE, tail};
pub use needle::{LONGEST_NEEDLE, Mark, Needle};
pub use pace::{Calls, pause};
pub use wish::LogWish;
