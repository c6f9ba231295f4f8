use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ActionExecution, Execution};

/// The pipeline `docker-production`: V2, SUPERSEDED mode.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
        }
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

    /// What last ran in a stage.
    pub fn latest_action(&self, stage: StageName) -> Option<&ActionExecution> {
        self.actions
            .iter()
            .rev()
            .find(|action| action.stage == stage)
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

    pub(crate) fn named(name: &str) -> Option<StageName> {
        StageName::ALL
            .into_iter()
            .find(|stage| stage.as_str() == name)
    }

    pub(crate) fn next(self) -> Option<StageName> {
        match self {
            StageName::Source => Some(StageName::Approval),
            StageName::Approval => Some(StageName::Build),
            StageName::Build => None,
        }
    }
}
