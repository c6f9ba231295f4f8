//! The rules.

pub(crate) mod answer;
mod concerns;
mod course;
mod database;
mod decide;
mod execution;
mod fix_name;
mod follow_up;
mod form;
mod milestones;
pub mod naming;
pub(crate) mod production;
mod pushed;
mod settle;
mod situation;
mod standing;
pub(crate) mod steps;
mod undecided;
mod watched;
mod window;

pub use concerns::{reads, release_of};
pub use course::Course;
pub use decide::decide;
pub use execution::{execution_to_read, look_every, our_execution, revisions_to_relate};
pub use fix_name::{FixName, FixNameError};
pub use follow_up::follow_up;
pub use form::Form;
pub use milestones::milestones;
pub use settle::settle;
pub use situation::{Decision, Situation, SourceId};
pub use standing::Standing;
pub(crate) use undecided::undecided;
pub use watched::watched;
pub use window::{Occurrence, Window, in_zone};
