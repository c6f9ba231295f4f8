//! Merge into base: done when the release pull request is merged, or base gained the branch's work another way.

use crate::action::Action;
use crate::facts::{Mergeability, Pull, PullState};
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::view::{StepId, StepState};
use crate::words::count;

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    if let Some(landed) = course.landed() {
        let by = landed.by.map(|login| course.name_of(&login));
        return Standing::done(&clock, landed.at, by.as_deref());
    }
    if course.nothing_to_release() {
        return Standing::new(StepState::Skipped, "Skipped, nothing to release");
    }
    if !course.settled(StepId::Database) {
        return Standing::later("the database");
    }
    if let Some(unseen) = Standing::unseen(&clock, &course.facts.source, "GitHub") {
        return unseen;
    }
    let since = course.standing(StepId::Database).since;
    if let Some(pending) = &course.release.pending
        && matches!(
            pending.action,
            Action::OpenReleasePull { .. } | Action::MergeRelease { .. }
        )
    {
        return Standing::new(StepState::Working, "Working").since(Some(pending.since));
    }
    let open = open_pull(course);
    match &course.release.last_problem {
        Some((Action::MergeRelease { .. }, problem)) => {
            return Standing::new(StepState::Failed, problem.what.clone());
        }
        Some((Action::OpenReleasePull { .. }, problem)) if open.is_none() => {
            return Standing::new(StepState::Failed, problem.what.clone());
        }
        Some(_) | None => {}
    }
    if open.is_none() && course.branch_is_gone() {
        return Standing::new(StepState::Blocked, "The branch was deleted");
    }
    match open {
        None => Standing::new(StepState::Ready, "Ready, open the pull request").since(since),
        Some(pull) => match obstacle(course, pull) {
            None => Standing::new(StepState::Ready, "Ready, you can merge it").since(since),
            Some((state, words)) => Standing::new(state, words).since(since),
        },
    }
}

/// The release pull request while it is open.
pub(crate) fn open_pull<'a>(course: &Course<'a>) -> Option<&'a Pull> {
    course
        .source()?
        .release_pull
        .as_ref()
        .filter(|pull| pull.state == PullState::Open)
}

/// What stands in the way of merging the release pull request.
pub(crate) fn obstacle(course: &Course<'_>, pull: &Pull) -> Option<(StepState, String)> {
    let queue = course
        .facts
        .repository
        .stale()
        .is_some_and(|repository| repository.merge_queue);
    let base = &course.team.base;
    if pull.draft {
        return Some((StepState::Blocked, "The pull request is a draft".into()));
    }
    if pull.mergeability == Mergeability::Conflict {
        return Some((StepState::Blocked, format!("Conflicts with {base}")));
    }
    if !pull.checks.failed.is_empty() {
        return Some((
            StepState::Blocked,
            format!("{} failed", count(pull.checks.failed.len(), "check")),
        ));
    }
    if queue {
        return Some((
            StepState::Blocked,
            format!("{base} wants GitHub’s merge queue"),
        ));
    }
    if !pull.checks.pending.is_empty() {
        return Some((StepState::Waiting, "Waiting for checks".into()));
    }
    match pull.mergeability {
        Mergeability::Clean => None,
        Mergeability::Computing => Some((StepState::Waiting, "GitHub is checking it".into())),
        Mergeability::Behind => Some((StepState::Blocked, format!("Behind {base}"))),
        Mergeability::Blocked => Some((StepState::Waiting, "Waiting for a review".into())),
        Mergeability::Conflict => Some((StepState::Blocked, format!("Conflicts with {base}"))),
    }
}
