//! Pull requests.

use crate::facts::Commit;
use crate::ids::{PullNumber, Sha};
use crate::time::At;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One pull request as seen on GitHub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// Its number.
    pub number: PullNumber,
    /// Its title (cut).
    pub title: String,
    /// Login of the author.
    pub author: String,
    /// Open, merged or closed.
    pub state: PullState,
    /// Marked as a draft.
    pub draft: bool,
    /// The branch it brings in.
    pub head_ref: String,
    /// The commit a merge would bring in; a merge always carries the one that was shown.
    pub head_sha: Sha,
    /// The branch it goes into.
    pub base_ref: String,
    /// When it was opened.
    pub opened_at: At,
    /// What GitHub says about merging it.
    pub mergeability: Mergeability,
    /// Changed files.
    pub files: u32,
    /// Added lines.
    pub additions: u32,
    /// Removed lines.
    pub deletions: u32,
    /// Checks and statuses of the head commit.
    pub checks: Checks,
    /// The newest review of each reviewer.
    pub reviews: Vec<Review>,
    /// What it was made of, oldest first; looked up where it was merged as other commits than these.
    pub commits: Vec<Commit>,
    /// Its web page.
    pub html_url: String,
}

/// Where a pull request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullState {
    /// Can still be merged.
    Open,
    /// Merged: by whom, when, and the commit that the merge produced.
    Merged {
        /// Login; `None` when GitHub does not tell.
        by: Option<String>,
        /// When.
        at: At,
        /// `merge_commit_sha` (merge commit, squash commit or the last rebased commit).
        sha: Sha,
    },
    /// Closed without a merge.
    Closed,
}

/// `mergeable` and `mergeable_state` together. GitHub computes them on demand: `Computing` is never "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mergeability {
    /// GitHub has not finished its test merge.
    Computing,
    /// `clean`, `unstable` or `has_hooks`: GitHub would merge it now.
    Clean,
    /// `dirty`: conflicts with its base.
    Conflict,
    /// `behind`: its base moved and the rules want it up to date.
    Behind,
    /// `blocked`: a required review or check is missing.
    Blocked,
}

/// Check runs and commit statuses of one commit, taken together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// Names that passed (success, neutral or skipped).
    pub passed: Vec<String>,
    /// Names that failed.
    pub failed: Vec<String>,
    /// Names that have not finished.
    pub pending: Vec<String>,
}

impl Checks {
    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.passed.len() + self.failed.len() + self.pending.len()
    }
}

/// A reviewer's newest word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Login.
    pub by: String,
    /// What they said.
    pub verdict: Verdict,
}

/// A review's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Approved.
    Approved,
    /// Wants changes.
    ChangesRequested,
    /// Commented or dismissed.
    Commented,
}

/// How GitHub merges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum MergeMethod {
    /// A merge commit: preferred, because the branch's commits stay recognisable.
    Merge,
    /// One squashed commit.
    Squash,
    /// Rebased commits.
    Rebase,
}
