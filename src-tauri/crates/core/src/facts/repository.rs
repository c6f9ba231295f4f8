//! The repository as a whole.

use crate::facts::MergeMethod;
use crate::ids::Sha;
use crate::time::At;

/// What the deployed repository looks like, whichever release is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Who the token belongs to (`GET /user`).
    pub me: Account,
    /// `owner/name` as GitHub answers it now: a renamed repository is used under its new name.
    pub full_name: String,
    /// The web page of the repository.
    pub html_url: String,
    /// Merge methods that the repository allows; empty when the token may not see them.
    pub merge_methods: Vec<MergeMethod>,
    /// The base branch (`master`).
    pub base: BranchHead,
    /// Every branch whose name begins like a release branch.
    pub branches: Vec<BranchHead>,
    /// Releases whose pull request into base was merged lately, the last changed first.
    pub merged: Vec<MergedRelease>,
    /// Approving reviews that a pull request into base needs (`GET /rules/branches/{base}`), 0 when none or not told.
    pub reviews_required: u32,
    /// A merge into base has to go through GitHub's merge queue.
    pub merge_queue: bool,
}

/// A GitHub account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The login, unique on GitHub.
    pub login: String,
    /// The display name; the login when none is set.
    pub name: String,
}

/// A branch and the commit it points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchHead {
    /// The name without `refs/heads/`.
    pub name: String,
    /// The commit.
    pub sha: Sha,
}

/// A release pull request that was merged. Its branch may be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedRelease {
    /// The branch that it brought in.
    pub branch: BranchHead,
    /// What the merge produced.
    pub commit: Sha,
    /// When.
    pub at: At,
}

/// A commit, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub sha: Sha,
    /// Its message's first line (cut).
    pub title: String,
    /// Login or name of the author, "somebody" when GitHub tells neither.
    pub author: String,
    /// When it was committed.
    pub at: Option<At>,
    /// When its author wrote it; a rebase leaves that as it was.
    pub written_at: Option<At>,
    /// Its parents.
    pub parents: Vec<Sha>,
}
