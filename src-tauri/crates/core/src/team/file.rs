//! The team file, `.slipway.toml`, as it is written.

use super::{DatabaseEngine, MergeVia, Person, Team};
use crate::rules::Window;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The team file of Slipway, `.slipway.toml` at the root of the deployed repository. Every key may be left out; its
/// default then stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
#[schemars(title = "Slipway team file")]
pub(super) struct TeamFile {
    /// The deployed repository, `owner/name`.
    pub(super) repository: String,
    /// The branch that the pipeline deploys.
    pub(super) base: String,
    /// The weekly deploy.
    pub(super) maintenance: Maintenance,
    /// Urgent fixes, any day.
    pub(super) hotfix: Hotfix,
    /// Where the team is told.
    pub(super) slack: Slack,
    /// The database behind the API.
    pub(super) database: Database,
    /// The AWS CodePipeline pipeline that deploys.
    pub(super) pipeline: Pipeline,
    /// Who may approve.
    pub(super) approval: Approval,
    /// How a revision branch gets into base.
    pub(super) merge: Merge,
    /// Where people sign in to AWS.
    #[serde(skip_serializing_if = "Aws::is_empty")]
    pub(super) aws: Aws,
    /// Who is who across the services. Who is not listed is "cannot tell".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) people: Vec<Person>,
}

/// The weekly deploy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Maintenance {
    /// The pattern of the branch's name. It holds `{date}` once; that is the date on which the window begins.
    pub(super) branch: String,
    /// The weekday and the time at which the window begins.
    pub(super) when: String,
    /// The time at which it ends; at or before the begin means on the next day.
    pub(super) until: String,
    /// The IANA time zone of both.
    pub(super) zone: String,
}

/// Urgent fixes, any day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Hotfix {
    /// The pattern of the branch's name. It holds `{date}` and `{fix_name}` once each.
    pub(super) branch: String,
}

/// Where the team is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Slack {
    /// The channel's name, without `#`.
    pub(super) channel: String,
}

/// The database behind the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Database {
    /// The host's name.
    pub(super) host: String,
    /// The kind of database.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DatabaseEngine")]
    pub(super) engine: Option<DatabaseEngine>,
    /// Whom to ask for credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(super) ask: Option<String>,
}

/// The AWS CodePipeline pipeline that deploys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Pipeline {
    /// The AWS region.
    pub(super) region: String,
    /// The pipeline's name.
    pub(super) name: String,
}

/// Who may approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Approval {
    /// Who started a release may not approve it. Otherwise they are only warned.
    pub(super) forbid_own: bool,
}

/// How a revision branch gets into base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Merge {
    /// Through a pull request, or directly with GitHub's merges API; then there is no shared record.
    pub(super) via: MergeVia,
}

/// Where people sign in to AWS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a table")]
pub(super) struct Aws {
    /// The address at which people sign in to AWS; https only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(super) start_url: Option<String>,
    /// The AWS region of that sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(super) sso_region: Option<String>,
}

impl Aws {
    fn is_empty(&self) -> bool {
        self.start_url.is_none() && self.sso_region.is_none()
    }
}

impl Team {
    /// The text of the team file that describes this team, every key spelled out, to be copied. Reading it gives the
    /// same team.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // Text, booleans and tables of them can always be written.
        toml::to_string(&TeamFile::from(self)).unwrap_or_default()
    }
}

impl From<&Team> for TeamFile {
    fn from(team: &Team) -> Self {
        let Window {
            zone,
            weekday,
            opens,
            until,
        } = &team.window;
        Self {
            repository: team.repository.clone(),
            base: team.base.clone(),
            maintenance: Maintenance {
                branch: team.maintenance_branch.clone(),
                when: format!("{weekday:?} {}", opens.strftime("%H:%M")),
                until: until.strftime("%H:%M").to_string(),
                zone: zone.clone(),
            },
            hotfix: Hotfix {
                branch: team.hotfix_branch.clone(),
            },
            slack: Slack {
                channel: team.channel.clone(),
            },
            database: Database {
                host: team.database_host.clone(),
                engine: team.database_engine,
                ask: team.database_ask.clone(),
            },
            pipeline: Pipeline {
                region: team.region.clone(),
                name: team.pipeline.clone(),
            },
            approval: Approval {
                forbid_own: team.forbid_own,
            },
            merge: Merge {
                via: team.merge_via,
            },
            aws: Aws {
                start_url: team.aws_start_url.clone(),
                sso_region: team.aws_sso_region.clone(),
            },
            people: team.people.clone(),
        }
    }
}

impl Default for TeamFile {
    fn default() -> Self {
        Self::from(&Team::default())
    }
}

/// What a table says when keys, or all of it, are left out.
macro_rules! defaults {
    ($($table:ident $key:ident),* $(,)?) => {$(
        impl Default for $table {
            fn default() -> Self {
                TeamFile::default().$key
            }
        }
    )*};
}

defaults! {
    Maintenance maintenance, Hotfix hotfix, Slack slack, Database database, Pipeline pipeline, Approval approval,
    Merge merge, Aws aws,
}
