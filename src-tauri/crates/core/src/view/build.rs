//! Watch the build.

use crate::ids::ExecutionId;
use crate::time::At;
use crate::view::{LinkView, StepState};
use serde::Serialize;
use ts_rs::TS;

/// The seventh step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildScreen {
    /// Pipeline name.
    pub pipeline: String,
    /// "Building", "Deployed", "The build failed".
    pub headline: String,
    /// One sentence under it.
    pub text: String,
    /// When the build (after the approval) started.
    pub started_at: Option<At>,
    /// When it ended.
    pub ended_at: Option<At>,
    /// What earlier executions took from approval to end, in seconds (median), when there is a history.
    pub usually_seconds: Option<u32>,
    /// Stages and actions of our execution, in order.
    pub stages: Vec<StageView>,
    /// The end of the log, oldest first.
    pub log: Vec<LogView>,
    /// What went wrong.
    pub failure: Option<Failure>,
    /// The console page.
    pub link: Option<LinkView>,
    /// `retry-stage` is possible for this stage and execution.
    pub retry: Option<(String, ExecutionId)>,
    /// What the action bar says.
    pub hint: String,
}

/// One action of our execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StageView {
    /// "Source", "Approval", "docker-build".
    pub name: String,
    /// State.
    pub state: StepState,
    /// "Got 4be19d2 from master", "Phase BUILD".
    pub text: String,
    /// When it started.
    pub started_at: Option<At>,
    /// When it ended.
    pub ended_at: Option<At>,
}

/// One log line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogView {
    /// When.
    pub at: At,
    /// Text.
    pub text: String,
}

/// What went wrong, in the order people need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What happened.
    pub what: String,
    /// What production runs now.
    pub means: String,
    /// What to do.
    pub remedy: String,
    /// The service's own words.
    pub raw: String,
}
