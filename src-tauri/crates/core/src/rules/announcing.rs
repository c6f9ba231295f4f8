//! What a person posts in Slack, and what the announcement says when its release is put aside.

use crate::action::Action;
use crate::facts::Channel;
use crate::problem::{Code, Problem};
use crate::rules::course::Course;
use crate::rules::decide::{Step, changed, input, unseen, unsettled};
use crate::rules::{Situation, answer, follow_up, steps, thread};
use crate::view::{StepId, StepState};
use crate::words::{announcement, report};

/// The announcement. Where it was posted before and somebody deleted it since, it may be posted anew.
pub(crate) fn post(
    situation: &Situation<'_>,
    course: &Course<'_>,
    text: &str,
) -> Result<Step, Problem> {
    if text.trim().is_empty() {
        return Err(input(
            "The message is empty.",
            "Write what the team should know.",
        ));
    }
    if text.chars().count() > announcement::MAX - 200 {
        return Err(input(
            "The message is too long for Slack.",
            "Use at most 2,800 characters.",
        ));
    }
    let is_there = situation
        .facts
        .announcement
        .fresh()
        .is_some_and(Option::is_some);
    let anew = is_gone(course);
    if is_there || course.settled(StepId::Announce) && !anew {
        return Err(changed(
            "The team has been told already.".into(),
            "Nothing was posted a second time.",
        ));
    }
    if !anew {
        unsettled(course, StepId::Announce)?;
    }
    let workspace = situation
        .facts
        .workspace
        .fresh()
        .ok_or_else(|| unseen(situation, "Slack"))?;
    if workspace.reads_back && situation.facts.announcement.fresh().is_none() {
        return Err(unseen(situation, "Slack"));
    }
    let channel = workspace
        .channel
        .as_ref()
        .ok_or_else(|| steps::announce::not_in_channel(course, &workspace.bot))?;
    let status = announcement::status_line(course).filter(|_| anew);
    let status = status.unwrap_or_else(|| announcement::first_status(course.release.kind));
    let text = announcement::message(text, &status);
    Ok(Step::Send(Action::PostAnnouncement {
        channel: channel.id.clone(),
        text,
    }))
}

/// The result, in its thread.
pub(crate) fn post_result(
    situation: &Situation<'_>,
    course: &Course<'_>,
    note: &str,
) -> Result<Step, Problem> {
    unsettled(course, StepId::Finish)?;
    let note = answer::whole(note, "The note", 1000)?;
    let message = situation
        .facts
        .announcement
        .fresh()
        .ok_or_else(|| unseen(situation, "Slack"))?;
    let message = message.as_ref().ok_or_else(|| {
        Problem::new(
            Code::NotOffered,
            "Slipway finds no message of this release in the channel.",
            "There is no thread to post the result in.",
            "Copy the report, post it yourself, then mark it as shared.",
        )
    })?;
    let text = report::slack(course, &note);
    Ok(Step::Send(Action::PostResult {
        channel: message.channel.clone(),
        thread: message.ts.clone(),
        text,
        note,
        broadcast: !thread::tells_success(course, message),
    }))
}

/// This desktop posted the message or saw it, and it is not in the channel any more. What a webhook posted nobody can
/// find, gone or not.
pub(crate) fn is_gone(course: &Course<'_>) -> bool {
    let release = course.release;
    let mut done = release.done.iter();
    let findable = |action: &Action| matches!(action, Action::PostAnnouncement { channel, .. } if channel.as_str() != Channel::OF_A_WEBHOOK);
    let known = done.any(|(_, action)| findable(action)) || steps::announce::was_seen(release);
    let channel = course.facts.workspace.fresh();
    let reads = channel.is_some_and(|it| it.reads_back && it.channel.is_some());
    known && reads && course.facts.announcement.fresh() == Some(&None)
}

/// The announcement's last words from this desktop, when its release is put aside before it is out.
pub(crate) fn farewell(course: &Course<'_>) -> Option<Action> {
    if course.release.pending.is_some() || course.state(StepId::Build) == StepState::Done {
        return None;
    }
    let last = follow_up::last_sent(course.release)?;
    let message = course.facts.announcement.fresh()?.as_ref()?;
    let text = announcement::with_status(last, &announcement::put_aside(course)?);
    (text != last).then(|| Action::UpdateAnnouncement {
        channel: message.channel.clone(),
        ts: message.ts.clone(),
        text,
    })
}
