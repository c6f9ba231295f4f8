//! Wrap up: done when the result is posted, or a person declared it shared.

use crate::action::Action;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::view::{StepId, StepState};

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    if course.nothing_to_release() {
        return Standing::new(StepState::Skipped, "Skipped, nothing to release");
    }
    if !course.settled(StepId::Build) {
        return Standing::later("the build");
    }
    if let Some(mark) = &course.release.result_shared {
        return Standing::done(&clock, mark.at, Some(&mark.by));
    }
    let ours = course
        .release
        .done
        .iter()
        .find(|(_, action)| matches!(action, Action::PostResult { .. }));
    if let Some((mark, _)) = ours {
        return Standing::done(&clock, mark.at, Some(&mark.by));
    }
    if let Some(seen) = &course.facts.announcement.last
        && seen
            .value
            .as_ref()
            .is_some_and(|message| message.result_posted)
    {
        return Standing::done(&clock, seen.at, None);
    }
    if matches!(&course.release.pending, Some(pending) if matches!(pending.action, Action::PostResult { .. }))
    {
        return Standing::new(StepState::Working, "Posting");
    }
    Standing::new(StepState::Ready, "Ready, share the report")
        .since(course.standing(StepId::Build).since)
}
