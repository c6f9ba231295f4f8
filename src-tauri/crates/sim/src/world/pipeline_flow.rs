//! How executions move through the stages, and what people do to them.

use std::time::Duration;

use super::{
    ActionExecution, ActionStatus, ErrorDetails, Event, Execution, ExecutionMode, ExecutionStatus,
    Pipeline, PipelineType, Repository, SourceKind, SourceRevision, Stage, StageName, StageRun,
    StageStatus, StopTrigger, Trigger, World, ids,
};

/// Why an approval's answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ApprovalRefusal {
    InvalidToken,
    AlreadyCompleted,
}

/// Why a stage is not retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryRefusal {
    NotLatest,
    AlreadyRunning,
    NotRetryable,
}

/// Why a stage is not rolled back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RollBackRefusal {
    NotFound,
    Unable,
}

/// Why an execution is not stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopRefusal {
    Duplicated,
    NotStoppable,
}

impl World {
    /// A push to master reached the pipeline.
    pub(super) fn pick_up(&mut self, sha: &str) {
        let message = self
            .repository
            .commits
            .get(sha)
            .map(|it| it.title().to_owned())
            .unwrap_or_default();
        let detail = format!(
            "arn:aws:codeconnections:us-east-2:418295017734:connection/5e1c1a0b-0000-4000-8000-000000000001 {sha} {message}"
        );
        let trigger = match self.pipeline.source {
            SourceKind::Connection => Trigger::WebhookV2 { detail },
            SourceKind::Ecr | SourceKind::S3 => Trigger::CloudWatchEvent {
                rule: "arn:aws:events:us-east-2:418295017734:rule/docker-production-source"
                    .to_owned(),
            },
        };
        self.start_execution(trigger, Some(sha.to_owned()), None);
    }

    /// Starts an execution, of the given commit or of what master points at. Returns its id.
    pub(crate) fn start_execution(
        &mut self,
        trigger: Trigger,
        pinned: Option<String>,
        client_request_token: Option<String>,
    ) -> String {
        let id = self.ids.uuid();
        self.pipeline.executions.push(Execution {
            id: id.clone(),
            status: ExecutionStatus::InProgress,
            status_summary: None,
            revision: None,
            pinned,
            trigger,
            started_at: self.now,
            updated_at: self.now,
            stop: None,
            client_request_token,
            rolls_back: None,
            sentinel_spent: false,
        });
        self.arrive(StageName::Source, &id);
        id
    }

    /// An execution comes to a stage: it enters, or waits, and may supersede who waited before.
    fn arrive(&mut self, name: StageName, execution: &str) {
        let mode = self.pipeline.mode;
        let Some(stage) = self.pipeline.stage_mut(name) else {
            return;
        };
        let passed = match (mode, &stage.inbound) {
            (ExecutionMode::Queued | ExecutionMode::Parallel, Some(_)) => {
                stage.queue.push(execution.to_owned());
                None
            }
            (ExecutionMode::Superseded, _) | (_, None) => {
                stage.inbound.replace(execution.to_owned())
            }
        };
        if let Some(passed) = passed {
            self.set_execution(&passed, ExecutionStatus::Superseded);
        }
        self.let_in(name);
    }

    /// Lets in who waits before a stage, if the way is free.
    pub(crate) fn let_in(&mut self, name: StageName) {
        let parallel = self.pipeline.mode == ExecutionMode::Parallel;
        while let Some(stage) = self.pipeline.stage_mut(name) {
            let locked = stage.latest.as_ref().is_some_and(|run| {
                matches!(run.status, StageStatus::InProgress | StageStatus::Stopping)
            });
            if locked && !parallel || !stage.transition.enabled {
                return;
            }
            let Some(execution) = stage.inbound.take() else {
                return;
            };
            stage.move_up();
            self.begin(name, &execution);
        }
    }

