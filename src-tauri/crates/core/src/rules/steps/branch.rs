//! Create the revision branch: done when the ref existed. Its later deletion changes nothing.

use crate::action::Action;
use crate::record::Milestone;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::time::At;
use crate::view::StepState;

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    if let Some((at, by)) = seen(course) {
        return Standing::done(&course.clock(), at, by.as_deref());
    }
    if course.landed().is_some() {
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if matches!(&course.release.pending, Some(pending) if matches!(pending.action, Action::CreateBranch { .. }))
    {
        return Standing::new(StepState::Working, "Creating it");
    }
    if let Some(unseen) = Standing::unseen(&course.clock(), &course.facts.repository, "GitHub") {
        return unseen;
    }
    match &course.release.last_problem {
        Some((Action::CreateBranch { .. }, problem)) => {
            Standing::new(StepState::Failed, problem.what.clone())
        }
        Some(_) | None => Standing::new(StepState::Ready, "Ready, you can create it"),
    }
}

/// When the branch was made, and by whom when GitHub tells.
fn seen(course: &Course<'_>) -> Option<(At, Option<String>)> {
    let noted = course.release.milestones.iter().find_map(|milestone| {
        if let Milestone::Branch { at, by, .. } = milestone {
            Some((*at, by.clone()))
        } else {
            None
        }
    });
    let (at, by) = noted.or_else(|| {
        let seen = course.facts.source.last.as_ref()?;
        let branch = seen.value.branch.as_ref()?;
        Some((
            branch.created_at.unwrap_or(seen.at),
            branch.created_by.clone(),
        ))
    })?;
    Some((at, by.map(|login| course.name_of(&login))))
}
