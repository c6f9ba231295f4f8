//! What a decision may rest on.

use slipway_core::action::Action;
use slipway_core::ids::ReleaseId;
use slipway_sim::world::{ActionStatus, ExecutionStatus, StageName, World};

use super::seen::github;
use super::seen::slack::{self, RELEASE, RESULT};

/// The parts of the world that what is sent is bound to, as they were at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Basis {
    base: String,
    branches: Vec<String>,
    /// Open pull requests and their heads.
    open: Vec<(u64, String)>,
    /// The approval that waits: its execution, its token and the commit.
    gate: Option<(String, String, String)>,
    failed: Vec<String>,
    /// Executions that move, and what they carry.
    moving: Vec<(String, Option<String>)>,
    /// Stages whose way in is switched off.
    closed: Vec<String>,
    announced: Vec<String>,
    shared: Vec<String>,
}

impl Basis {
    pub(super) fn of(world: &World) -> Self {
        let (repository, pipeline) = (&world.repository, &world.pipeline);
        let about = |event| {
            let messages = world.channel.messages.iter();
            let of_it = messages.filter_map(move |message| {
                let release = message.metadata.as_ref()?["event_payload"]["release"].as_str()?;
                slack::is(message, event, &ReleaseId::from(release)).then(|| release.to_owned())
            });
            of_it.collect()
        };
        let asked = pipeline.latest_action(StageName::Approval);
        let asked = asked.filter(|it| it.status == ActionStatus::InProgress);
        Self {
            base: github::base(world).to_string(),
            branches: repository.branches.keys().cloned().collect(),
            open: repository
                .pulls
                .iter()
                .filter(|pull| pull.is_open())
                .map(|pull| (pull.number, pull.head_sha.clone()))
                .collect(),
            gate: asked.and_then(|it| {
                let execution = pipeline.execution(&it.execution)?;
                let revision = execution.revision.as_ref()?;
                let token = it.external_id.clone()?;
                Some((it.execution.clone(), token, revision.sha.clone()))
            }),
            failed: pipeline
                .executions
                .iter()
                .filter(|it| it.status == ExecutionStatus::Failed)
                .map(|it| it.id.clone())
                .collect(),
            moving: pipeline
                .executions
                .iter()
                .filter(|it| {
                    matches!(
                        it.status,
                        ExecutionStatus::InProgress | ExecutionStatus::Stopping
                    )
                })
                .map(|it| (it.id.clone(), it.revision.as_ref().map(|it| it.sha.clone())))
                .collect(),
            closed: pipeline
                .stages
                .iter()
                .filter(|it| !it.transition.enabled)
                .map(|it| pipeline.title(it.name).to_owned())
                .collect(),
            announced: about(RELEASE),
            shared: about(RESULT),
        }
    }

    /// In a world like this it may be sent.
    pub(super) fn allows(&self, release: &ReleaseId, action: &Action) -> bool {
        match action {
            Action::CreateBranch { name, sha } => {
                self.base == sha.as_str() && !self.branches.contains(name)
            }
            Action::MergePull { number, head, .. } | Action::MergeRelease { number, head, .. } => {
                let head = head.as_str();
                let mut open = self.open.iter();
                open.any(|(it, at)| *it == u64::from(number.0) && at == head)
            }
            Action::AnswerApproval { gate, .. } => {
                let card = (&gate.execution.0, &gate.token.0, &gate.commit.0);
                self.gate
                    .as_ref()
                    .map(|(execution, token, commit)| (execution, token, commit))
                    == Some(card)
            }
            Action::RetryStage { execution, .. } => self.failed.contains(&execution.0),
            Action::StopExecution { execution, .. } => {
                self.moving.iter().any(|(id, _)| *id == execution.0)
            }
            Action::StartExecution { commit, .. } => {
                let carries = |it: &Option<String>| it.as_deref() == Some(commit.as_str());
                !self.moving.iter().any(|(_, carried)| carries(carried))
            }
            Action::RollBack { .. } => !self.failed.is_empty(),
            Action::EnableTransition { stage } => self.closed.contains(stage),
            Action::PostAnnouncement { .. } => !self.announced.contains(&release.0),
            Action::PostResult { .. } => !self.shared.contains(&release.0),
            Action::OpenReleasePull { .. }
            | Action::UpdateAnnouncement { .. }
            | Action::TellChange { .. } => true,
        }
    }

    /// What it rests on is not asked here: GitHub opens no second pull request for a branch, the same text written over
    /// a message changes nothing, and that no change is told twice is a promise of its own.
    pub(super) fn is_free(action: &Action) -> bool {
        matches!(
            action,
            Action::OpenReleasePull { .. }
                | Action::UpdateAnnouncement { .. }
                | Action::TellChange { .. }
        )
    }
}
