//! What the pipeline alone tells about an answer or a retry, for who may not read an execution's details
//! (`ListActionExecutions`), and for an execution that was passed meanwhile.

use crate::action::Gate;
use crate::facts::{ActionState, Execution, ExecutionStatus, Pipeline, RunStatus, Stage};
use crate::ids::ExecutionId;
use crate::time::At;

/// What became of a request for approval.
pub(super) enum Request {
    /// It still waits for an answer.
    Open,
    /// It ended so.
    Ended(RunStatus),
    /// The pipeline does not tell.
    Untold,
}

/// What became of the request for approval on a card.
pub(super) fn request(pipeline: &Pipeline, gate: &Gate) -> Request {
    let stage = stage(pipeline, &gate.stage);
    let Some(stage) = stage.filter(|stage| stage.execution.as_ref() == Some(&gate.execution))
    else {
        return left(pipeline, gate);
    };
    let action = stage.actions.iter().find(|it| it.name == gate.action);
    match action {
        Some(it) if it.token.as_ref() == Some(&gate.token) => Request::Open,
        // The same execution asks again, so the request before it ended without a yes.
        Some(it) if it.token.is_some() => Request::Ended(RunStatus::Failed),
        Some(ActionState {
            status: Some(status),
            ..
        }) if has_ended(*status) => Request::Ended(*status),
        Some(_) | None => Request::Untold,
    }
}

/// Another execution stands at the gate. Ours passed it if it is seen behind it, and did not if it ended while nothing
/// newer than it went through.
fn left(pipeline: &Pipeline, gate: &Gate) -> Request {
    let Some(ours) = listed(pipeline, &gate.execution) else {
        return Request::Untold;
    };
    let mut behind = pipeline
        .stages
        .iter()
        .skip_while(|stage| stage.name != gate.stage)
        .skip(1);
    let next = behind.clone().next();
    if ours.status == ExecutionStatus::Succeeded
        || behind.any(|stage| stage.execution.as_ref() == Some(&ours.id))
    {
        return Request::Ended(RunStatus::Succeeded);
    }
    let untouched = next.is_some_and(|next| {
        let seen = next.execution.as_ref().and_then(|id| listed(pipeline, id));
        seen.is_some_and(|it| it.started_at < ours.started_at) || next.execution.is_none()
    });
    let is_last = stage(pipeline, &gate.stage)
        .and_then(|stage| stage.actions.last())
        .is_some_and(|action| action.name == gate.action);
    match ours.status {
        ExecutionStatus::Failed if untouched && is_last => Request::Ended(RunStatus::Failed),
        ExecutionStatus::Stopped if untouched && is_last => Request::Ended(RunStatus::Stopped),
        ExecutionStatus::InProgress
        | ExecutionStatus::Stopping
        | ExecutionStatus::Succeeded
        | ExecutionStatus::Failed
        | ExecutionStatus::Stopped
        | ExecutionStatus::Superseded
        | ExecutionStatus::Cancelled
        | ExecutionStatus::Other => Request::Untold,
    }
}

/// Whether a stage was started again after it failed then; `None` when the pipeline does not tell.
pub(super) fn started_again(
    pipeline: &Pipeline,
    name: &str,
    execution: &ExecutionId,
    failed_at: At,
) -> Option<bool> {
    let stage = stage(pipeline, name)?;
    if stage.execution.as_ref() == Some(execution) {
        let later = |action: &ActionState| action.changed_at.is_some_and(|at| at > failed_at);
        return Some(stage.actions.iter().any(later));
    }
    let ours = listed(pipeline, execution)?;
    (ours.status == ExecutionStatus::Succeeded).then_some(true)
}

/// A run that nobody can answer or wait for any more.
pub(super) fn has_ended(status: RunStatus) -> bool {
    match status {
        RunStatus::Succeeded
        | RunStatus::Failed
        | RunStatus::Stopped
        | RunStatus::Cancelled
        | RunStatus::Skipped => true,
        RunStatus::InProgress | RunStatus::Other => false,
    }
}

fn stage<'a>(pipeline: &'a Pipeline, name: &str) -> Option<&'a Stage> {
    pipeline.stages.iter().find(|stage| stage.name == name)
}

fn listed<'a>(pipeline: &'a Pipeline, id: &ExecutionId) -> Option<&'a Execution> {
    pipeline.executions.iter().find(|it| it.id == *id)
}
