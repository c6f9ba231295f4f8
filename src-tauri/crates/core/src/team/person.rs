//! One of the team, across the services.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wildmatch::WildMatch;

/// One of the team: joins what the services call the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a list of tables")]
pub struct Person {
    /// The name that the others know.
    pub name: String,
    /// The GitHub login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub github: Option<String>,
    /// A pattern for the ARN that AWS shows; a `*` stands for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub aws: Option<String>,
    /// The Slack member ID, such as U012AB3CD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub slack: Option<String>,
    /// What this person does in a deploy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub does: Vec<Duty>,
}

impl Person {
    /// This is who AWS shows so. Who has no pattern, or an empty one, is nobody there.
    #[must_use]
    pub fn is_caller(&self, arn: &str) -> bool {
        let pattern = self.aws.as_deref().filter(|pattern| !pattern.is_empty());
        pattern.is_some_and(|pattern| WildMatch::new(pattern).matches(arn))
    }

    /// This is who has that login on GitHub, which does not tell capitals from small letters.
    #[must_use]
    pub fn has_login(&self, login: &str) -> bool {
        let own = self.github.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(login))
    }
}

/// A part in a deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Says yes or no to what goes out.
    Approver,
    /// Starts the deploy and sees it through.
    ReleaseEngineer,
    /// Makes urgent fixes.
    HotfixAuthor,
    /// Brings the ETL team's work in.
    Etl,
}

impl Duty {
    /// "approver", as people say it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Approver => "approver",
            Self::ReleaseEngineer => "release engineer",
            Self::HotfixAuthor => "hotfix author",
            Self::Etl => "ETL team",
        }
    }
}
