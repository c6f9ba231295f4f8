//! One release's branch, its pull requests and how it got into base.

use crate::facts::{Commit, Outgoing, Pull};
use crate::ids::Sha;
use crate::time::At;

/// The source side of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The branch; `None` when it does not exist (not yet, or deleted since).
    pub branch: Option<BranchSeen>,
    /// What the branch holds beyond base; `None` when there is no branch.
    pub comparison: Option<Comparison>,
    /// Pull requests into the branch, every state, oldest first.
    pub pulls: Vec<Pull>,
    /// The pull request from the branch into base: the newest that was merged, else the newest.
    pub release_pull: Option<Pull>,
    /// How this release landed in base: *our commit*. `None` while it did not.
    pub landed: Option<Landed>,
    /// How the pipeline's source revisions relate to our commit.
    pub lineage: Vec<Lineage>,
    /// What the execution that carries this release brings to production, once both are known.
    pub outgoing: Option<Outgoing>,
}

/// The branch and its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchSeen {
    /// Its head.
    pub sha: Sha,
    /// The commit it was cut from, when the repository's activity (or this desktop's journal) tells.
    pub cut: Option<Sha>,
    /// Login of who made it, from the repository's activity.
    pub created_by: Option<String>,
    /// When it was made.
    pub created_at: Option<At>,
}

/// `GET /compare/{base}...{branch}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Commits on the branch that base does not have.
    pub ahead_by: u32,
    /// Commits on base that the branch does not have.
    pub behind_by: u32,
    /// The commits ahead, oldest first (GitHub gives at most 250 a page; all pages are read).
    pub commits: Vec<Commit>,
    /// Changed files.
    pub files: u32,
    /// Added lines.
    pub additions: u32,
    /// Removed lines.
    pub deletions: u32,
}

/// The commit on base that this release's merge produced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// *Our commit*.
    pub sha: Sha,
    /// Login of who merged; `None` when not told.
    pub by: Option<String>,
    /// When.
    pub at: At,
}

/// How a source revision of the pipeline relates to our commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// The pipeline's source revision.
    pub revision: Sha,
    /// Its relation to our commit.
    pub relation: Relation,
}

/// `GET /compare/{our commit}...{revision}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// It is our commit.
    Same,
    /// It contains our commit and these more, oldest first.
    Descendant(Vec<Commit>),
    /// It is older than our commit, or on another line: it does not contain it.
    WithoutOurs,
}
