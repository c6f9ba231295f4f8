//! The outside services.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
