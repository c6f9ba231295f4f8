//! Where the outside systems are, and the secrets that open them. Nothing here can be printed or serialised.

mod door;
mod environment;
mod origin;

use std::path::PathBuf;

use secrecy::SecretString;

pub(crate) use door::Door;

/// Base URLs of the outside systems. The default is each service's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// GitHub's REST API; GitHub Enterprise Server has it under `/api/v3`.
    pub github_api: String,
    /// GitHub's web pages, for the links that are opened; `None` where GitHub itself says they are.
    pub github_web: Option<String>,
    /// Slack's Web API.
    pub slack_api: String,
    /// One address for all AWS services; `None` for the region's own.
    pub aws: Option<String>,
    /// Another one for CodePipeline alone.
    pub aws_codepipeline: Option<String>,
    /// The AWS configuration files; `None` where AWS itself looks for them.
    pub aws_files: Option<AwsFiles>,
}

/// Where profiles are described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsFiles {
    /// In place of `~/.aws/config`.
    pub config: PathBuf,
    /// In place of `~/.aws/credentials`.
    pub credentials: PathBuf,
}

impl Default for Endpoints {
    fn default() -> Self {
        Self {
            github_api: "https://api.github.com".to_owned(),
            github_web: None,
            slack_api: "https://slack.com/api".to_owned(),
            aws: None,
            aws_codepipeline: None,
            aws_files: None,
        }
    }
}

/// What this person is signed in with, for each system. It cannot be printed.
///
/// ```compile_fail
/// println!("{:?}", slipway_engine::endpoints::Accounts::default());
/// ```
#[derive(Clone, Default)]
pub struct Accounts {
    /// A personal access token or an OAuth token.
    pub github: Option<SecretString>,
    /// A bot token or a webhook.
    pub slack: Option<SlackAccount>,
    /// Keys, or a profile of the AWS configuration files.
    pub aws: Option<AwsAccount>,
}

/// How AWS knows us.
#[derive(Clone)]
pub enum AwsAccount {
    /// An access key.
    Keys(AwsKeys),
    /// The name of a profile. Its secrets stay where they are.
    Profile(String),
}

impl From<AwsKeys> for AwsAccount {
    fn from(keys: AwsKeys) -> Self {
        Self::Keys(keys)
    }
}

/// How messages reach Slack.
#[derive(Clone)]
pub enum SlackAccount {
    /// A bot token (`xoxb-…`): posts, edits, and reads back.
    Bot(SecretString),
    /// An incoming webhook's address: posts only.
    Webhook(SecretString),
}

/// An AWS access key.
#[derive(Clone)]
pub struct AwsKeys {
    /// `AKIA…` or `ASIA…`.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: SecretString,
    /// Set for the temporary keys of a session.
    pub session_token: Option<SecretString>,
}
