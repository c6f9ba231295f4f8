//! Merge the ETL pull request.

use crate::ids::{PullNumber, Sha};
use crate::time::At;
use crate::view::{Check, LinkView, StepState};
use serde::Serialize;
use ts_rs::TS;

/// The third step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EtlScreen {
    /// "2 open pull requests", "Waiting for the first pull request".
    pub headline: String,
    /// Open ones, oldest first.
    pub open: Vec<PullView>,
    /// Merged ones, oldest first.
    pub merged: Vec<PullView>,
    /// "Nothing yet. maintenance-… is the same as master at 9f3c1e7." or what the branch holds.
    pub holds: String,
    /// Commits pushed to the branch without a pull request ("4f2c91a Fix typo, by dana").
    pub direct: Vec<String>,
    /// The pull request that the one filled button merges.
    pub next: Option<PullNumber>,
    /// The branch's head, shown and sent back with "no more".
    pub head: Option<Sha>,
    /// `declare-no-more-pulls` is possible.
    pub can_close: bool,
    /// It is the thing to do now (nothing open, something merged).
    pub close_is_next: bool,
    /// `declare-no-etl` is possible.
    pub can_declare_none: bool,
    /// What the action bar says.
    pub hint: String,
    /// For a hotfix: git commands to fetch the branch, to copy.
    pub git_commands: String,
    /// The page that opens a pull request into the branch.
    pub compare_link: Option<LinkView>,
}

/// One pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PullView {
    /// Number.
    pub number: PullNumber,
    /// Title.
    pub title: String,
    /// Author.
    pub author: String,
    /// Author's initials.
    pub initials: String,
    /// Head, sent back with a merge.
    pub head: Sha,
    /// When it was opened.
    pub opened_at: At,
    /// "14 files, +412 −87".
    pub size: String,
    /// Checks, reviews, conflicts.
    pub checks: Vec<Check>,
    /// Ready, waiting, blocked, done, failed (conflict).
    pub state: StepState,
    /// "Can be merged", "Waiting for checks".
    pub word: String,
    /// Its page.
    pub link: LinkView,
    /// `merge-pull` is possible.
    pub can_merge: bool,
}
