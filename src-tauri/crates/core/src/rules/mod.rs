//! The rules.

mod decide;
mod execution;
mod follow_up;
mod milestones;
mod settle;
mod situation;
mod window;

pub use decide::{decide, reads, release_of};
pub use execution::{look_every, our_execution, revisions_to_relate};
pub use follow_up::follow_up;
pub use milestones::milestones;
pub use settle::settle;
pub use situation::{Decision, Situation, SourceId};
pub use window::Window;
