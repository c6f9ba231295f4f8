//! What a person may want to be told of.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is worth a notice: a change of the pipeline's state, or that a release is due. Each has a switch of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Event {
    /// The maintenance window opens soon, and its release is not begun.
    MaintenanceSoon,
    /// An approval waits for an answer.
    ApprovalNeeded,
    /// It was approved, and the build goes on.
    Building,
    /// The release is in production.
    Succeeded,
    /// A stage failed.
    Failed,
    /// The approval was answered with no.
    Rejected,
    /// Nobody answered the approval in time.
    Expired,
    /// The execution was stopped, or the pipeline edited under it.
    Stopped,
    /// A stage was rolled back to an earlier deploy.
    RolledBack,
}

impl Event {
    /// All, in the order of a release.
    pub const ALL: [Self; 9] = [
        Self::MaintenanceSoon,
        Self::ApprovalNeeded,
        Self::Building,
        Self::Succeeded,
        Self::Failed,
        Self::Rejected,
        Self::Expired,
        Self::Stopped,
        Self::RolledBack,
    ];

    /// Somebody has to do something about it, so a notice of it does not go away by itself.
    #[must_use]
    pub fn stays(self) -> bool {
        matches!(self, Self::ApprovalNeeded | Self::Failed | Self::Expired)
    }

    /// It is as it should be, and nobody is called by a sound.
    #[must_use]
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Building | Self::Succeeded)
    }

    /// As it stands in keys and in the page's handles.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::MaintenanceSoon => "maintenance-soon",
            Self::ApprovalNeeded => "approval-needed",
            Self::Building => "building",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Stopped => "stopped",
            Self::RolledBack => "rolled-back",
        }
    }
}