    /// Runs a stage's action for an execution.
    fn begin(&mut self, name: StageName, execution: &str) {
        if let Some(stage) = self.pipeline.stage_mut(name) {
            stage.latest = Some(StageRun {
                execution: execution.to_owned(),
                status: StageStatus::InProgress,
            });
        }
        self.set_execution(execution, ExecutionStatus::InProgress);
        let action = self.ids.uuid();
        let title = self.pipeline.titles.get(&name).cloned();
        self.pipeline.actions.push(ActionExecution {
            id: action.clone(),
            execution: execution.to_owned(),
            stage: name,
            title,
            status: ActionStatus::InProgress,
            started_at: self.now,
            updated_at: self.now,
            updated_by: None,
            summary: None,
            external_id: None,
            error: None,
        });
        match name {
            StageName::Source => self.after(self.pace.source_takes, Event::SourceEnds { action }),
            StageName::Approval => self.ask_for_approval(action),
            StageName::Build => self.begin_build(&action),
        }
    }

    pub(super) fn source_ends(&mut self, action: &str) {
        let Some(execution) = self
            .pipeline
            .action(action)
            .and_then(|it| self.pipeline.execution(&it.execution))
        else {
            return;
        };
        let top = self.repository.branches.get(Repository::DEFAULT_BRANCH);
        let commit = execution
            .pinned
            .as_ref()
            .or(top)
            .and_then(|sha| self.repository.commits.get(sha));
        let Some(commit) = commit else {
            let (code, message) = (
                "RevisionUnavailable".to_owned(),
                "The revision could not be found.".to_owned(),
            );
            return self.finish_action(
                action,
                ActionStatus::Failed,
                Some(ErrorDetails { code, message }),
            );
        };
        let made = ids::sha(["artifact", commit.sha.as_str()]);
        let artifact = match self.pipeline.source {
            SourceKind::Connection => None,
            SourceKind::Ecr => Some(format!("sha256:{made}{}", &made[..24])),
            SourceKind::S3 => Some(made[..32].to_owned()),
        };
        let revision = SourceRevision {
            sha: commit.sha.clone(),
            message: commit.message.clone(),
            artifact,
        };
        let (id, fetched) = (execution.id.clone(), revision.id().to_owned());
        if let Some(execution) = self.pipeline.execution_mut(&id) {
            execution.revision = Some(revision);
        }
        if let Some(action) = self.pipeline.action_mut(action) {
            action.external_id = Some(fetched);
        }
        self.finish_action(action, ActionStatus::Succeeded, None);
    }

    fn ask_for_approval(&mut self, action: String) {
        let token = self.ids.uuid();
        if let Some(action) = self.pipeline.action_mut(&action) {
            action.external_id = Some(token);
        }
        let wait = Duration::from_secs(Pipeline::APPROVAL_MINUTES * 60);
        self.after(wait, Event::ApprovalTimesOut { action });
    }

    pub(super) fn approval_times_out(&mut self, action: &str) {
        let (code, message) = (
            "JobFailed".to_owned(),
            "The approval action timed out.".to_owned(),
        );
        self.finish_action(
            action,
            ActionStatus::Failed,
            Some(ErrorDetails { code, message }),
        );
    }

    /// Answers the approval that has this token.
    pub(crate) fn answer_approval(
        &mut self,
        token: &str,
        approved: bool,
        by_arn: &str,
        summary: &str,
    ) -> Result<(), ApprovalRefusal> {
        let now = self.now;
        let action = self
            .pipeline
            .actions
            .iter_mut()
            .find(|it| it.stage == StageName::Approval && it.external_id.as_deref() == Some(token))
            .ok_or(ApprovalRefusal::InvalidToken)?;
        if action.status != ActionStatus::InProgress {
            let answered = action.updated_by.is_some();
            return Err(if answered {
                ApprovalRefusal::AlreadyCompleted
            } else {
                ApprovalRefusal::InvalidToken
            });
        }
        let word = if approved { "Approved" } else { "Rejected" };
        let text = if summary.is_empty() {
            format!("{word} by {by_arn}")
        } else {
            summary.to_owned()
        };
        action.updated_by = Some(by_arn.to_owned());
        action.summary = Some(text.clone());
        action.updated_at = now;
        let id = action.id.clone();
        if approved {
            self.finish_action(&id, ActionStatus::Succeeded, None);
        } else {
            let rejected = ErrorDetails {
                code: "JobFailed".to_owned(),
                message: text,
            };
            self.finish_action(&id, ActionStatus::Failed, Some(rejected));
        }
        Ok(())
    }

