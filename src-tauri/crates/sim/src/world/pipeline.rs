use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ActionExecution, Execution};

/// The pipeline `docker-production`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pipeline {
    /// When it was made.
    pub created: Timestamp,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// All executions, oldest first.
    pub executions: Vec<Execution>,
    /// All action executions, oldest first.
    pub actions: Vec<ActionExecution>,
    /// How several executions get along.
    #[serde(default)]
    pub mode: ExecutionMode,
    /// `pipelineType`.
    #[serde(default)]
    pub kind: PipelineType,
    /// Where it fetches from.
    #[serde(default)]
    pub source: SourceKind,
    /// Which version of its declaration this is; each edit makes another.
    #[serde(default = "first_version")]
    pub version: u64,
    /// The names of stages that were renamed.
    #[serde(default)]
    pub titles: BTreeMap<StageName, String>,
    /// What the state goes on saying about the actions of a stage, though it is old.
    #[serde(default)]
    pub lagging: BTreeMap<StageName, Value>,
}

/// `pipelineType`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PipelineType {
    /// The older one: no roll-backs.
    V1,
    /// The present one.
    #[default]
    V2,
}

/// `executionMode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExecutionMode {
    /// Of those that wait before a stage the newest goes on.
    #[default]
    Superseded,
    /// They go one after the other.
    Queued,
    /// They do not wait for each other.
    Parallel,
}

/// What the source action fetches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A commit, through a connection.
    #[default]
    Connection,
    /// An image, known by its digest.
    Ecr,
    /// A file, known by its version.
    S3,
}

/// A stage, which holds one action.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stage {
    /// Which.
    pub name: StageName,
    /// The execution that was in it last.
    pub latest: Option<StageRun>,
    /// The execution that waits before it.
    pub inbound: Option<String>,
    /// Those that wait behind that one.
    #[serde(default)]
    pub queue: Vec<String>,
    /// The way in.
    pub transition: Transition,
}

/// An execution in a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRun {
    /// Which execution.
    pub execution: String,
    /// How it fares there.
    pub status: StageStatus,
}

/// The way into a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// Whether executions pass.
    pub enabled: bool,
    /// ARN of who changed it last.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<Timestamp>,
    /// Why it is closed.
    pub disabled_reason: Option<String>,
}

/// The stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StageName {
    /// Fetches the commit.
    Source,
    /// Waits for a person.
    Approval,
    /// Builds and deploys.
    Build,
}

/// A stage execution's status, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StageStatus {
    /// Under way.
    InProgress,
    /// Was stopped.
    Stopped,
    /// Waits for its action to end, then stops.
    Stopping,
    /// Through.
    Succeeded,
    /// Failed.
    Failed,
    /// The pipeline was edited meanwhile.
    Cancelled,
}

impl Pipeline {
    /// Its name.
    pub const NAME: &str = "docker-production";
    /// Its account.
    pub const ACCOUNT: &str = "418295017734";
    /// Its region.
    pub const REGION: &str = "us-east-2";
    /// Minutes for which an approval waits.
    pub const APPROVAL_MINUTES: u64 = 7 * 24 * 60;

    /// Its ARN.
    pub fn arn() -> String {
        format!(
            "arn:aws:codepipeline:{}:{}:{}",
            Pipeline::REGION,
            Pipeline::ACCOUNT,
            Pipeline::NAME
        )
    }

    pub(crate) fn new(created: Timestamp) -> Pipeline {
        let stages = StageName::ALL
            .map(|name| Stage {
                name,
                latest: None,
                inbound: None,
                queue: Vec::new(),
                transition: Transition {
                    enabled: true,
                    changed_by: None,
                    changed_at: None,
                    disabled_reason: None,
                },
            })
            .into();
        Pipeline {
            created,
            stages,
            executions: Vec::new(),
            actions: Vec::new(),
            mode: ExecutionMode::Superseded,
            kind: PipelineType::default(),
            source: SourceKind::Connection,
            version: first_version(),
            titles: BTreeMap::new(),
            lagging: BTreeMap::new(),
        }
    }

    /// What a stage is called.
    pub fn title(&self, name: StageName) -> &str {
        self.titles.get(&name).map_or(name.as_str(), String::as_str)
    }

    /// The stage that is called so.
    pub(crate) fn named(&self, title: &str) -> Option<StageName> {
        let mut names = self.stages.iter().map(|stage| stage.name);
        names.find(|name| self.title(*name) == title)
    }

    /// The stage behind another.
    pub(crate) fn after(&self, name: StageName) -> Option<StageName> {
        let mut names = self.stages.iter().map(|stage| stage.name);
        names.find(|it| *it > name)
    }

    /// The stage of that name.
    pub fn stage(&self, name: StageName) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    pub(crate) fn stage_mut(&mut self, name: StageName) -> Option<&mut Stage> {
        self.stages.iter_mut().find(|stage| stage.name == name)
    }

    /// The execution of that id.
    pub fn execution(&self, id: &str) -> Option<&Execution> {
        self.executions.iter().find(|execution| execution.id == id)
    }

    pub(crate) fn execution_mut(&mut self, id: &str) -> Option<&mut Execution> {
        self.executions
            .iter_mut()
            .find(|execution| execution.id == id)
    }

    /// The action execution of that id.
    pub fn action(&self, id: &str) -> Option<&ActionExecution> {
        self.actions.iter().find(|action| action.id == id)
    }

    pub(crate) fn action_mut(&mut self, id: &str) -> Option<&mut ActionExecution> {
        self.actions.iter_mut().find(|action| action.id == id)
    }

    /// What last ran in a stage, since it has its name.
    pub fn latest_action(&self, stage: StageName) -> Option<&ActionExecution> {
        let title = self.titles.get(&stage);
        self.actions
            .iter()
            .rev()
            .find(|action| action.stage == stage && action.title.as_ref() == title)
    }
}

impl StageName {
    /// In order.
    pub const ALL: [StageName; 3] = [StageName::Source, StageName::Approval, StageName::Build];

    /// As AWS shows it.
    pub fn as_str(self) -> &'static str {
        match self {
            StageName::Source => "Source",
            StageName::Approval => "Approval",
            StageName::Build => "Build",
        }
    }

    /// The name of the stage's action.
    pub fn action(self) -> &'static str {
        match self {
            StageName::Source => "Source",
            StageName::Approval => "ManualApproval",
            StageName::Build => "docker-build",
        }
    }
}

fn first_version() -> u64 {
    4
}
