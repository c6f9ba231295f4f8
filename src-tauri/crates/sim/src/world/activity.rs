use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One entry of the repository's activity log: somebody moved a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// GitHub's number for it.
    pub id: u64,
    /// What happened.
    pub kind: ActivityKind,
    /// `refs/heads/…`
    pub reference: String,
    /// Where it pointed before; zeros if it was not there.
    pub before: String,
    /// Where it points now; zeros if it is gone.
    pub after: String,
    /// Login of who did it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// GitHub's `activity_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// The branch was made.
    BranchCreation,
    /// The branch was deleted.
    BranchDeletion,
    /// Commits were pushed.
    Push,
    /// The branch was moved to where its commits are not all there any more.
    ForcePush,
    /// A pull request was merged.
    PrMerge,
}

/// What an activity shows where there is no commit.
pub(crate) const NO_COMMIT: &str = "0000000000000000000000000000000000000000";
