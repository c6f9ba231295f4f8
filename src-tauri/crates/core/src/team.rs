//! The team's settings. The built-in default is the process page's team.

mod agreed;
mod check;
mod file;
mod found;
mod person;
mod places;
mod read;
mod schema;
mod shape;

pub use agreed::{AgreedTeam, TeamSource};
pub use found::{FoundTeamFile, TEAM_FILE, TeamFileContent};
pub use person::{Duty, Person};
pub use read::{LARGEST, TeamFileError};
pub use schema::team_file_schema;

use crate::kind::Kind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How one team deploys: the built-in default, or what its team file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// `owner/name` of the deployed repository.
    pub repository: String,
    /// The branch that the pipeline deploys.
    pub base: String,
    /// Pattern of a maintenance branch; holds `{date}`.
    pub maintenance_branch: String,
    /// Pattern of a hotfix branch; holds `{date}` and `{fix_name}`.
    pub hotfix_branch: String,
    /// The weekly window.
    pub window: crate::rules::Window,
    /// Slack channel name, without `#`.
    pub channel: String,
    /// The database's host.
    pub database_host: String,
    /// The kind of database, when the team says.
    pub database_engine: Option<DatabaseEngine>,
    /// Whom to ask for credentials, when the team says.
    pub database_ask: Option<String>,
    /// AWS region of the pipeline.
    pub region: String,
    /// Pipeline name.
    pub pipeline: String,
    /// Who started a release may not approve it; else they are only warned.
    pub forbid_own: bool,
    /// How a revision branch gets into base.
    pub merge_via: MergeVia,
    /// Where people sign in to AWS, so that nobody types it.
    pub aws_start_url: Option<String>,
    /// The region of that sign-in; it may differ from the pipeline's.
    pub aws_sso_region: Option<String>,
    /// Who is who across the services; who is not listed is "cannot tell".
    pub people: Vec<Person>,
}

/// The kind of database behind the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DatabaseEngine {
    /// PostgreSQL.
    Postgres,
    /// MySQL or MariaDB.
    Mysql,
}

impl DatabaseEngine {
    /// Its own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MySQL",
        }
    }
}

/// How a revision branch gets into base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MergeVia {
    /// Through a pull request, which is also the shared record of the release.
    PullRequest,
    /// With GitHub's merges API: no pull request, and no shared record.
    Direct,
}

impl Default for Team {
    fn default() -> Self {
        Self {
            repository: "gitMLS/etl".to_owned(),
            base: "master".to_owned(),
            maintenance_branch: "maintenance-{date}".to_owned(),
            hotfix_branch: "hotfix-{date}-{fix_name}".to_owned(),
            window: crate::rules::Window::default(),
            channel: "production-deployment".to_owned(),
            database_host: "db.findbuyers.com".to_owned(),
            database_engine: None,
            database_ask: None,
            region: "us-east-2".to_owned(),
            pipeline: "docker-production".to_owned(),
            forbid_own: false,
            merge_via: MergeVia::PullRequest,
            aws_start_url: None,
            aws_sso_region: None,
            people: Vec::new(),
        }
    }
}

impl Team {
    /// The pattern for a kind of release.
    #[must_use]
    pub fn pattern(&self, kind: Kind) -> &str {
        match kind {
            Kind::Maintenance => &self.maintenance_branch,
            Kind::Hotfix => &self.hotfix_branch,
        }
    }
}
