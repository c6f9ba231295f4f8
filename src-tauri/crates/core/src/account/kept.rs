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

    /// What the keychain calls its secret, `GitHub token`; `None` where there is none of ours. Each AWS key has an item
    /// of its own, so that a secret never stands beside another key's ID.
    #[must_use]
    pub fn secret(&self) -> Option<String> {
        match self {
            Self::GitHubToken => Some("GitHub token".to_owned()),
            Self::AwsKeys { access_key_id } => {
                Some(format!("AWS secret access key {access_key_id}"))
            }
            Self::AwsProfile { .. } => None,
            Self::SlackBot => Some("Slack bot token".to_owned()),
            Self::SlackWebhook => Some("Slack webhook".to_owned()),
        }
    }

    /// The name of the keychain's item, `GitHub token for https://api.github.com`.
    #[must_use]
    pub fn item(&self, origin: &str) -> Option<String> {
        self.secret().map(|secret| format!("{secret} for {origin}"))
    }
}
