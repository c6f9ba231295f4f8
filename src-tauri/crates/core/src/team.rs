//! The team's settings. The built-in default is the process page's team.

use crate::kind::Kind;

/// How one team deploys. Read-only here; other sources (the team file) fill the same type.
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
    /// AWS region of the pipeline.
    pub region: String,
    /// Pipeline name.
    pub pipeline: String,
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
            region: "us-east-2".to_owned(),
            pipeline: "docker-production".to_owned(),
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
