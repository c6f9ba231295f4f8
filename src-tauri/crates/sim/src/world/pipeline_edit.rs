//! What happens to executions when somebody changes the pipeline under them.

use super::{ActionStatus, ExecutionStatus, SourceRevision, Stage, StageName, StageStatus, World};

impl World {
    /// A stage gets another name: a new one in place of the old, as far as AWS is concerned.
    pub(crate) fn rename_stage(&mut self, name: StageName, title: String) {
        self.cancel_executions();
        if let Some(stage) = self.pipeline.stage_mut(name) {
            stage.latest = None;
        }
        self.pipeline.titles.insert(name, title);
    }

    /// A stage is taken out.
    pub(crate) fn remove_stage(&mut self, name: StageName) {
        self.cancel_executions();
        self.pipeline.stages.retain(|stage| stage.name != name);
    }

    /// Whatever has not ended is cancelled: "the pipeline's structure was changed before the execution was completed"
    /// (<https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html>).
    fn cancel_executions(&mut self) {
        self.pipeline.version += 1;
        let now = self.now;
        for execution in &mut self.pipeline.executions {
            let moves = matches!(
                execution.status,
                ExecutionStatus::InProgress | ExecutionStatus::Stopping
            );
            if moves {
                execution.status = ExecutionStatus::Cancelled;
                execution.updated_at = now;
            }
        }
        for action in &mut self.pipeline.actions {
            if action.status == ActionStatus::InProgress {
                action.status = ActionStatus::Abandoned;
                action.updated_at = now;
            }
        }
        for stage in &mut self.pipeline.stages {
            stage.inbound = None;
            stage.queue.clear();
            let run = stage.latest.as_mut().filter(|run| {
                matches!(run.status, StageStatus::InProgress | StageStatus::Stopping)
            });
            if let Some(run) = run {
                run.status = StageStatus::Cancelled;
            }
        }
    }
}

impl Stage {
    /// The first of the queue takes the place right before the stage.
    pub(super) fn move_up(&mut self) {
        if self.inbound.is_none() && !self.queue.is_empty() {
            self.inbound = Some(self.queue.remove(0));
        }
    }
}

impl SourceRevision {
    /// What the pipeline knows it by.
    pub fn id(&self) -> &str {
        self.artifact.as_deref().unwrap_or(&self.sha)
    }
}
