//! What is sent to the outside systems. A plan leaves nothing to decide while acting: an action carries everything.

use crate::facts::MergeMethod;
use crate::ids::{ApprovalToken, ChannelId, ExecutionId, MessageTs, PullNumber, Sha};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One write to one outside system, journalled before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Action {
    /// `POST /repos/{owner}/{repo}/git/refs`.
    CreateBranch {
        /// Branch name without `refs/heads/`.
        name: String,
        /// The commit that was shown.
        sha: Sha,
    },
    /// `chat.postMessage` with this release's metadata.
    PostAnnouncement {
        /// Where.
        channel: ChannelId,
        /// The message in Slack's markup, escaped.
        text: String,
    },
    /// `chat.update`: keeps the one message true. Sending it twice changes nothing.
    UpdateAnnouncement {
        /// Where.
        channel: ChannelId,
        /// Which message.
        ts: MessageTs,
        /// Its whole new text.
        text: String,
    },
    /// `PUT /repos/{owner}/{repo}/pulls/{n}/merge` into the revision branch.
    MergePull {
        /// Which.
        number: PullNumber,
        /// The head that was shown; GitHub refuses if it moved.
        head: Sha,
        /// How.
        method: MergeMethod,
        /// Its title, for the record.
        title: String,
    },
    /// `POST /repos/{owner}/{repo}/pulls`: revision branch into base.
    OpenReleasePull {
        /// The revision branch.
        head: String,
        /// The base branch.
        base: String,
        /// Title.
        title: String,
        /// Body in GitHub's Markdown, with outside text escaped.
        body: String,
    },
    /// `PUT …/pulls/{n}/merge` of the release pull request.
    MergeRelease {
        /// Which.
        number: PullNumber,
        /// The head that was shown.
        head: Sha,
        /// How.
        method: MergeMethod,
    },
    /// `PutApprovalResult`.
    AnswerApproval {
        /// What was on the card.
        gate: Gate,
        /// Yes or no.
        answer: Answer,
        /// `result.summary`, at most 512 characters; names the person.
        summary: String,
    },
    /// `RetryStageExecution`.
    RetryStage {
        /// Stage.
        stage: String,
        /// Execution.
        execution: ExecutionId,
        /// When the run that failed last changed: a later run of the stage means that the retry happened.
        failed_at: crate::time::At,
        /// How much of it; journals from before this was asked hold none.
        #[serde(default)]
        mode: RetryMode,
    },
    /// `StopPipelineExecution`.
    StopExecution {
        /// Execution.
        execution: ExecutionId,
        /// What runs is left to itself, instead of waited for.
        abandon: bool,
        /// It was told to stop before, and waited for what runs: that it stops is no sign of this request.
        was_stopping: bool,
        /// `reason`, at most 200 characters; names the person.
        reason: String,
    },
    /// `StartPipelineExecution`, at one commit.
    StartExecution {
        /// The source action that fetches it.
        source: String,
        /// The commit.
        commit: Sha,
        /// `clientRequestToken`: AWS starts one execution for it, however often it is sent.
        token: String,
        /// When the newest execution had started: a later one of the same commit means that it was started.
        newest: Option<crate::time::At>,
    },
    /// `RollbackStage`.
    RollBack {
        /// Stage.
        stage: String,
        /// The execution to go back to.
        target: ExecutionId,
        /// What that one released.
        commit: Sha,
        /// When the newest execution had started: a later one that goes back there means that it happened.
        newest: Option<crate::time::At>,
    },
    /// `EnableStageTransition`, inbound. Sending it twice changes nothing.
    EnableTransition {
        /// Stage.
        stage: String,
    },
    /// `chat.postMessage` into the announcement's thread.
    PostResult {
        /// Where.
        channel: ChannelId,
        /// The announcement.
        thread: MessageTs,
        /// The message in Slack's markup, escaped.
        text: String,
        /// The note for the team in it, as it was typed; for the report.
        #[serde(default)]
        note: String,
        /// The channel sees it, too: nothing in the thread has told it that the release is out.
        #[serde(default)]
        broadcast: bool,
    },
    /// `chat.postMessage` into the announcement's thread: a change that people must see.
    TellChange {
        /// Where.
        channel: ChannelId,
        /// The announcement.
        thread: MessageTs,
        /// Which change; each is told once, whichever desktop tells it.
        change: String,
        /// The message in Slack's markup, escaped.
        text: String,
        /// The channel sees it, too.
        broadcast: bool,
    },
}

impl Action {
    /// Sending it twice changes nothing, so that its outcome is unknown holds nothing up.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        matches!(self, Self::UpdateAnnouncement { .. })
    }

    /// It only keeps the message and its thread true: nobody waits for it.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.is_repeatable() || self.is_aside()
    }

    /// It stands beside the release's own way: while nobody knows what became of it, it is looked up and nothing else
    /// waits for that.
    #[must_use]
    pub fn is_aside(&self) -> bool {
        matches!(self, Self::TellChange { .. })
    }

    /// The service's word for it is not enough: its step has nothing else to go by, so it is looked up first. The steps
    /// of all others are done by what is seen, whatever was answered.
    #[must_use]
    pub fn counts_when_seen(&self) -> bool {
        matches!(self, Self::PostResult { .. })
    }
}

/// `StageRetryMode`
/// (<https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RetryStageExecution.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RetryMode {
    /// Those that failed.
    #[default]
    FailedActions,
    /// The stage from its first action on.
    AllActions,
}

/// The approval that was on the card: an answer counts for exactly this and nothing newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Gate {
    /// Stage name.
    pub stage: String,
    /// Action name.
    pub action: String,
    /// The execution that waits there.
    pub execution: ExecutionId,
    /// The token of this very request for approval.
    pub token: ApprovalToken,
    /// The commit that it would release.
    pub commit: Sha,
}

/// The answer to an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// `Approved`.
    Approved,
    /// `Rejected`.
    Rejected,
}

/// What came of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Outcome {
    /// The service said it happened, or it was seen to have happened.
    Done,
    /// It did not happen: the service refused, or it was never sent.
    NotDone {
        /// Why.
        problem: crate::problem::Problem,
    },
    /// It may have happened: the reply was lost. It is looked up before anything else is sent.
    Unknown {
        /// What is known.
        problem: crate::problem::Problem,
    },
}