    /// Ends an action, and with it its stage. Does nothing if it has ended before.
    pub(super) fn finish_action(
        &mut self,
        id: &str,
        status: ActionStatus,
        error: Option<ErrorDetails>,
    ) {
        let now = self.now;
        let Some(action) = self
            .pipeline
            .action_mut(id)
            .filter(|it| it.status == ActionStatus::InProgress)
        else {
            return;
        };
        action.status = status;
        action.error = error;
        action.updated_at = now;
        let (name, execution) = (action.stage, action.execution.clone());
        let stopping = self
            .pipeline
            .execution(&execution)
            .is_some_and(|it| it.status == ExecutionStatus::Stopping);
        let stage_status = match status {
            // "Stop and wait" ends so however the action did
            // (<https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-stop.html>).
            ActionStatus::Succeeded | ActionStatus::Failed if stopping => StageStatus::Stopped,
            ActionStatus::Succeeded => StageStatus::Succeeded,
            ActionStatus::Failed => StageStatus::Failed,
            ActionStatus::Abandoned => StageStatus::Stopped,
            ActionStatus::InProgress => StageStatus::InProgress,
        };
        let stage = self.pipeline.stage_mut(name);
        let run = stage.and_then(|stage| stage.latest.as_mut());
        if let Some(run) = run.filter(|run| run.execution == execution) {
            run.status = stage_status;
        }
        match (stage_status, self.pipeline.after(name)) {
            (StageStatus::Succeeded, Some(next)) => {
                self.set_execution(&execution, ExecutionStatus::InProgress);
                self.arrive(next, &execution);
            }
            (StageStatus::Succeeded, None) => {
                self.set_execution(&execution, ExecutionStatus::Succeeded)
            }
            (StageStatus::Failed, _) => self.set_execution(&execution, ExecutionStatus::Failed),
            (
                StageStatus::Stopped
                | StageStatus::Stopping
                | StageStatus::InProgress
                | StageStatus::Cancelled,
                _,
            ) => {
                self.set_execution(&execution, ExecutionStatus::Stopped);
            }
        }
        self.let_in(name);
    }

    /// Runs a failed stage of an execution again.
    pub(crate) fn retry_stage(
        &mut self,
        name: StageName,
        execution: &str,
    ) -> Result<(), RetryRefusal> {
        let is_new = |stage: &Stage| stage.name == name && stage.latest.is_none();
        if self.pipeline.stages.iter().any(is_new) {
            return Err(RetryRefusal::NotRetryable);
        }
        let run = self.run_of(name, execution);
        match run.ok_or(RetryRefusal::NotLatest)? {
            StageStatus::InProgress | StageStatus::Stopping => Err(RetryRefusal::AlreadyRunning),
            StageStatus::Succeeded | StageStatus::Cancelled => Err(RetryRefusal::NotRetryable),
            StageStatus::Failed | StageStatus::Stopped => {
                if let Some(execution) = self.pipeline.execution_mut(execution) {
                    execution.stop = None;
                }
                self.begin(name, execution);
                Ok(())
            }
        }
    }

    /// How an execution fares in a stage, while it is the latest one there. Side by side each is the latest.
    fn run_of(&self, name: StageName, execution: &str) -> Option<StageStatus> {
        if self.pipeline.mode == ExecutionMode::Parallel {
            let mut actions = self.pipeline.actions.iter().rev();
            let action = actions.find(|it| it.stage == name && it.execution == execution)?;
            return Some(match action.status {
                ActionStatus::InProgress => StageStatus::InProgress,
                ActionStatus::Abandoned => StageStatus::Stopped,
                ActionStatus::Succeeded => StageStatus::Succeeded,
                ActionStatus::Failed => StageStatus::Failed,
            });
        }
        let run = self.pipeline.stage(name)?.latest.as_ref()?;
        (run.execution == execution).then_some(run.status)
    }

