//! Create the revision branch: done when the ref existed. Its later deletion changes nothing. One that somebody else made
//! from another commit while it was being made here is gone on with only when a person says so.

use crate::action::Action;
use crate::facts::BranchSeen;
use crate::ids::Sha;
use crate::record::Milestone;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::time::At;
use crate::view::StepState;

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let another = another(course);
    if another.is_none()
        && let Some((at, by)) = seen(course)
    {
        return Standing::done(&course.clock(), at, by.as_deref());
    }
    if another.is_none() && course.landed().is_some() {
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if matches!(&course.release.pending, Some(pending) if matches!(pending.action, Action::CreateBranch { .. }))
    {
        return Standing::new(StepState::Working, "Creating it");
    }
    if let Some(unseen) = Standing::unseen(&course.clock(), &course.facts.repository, "GitHub") {
        return unseen;
    }
    if let Some(branch) = another {
        let note = format!("Another branch has this name, at {}", branch.sha.short());
        return Standing::new(StepState::Blocked, note);
    }
    match &course.release.last_problem {
        Some((Action::CreateBranch { .. }, problem)) => {
            Standing::new(StepState::Failed, problem.what.clone())
        }
        Some(_) | None => Standing::new(StepState::Ready, "Ready, you can create it"),
    }
}

/// A branch of this name that is not the one that was to be made here, while nobody has gone on with it.
pub(crate) fn another<'a>(course: &Course<'a>) -> Option<&'a BranchSeen> {
    let release = course.release;
    let tried = release.last_problem.as_ref().map(|(action, _)| action);
    let sent = release.pending.as_ref().map(|pending| &pending.action);
    let Some(Action::CreateBranch { sha, .. }) = sent.or(tried).filter(|_| !release.had_branch())
    else {
        return None;
    };
    let branch = course.facts.source.stale()?.branch.as_ref()?;
    (!is_cut_from(branch, sha)).then_some(branch)
}

/// The branch began at that commit. Where nobody knows where it began, it has to be there still.
pub(crate) fn is_cut_from(branch: &BranchSeen, sha: &Sha) -> bool {
    branch.cut.as_ref().unwrap_or(&branch.sha) == sha
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
