//! What waits at the gate, and what is in the way of it.

use crate::action::Gate;
use crate::facts::{
    ActionRun, ActionState, Category, Execution, ExecutionStatus, Pipeline, RunStatus, Stage,
};
use crate::ids::ApprovalToken;
use crate::rules::course::Course;
use crate::rules::execution::since_landed;
use crate::rules::steps::approval::{asks, newest_run, reached_gate, stages};
use crate::time::At;
use crate::view::{StepId, StepState};

/// The question that our execution asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// In which stage.
    pub(crate) stage: String,
    /// By which action.
    pub(crate) action: String,
    /// What an answer has to carry.
    pub(crate) token: ApprovalToken,
    /// Since when.
    pub(crate) since: Option<At>,
}

/// The approval that waits, only when it is our execution's. The state of an action can belong to an older execution
/// than its stage shows, and so can its token: where what ran was read, the token has to be the one of our run.
pub(crate) fn request(course: &Course<'_>) -> Option<Request> {
    let ours = course.execution()?;
    let pipeline = course.facts.pipeline.fresh()?;
    let mut own = pipeline
        .stages
        .iter()
        .filter(|stage| stage.execution.as_ref() == Some(&ours.id));
    let shown = own.find_map(|stage| {
        let mut actions = stage.actions.iter();
        actions.find_map(|action| shown(stage, action))
    });
    match shown {
        Some(request) => fits(course, &request).then_some(request),
        None => beside_others(course, pipeline),
    }
}

fn shown(stage: &Stage, action: &ActionState) -> Option<Request> {
    let waits =
        action.category == Category::Approval && action.status == Some(RunStatus::InProgress);
    let token = action.token.clone().filter(|_| waits)?;
    Some(Request {
        stage: stage.name.clone(),
        action: action.name.clone(),
        token,
        since: action.changed_at,
    })
}

/// An approval's external id is its token.
fn fits(course: &Course<'_>, request: &Request) -> bool {
    let runs = course.detail().map(|detail| detail.runs.as_slice());
    let waits = |run: &&ActionRun| {
        run.status == RunStatus::InProgress
            && run.stage == request.stage
            && run.action == request.action
    };
    let run = runs.and_then(|runs| runs.iter().rfind(waits));
    let token = run.and_then(|run| run.external_id.as_deref());
    token.is_none_or(|token| token == request.token.as_str())
}

/// Where executions do not wait for each other, the stage may show another one; what ran in ours tells the token.
fn beside_others(course: &Course<'_>, pipeline: &Pipeline) -> Option<Request> {
    let moves = course.execution()?.status == ExecutionStatus::InProgress;
    course
        .facts
        .execution
        .fresh()
        .filter(|_| moves && pipeline.parallel)?;
    let run: &ActionRun = newest_run(course).filter(|run| run.status == RunStatus::InProgress)?;
    Some(Request {
        stage: run.stage.clone(),
        action: run.action.clone(),
        token: run.external_id.as_deref().map(ApprovalToken::from)?,
        since: Some(run.updated_at),
    })
}

/// What an answer would count for: exactly the execution, token and commit that are seen now.
pub(crate) fn gate(course: &Course<'_>) -> Option<Gate> {
    if course.state(StepId::Approval) != StepState::Ready {
        return None;
    }
    let request = request(course)?;
    Some(Gate {
        stage: request.stage,
        action: request.action,
        execution: course.execution()?.id.clone(),
        token: request.token,
        commit: course.commit()?.clone(),
    })
}

/// The first stage between our execution and the gate whose way in is switched off. What lies behind the gate holds
/// nothing up before it, and an execution that ended is held up by nothing: switching it on would let in others only.
pub(crate) fn held_before<'a>(course: &Course<'a>) -> Option<&'a Stage> {
    let ours = course.execution().filter(|ours| goes_on(ours))?;
    let stages = course.facts.pipeline.fresh()?.stages.as_slice();
    let is_ours = |stage: &Stage| stage.execution.as_ref() == Some(&ours.id);
    let entered = stages.iter().rposition(is_ours);
    if entered.is_some_and(|at| asks(&stages[at])) {
        return None;
    }
    let ahead = &stages[entered.map_or(0, |at| at + 1)..];
    let gate = ahead.iter().position(asks)?;
    ahead[..=gate].iter().find(|stage| stage.disabled.is_some())
}

/// The execution that is at the gate while ours waits in front of it: right before it, or in a queue of which the
/// pipeline shows the first one only.
pub(crate) fn taken_by<'a>(course: &Course<'a>) -> Option<&'a Execution> {
    let ours = course.execution()?;
    let pipeline = course.facts.pipeline.fresh()?;
    if ours.status != ExecutionStatus::InProgress
        || pipeline.parallel
        || reached_gate(course, &ours.id)
    {
        return None;
    }
    let stages = stages(course);
    let gate = stages.iter().find(|stage| asks(stage))?;
    let other = gate.execution.as_ref().filter(|other| **other != ours.id);
    let other = other.filter(|_| gate.status == Some(RunStatus::InProgress))?;
    let is_fetched = stages
        .iter()
        .take_while(|stage| stage.name != gate.name)
        .all(|stage| {
            let here = stage.execution.as_ref() == Some(&ours.id);
            stage.waiting.as_ref() != Some(&ours.id)
                && (!here || stage.status == Some(RunStatus::Succeeded))
        });
    let mut executions = pipeline.executions.iter();
    executions
        .find(|one| one.id == *other && is_fetched)
        .filter(|one| one.status.moves())
}

/// It has not ended, and was not told to stop.
pub(super) fn goes_on(execution: &Execution) -> bool {
    execution.status == ExecutionStatus::InProgress
}

/// The newest execution since the merge, when it names no commit: its source is an image or a file. Nothing tells
/// whether it carries this release.
pub(crate) fn nameless<'a>(course: &Course<'a>) -> Option<&'a Execution> {
    let since = since_landed(course.release, course.facts)?;
    let mut executions = course.facts.pipeline.stale()?.executions.iter();
    let newest = executions.find(|one| {
        one.started_at >= since && one.rolls_back.is_none() && !one.revisions.is_empty()
    })?;
    let names_none = newest
        .revisions
        .iter()
        .all(|revision| revision.sha.is_none());
    names_none.then_some(newest)
}
