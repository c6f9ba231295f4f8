//! What is remembered of a sign-in beside the secret.

use serde::{Deserialize, Serialize};

use crate::service::Service;

/// What is remembered of a sign-in outside the keychain: that there is one, and of which kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum KeptAccount {
    /// A personal access token.
    #[serde(rename = "githubToken")]
    GitHubToken,
    /// A long-lived access key.
    AwsKeys {
        /// `AKIA…`, which names the key and opens nothing.
        access_key_id: String,
    },
    /// A profile of the AWS configuration files.
    AwsProfile {
        /// Its name.
        profile: String,
    },
    /// A bot's token.
    SlackBot,
    /// An incoming webhook.
    SlackWebhook,
}

impl KeptAccount {
    /// Where it signs in.
    #[must_use]
    pub fn service(&self) -> Service {
        match self {
            Self::GitHubToken => Service::GitHub,
            Self::AwsKeys { .. } | Self::AwsProfile { .. } => Service::Aws,
            Self::SlackBot | Self::SlackWebhook => Service::Slack,
        }
    }

    /// What the keychain calls its secret; `None` where there is none of ours.
    #[must_use]
    pub fn secret(&self) -> Option<&'static str> {
        match self {
            Self::GitHubToken => Some("GitHub token"),
            Self::AwsKeys { .. } => Some("AWS secret access key"),
            Self::AwsProfile { .. } => None,
            Self::SlackBot => Some("Slack bot token"),
            Self::SlackWebhook => Some("Slack webhook"),
        }
    }
}
