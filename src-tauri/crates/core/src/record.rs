//! The journal's entries. A release is the fold of its records; records are only ever added.

use crate::action::{Action, Outcome};
use crate::declaration::Declaration;
use crate::ids::{ActionSeq, ExecutionId, PullNumber, ReleaseId, Sha};
use crate::kind::Kind;
use crate::reminder::Reminder;
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which release it belongs to.
    pub release: ReleaseId,
    /// When it was written, by this computer's clock.
    pub at: At,
    /// Who sat here: display name of the signed-in person.
    pub by: String,
    /// What happened.
    pub record: Record,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Record {
    /// A release was taken up here: its branch is about to be made, or was adopted.
    Opened {
        /// Kind.
        kind: Kind,
        /// The window's Pacific date.
        date: Date,
        /// The fix name of a hotfix.
        fix_name: Option<String>,
        /// An existing branch was taken over.
        adopted: bool,
    },
    /// An action is about to be sent.
    Sending {
        /// Joins it to its outcome.
        seq: ActionSeq,
        /// The action, whole.
        action: Action,
    },
    /// What came of it.
    Sent {
        /// Which.
        seq: ActionSeq,
        /// What came of it.
        outcome: Outcome,
    },
    /// A person declared something.
    Declared {
        /// What.
        declaration: Declaration,
    },
    /// Something in the outside world that the report needs, noted once when first seen.
    Saw {
        /// What.
        milestone: Milestone,
    },
    /// A person wants to be told of a failure once more. The newest counts.
    Remind {
        /// Of which, and when.
        reminder: Reminder,
    },
    /// They do not want that any more.
    DropReminder,
    /// The release was put aside here; the outside world is untouched.
    Closed,
}

/// A fact worth keeping after the outside system forgets it (a deleted branch, a year-old execution).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Milestone {
    /// The branch existed.
    Branch {
        /// The commit it was cut from, when known.
        cut: Option<Sha>,
        /// Who made it (login), when told.
        by: Option<String>,
        /// When it was made, else when first seen.
        at: At,
    },
    /// Our message was in the channel.
    Announcement {
        /// When first seen.
        at: At,
    },
    /// A pull request was merged into the branch.
    PullMerged {
        /// Which.
        number: PullNumber,
        /// Title (cut).
        title: String,
        /// Author's login.
        author: String,
        /// Who merged (login).
        by: Option<String>,
        /// When.
        at: At,
    },
    /// What was on the branch without a pull request. The newest one counts.
    Pushed {
        /// How many commits.
        total: u32,
        /// The first of them, oldest first.
        commits: Vec<PushedCommit>,
    },
    /// The release landed in base.
    Landed {
        /// Our commit.
        sha: Sha,
        /// Who merged (login).
        by: Option<String>,
        /// When.
        at: At,
    },
    /// The execution that carries our commit was found.
    Execution {
        /// Which.
        id: ExecutionId,
        /// When it started.
        at: At,
    },
    /// The approval was asked for.
    ApprovalAsked {
        /// When.
        at: At,
    },
    /// The approval was answered (or expired: `approved` false, `by` none).
    ApprovalAnswered {
        /// The execution that it was an answer for, and for no other.
        execution: ExecutionId,
        /// Yes or no.
        approved: bool,
        /// Who: an ARN's last part.
        by: Option<String>,
        /// The comment.
        comment: String,
        /// When.
        at: At,
    },
    /// The execution ended.
    BuildEnded {
        /// Succeeded?
        succeeded: bool,
        /// When.
        at: At,
    },
    /// Somebody stopped the execution.
    Stopped {
        /// When.
        at: At,
    },
    /// A stage was rolled back after the execution had ended without success.
    RolledBack {
        /// To which commit, when told.
        to: Option<Sha>,
        /// When that was done.
        at: At,
    },
    /// Every step was settled: the release is over, also where this desktop has not done the last of it.
    Finished {
        /// When the last step was settled, else when that was seen.
        at: At,
    },
}

/// A commit that came into the branch without a pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PushedCommit {
    /// Its id.
    pub sha: Sha,
    /// Its message's first line (cut).
    pub title: String,
    /// Login or name of the author.
    pub author: String,
}
