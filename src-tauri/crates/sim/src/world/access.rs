use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Service;

/// What the credentials are worth. The default is the usual: everything that a release needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Access {
    /// How a service says that it takes the credentials no more, where not in its usual word.
    pub refused_as: BTreeMap<Service, String>,
    /// GitHub answers 404 instead of 403 where something is not allowed.
    pub masked: bool,
    /// The organisation wants the token authorised for its single sign-on first.
    pub single_sign_on: bool,
    /// GitHub's token.
    pub github_token: GithubToken,
    /// The scopes of Slack's token; `None` for those that a release needs.
    pub slack_scopes: Option<Vec<String>>,
    /// The account of AWS's keys, when it is not the pipeline's.
    pub aws_account: Option<String>,
    /// The region of the pipeline, when it is not the usual.
    pub aws_region: Option<String>,
}

/// What kind of token it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GithubToken {
    /// A fine-grained one, which tells no scopes.
    pub fine_grained: bool,
    /// The scopes of a classic one; `None` for those that a release needs.
    pub scopes: Option<Vec<String>>,
    /// Who made it may only read.
    pub read_only: bool,
    /// When it ends.
    pub expires: Option<Timestamp>,
}

impl Access {
    /// The words that a service has for credentials it does not take; the first is its usual one.
    pub(crate) fn words(service: Service) -> &'static [&'static str] {
        match service {
            Service::Github => &["Bad credentials"],
            Service::Slack => &[
                "token_revoked",
                "account_inactive",
                "token_expired",
                "invalid_auth",
                "no_service",
                "invalid_token",
            ],
            Service::Aws => &[
                "ExpiredTokenException",
                "SignatureDoesNotMatch",
                "UnrecognizedClientException",
            ],
        }
    }

    /// The word for them now.
    pub(crate) fn word(&self, service: Service) -> &'static str {
        let ordered = self.refused_as.get(&service);
        let words = Self::words(service);
        let found = words
            .iter()
            .find(|word| Some(**word) == ordered.map(String::as_str));
        found.or(words.first()).copied().unwrap_or_default()
    }

    /// `X-OAuth-Scopes` of a classic token.
    pub(crate) fn github_scopes(&self) -> Option<String> {
        if self.github_token.fine_grained {
            return None;
        }
        let usual = || "repo, read:org".to_owned();
        let ordered = self.github_token.scopes.as_ref();
        Some(ordered.map_or_else(usual, |scopes| scopes.join(", ")))
    }
}
