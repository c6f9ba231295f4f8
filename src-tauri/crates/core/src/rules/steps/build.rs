//! Watch the build: done when our execution succeeded.

use crate::action::Action;
use crate::facts::{ActionRun, Category, Execution, ExecutionStatus, RunStatus, Stage};
use crate::record::Milestone;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::rules::steps::gate;
use crate::rules::{failure, roll_back};
use crate::view::{StepId, StepState};

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    if course.nothing_to_release() {
        return Standing::new(StepState::Skipped, "Skipped, nothing to release");
    }
    if course.landed().is_none() {
        return Standing::later("the merge");
    }
    if let Some(at) = succeeded_at(course) {
        return Standing {
            state: StepState::Done,
            note: format!("Done {}", clock.at(at)),
            since: Some(at),
        };
    }
    if !course.settled(StepId::Approval) {
        return Standing::later("approval");
    }
    if let Some(unseen) = Standing::unseen(&clock, &course.facts.pipeline, "AWS") {
        return unseen;
    }
    if let Some(pending) = &course.release.pending
        && matches!(
            pending.action,
            Action::RetryStage { .. } | Action::StartExecution { .. }
        )
    {
        return Standing::new(StepState::Working, "Starting again").since(Some(pending.since));
    }
    if let Some(pending) = &course.release.pending
        && matches!(pending.action, Action::RollBack { .. })
    {
        return Standing::new(StepState::Working, "Rolling back").since(Some(pending.since));
    }
    if let Some(back) = roll_back::since(course)
        && let Some(standing) = rolled_back(course, back)
    {
        return standing;
    }
    let Some(ours) = course.execution() else {
        return Standing::new(StepState::Unknown, "The pipeline forgot this execution");
    };
    let since = course.standing(StepId::Approval).since;
    match ours.status {
        ExecutionStatus::Failed => {
            let what = match failed_run(course) {
                Some(run) if run.category == Category::Deploy => "The deploy failed",
                Some(run) if failure::never_began(run) => "The build could not start",
                Some(_) | None => "The build failed",
            };
            Standing::new(StepState::Failed, what).since(Some(ours.updated_at))
        }
        ExecutionStatus::Stopping => {
            Standing::new(StepState::Working, "Stopping").since(Some(ours.updated_at))
        }
        ExecutionStatus::Stopped => {
            Standing::new(StepState::Blocked, "Stopped by somebody").since(Some(ours.updated_at))
        }
        ExecutionStatus::Cancelled => {
            Standing::new(StepState::Blocked, "The pipeline was edited meanwhile")
                .since(Some(ours.updated_at))
        }
        ExecutionStatus::Superseded => {
            Standing::new(StepState::Blocked, "A newer execution took its place")
                .since(Some(ours.updated_at))
        }
        ExecutionStatus::Succeeded | ExecutionStatus::InProgress | ExecutionStatus::Other => {
            match held_before(course) {
                Some(stage) => {
                    let note = format!("Transition into {} is switched off", stage.name);
                    Standing::new(StepState::Blocked, note)
                }
                None => Standing::new(StepState::Working, "Working").since(since),
            }
        }
    }
}

/// What a roll-back since says; `None` when it came to nothing.
fn rolled_back(course: &Course<'_>, back: &Execution) -> Option<Standing> {
    let to = roll_back::to(course, back);
    match back.status {
        ExecutionStatus::InProgress | ExecutionStatus::Stopping => {
            let standing = Standing::new(StepState::Working, format!("Rolling back to {to}"));
            Some(standing.since(Some(back.started_at)))
        }
        ExecutionStatus::Succeeded => {
            let standing = Standing::new(StepState::Blocked, format!("Rolled back to {to}"));
            Some(standing.since(Some(back.updated_at)))
        }
        ExecutionStatus::Failed
        | ExecutionStatus::Stopped
        | ExecutionStatus::Superseded
        | ExecutionStatus::Cancelled
        | ExecutionStatus::Other => None,
    }
}

/// The stage that our execution waits to enter, while the way into it is switched off. One that ended waits for nothing.
pub(crate) fn held_before<'a>(course: &Course<'a>) -> Option<&'a Stage> {
    let ours = course.execution().filter(|ours| gate::goes_on(ours))?;
    let pipeline = course.facts.pipeline.fresh()?;
    let held =
        |stage: &&Stage| stage.waiting.as_ref() == Some(&ours.id) && stage.disabled.is_some();
    pipeline.stages.iter().find(held)
}

/// Our execution was told to stop, and waits for what runs.
pub(crate) fn is_stopping(course: &Course<'_>) -> bool {
    let ours = course.execution();
    ours.is_some_and(|ours| ours.status == ExecutionStatus::Stopping)
}

/// When our execution succeeded: as seen now, else as noted.
pub(crate) fn succeeded_at(course: &Course<'_>) -> Option<crate::time::At> {
    let fresh = course.facts.pipeline.fresh().and(course.execution());
    let seen = fresh
        .filter(|ours| ours.status == ExecutionStatus::Succeeded)
        .map(|ours| ours.updated_at);
    seen.or_else(|| {
        course
            .release
            .milestones
            .iter()
            .rev()
            .find_map(|milestone| {
                if let Milestone::BuildEnded {
                    succeeded: true,
                    at,
                } = milestone
                {
                    Some(*at)
                } else {
                    None
                }
            })
    })
}

/// The newest run that failed in our execution, unless it is an approval, and unless something was begun after it: what is
/// told of the execution may be newer than what is told of its runs.
pub(crate) fn failed_run<'a>(course: &Course<'a>) -> Option<&'a ActionRun> {
    let works = |run: &&ActionRun| matches!(run.category, Category::Work | Category::Deploy);
    let runs = &course.detail()?.runs;
    let newest = runs.iter().rfind(works)?;
    if newest.status == RunStatus::InProgress {
        return None;
    }
    let failed = |run: &&ActionRun| works(run) && run.status == RunStatus::Failed;
    runs.iter().rfind(failed)
}
