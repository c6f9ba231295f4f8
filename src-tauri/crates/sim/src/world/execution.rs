use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::StageName;

/// One run through the pipeline.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Execution {
    /// A UUID.
    pub id: String,
    /// How it fares.
    pub status: ExecutionStatus,
    /// More about that, in words.
    pub status_summary: Option<String>,
    /// What it releases; absent until the source action is through.
    pub revision: Option<SourceRevision>,
    /// What it was started with; absent means the newest commit on master.
    pub pinned: Option<String>,
    /// What started it.
    pub trigger: Trigger,
    /// When.
    pub started_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// How it was asked to stop.
    pub stop: Option<StopTrigger>,
    /// The caller's token, if it was started by a call.
    pub client_request_token: Option<String>,
    /// The execution that it rolls a stage back to.
    #[serde(default)]
    pub rolls_back: Option<String>,
    /// Whether a sentinel in its commit has had its one failure.
    pub sentinel_spent: bool,
}

/// A pipeline execution's status, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExecutionStatus {
    /// Under way.
    InProgress,
    /// Was stopped.
    Stopped,
    /// Waits for its action to end, then stops.
    Stopping,
    /// Through.
    Succeeded,
    /// A newer one took its place before a stage.
    Superseded,
    /// A stage failed.
    Failed,
    /// The pipeline was edited meanwhile.
    Cancelled,
}

/// The commit that an execution releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRevision {
    /// Its SHA.
    pub sha: String,
    /// Its message.
    pub message: String,
    /// What was fetched instead of the commit, made from it: an image's digest, a file's version.
    #[serde(default)]
    pub artifact: Option<String>,
}

/// What started an execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is")]
pub enum Trigger {
    /// A push to master.
    WebhookV2 {
        /// What the connection says about it.
        detail: String,
    },
    /// An image or a file was put where the pipeline fetches it.
    CloudWatchEvent {
        /// ARN of the rule that saw it.
        rule: String,
    },
    /// A stage was rolled back.
    ManualRollback {
        /// The caller's ARN.
        by: String,
    },
    /// A call.
    StartPipelineExecution {
        /// The caller's ARN.
        by: String,
    },
}

/// How an execution was asked to stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopTrigger {
    /// Why, if the caller said so.
    pub reason: Option<String>,
    /// Whether the running action is left to itself.
    pub abandon: bool,
}

/// One run of a stage's action.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ActionExecution {
    /// A UUID.
    pub id: String,
    /// The pipeline execution that it belongs to.
    pub execution: String,
    /// The stage, and so the action.
    pub stage: StageName,
    /// What that stage was called then, if it had another name.
    #[serde(default)]
    pub title: Option<String>,
    /// How it fares.
    pub status: ActionStatus,
    /// When it began.
    pub started_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// ARN of who decided it.
    pub updated_by: Option<String>,
    /// What is said about it.
    pub summary: Option<String>,
    /// The approval's token, or the CodeBuild build's id.
    pub external_id: Option<String>,
    /// Why it failed.
    pub error: Option<ErrorDetails>,
}

/// An action execution's status, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionStatus {
    /// Under way; an approval: waits for its answer.
    InProgress,
    /// Left to itself.
    Abandoned,
    /// Through.
    Succeeded,
    /// Failed; an approval: rejected or too late.
    Failed,
}

/// Why an action failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetails {
    /// Such as `JobFailed`.
    pub code: String,
    /// In words.
    pub message: String,
}
