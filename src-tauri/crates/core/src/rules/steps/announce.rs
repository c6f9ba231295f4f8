//! Tell the team: done when Slack holds our message, or a person declared it posted.

use crate::action::Action;
use crate::problem::{Code, Problem};
use crate::record::Milestone;
use crate::release::{Mark, Release};
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::view::{StepId, StepState};

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    if let Some(mark) = &course.release.announced {
        return Standing::done(&clock, mark.at, Some(&mark.by));
    }
    if let Some(mark) = told(course).or_else(|| posted_blindly(course)) {
        return Standing::done(&clock, mark.at, Some(&mark.by));
    }
    if let Some(at) = seen_at(course) {
        let by = course
            .release
            .done
            .iter()
            .find(|(_, action)| matches!(action, Action::PostAnnouncement { .. }));
        return match by {
            Some((mark, _)) => Standing::done(&clock, mark.at, Some(&mark.by)),
            None => Standing::done(&clock, at, None),
        };
    }
    if course.landed().is_some() {
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if !course.settled(StepId::Branch) {
        return Standing::later("the branch");
    }
    if let Some(pending) = &course.release.pending
        && matches!(pending.action, Action::PostAnnouncement { .. })
    {
        let note = if pending.unknown.is_some() {
            "Looking whether it was posted"
        } else {
            "Posting"
        };
        return Standing::new(StepState::Working, note);
    }
    if let Some(unseen) = Standing::unseen(&clock, &course.facts.workspace, "Slack") {
        return unseen;
    }
    if course
        .facts
        .workspace
        .fresh()
        .is_some_and(|workspace| workspace.channel.is_none())
    {
        return Standing::new(StepState::Blocked, "Blocked, bot not in channel");
    }
    if reads_back(course)
        && let Some(unseen) = Standing::unseen(&clock, &course.facts.announcement, "Slack")
    {
        return unseen;
    }
    match &course.release.last_problem {
        Some((Action::PostAnnouncement { .. }, problem)) => {
            Standing::new(StepState::Failed, problem.what.clone())
        }
        Some(_) | None => Standing::new(StepState::Ready, "Ready, you can post it"),
    }
}

/// Somebody saw our message where Slipway could not.
fn told<'a>(course: &Course<'a>) -> Option<&'a Mark> {
    let decided = course
        .release
        .decided
        .iter()
        .find(|it| it.happened && matches!(it.action, Action::PostAnnouncement { .. }));
    decided.map(|it| &it.mark)
}

/// Slack took our message, with a sign-in that cannot find it again.
fn posted_blindly<'a>(course: &Course<'a>) -> Option<&'a Mark> {
    let posted = course
        .release
        .done
        .iter()
        .find(|(_, action)| matches!(action, Action::PostAnnouncement { .. }));
    posted.filter(|_| !reads_back(course)).map(|(mark, _)| mark)
}

fn reads_back(course: &Course<'_>) -> bool {
    let workspace = course.facts.workspace.stale();
    workspace.is_none_or(|workspace| workspace.reads_back)
}

/// Our message was in the channel at some time.
pub(crate) fn was_seen(release: &Release) -> bool {
    noted_at(release).is_some()
}

fn noted_at(release: &Release) -> Option<crate::time::At> {
    release.milestones.iter().find_map(|milestone| {
        if let Milestone::Announcement { at } = milestone {
            Some(*at)
        } else {
            None
        }
    })
}

fn seen_at(course: &Course<'_>) -> Option<crate::time::At> {
    noted_at(course.release).or_else(|| {
        let seen = course.facts.announcement.last.as_ref()?;
        seen.value.as_ref().map(|_| seen.at)
    })
}

/// What is said when Slack did not take a message.
pub(crate) fn not_in_channel(course: &Course<'_>, bot: &str) -> Problem {
    let channel = &course.team.channel;
    Problem::new(
        Code::NotInChannel,
        format!("Slipway’s bot is not in #{channel}."),
        "Slack did not take the message, so nobody has been told yet. The branch is fine and nothing is lost.",
        format!(
            "Send /invite @{bot} in #{channel}, or post the message yourself and mark it as told."
        ),
    )
}
