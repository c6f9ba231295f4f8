//! Watch the build: done when our execution succeeded.

use crate::action::Action;
use crate::facts::{ActionRun, Category, ExecutionStatus, RunStatus};
use crate::record::Milestone;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
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
        && matches!(pending.action, Action::RetryStage { .. })
    {
        return Standing::new(StepState::Working, "Starting again").since(Some(pending.since));
    }
    let Some(ours) = course.execution() else {
        return Standing::new(StepState::Unknown, "The pipeline forgot this execution");
    };
    let since = course.standing(StepId::Approval).since;
    match ours.status {
        ExecutionStatus::Failed => {
            Standing::new(StepState::Failed, "The build failed").since(Some(ours.updated_at))
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
            Standing::new(StepState::Working, "Working").since(since)
        }
    }
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

/// The newest run that failed in our execution, unless it is an approval.
pub(crate) fn failed_run<'a>(course: &Course<'a>) -> Option<&'a ActionRun> {
    let newest = course
        .detail()?
        .runs
        .iter()
        .rfind(|run| run.category == Category::Work)?;
    (newest.status == RunStatus::Failed).then_some(newest)
}
