//! What was seen in CodePipeline and CodeBuild. Shapes follow the service models of 2015-07-09 and 2016-10-06.

use crate::ids::{ApprovalToken, ExecutionId, Sha};
use crate::time::At;

/// `GetPipelineState`, `GetPipeline` and the newest executions, read together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// Pipeline name.
    pub name: String,
    /// Region.
    pub region: String,
    /// Account id (`GetCallerIdentity`).
    pub account: String,
    /// The caller's ARN, as the audit trail will show it.
    pub caller_arn: String,
    /// The pipeline's console page; empty when it has none.
    pub console_url: String,
    /// Its executions do not wait for each other (`PARALLEL`), so a stage may show another one than ours.
    pub parallel: bool,
    /// Its stages can be rolled back: it is of type V2, and not `PARALLEL`.
    pub rolls_back: bool,
    /// Its stages in order.
    pub stages: Vec<Stage>,
    /// Recent executions, newest first.
    pub executions: Vec<Execution>,
}

/// A stage as `GetPipelineState` shows it now, which may be an older execution than the one we follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Name.
    pub name: String,
    /// The execution that last entered it.
    pub execution: Option<ExecutionId>,
    /// That execution's status here.
    pub status: Option<RunStatus>,
    /// An execution that waits to enter.
    pub waiting: Option<ExecutionId>,
    /// `None` when the transition into this stage is enabled, else the reason somebody gave.
    pub disabled: Option<String>,
    /// Its actions in order.
    pub actions: Vec<ActionState>,
}

/// An action's newest run as the stage shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionState {
    /// Name.
    pub name: String,
    /// Category (`GetPipeline` tells it, the state does not).
    pub category: Category,
    /// Actions of a stage with the same number run at the same time (`runOrder`, from 1; 0 when it was not told).
    pub run_order: u32,
    /// Status of the newest run; `None` when it never ran.
    pub status: Option<RunStatus>,
    /// Set while an approval waits for an answer.
    pub token: Option<ApprovalToken>,
    /// When the status last changed.
    pub changed_at: Option<At>,
    /// Minutes after which an approval expires, when the action sets them (account default: 7 days).
    pub timeout_minutes: Option<u32>,
}

/// What kind of work an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Fetches the source.
    Source,
    /// Waits for a person.
    Approval,
    /// Builds, tests or computes: changes nothing outside the pipeline by what it is.
    Work,
    /// Deploys, invokes or anything newer: what it began may have reached production, also when it failed.
    Deploy,
}

/// Status of a stage's or an action's run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunStatus {
    /// Running (or waiting for an answer).
    InProgress,
    /// Finished well.
    Succeeded,
    /// Finished badly, or rejected.
    Failed,
    /// Stopped, stopping or abandoned.
    Stopped,
    /// The pipeline was edited before it finished.
    Cancelled,
    /// Passed over by a stage condition.
    Skipped,
    /// A value this program does not know.
    Other,
}

/// One pipeline execution in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Execution {
    /// Its id.
    pub id: ExecutionId,
    /// Its status.
    pub status: ExecutionStatus,
    /// When it started.
    pub started_at: At,
    /// When it last changed.
    pub updated_at: At,
    /// Its source revisions.
    pub revisions: Vec<Revision>,
    /// It rolls a stage back to this execution; the id is empty where AWS does not tell which.
    pub rolls_back: Option<ExecutionId>,
}

/// `PipelineExecutionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutionStatus {
    /// Moving, or waiting at a gate.
    InProgress,
    /// All stages done.
    Succeeded,
    /// A stage failed (or an approval was rejected or expired).
    Failed,
    /// Told to stop by a person; what runs is waited for, or being abandoned.
    Stopping,
    /// Stopped by a person.
    Stopped,
    /// A newer execution took its place before it reached a stage.
    Superseded,
    /// The pipeline was edited.
    Cancelled,
    /// A value this program does not know.
    Other,
}

