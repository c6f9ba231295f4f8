use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A check on a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRun {
    /// GitHub's number for it.
    pub id: u64,
    /// Such as `unit tests`.
    pub name: String,
    /// The commit that it looks at.
    pub head_sha: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When and how it ended; absent while it runs.
    pub completed: Option<(Timestamp, Conclusion)>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// Passed.
    Success,
    /// Failed.
    Failure,
}

impl CheckRun {
    /// Whether it ended well.
    pub fn passed(&self) -> bool {
        matches!(self.completed, Some((_, Conclusion::Success)))
    }
}
