//! The rules.

mod again;
pub(crate) mod announcing;
pub(crate) mod answer;
mod at_rest;
mod build_log;
mod closing;
mod concerns;
mod course;
mod database;
mod decide;
mod execution;
pub mod failure;
mod fix_name;
mod follow_up;
mod form;
mod lately;
mod milestones;
pub mod naming;
pub(crate) mod notices;
pub(crate) mod own_release;
pub(crate) mod production;
mod pushed;
pub(crate) mod remind;
pub(crate) mod roll_back;
mod settle;
mod situation;
mod standing;
pub(crate) mod start;
pub(crate) mod steps;
pub(crate) mod stop;
mod team_files;
mod team_update;
pub(crate) mod thread;
pub(crate) mod transition;
mod undecided;
mod watched;
mod window;
mod wrong_clock;

pub use again::{Asked, again, is_passing};
pub use at_rest::is_at_rest;
pub use build_log::{is_building, is_whole, log_of};
pub use closing::{Closed, Closing, closing};
pub use concerns::{reads, release_of};
pub use course::Course;
pub use decide::decide;
pub use execution::{
    Closeness, closeness, execution_to_read, look_every, our_execution, outgoing_to_compare,
    revisions_to_relate, since_landed,
};
pub use fix_name::{FixName, FixNameError};
pub use follow_up::follow_ups;
pub use form::Form;
pub(crate) use lately::done_lately;
pub use lately::{count_by_this_clock, count_from};
pub use milestones::milestones;
pub use notices::{notices, opening};
pub use remind::next_reminder;
pub use settle::settle;
pub use situation::{Decision, Situation, SourceId};
pub use standing::Standing;
pub use team_files::{ForgettingTeam, TeamFiles, WaitingTeam};
pub use team_update::{TeamChange, TeamUpdate};
pub(crate) use undecided::undecided;
pub use watched::watched;
pub use window::{Occurrence, Window, in_zone};
pub use wrong_clock::wrong_clock;
