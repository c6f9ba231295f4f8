//! Starting the pipeline again at the commit of a release.
//! <https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-overrides.html>

use crate::action::Action;
use crate::facts::{Category, Execution, ExecutionStatus, Pipeline, Revision};
use crate::ids::{ExecutionId, Sha};
use crate::problem::Problem;
use crate::rules::decide::{Step, changed, not_offered, unseen};
use crate::rules::steps::gate;
use crate::rules::{Course, Situation, answer, revisions_to_relate, since_landed};
use crate::time::At;
use crate::view::{StepId, StepState};

/// How the pipeline can be started for a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Startable {
    /// The source action that fetches our commit.
    pub(crate) source: String,
    /// The commit.
    pub(crate) commit: Sha,
    /// The execution that ended before; `None` when the merge was not picked up.
    pub(crate) after: Option<ExecutionId>,
    /// The newest execution of all, and when it started.
    newest: Option<(ExecutionId, At)>,
}

/// The pipeline can be started for this release: its execution failed and cannot be retried, or was stopped, passed or
/// cancelled; or the merge was not picked up.
pub(crate) fn startable(course: &Course<'_>) -> Option<Startable> {
    let pipeline = course.facts.pipeline.fresh()?;
    let landed = course.landed()?;
    let ours = course.execution();
    let open = match ours {
        Some(ours) => has_ended(course, ours),
        None => {
            course.state(StepId::Approval) == StepState::Blocked && gate::nameless(course).is_none()
        }
    };
    if !open || may_be_ours(course, pipeline, ours) {
        return None;
    }
    Some(Startable {
        source: source(course, pipeline)?,
        commit: course.commit().cloned().unwrap_or(landed.sha),
        after: ours.map(|ours| ours.id.clone()),
        newest: newest(pipeline),
    })
}

/// It ended without success, and nothing of it can be retried.
fn has_ended(course: &Course<'_>, ours: &Execution) -> bool {
    let is = |state| {
        [StepId::Approval, StepId::Build]
            .map(|it| course.state(it))
            .contains(&state)
    };
    match ours.status {
        ExecutionStatus::Failed => {
            is(StepState::Failed)
                && course.facts.execution.fresh().is_some()
                && answer::retryable(course).is_none()
        }
        ExecutionStatus::Stopped | ExecutionStatus::Superseded | ExecutionStatus::Cancelled => {
            is(StepState::Blocked)
        }
        ExecutionStatus::InProgress
        | ExecutionStatus::Stopping
        | ExecutionStatus::Succeeded
        | ExecutionStatus::Other => false,
    }
}

/// An execution that began since does not show what it carries yet, or nobody has asked yet whether that carries ours:
/// an older commit must not overtake it.
fn may_be_ours(course: &Course<'_>, pipeline: &Pipeline, ours: Option<&Execution>) -> bool {
    let since = ours.map(|ours| ours.started_at);
    let since = since.or_else(|| since_landed(course.release, course.facts));
    let unrelated = revisions_to_relate(course.release, course.facts);
    let is_open = |one: &Execution| {
        let mut revisions = one.revisions.iter().filter_map(|it| it.sha.as_ref());
        is_nameless(one) || revisions.any(|revision| unrelated.contains(revision))
    };
    pipeline.executions.iter().any(|one| {
        one.status.moves() && since.is_none_or(|since| one.started_at > since) && is_open(one)
    })
}

/// The source action that fetches a commit of our repository: the only one, or the one that brought our commit in. That
/// it fetches commits at all was seen.
fn source(course: &Course<'_>, pipeline: &Pipeline) -> Option<String> {
    let actions = pipeline.stages.iter().flat_map(|stage| &stage.actions);
    let sources: Vec<&str> = actions
        .filter(|action| action.category == Category::Source)
        .map(|action| action.name.as_str())
        .collect();
    let brought = |revision: &&Revision| {
        revision.sha.is_some() && sources.contains(&revision.action.as_str())
    };
    let ours = course.execution().and_then(|ours| {
        let commit = course.commit()?;
        let mut revisions = ours.revisions.iter().filter(brought);
        revisions.find(|it| it.sha.as_ref() == Some(commit))
    });
    let only = || {
        let mut revisions = pipeline.executions.iter().flat_map(|it| &it.revisions);
        revisions.find(brought).filter(|_| sources.len() == 1)
    };
    ours.or_else(only).map(|revision| revision.action.clone())
}

fn newest(pipeline: &Pipeline) -> Option<(ExecutionId, At)> {
    let newest = pipeline.executions.iter().max_by_key(|it| it.started_at)?;
    Some((newest.id.clone(), newest.started_at))
}

fn is_nameless(one: &Execution) -> bool {
    one.revisions.is_empty() && one.rolls_back.is_none()
}

pub(crate) fn start(
    situation: &Situation<'_>,
    course: &Course<'_>,
    commit: &Sha,
    after: Option<&ExecutionId>,
) -> Result<Step, Problem> {
    if course.facts.pipeline.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let failed = course
        .execution()
        .filter(|it| it.status == ExecutionStatus::Failed);
    if failed.is_some() && course.facts.execution.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let seen = startable(course).ok_or_else(|| {
        not_offered("There is no need to start the pipeline, or it runs already.")
    })?;
    if (&seen.commit, seen.after.as_ref()) != (commit, after) {
        return Err(changed(
            "The pipeline moved on meanwhile.".into(),
            "Look at what it does now, then start it again.",
        ));
    }
    Ok(Step::Send(Action::StartExecution {
        token: token(&seen),
        source: seen.source,
        commit: seen.commit,
        newest: seen.newest.map(|(_, started_at)| started_at),
    }))
}

/// `clientRequestToken`: AWS starts one execution for it, however often and from however many desktops it is sent. It
/// names the commit and the newest execution that there was, so after each there is one start at most.
fn token(start: &Startable) -> String {
    let newest = start.newest.as_ref();
    let after = newest.map_or("none", |(id, _)| id.as_str());
    let token = format!("slipway-{}-after-{after}", start.commit);
    let allowed = |char: &char| char.is_ascii_alphanumeric() || *char == '-';
    token.chars().filter(allowed).take(128).collect()
}

/// Whether an execution of this commit began after the newest one that there was; `None` while one does not show what
/// it carries.
pub(crate) fn happened(pipeline: &Pipeline, commit: &Sha, newest: Option<At>) -> Option<bool> {
    let is_new = |one: &&Execution| newest.is_none_or(|newest| one.started_at > newest);
    let since: Vec<&Execution> = pipeline.executions.iter().filter(is_new).collect();
    let carries = |one: &&Execution| {
        let mut revisions = one.revisions.iter().filter(|_| one.rolls_back.is_none());
        revisions.any(|revision| revision.sha.as_ref() == Some(commit))
    };
    if since.iter().any(carries) {
        return Some(true);
    }
    (!since.iter().any(|one| is_nameless(one))).then_some(false)
}
