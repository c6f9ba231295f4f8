//! Rolling a stage back to the last execution that went out.
//! <https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html>

use crate::action::Action;
use crate::facts::{Category, Execution, ExecutionStatus, Pipeline, RunStatus, Stage};
use crate::ids::{ExecutionId, Sha};
use crate::problem::Problem;
use crate::record::Milestone;
use crate::release::Release;
use crate::rules::decide::{Step, changed, not_offered, unseen};
use crate::rules::steps::build;
use crate::rules::{Course, Situation};
use crate::time::At;
use crate::view::{StepId, StepState};

/// A stage that can be rolled back, and to what.
pub(crate) struct RollBack<'a> {
    /// The stage that failed.
    pub(crate) stage: String,
    /// The last execution that went through all stages.
    pub(crate) target: &'a Execution,
    /// What it released.
    pub(crate) commit: &'a Sha,
}

/// The stage in which our execution failed, where the pipeline can roll it back and an execution is known that went
/// through before. Sources cannot be rolled back, and a roll-back is no target of another.
pub(crate) fn possible<'a>(course: &Course<'a>) -> Option<RollBack<'a>> {
    let pipeline = course.facts.pipeline.fresh().filter(|it| it.rolls_back)?;
    course.facts.execution.fresh()?;
    let ours = course
        .execution()
        .filter(|ours| ours.status == ExecutionStatus::Failed)?;
    if course.state(StepId::Build) != StepState::Failed {
        return None;
    }
    let failed = build::failed_run(course)?;
    let is_it = |stage: &&Stage| {
        stage.name == failed.stage
            && stage.execution.as_ref() == Some(&ours.id)
            && stage.status != Some(RunStatus::InProgress)
            && stage
                .actions
                .iter()
                .all(|it| it.category != Category::Source)
    };
    let stage = pipeline.stages.iter().find(is_it)?;
    let target = in_production(pipeline, ours)?;
    let commit = target.revisions.iter().find_map(|it| it.sha.as_ref())?;
    Some(RollBack {
        stage: stage.name.clone(),
        target,
        commit,
    })
}

/// What production ran when this execution began: what went out last, or where the roll-back after that went.
fn in_production<'a>(pipeline: &'a Pipeline, ours: &Execution) -> Option<&'a Execution> {
    let well = |it: &&Execution| it.status == ExecutionStatus::Succeeded;
    let mut before = pipeline.executions.iter().filter(well);
    let last = before.find(|it| it.started_at < ours.started_at)?;
    let Some(target) = &last.rolls_back else {
        return Some(last);
    };
    let mut executions = pipeline.executions.iter().filter(well);
    executions.find(|it| it.id == *target && it.rolls_back.is_none())
}

/// The newest roll-back since our execution ended without success, whoever began it. It is never a success of this
/// release.
pub(crate) fn since<'a>(course: &Course<'a>) -> Option<&'a Execution> {
    let ours = course.execution()?;
    let ended = match ours.status {
        ExecutionStatus::Failed | ExecutionStatus::Stopped | ExecutionStatus::Cancelled => true,
        ExecutionStatus::InProgress
        | ExecutionStatus::Stopping
        | ExecutionStatus::Succeeded
        | ExecutionStatus::Superseded
        | ExecutionStatus::Other => false,
    };
    let executions = &course.facts.pipeline.fresh()?.executions;
    let mut executions = executions.iter().filter(|_| ended);
    executions.find(|it| it.rolls_back.is_some() && it.started_at >= ours.updated_at)
}

/// The one that went through, since our execution ended.
pub(crate) fn done<'a>(course: &Course<'a>) -> Option<&'a Execution> {
    since(course).filter(|it| it.status == ExecutionStatus::Succeeded)
}

/// What it went back to, as far as that is told.
pub(crate) fn commit(course: &Course<'_>, back: &Execution) -> Option<Sha> {
    let executions = course.facts.pipeline.stale().map(|it| &it.executions);
    let target = executions
        .into_iter()
        .flatten()
        .find(|it| back.rolls_back.as_ref() == Some(&it.id));
    let sha = |of: &Execution| of.revisions.iter().find_map(|it| it.sha.clone());
    target.and_then(sha).or_else(|| sha(back))
}

/// "0ddba11", "an earlier version".
pub(crate) fn to(course: &Course<'_>, back: &Execution) -> String {
    name(commit(course, back).as_ref())
}

fn name(commit: Option<&Sha>) -> String {
    commit.map_or_else(
        || "an earlier version".to_owned(),
        |sha| sha.short().to_owned(),
    )
}

/// "Rolled back to 0ddba11", as the records of a release tell it.
pub(crate) fn noted_words(release: &Release) -> Option<String> {
    release.milestones.iter().rev().find_map(|it| {
        if let Milestone::RolledBack { to, .. } = it {
            Some(format!("Rolled back to {}", name(to.as_ref())))
        } else {
            None
        }
    })
}

pub(crate) fn roll_back(
    situation: &Situation<'_>,
    course: &Course<'_>,
    (stage, target): (&str, &ExecutionId),
) -> Result<Step, Problem> {
    if course.facts.pipeline.fresh().is_none() || course.facts.execution.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let seen = possible(course).ok_or_else(|| {
        not_offered("Nothing can be rolled back: nothing failed, or no earlier deploy is known.")
    })?;
    if seen.stage != stage || seen.target.id != *target {
        return Err(changed(
            "It would go back to something else by now.".into(),
            "Read what it is, then roll back.",
        ));
    }
    let newest = course.facts.pipeline.fresh();
    let newest = newest.and_then(|it| it.executions.iter().map(|it| it.started_at).max());
    Ok(Step::Send(Action::RollBack {
        stage: seen.stage,
        target: target.clone(),
        commit: seen.commit.clone(),
        newest,
    }))
}

/// Whether an execution that goes back there began after the newest one that there was.
pub(crate) fn happened(pipeline: &Pipeline, target: &ExecutionId, newest: Option<At>) -> bool {
    pipeline.executions.iter().any(|it| {
        it.rolls_back.as_ref() == Some(target) && newest.is_none_or(|at| it.started_at > at)
    })
}