impl ExecutionStatus {
    /// Something of it may run, or will.
    #[must_use]
    pub fn moves(self) -> bool {
        match self {
            Self::InProgress | Self::Stopping => true,
            Self::Succeeded
            | Self::Failed
            | Self::Stopped
            | Self::Superseded
            | Self::Cancelled
            | Self::Other => false,
        }
    }
}

/// What one source action brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The source action.
    pub action: String,
    /// The commit; `None` when the source is not a commit (an image digest, an S3 version).
    pub sha: Option<Sha>,
    /// The commit message's first line, or the raw summary.
    pub summary: String,
}

/// One execution with its action runs, builds and the end of its log.
#[derive(Debug, Clone, PartialEq)]
pub struct ExecutionDetail {
    /// The execution.
    pub execution: Execution,
    /// Its action runs (`ListActionExecutions`), oldest first; a retried action has several.
    pub runs: Vec<ActionRun>,
    /// The newest CodeBuild build, where it may be seen.
    pub build: Option<Build>,
    /// Its phases, in order.
    pub phases: Vec<BuildPhase>,
    /// The last lines of its log, oldest first.
    pub log: Vec<LogLine>,
}

/// One run of one action within one execution.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionRun {
    /// Unique id of this run.
    pub id: String,
    /// Stage.
    pub stage: String,
    /// Action.
    pub action: String,
    /// Category.
    pub category: Category,
    /// Status.
    pub status: RunStatus,
    /// When it started.
    pub started_at: At,
    /// When it last changed.
    pub updated_at: At,
    /// ARN of who last acted on it (an approval's answer).
    pub updated_by: Option<String>,
    /// Summary: an approval's comment, a build's outcome.
    pub summary: String,
    /// The provider's id of the work (a CodeBuild build id; an approval's token).
    pub external_id: Option<String>,
    /// The provider's page of the work.
    pub external_url: Option<String>,
    /// Why it failed.
    pub error: Option<ErrorDetails>,
}

/// `errorDetails` of a failed action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorDetails {
    /// The code, such as `JobFailed`.
    pub code: String,
    /// The message.
    pub message: String,
}

/// A CodeBuild build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Its id, which is the `external_id` of the run that it is the work of.
    pub id: String,
    /// How it fares.
    pub status: BuildStatus,
    /// Where it writes its log; `None` until its machine runs.
    pub stream: Option<LogStream>,
}

/// A log in CloudWatch Logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogStream {
    /// Its group.
    pub group: String,
    /// Its name in the group.
    pub name: String,
}

/// `buildStatus` and `phaseStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildStatus {
    /// Under way.
    InProgress,
    /// Through.
    Succeeded,
    /// It failed.
    Failed,
    /// CodeBuild failed.
    Fault,
    /// It took too long.
    TimedOut,
    /// Somebody stopped it.
    Stopped,
}

impl BuildStatus {
    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Fault => "FAULT",
            Self::TimedOut => "TIMED_OUT",
            Self::Stopped => "STOPPED",
        }
    }

    /// From AWS's word; `None` for one that this program does not know.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let all = [
            Self::InProgress,
            Self::Succeeded,
            Self::Failed,
            Self::Fault,
            Self::TimedOut,
            Self::Stopped,
        ];
        all.into_iter().find(|it| it.as_str() == word)
    }
}

/// One CodeBuild phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildPhase {
    /// `phaseType`, such as `PRE_BUILD`.
    pub name: String,
    /// Its status; `None` while it runs.
    pub status: Option<RunStatus>,
    /// Why it failed: `contexts[].statusCode`.
    pub code: String,
    /// Why it failed: `contexts[].message` (cut).
    pub message: String,
    /// When it started.
    pub started_at: Option<At>,
    /// When it ended.
    pub ended_at: Option<At>,
}

/// One log line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When it was written.
    pub at: At,
    /// The text, without ANSI sequences (cut).
    pub text: String,
}