    /// Rolls a stage back to an execution that went through it: a new one, of what that one fetched, in this stage alone.
    /// Returns its id.
    pub(crate) fn roll_back(
        &mut self,
        name: StageName,
        target: &str,
        by: String,
    ) -> Result<String, RollBackRefusal> {
        let found = self.pipeline.execution(target);
        let found = found.ok_or(RollBackRefusal::NotFound)?;
        let revision = found.revision.clone();
        let is_rollback = found.rolls_back.is_some();
        let mut actions = self.pipeline.actions.iter();
        let went_through = actions.any(|it| {
            it.execution == target && it.stage == name && it.status == ActionStatus::Succeeded
        });
        let stage = self.pipeline.stage(name);
        let run = stage.and_then(|stage| stage.latest.as_ref());
        let runs = run.is_some_and(|run| {
            matches!(run.status, StageStatus::InProgress | StageStatus::Stopping)
        });
        let is_able = self.pipeline.kind == PipelineType::V2
            && self.pipeline.mode != ExecutionMode::Parallel
            && name != StageName::Source;
        if !is_able || is_rollback || !went_through || runs {
            return Err(RollBackRefusal::Unable);
        }
        let id = self.ids.uuid();
        self.pipeline.executions.push(Execution {
            id: id.clone(),
            status: ExecutionStatus::InProgress,
            status_summary: None,
            revision,
            pinned: None,
            trigger: Trigger::ManualRollback { by },
            started_at: self.now,
            updated_at: self.now,
            stop: None,
            client_request_token: None,
            rolls_back: Some(target.to_owned()),
            sentinel_spent: false,
        });
        self.begin(name, &id);
        Ok(id)
    }

    /// Stops an execution, after its running action or at once.
    pub(crate) fn stop_execution(
        &mut self,
        id: &str,
        stop: StopTrigger,
    ) -> Result<(), StopRefusal> {
        let abandon = stop.abandon;
        let execution = self
            .pipeline
            .execution_mut(id)
            .ok_or(StopRefusal::NotStoppable)?;
        match execution.status {
            ExecutionStatus::InProgress => {}
            ExecutionStatus::Stopping if abandon => {}
            ExecutionStatus::Stopping => return Err(StopRefusal::Duplicated),
            ExecutionStatus::Stopped
            | ExecutionStatus::Succeeded
            | ExecutionStatus::Superseded
            | ExecutionStatus::Cancelled
            | ExecutionStatus::Failed => return Err(StopRefusal::NotStoppable),
        }
        execution.stop = Some(stop);
        self.set_execution(id, ExecutionStatus::Stopping);
        let running = self
            .pipeline
            .actions
            .iter()
            .find(|action| action.execution == id && action.status == ActionStatus::InProgress)
            .map(|action| (action.id.clone(), action.stage));
        match running {
            Some((action, _)) if abandon => {
                self.finish_action(&action, ActionStatus::Abandoned, None)
            }
            Some((_, stage)) => {
                if let Some(run) = self
                    .pipeline
                    .stage_mut(stage)
                    .and_then(|stage| stage.latest.as_mut())
                    .filter(|run| run.execution == id)
                {
                    run.status = StageStatus::Stopping;
                }
            }
            None => {
                for stage in &mut self.pipeline.stages {
                    stage.inbound.take_if(|waiting| waiting == id);
                    stage.queue.retain(|waiting| waiting != id);
                    stage.move_up();
                }
                self.set_execution(id, ExecutionStatus::Stopped);
            }
        }
        Ok(())
    }

    fn set_execution(&mut self, id: &str, status: ExecutionStatus) {
        let now = self.now;
        if let Some(execution) = self.pipeline.execution_mut(id) {
            execution.status = status;
            execution.updated_at = now;
        }
    }
}
