//! What somebody enters to sign in.

use serde::Deserialize;
use ts_rs::TS;

use crate::account::KeptAccount;
use crate::problem::{Code, Problem};
use crate::secret::Secret;
use crate::service::Service;

/// What somebody enters to sign in. It is kept nowhere but in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SignIn {
    /// A personal access token, fine-grained or classic.
    #[serde(rename = "githubToken")]
    GitHubToken {
        /// `github_pat_…` or `ghp_…`.
        token: Secret,
    },
    /// A long-lived access key.
    AwsKeys {
        /// `AKIA…`.
        access_key_id: String,
        /// Its secret.
        secret_access_key: Secret,
    },
    /// A profile of the AWS configuration files; its secrets stay where they are.
    AwsProfile {
        /// Its name.
        profile: String,
    },
    /// A bot's token.
    SlackBot {
        /// `xoxb-…`.
        token: Secret,
    },
    /// An incoming webhook.
    SlackWebhook {
        /// Its address, which is itself the secret.
        address: Secret,
    },
}

impl SignIn {
    /// Where it signs in.
    #[must_use]
    pub fn service(&self) -> Service {
        match self {
            Self::GitHubToken { .. } => Service::GitHub,
            Self::AwsKeys { .. } | Self::AwsProfile { .. } => Service::Aws,
            Self::SlackBot { .. } | Self::SlackWebhook { .. } => Service::Slack,
        }
    }

    /// What may be known of it without the keychain.
    #[must_use]
    pub fn kept(&self) -> KeptAccount {
        match self {
            Self::GitHubToken { .. } => KeptAccount::GitHubToken,
            Self::AwsKeys { access_key_id, .. } => KeptAccount::AwsKeys {
                access_key_id: access_key_id.clone(),
            },
            Self::AwsProfile { profile } => KeptAccount::AwsProfile {
                profile: profile.clone(),
            },
            Self::SlackBot { .. } => KeptAccount::SlackBot,
            Self::SlackWebhook { .. } => KeptAccount::SlackWebhook,
        }
    }

    /// The same without what copying brings along, if it can be what it is said to be.
    ///
    /// # Errors
    /// One sentence about what was entered, which it does not repeat.
    pub fn checked(self) -> Result<Self, Problem> {
        match self {
            Self::GitHubToken { token } => {
                let token = token.trimmed();
                let text = token.expose();
                if text.is_empty() {
                    return Err(input("Enter a token."));
                }
                if text.starts_with("gho_") || text.starts_with("ghs_") {
                    return Err(input(
                        "This token belongs to an app, not to a person. Make a personal access token.",
                    ));
                }
                plain(
                    text,
                    "This is no GitHub token: it holds spaces or signs that none has.",
                )?;
                Ok(Self::GitHubToken { token })
            }
            Self::AwsKeys {
                access_key_id,
                secret_access_key,
            } => {
                let access_key_id = access_key_id.trim().to_owned();
                let secret_access_key = secret_access_key.trimmed();
                if access_key_id.is_empty() || secret_access_key.expose().is_empty() {
                    return Err(input("Enter the access key ID and the secret access key."));
                }
                // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
                if access_key_id.starts_with("ASIA") {
                    return Err(input(
                        "This key belongs to a session and ends soon. Use a profile, or a key that begins with AKIA.",
                    ));
                }
                let is_key = access_key_id.len() >= 16
                    && access_key_id.len() <= 128
                    && access_key_id
                        .chars()
                        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
                if !is_key {
                    return Err(input(
                        "This is no access key ID: it begins with AKIA and has capitals and digits only.",
                    ));
                }
                plain(
                    secret_access_key.expose(),
                    "This is no secret access key: it holds spaces or signs that none has.",
                )?;
                Ok(Self::AwsKeys {
                    access_key_id,
                    secret_access_key,
                })
            }
            Self::AwsProfile { profile } => {
                let profile = profile.trim().to_owned();
                if profile.is_empty() {
                    return Err(input("Enter the name of the profile."));
                }
                if profile.chars().any(|c| c.is_control() || c == ']') || profile.len() > 200 {
                    return Err(input("This is no name of a profile."));
                }
                Ok(Self::AwsProfile { profile })
            }
            Self::SlackBot { token } => {
                let token = token.trimmed();
                let text = token.expose();
                if text.is_empty() {
                    return Err(input("Enter a bot token."));
                }
                // <https://docs.slack.dev/authentication/tokens>
                if text.starts_with("xoxp-")
                    || text.starts_with("xapp-")
                    || text.starts_with("xoxe")
                {
                    return Err(input(
                        "This is another kind of Slack token. Use the bot token, which begins with xoxb-.",
                    ));
                }
                if !text.starts_with("xoxb-") {
                    return Err(input("This is no bot token: one begins with xoxb-."));
                }
                plain(
                    text,
                    "This is no bot token: it holds spaces or signs that none has.",
                )?;
                Ok(Self::SlackBot { token })
            }
            Self::SlackWebhook { address } => {
                let address = address.trimmed();
                let text = address.expose();
                if text.is_empty() {
                    return Err(input("Enter the webhook's address."));
                }
                if !text.contains("://")
                    || text.chars().any(|c| c.is_whitespace() || c.is_control())
                {
                    return Err(input(
                        "This is no address of a webhook: one begins with https://hooks.slack.com/services/.",
                    ));
                }
                Ok(Self::SlackWebhook { address })
            }
        }
    }
}

fn plain(text: &str, otherwise: &str) -> Result<(), Problem> {
    let is_plain = text.len() <= 1_000 && text.chars().all(|c| c.is_ascii_graphic());
    if is_plain {
        Ok(())
    } else {
        Err(input(otherwise))
    }
}

fn input(sentence: &str) -> Problem {
    Problem::new(Code::Input, sentence, "Nothing was sent.", "")
}
