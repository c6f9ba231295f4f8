use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::FileChange;

/// A pull request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PullRequest {
    /// Its number in the repository.
    pub number: u64,
    /// Its title.
    pub title: String,
    /// Its description.
    pub body: Option<String>,
    /// Login of who opened it.
    pub author: String,
    /// The branch that is to receive the work.
    pub base: String,
    /// Where that branch pointed, last time it was looked at.
    pub base_sha: String,
    /// The branch that holds the work.
    pub head: String,
    /// The newest commit of the work.
    pub head_sha: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether head and base changed the same lines.
    pub conflict: bool,
    /// Open, closed or merged.
    pub state: PullState,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// What reviewers said, oldest first.
    pub reviews: Vec<Review>,
    /// Logins of those asked to review.
    pub requested_reviewers: Vec<String>,
    /// What was said below it, oldest first.
    pub comments: Vec<Comment>,
    /// The (base, head) pair for which GitHub has worked out whether they merge.
    pub mergeability_known_for: Option<(String, String)>,
    /// Its commits, once it is no longer open.
    pub settled_commits: Vec<String>,
    /// What its merge put onto the base branch, oldest first.
    #[serde(default)]
    pub landed_commits: Vec<String>,
    /// Its files, once it is no longer open.
    pub settled_files: Vec<FileChange>,
}

/// Where a pull request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PullState {
    /// Not decided.
    Open,
    /// Closed without a merge.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// Merged.
    Merged {
        /// When.
        at: Timestamp,
        /// Login of who merged it.
        by: String,
        /// What the merge put on top of the base branch.
        sha: String,
    },
}

/// How GitHub is to merge a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MergeMethod {
    /// A merge commit.
    Merge,
    /// One commit that holds everything.
    Squash,
    /// The same commits again, on top of the base.
    Rebase,
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// GitHub's number for it.
    pub id: u64,
    /// Login of the reviewer.
    pub author: String,
    /// The verdict.
    pub state: ReviewState,
    /// The commit that was reviewed.
    pub commit: String,
    /// When.
    pub at: Timestamp,
}

/// A review's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReviewState {
    /// Go ahead.
    Approved,
    /// Not like this.
    ChangesRequested,
    /// A remark.
    Commented,
}

/// A comment below a pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// GitHub's number for it.
    pub id: u64,
    /// Login of the author.
    pub author: String,
    /// What was written.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

impl PullRequest {
    /// Whether it can still be merged or closed.
    pub fn is_open(&self) -> bool {
        self.state == PullState::Open
    }

    /// How many people's last word, remarks aside, is an approval.
    pub fn approvals(&self) -> usize {
        self.last_words(ReviewState::Approved)
    }

    /// Whether somebody's last word is that it has to change.
    pub fn wants_changes(&self) -> bool {
        self.last_words(ReviewState::ChangesRequested) > 0
    }

    fn last_words(&self, wanted: ReviewState) -> usize {
        let mut verdicts: Vec<(&str, ReviewState)> = Vec::new();
        for review in self
            .reviews
            .iter()
            .filter(|it| it.state != ReviewState::Commented)
        {
            verdicts.retain(|(author, _)| *author != review.author);
            verdicts.push((&review.author, review.state));
        }
        verdicts
            .iter()
            .filter(|(_, state)| *state == wanted)
            .count()
    }
}
