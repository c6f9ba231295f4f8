//! The outside services.

use slipway_core::action::Action;

/// One service with one sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Service {
    GitHub,
    Slack,
    Aws,
}

impl Service {
    /// Where an action is sent.
    pub(crate) fn of(action: &Action) -> Self {
        match action {
            Action::CreateBranch { .. }
            | Action::MergePull { .. }
            | Action::OpenReleasePull { .. }
            | Action::MergeRelease { .. } => Self::GitHub,
            Action::PostAnnouncement { .. }
            | Action::UpdateAnnouncement { .. }
            | Action::PostResult { .. } => Self::Slack,
            Action::AnswerApproval { .. } | Action::RetryStage { .. } => Self::Aws,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::Slack => "Slack",
            Self::Aws => "AWS",
        }
    }
}
