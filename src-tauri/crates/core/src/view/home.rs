//! The start screen.

use crate::ids::{ReleaseId, Sha};
use crate::time::At;
use crate::view::{StepId, StepState, Tone};
use serde::Serialize;
use ts_rs::TS;

/// The start screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Home {
    /// No account is connected: only a practice deploy is offered.
    pub empty: bool,
    /// "Two things need you", "Nothing needs you".
    pub headline: String,
    /// Releases in progress, the one that needs this person first.
    pub in_progress: Vec<InProgress>,
    /// Release branches on GitHub that are not open here.
    pub found: Vec<Found>,
    /// The next window.
    pub next: NextMaintenance,
    /// Why no release can be started now; `None` when it can.
    pub cannot_start: Option<String>,
    /// The watched pipeline; `None` until AWS was seen.
    pub pipeline: Option<PipelineStrip>,
    /// What went out lately, newest first, at most five.
    pub recent: Vec<Recent>,
}

/// A release in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InProgress {
    /// Which.
    pub release: ReleaseId,
    /// "Approve a hotfix: login timeout".
    pub title: String,
    /// One sentence.
    pub text: String,
    /// The step it stands at.
    pub step: StepId,
    /// That step's state.
    pub state: StepState,
    /// That state in words, for the side column.
    pub word: String,
    /// Since when.
    pub since: Option<At>,
    /// It is this person's turn.
    pub needs_you: bool,
}

/// A release branch that is on GitHub and not open here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The branch name.
    pub name: String,
    /// Its head.
    pub sha: Sha,
}

/// The next maintenance window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NextMaintenance {
    /// When it begins.
    pub at: At,
    /// It is open now.
    pub open: bool,
    /// "Tue 24 Nov, 7:00 pm Pacific".
    pub words: String,
    /// The branch that would be made.
    pub branch: String,
    /// It is the day (or practice): starting it is the thing to do.
    pub today: bool,
}

/// One pipeline as three phases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PipelineStrip {
    /// Name.
    pub name: String,
    /// What the newest execution carries.
    pub carries: String,
    /// Its stages.
    pub phases: Vec<StripPhase>,
}

/// One stage on the strip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StripPhase {
    /// Stage name.
    pub name: String,
    /// State.
    pub state: StepState,
    /// "Done 5:34 pm".
    pub text: String,
}

/// Something that went out, or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Recent {
    /// Branch name or commit title.
    pub name: String,
    /// "Deployed", "Rejected", "Failed".
    pub result: String,
    /// Colour and shape.
    pub tone: Tone,
    /// When it ended.
    pub ended_at: At,
    /// "Tue 17 Nov, 8:06 pm".
    pub ended: String,
    /// "1 h 4 min".
    pub took: String,
}
