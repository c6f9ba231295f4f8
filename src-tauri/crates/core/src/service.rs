//! The outside services.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::action::Action;

/// One service with one sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Service {
    /// GitHub, or a GitHub Enterprise Server.
    #[serde(rename = "github")]
    GitHub,
    /// AWS: CodePipeline, CodeBuild, CloudWatch Logs, STS.
    Aws,
    /// Slack.
    Slack,
}

impl Service {
    /// All of them, in the order the accounts are shown.
    pub const ALL: [Self; 3] = [Self::GitHub, Self::Aws, Self::Slack];

    /// Where an action is sent.
    #[must_use]
    pub fn of(action: &Action) -> Self {
        match action {
            Action::CreateBranch { .. }
            | Action::MergePull { .. }
            | Action::OpenReleasePull { .. }
            | Action::MergeRelease { .. } => Self::GitHub,
            Action::PostAnnouncement { .. }
            | Action::UpdateAnnouncement { .. }
            | Action::PostResult { .. }
            | Action::TellChange { .. } => Self::Slack,
            Action::AnswerApproval { .. }
            | Action::RetryStage { .. }
            | Action::StopExecution { .. }
            | Action::StartExecution { .. }
            | Action::RollBack { .. }
            | Action::EnableTransition { .. } => Self::Aws,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::Aws => "AWS",
            Self::Slack => "Slack",
        }
    }
}
