//! The changes of our execution, as far as they show.

use super::runs::Runs;
use super::told::Told;
use super::{Change, What};
use crate::desktop::{Desktop, Event};
use crate::facts::{Category, Execution, ExecutionStatus, Stage};
use crate::problem::Code;
use crate::rules::steps::{approval, gate};
use crate::rules::{Course, roll_back};
use crate::time::At;

/// What our execution went through, oldest first: from its runs. Where they may not be read only its present state shows,
/// in the stages. While they are not read yet, nothing does.
pub(super) fn changes<'a>(course: &Course<'a>, desktop: &Desktop) -> Vec<Change<'a>> {
    let facts = course.facts;
    let (Some(_), Some(ours)) = (facts.pipeline.fresh(), course.execution()) else {
        return Vec::new();
    };
    let told = Told::of(course, ours, desktop);
    let mut changes = of_ours(course, ours, &told);
    changes.extend(roll_back::done(course).map(|back| {
        let to = roll_back::to(course, back);
        told.once(back.updated_at, What::RolledBack { to })
    }));
    changes
}

fn of_ours<'a>(course: &Course<'a>, ours: &'a Execution, told: &Told<'_>) -> Vec<Change<'a>> {
    let facts = course.facts;
    match course.runs().filter(|_| facts.execution.fresh().is_some()) {
        Some(runs) => {
            let runs = Runs {
                course,
                ours,
                runs,
                told,
            };
            let mut changes = runs.changes();
            changes.retain(|change| !told.covers(change));
            changes
        }
        None if may_not_read(course) || course.finished() => {
            let now = present(course, ours, told.newest());
            now.map(|(at, what)| told.present(at, what))
                .into_iter()
                .collect()
        }
        None => Vec::new(),
    }
}

/// It is not a matter of time: this person may not list what ran.
fn may_not_read(course: &Course<'_>) -> bool {
    let failing = course.facts.execution.failing.as_ref();
    failing.is_some_and(|failing| failing.problem.code == Code::Forbidden)
}

/// The state that the list of executions and the stages show.
fn present<'a>(
    course: &Course<'a>,
    ours: &'a Execution,
    newest_told: Option<Event>,
) -> Option<(At, What<'a>)> {
    let ended = |what| Some((ours.updated_at, what));
    match ours.status {
        ExecutionStatus::Succeeded => return ended(What::Succeeded),
        ExecutionStatus::Failed if approval::was_turned_down(course) => {
            return ended(What::TurnedDown);
        }
        ExecutionStatus::Failed => return ended(What::Failed { run: None }),
        ExecutionStatus::Stopped => return ended(What::Stopped),
        ExecutionStatus::Cancelled => return ended(What::Cancelled),
        ExecutionStatus::Stopping | ExecutionStatus::Superseded | ExecutionStatus::Other => {
            return None;
        }
        ExecutionStatus::InProgress => {}
    }
    if let Some(request) = gate::request(course) {
        let since = request.since?;
        let waits = approval::waits_for(course, &request.stage, &request.action);
        let until = since.plus_seconds(waits);
        return Some((since, What::Asks { until }));
    }
    let seen_at = course.facts.pipeline.last.as_ref()?.at;
    let is_again = matches!(newest_told, Some(Event::Failed | Event::Stopped));
    let what = match (is_again, approval::pipeline_asks(course)) {
        (true, _) => What::Again { run: None },
        (false, true) => What::Approved { by: None },
        (false, false) => What::Began,
    };
    builds(course, ours).then_some((seen_at, what))
}

/// Our execution is in a stage behind the gate, or where nobody is asked, behind the source.
fn builds(course: &Course<'_>, ours: &Execution) -> bool {
    if approval::pipeline_asks(course) {
        return approval::is_behind_the_gate(course, &ours.id);
    }
    let fetches = |stage: &Stage| {
        let mut actions = stage.actions.iter();
        actions.any(|action| action.category == Category::Source)
    };
    let stages = course.facts.pipeline.stale();
    let mut stages = stages.iter().flat_map(|pipeline| &pipeline.stages);
    stages.any(|stage| stage.execution.as_ref() == Some(&ours.id) && !fetches(stage))
}
