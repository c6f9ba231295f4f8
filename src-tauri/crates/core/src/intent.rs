//! What a person asks for. The page sends these and nothing else.

use crate::action::{Gate, RetryMode};
use crate::declaration::StatementRun;
use crate::desktop::Wish;
use crate::history::HistoryAsk;
use crate::ids::{ActionSeq, ExecutionId, PullNumber, ReleaseId, Sha};
use crate::kind::Kind;
use crate::log::LogWish;
use crate::view::Mode;
use serde::Deserialize;
use ts_rs::TS;

/// A wish of the person in front of the screen, with what the screen showed when they made it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Intent {
    /// Look at everything now (Ctrl R, window focus).
    Look,
    /// Leave the team's world for the practice world: another process with its own data.
    StartPractice,
    /// Leave the practice world.
    EndPractice,
    /// Something about this desktop: a sign-in, a preference, the team's settings.
    Desktop {
        /// What.
        wish: Wish,
    },
    /// Something about the log of a build, which is shown and nothing else.
    Log {
        /// What.
        wish: LogWish,
    },
    /// Something of what is over: a page of the history, a report, a file of either.
    History {
        /// What.
        ask: HistoryAsk,
    },
    /// Begin a release that has no branch yet, or change its name or date while typing. Nothing is sent or kept.
    Draft {
        /// Kind.
        kind: Kind,
        /// The fix name as typed; ignored for maintenance.
        fix_name: String,
        /// `YYYY-MM-DD` as typed; empty means the suggested date.
        date: String,
    },
    /// Leave the draft.
    DropDraft,
    /// Make the draft's branch from the commit that was shown.
    CreateBranch {
        /// The branch name that was shown.
        name: String,
        /// The commit that was shown.
        sha: Sha,
    },
    /// Take over an existing branch as a release.
    AdoptBranch {
        /// Its name.
        name: String,
        /// Its head as shown.
        sha: Sha,
    },
    /// Put a release aside here; nothing outside changes.
    CloseRelease {
        /// Which.
        release: ReleaseId,
    },
    /// Post the message in the channel.
    PostAnnouncement {
        /// Which release.
        release: ReleaseId,
        /// The message as edited (plain text; escaped before it is sent).
        text: String,
    },
    /// "I told them another way."
    DeclareAnnounced {
        /// Which release.
        release: ReleaseId,
    },
    /// Merge one pull request into the branch.
    MergePull {
        /// Which release.
        release: ReleaseId,
        /// Which pull request.
        number: PullNumber,
        /// The head that was shown.
        head: Sha,
    },
    /// "No more pull requests are coming." Opens the release pull request as its follow-up.
    DeclareNoMorePulls {
        /// Which release.
        release: ReleaseId,
        /// The head of the branch that was shown.
        head: Sha,
    },
    /// "No ETL work this time."
    DeclareNoEtl {
        /// Which release.
        release: ReleaseId,
        /// Why.
        reason: String,
    },
    /// "No database changes."
    DeclareNoDatabase {
        /// Which release.
        release: ReleaseId,
    },
    /// Write down a statement.
    AddStatement {
        /// Which release.
        release: ReleaseId,
        /// The SQL as typed.
        sql: String,
    },
    /// Take back a statement that was not run.
    RemoveStatement {
        /// Which release.
        release: ReleaseId,
        /// Its number.
        number: u32,
    },
    /// Write down that a statement ran.
    RecordStatement {
        /// Which release.
        release: ReleaseId,
        /// Its number.
        number: u32,
        /// The evidence.
        run: StatementRun,
    },
    /// Merge without the database step, with a reason.
    DeclareWithoutDatabase {
        /// Which release.
        release: ReleaseId,
        /// Why.
        reason: String,
    },
    /// Open the release pull request.
    OpenReleasePull {
        /// Which release.
        release: ReleaseId,
        /// The branch's head that was shown.
        head: Sha,
    },
    /// Merge the release pull request into base.
    MergeRelease {
        /// Which release.
        release: ReleaseId,
        /// The pull request that was shown.
        number: PullNumber,
        /// Its head that was shown.
        head: Sha,
    },
    /// Approve what was on the card.
    Approve {
        /// Which release.
        release: ReleaseId,
        /// What was on the card.
        gate: Gate,
        /// The comment as typed.
        comment: String,
    },
    /// Reject what was on the card.
    Reject {
        /// Which release.
        release: ReleaseId,
        /// What was on the card.
        gate: Gate,
        /// The reason as typed.
        reason: String,
    },
    /// Retry a stage.
    RetryStage {
        /// Which release.
        release: ReleaseId,
        /// The stage that was shown.
        stage: String,
        /// The execution that was shown.
        execution: ExecutionId,
        /// How much of it.
        mode: RetryMode,
    },
    /// Stop our execution.
    StopExecution {
        /// Which release.
        release: ReleaseId,
        /// The execution that was shown.
        execution: ExecutionId,
        /// Leave what runs to itself, instead of waiting for it.
        abandon: bool,
        /// The reason as typed.
        reason: String,
    },
    /// Start the pipeline at the release's commit.
    StartPipeline {
        /// Which release.
        release: ReleaseId,
        /// The commit that was shown.
        commit: Sha,
        /// The execution that was shown to have ended; `None` when the merge was not picked up.
        after: Option<ExecutionId>,
    },
    /// Roll the stage that failed back to the last execution that went out.
    RollBack {
        /// Which release.
        release: ReleaseId,
        /// The stage that was shown.
        stage: String,
        /// The execution that was shown.
        target: ExecutionId,
    },
    /// Switch on the way into a stage.
    EnableTransition {
        /// Which release.
        release: ReleaseId,
        /// The stage that was shown.
        stage: String,
        /// The reason for switching it off that was shown.
        reason: String,
    },
    /// "Remind me in 10 minutes", of the failure that was shown.
    Remind {
        /// Which release.
        release: ReleaseId,
        /// The execution that was shown.
        execution: ExecutionId,
        /// In how many minutes: one of [`Reminding::minutes`](crate::view::Reminding::minutes).
        minutes: u32,
    },
    /// "Do not remind me."
    DropReminder {
        /// Which release.
        release: ReleaseId,
    },
    /// Post the result in the announcement's thread.
    PostResult {
        /// Which release.
        release: ReleaseId,
        /// A note for the team, as typed.
        note: String,
    },
    /// Tell a change in the announcement's thread that the desktop whose duty it is has not told.
    TellChange {
        /// Which release.
        release: ReleaseId,
        /// The change that was shown.
        change: String,
    },
    /// "I shared the result another way."
    DeclareResultShared {
        /// Which release.
        release: ReleaseId,
    },
    /// "It happened" or "It did not happen", about an action whose outcome could not be learned.
    DeclareOutcome {
        /// Which release.
        release: ReleaseId,
        /// The action that was asked about.
        seq: ActionSeq,
        /// What the person saw.
        happened: bool,
    },
}

impl Intent {
    /// The world to change to, when that is what is asked for: no engine can do it, another process has to start.
    #[must_use]
    pub fn other_world(&self) -> Option<Mode> {
        if *self == Self::StartPractice {
            return Some(Mode::Practice);
        }
        (*self == Self::EndPractice).then_some(Mode::Real)
    }
}
