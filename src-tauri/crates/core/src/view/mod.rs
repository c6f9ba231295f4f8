//! What the window shows. Every sentence that depends on facts is worded here, where it is tested; the page draws it.
//! Instants go as [`At`] so that ages can tick on screen without a new view.

mod approval;
mod branch;
mod build;
mod database;
mod etl;
mod finish;
mod home;
mod merge;
mod scene;
mod step;

pub use approval::{ApprovalScreen, ApprovalCard};
pub use branch::{BranchScreen, BranchName, NameVerdict};
pub use build::{BuildScreen, Failure, LogView, StageView};
pub use database::DatabaseScreen;
pub use etl::{EtlScreen, PullView};
pub use finish::{FinishScreen, ReportRow};
pub use home::{Found, Home, InProgress, NextMaintenance, PipelineStrip, Recent, StripPhase};
pub use merge::MergeScreen;
pub use scene::{Scene, Viewed};
pub use step::{StepId, StepState, StepView, Tone, Check};

use crate::ids::{LinkId, ReleaseId};
use crate::kind::Kind;
use crate::problem::Problem;
use crate::time::At;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything on screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with each view; the page drops older ones.
    pub rev: u32,
    /// Practice or real.
    pub mode: Mode,
    /// The engine's clock when this view was made.
    pub now: At,
    /// The strip at the top.
    pub waterline: Waterline,
    /// Who sits here; `None` before any look at GitHub.
    pub person: Option<Person>,
    /// The start screen.
    pub home: Home,
    /// A release without a branch yet, while its form is open.
    pub draft: Option<ReleaseView>,
    /// Releases in progress, newest first, each with all its screens.
    pub releases: Vec<ReleaseView>,
    /// The whole program cannot do its work (journal unusable): shown above everything.
    pub trouble: Option<Problem>,
}

/// Which world this process works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// The embedded simulation: nothing leaves this computer.
    Practice,
    /// The team's accounts.
    Real,
}

/// How fresh the facts are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Waterline {
    /// Colour and shape.
    pub tone: Tone,
    /// First word, bold: "Live", "Not connected", "AWS".
    pub word: String,
    /// The rest of the sentence, without the age.
    pub text: String,
    /// When the oldest of the shown facts was seen; the page adds "4 s ago".
    pub seen_at: Option<At>,
    /// A look is under way.
    pub looking: bool,
}

/// Somebody, as the window names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Display name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Second line: login, role or account.
    pub detail: String,
}

/// A link that the engine can open; the page never holds the address it would open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// What to ask for. The address itself, prefixed by its kind, is known to the engine only by this id.
    pub id: LinkId,
    /// What it says.
    pub label: String,
}

/// One release with all its screens.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseView {
    /// Its identity: the branch name (empty for a draft without a usable name).
    pub id: ReleaseId,
    /// Kind.
    pub kind: Kind,
    /// "Maintenance", "Hotfix".
    pub kind_word: String,
    /// "Tuesday 24 November".
    pub date_words: String,
    /// The eight steps in order.
    pub steps: Vec<StepView>,
    /// The step to show when the person has not chosen another: the first that is not settled.
    pub current: StepId,
    /// Steps 1 to 8.
    pub branch: BranchScreen,
    /// Tell the team.
    pub announce: AnnounceScreen,
    /// Merge the ETL pull request.
    pub etl: EtlScreen,
    /// Database changes.
    pub database: DatabaseScreen,
    /// Merge into base.
    pub merge: MergeScreen,
    /// Approve the deploy.
    pub approval: ApprovalScreen,
    /// Watch the build.
    pub build: BuildScreen,
    /// Wrap up.
    pub finish: FinishScreen,
    /// The last action of this release that did not work, until the next one or until it is seen to be settled.
    pub problem: Option<Problem>,
    /// An action is being sent or looked up: buttons that act are off, with this sentence as the reason.
    pub busy: Option<String>,
    /// The release reached production: the hull floats.
    pub afloat: bool,
}

/// Tell the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnnounceScreen {
    /// The message to begin with (plain text, editable).
    pub suggestion: String,
    /// The line that Slipway adds and keeps up to date ("Step 2 of 8. Waiting for pull requests.").
    pub status_line: String,
    /// `#production-deployment`.
    pub channel: String,
    /// "#production-deployment is private. 14 people will see it."
    pub audience: String,
    /// The bot's name as the preview shows it.
    pub bot: String,
    /// The message as it stands in Slack, once posted.
    pub posted: Option<String>,
    /// When it was posted or declared, and by whom, in words.
    pub settled: String,
    /// Its address.
    pub link: Option<LinkView>,
    /// `post-announcement` is possible.
    pub can_post: bool,
    /// `declare-announced` and `copy-announcement` are possible.
    pub can_declare: bool,
}
