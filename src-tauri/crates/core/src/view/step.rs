//! The eight steps on the rail.

use crate::kind::Kind;
use crate::rules::Course;
use crate::time::At;
use crate::view::channel;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The steps in the process's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StepId {
    /// Create the revision branch.
    Branch,
    /// Tell the team.
    Announce,
    /// Merge the ETL pull request.
    Etl,
    /// Database changes.
    Database,
    /// Merge into base.
    Merge,
    /// Approve the deploy.
    Approval,
    /// Watch the build.
    Build,
    /// Wrap up.
    Finish,
}

impl StepId {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Branch,
        Self::Announce,
        Self::Etl,
        Self::Database,
        Self::Merge,
        Self::Approval,
        Self::Build,
        Self::Finish,
    ];
}

/// A step's state. It is computed from what was seen and declared, never from what was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// You can act.
    Ready,
    /// Somebody or something else goes first.
    Waiting,
    /// A service is busy with it.
    Working,
    /// Seen to be done, or declared.
    Done,
    /// Cannot go on; says why and what to do.
    Blocked,
    /// Blocked, because it was tried and did not work.
    Failed,
    /// Not needed this time.
    Skipped,
    /// An earlier step comes first.
    Later,
    /// Could not look; says how old the last look is.
    Unknown,
    /// Not signed in to the service that would show it.
    NotConnected,
}

impl StepState {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Ready,
        Self::Waiting,
        Self::Working,
        Self::Done,
        Self::Blocked,
        Self::Failed,
        Self::Skipped,
        Self::Later,
        Self::Unknown,
        Self::NotConnected,
    ];

    /// Nothing is left to do here.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Skipped)
    }
}

/// One step on the rail and in the head of its screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// Which.
    pub id: StepId,
    /// "Create the revision branch".
    pub title: String,
    /// One sentence under the title: what this step is for.
    pub lead: String,
    /// Its state.
    pub state: StepState,
    /// The state in one or two words: "Ready for you", "Waiting", "Done".
    pub word: String,
    /// The rail's second line: "Done 7:02 pm, Dana", "After the merge".
    pub note: String,
    /// Since when it is in this state, when that is known; the page adds the age.
    pub since: Option<At>,
}

/// Colour and shape of a small piece of text; the word is always there too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    /// Fine.
    Good,
    /// Waits or needs attention.
    Wait,
    /// Wrong.
    Bad,
    /// Neither.
    Quiet,
}

/// One line of a list of conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// "Conflicts".
    pub label: String,
    /// "None".
    pub text: String,
    /// Colour and shape.
    pub tone: Tone,
}

impl StepView {
    pub(crate) fn draw(course: &Course<'_>, step: StepId) -> Self {
        let standing = course.standing(step);
        Self {
            id: step,
            title: words::step_title(step, course.release.kind, &course.team.base),
            lead: lead(course, step),
            state: standing.state,
            word: word(step, standing.state).to_owned(),
            note: note(course, step, &standing.note),
            since: standing.since,
        }
    }
}

/// With what is wrong in Slack, where the step itself is done.
fn note(course: &Course<'_>, step: StepId, said: &str) -> String {
    let mark = (step == StepId::Announce).then(|| channel::mark(course));
    match mark.flatten() {
        Some(mark) => format!("{said}, {mark}"),
        None => said.to_owned(),
    }
}

fn word(step: StepId, state: StepState) -> &'static str {
    match (step, state) {
        (StepId::Approval, StepState::Ready) => "Waiting for you",
        (_, StepState::Ready) => "Ready for you",
        (_, StepState::Waiting) => "Waiting",
        (_, StepState::Working) => "Working",
        (_, StepState::Done) => "Done",
        (_, StepState::Blocked) => "Blocked",
        (_, StepState::Failed) => "Failed",
        (_, StepState::Skipped) => "Skipped",
        (_, StepState::Later) => "Later",
        (_, StepState::Unknown) => "Unknown",
        (_, StepState::NotConnected) => "Not connected",
    }
}

fn lead(course: &Course<'_>, step: StepId) -> String {
    let kind = course.release.kind;
    match (step, kind) {
        (StepId::Branch, Kind::Maintenance) => {
            "The ETL team puts its work for this deploy on this branch. Nothing reaches production yet.".into()
        }
        (StepId::Branch, Kind::Hotfix) => format!(
            "Slipway makes a branch for it from {}. Then it goes the same way as on a Tuesday.",
            course.team.base
        ),
        (StepId::Announce, Kind::Maintenance) => {
            "Post that the branch is ready, so the ETL team can open its pull requests.".into()
        }
        (StepId::Announce, Kind::Hotfix) => "Post that the branch is ready, so everybody knows about the hotfix.".into(),
        (StepId::Etl, Kind::Maintenance) => {
            "The ETL team adds its work to the branch with pull requests. Merge each one when it is ready, then close the list.".into()
        }
        (StepId::Etl, Kind::Hotfix) => {
            "The fix goes into the branch with a pull request. Merge it when it is ready, then close the list.".into()
        }
        (StepId::Database, _) => {
            format!("What has to change on {} for this release, in this order.", course.team.database_host)
        }
        (StepId::Merge, _) => "The last step before approval. After this the pipeline starts by itself.".into(),
        (StepId::Approval, _) => match course.state(step) {
            StepState::Done => "This is what was approved.",
            StepState::Failed => "This is what was asked for. It was not approved.",
            StepState::Ready
            | StepState::Waiting
            | StepState::Working
            | StepState::Blocked
            | StepState::Skipped
            | StepState::Later
            | StepState::Unknown
            | StepState::NotConnected => {
                "Read what is about to go to production, then approve or reject it."
            }
        }
        .into(),
        (StepId::Build, _) => {
            "AWS builds the new version and puts it into production. You can close this window.".into()
        }
        (StepId::Finish, _) => "Share how it went and keep the report.".into(),
    }
}
