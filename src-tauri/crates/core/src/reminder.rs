//! What a person wants to be told of once more.

use crate::ids::ExecutionId;
use crate::time::At;
use serde::{Deserialize, Serialize};

/// A person wants to be told once more of a failure, unless it is over by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reminder {
    /// When.
    pub at: At,
    /// The execution that failed.
    pub execution: ExecutionId,
    /// When it failed: whatever of it began later is no part of this failure.
    pub failed_at: At,
}
