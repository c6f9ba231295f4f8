//! Words that depend on facts: times, durations, counts, Slack and pull request texts.

pub mod announcement;
mod clock;
mod count;
pub mod history;
pub(crate) mod links;
pub mod notice;
pub mod pull_request;
pub mod report;
pub mod team;
pub(crate) mod thread;
pub mod undecided;

pub use clock::{Clock, date, duration};
pub(crate) use count::number;
pub use count::{bytes, count, list, thousands};

use crate::kind::Kind;
use crate::view::StepId;

/// A step's title.
#[must_use]
pub fn step_title(step: StepId, kind: Kind, base: &str) -> String {
    match step {
        StepId::Branch => "Create the revision branch".to_owned(),
        StepId::Announce => "Tell the team".to_owned(),
        StepId::Etl => match kind {
            Kind::Maintenance => "Merge the ETL pull request",
            Kind::Hotfix => "Merge the fix",
        }
        .to_owned(),
        StepId::Database => "Database changes".to_owned(),
        StepId::Merge => format!("Merge into {base}"),
        StepId::Approval => "Approve the deploy".to_owned(),
        StepId::Build => "Watch the build".to_owned(),
        StepId::Finish => "Wrap up".to_owned(),
    }
}
