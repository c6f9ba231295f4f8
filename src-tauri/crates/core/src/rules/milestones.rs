//! Facts worth keeping after the outside systems forget them.

use crate::facts::{ActionRun, Category, ExecutionStatus, PullState, RunStatus};
use crate::ids::ExecutionId;
use crate::record::Milestone;
use crate::release::Release;
use crate::rules::course::Course;
use crate::rules::pushed::pushed;
use crate::rules::steps::{approval, branch};
use crate::rules::{Situation, our_execution, roll_back};
use crate::time::At;
use crate::view::StepId;

/// Milestones that were seen and are not in the release's records yet, in the order they happened.
#[must_use]
pub fn milestones(situation: &Situation<'_>) -> Vec<Milestone> {
    let Some(release) = situation.release else {
        return Vec::new();
    };
    let course = Course::new(situation.team, situation.now, release, situation.facts);
    let mut seen = Vec::new();
    source(&course, situation, release, &mut seen);
    pipeline(&course, situation, release, &mut seen);
    seen.extend(finished(&course));
    seen
}

fn source(
    course: &Course<'_>,
    situation: &Situation<'_>,
    release: &Release,
    seen: &mut Vec<Milestone>,
) {
    let noted = |test: fn(&Milestone) -> bool| release.milestones.iter().any(test);
    let Some(look) =
        situation.facts.source.last.as_ref().filter(|_| {
            situation.facts.source.fresh().is_some() && branch::another(course).is_none()
        })
    else {
        return announcement(situation, release, seen);
    };
    if let Some(branch) = &look.value.branch
        && !noted(|milestone| matches!(milestone, Milestone::Branch { .. }))
    {
        let at = branch.created_at.unwrap_or(look.at);
        seen.push(Milestone::Branch {
            cut: branch.cut.clone(),
            by: branch.created_by.clone(),
            at,
        });
    }
    announcement(situation, release, seen);
    for pull in &look.value.pulls {
        let PullState::Merged { by, at, .. } = &pull.state else {
            continue;
        };
        let is_noted = release
            .milestones
            .iter()
            .any(|milestone| matches!(milestone, Milestone::PullMerged { number, .. } if *number == pull.number));
        if !is_noted {
            seen.push(Milestone::PullMerged {
                number: pull.number,
                title: pull.title.clone(),
                author: pull.author.clone(),
                by: by.clone(),
                at: *at,
            });
        }
    }
    // Once it has landed the branch holds nothing that base does not have.
    let compared = look.value.comparison.as_ref();
    if compared.is_some_and(|comparison| comparison.ahead_by > 0)
        && let Some(pushed @ Milestone::Pushed { total, .. }) = pushed(&look.value)
    {
        let newest = release.milestones.iter().rev();
        let newest = newest
            .clone()
            .find(|milestone| matches!(milestone, Milestone::Pushed { .. }));
        if newest.map_or(total > 0, |noted| *noted != pushed) {
            seen.push(pushed);
        }
    }
    if let Some(landed) = &look.value.landed
        && !noted(|milestone| matches!(milestone, Milestone::Landed { .. }))
    {
        seen.push(Milestone::Landed {
            sha: landed.sha.clone(),
            by: landed.by.clone(),
            at: landed.at,
        });
    }
}

fn announcement(situation: &Situation<'_>, release: &Release, seen: &mut Vec<Milestone>) {
    let noted = release
        .milestones
        .iter()
        .any(|milestone| matches!(milestone, Milestone::Announcement { .. }));
    if let (false, Some(Some(_)), Some(look)) = (
        noted,
        situation.facts.announcement.fresh(),
        situation.facts.announcement.last.as_ref(),
    ) {
        seen.push(Milestone::Announcement { at: look.at });
    }
}

fn pipeline(
    course: &Course<'_>,
    situation: &Situation<'_>,
    release: &Release,
    seen: &mut Vec<Milestone>,
) {
    if situation.facts.pipeline.fresh().is_none() {
        return;
    }
    let Some(ours) = course.execution() else {
        return;
    };
    let noted = |wanted: Milestone| !release.milestones.contains(&wanted);
    if our_execution(release, situation.facts).is_some() {
        let milestone = Milestone::Execution {
            id: ours.id.clone(),
            at: ours.started_at,
        };
        if noted(milestone.clone()) {
            seen.push(milestone);
        }
    }
    let runs = course
        .detail()
        .map(|detail| detail.runs.as_slice())
        .unwrap_or_default();
    for run in runs.iter().filter(|run| run.category == Category::Approval) {
        let asked = Milestone::ApprovalAsked { at: run.started_at };
        if noted(asked.clone()) {
            seen.push(asked);
        }
        if let Some(answered) = answered(course, &ours.id, run)
            && noted(answered.clone())
        {
            seen.push(answered);
        }
    }
    if let Some(answered) = approval::passed_over(course, ours)
        && noted(answered.clone())
    {
        seen.push(answered);
    }
    if let Some(ended) = ended(ours.status, ours.updated_at)
        && noted(ended.clone())
    {
        seen.push(ended);
    }
    if let Some(back) = roll_back::done(course) {
        let back = Milestone::RolledBack {
            to: roll_back::commit(course, back),
            at: back.updated_at,
        };
        if noted(back.clone()) {
            seen.push(back);
        }
    }
}

fn answered(course: &Course<'_>, execution: &ExecutionId, run: &ActionRun) -> Option<Milestone> {
    let (approved, by) = match run.status {
        RunStatus::Succeeded => (true, run.updated_by.as_deref().map(approval::arn_name)),
        RunStatus::Failed => (false, approval::rejected_by(course, run)),
        RunStatus::InProgress
        | RunStatus::Stopped
        | RunStatus::Cancelled
        | RunStatus::Skipped
        | RunStatus::Other => return None,
    };
    let comment = crate::text::cut(&run.summary, 512);
    Some(Milestone::ApprovalAnswered {
        execution: execution.clone(),
        approved,
        by,
        comment,
        at: run.updated_at,
    })
}

fn ended(status: ExecutionStatus, at: At) -> Option<Milestone> {
    match status {
        ExecutionStatus::Succeeded => Some(Milestone::BuildEnded {
            succeeded: true,
            at,
        }),
        ExecutionStatus::Failed => Some(Milestone::BuildEnded {
            succeeded: false,
            at,
        }),
        ExecutionStatus::Stopped => Some(Milestone::Stopped { at }),
        ExecutionStatus::InProgress
        | ExecutionStatus::Stopping
        | ExecutionStatus::Superseded
        | ExecutionStatus::Cancelled
        | ExecutionStatus::Other => None,
    }
}

/// Every step is settled. Noted once: what looks show after that is no other end.
fn finished(course: &Course<'_>) -> Option<Milestone> {
    let milestones = &course.release.milestones;
    let is_noted = |it: &Milestone| matches!(it, Milestone::Finished { .. });
    if course.release.opened.is_none() || !course.finished() || milestones.iter().any(is_noted) {
        return None;
    }
    let ends = StepId::ALL.iter();
    let at = ends.filter_map(|step| course.standing(*step).since).max();
    Some(Milestone::Finished {
        at: at.unwrap_or(course.now),
    })
}
