//! What is told in the announcement's thread: changes that people must see, each once.
//!
//! The desktop that posted the announcement leads: it tells them by itself. What it has not told after two minutes is
//! offered to everybody else who follows the release, and never taken by itself.

use crate::action::Action;
use crate::facts::Message;
use crate::problem::Problem;
use crate::release::Release;
use crate::rules::Situation;
use crate::rules::course::Course;
use crate::rules::decide::{Step, changed, unseen};
use crate::rules::follow_up::{comes_back, reachable_message};
use crate::rules::notices::{self, Change, What};
use crate::words;

/// The leader gets this long. Seconds.
const OVERDUE: i64 = 120;
/// What is over for longer than this is no news. Seconds.
const NEWS: i64 = 86_400;

/// The newest change, when people must see it and the thread does not tell it yet. What was passed before it could be
/// told is not told any more: the message and what comes after it say what is so.
pub(crate) fn untold<'a>(course: &Course<'a>) -> Option<Change<'a>> {
    let message = reachable_message(course)?;
    let change = notices::shown(course).pop()?;
    let told = |change: &str| {
        let here = course.release.done.iter();
        let mut here = here.filter_map(|(_, action)| told_by(action));
        message.told.iter().any(|told| told == change) || here.any(|told| told == change)
    };
    let wanted = must_be_seen(&change.what)
        && (is_open(&change.what) || course.now.seconds_since(change.at) < NEWS)
        // The result says it, too.
        && !(change.what == What::Succeeded && message.result_posted);
    (wanted && !told(&change.key)).then_some(change)
}

/// What is told without anybody asking for it.
pub(crate) fn by_itself(course: &Course<'_>) -> Option<Action> {
    if !leads(course.release) || course.release.in_doubt.is_some() {
        return None;
    }
    let action = telling(course, &untold(course)?)?;
    may_try_again(course.release, &action).then_some(action)
}

/// What a person is offered to tell: the leader's duty that is overdue, or that Slack refused.
pub(crate) fn offered<'a>(course: &Course<'a>) -> Option<Change<'a>> {
    let change = untold(course).filter(|_| course.release.in_doubt.is_none())?;
    let open = if leads(course.release) {
        !may_try_again(course.release, &telling(course, &change)?)
    } else {
        course.now.seconds_since(change.at) >= OVERDUE
    };
    open.then_some(change)
}

/// A person tells it.
pub(crate) fn tell(
    situation: &Situation<'_>,
    course: &Course<'_>,
    change: &str,
) -> Result<Step, Problem> {
    let facts = situation.facts;
    if facts.announcement.fresh().is_none() {
        return Err(unseen(situation, "Slack"));
    }
    if facts.pipeline.fresh().is_none() || facts.execution.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let shown = offered(course).filter(|shown| shown.key == change);
    let action = shown.and_then(|shown| telling(course, &shown));
    action.map(Step::Send).ok_or_else(|| {
        changed(
            "The team has been told, or something newer is so.".into(),
            "Look at what this step says now.",
        )
    })
}

/// Nothing is left to tell by itself, and nothing is in doubt.
pub(crate) fn is_settled(course: &Course<'_>) -> bool {
    let message = course.facts.announcement.fresh();
    let may_be_there = message.is_none_or(Option::is_some);
    let doubt = course.release.in_doubt.is_some() && may_be_there;
    !doubt && by_itself(course).is_none()
}

/// The thread or this desktop has told that the release is out.
pub(crate) fn tells_success(course: &Course<'_>, message: &Message) -> bool {
    let success = |change: &&Change<'_>| change.what == What::Succeeded;
    let changes = notices::shown(course);
    let Some(success) = changes.iter().find(success) else {
        return false;
    };
    let mut here = course.release.done.iter();
    message.told.contains(&success.key)
        || here.any(|(_, action)| told_by(action) == Some(success.key.as_str()))
}

fn telling(course: &Course<'_>, change: &Change<'_>) -> Option<Action> {
    let message = course.facts.announcement.fresh()?.as_ref()?;
    Some(Action::TellChange {
        channel: message.channel.clone(),
        thread: message.ts.clone(),
        change: change.key.clone(),
        text: words::thread::reply(course, change),
        broadcast: change.what == What::Succeeded,
    })
}

/// This desktop posted the announcement.
fn leads(release: &Release) -> bool {
    let mut done = release.done.iter();
    done.any(|(_, action)| matches!(action, Action::PostAnnouncement { .. }))
}

/// After a refusal it is left alone, and a person is offered to try.
fn may_try_again(release: &Release, action: &Action) -> bool {
    match &release.untold {
        Some((tried, problem)) => told_by(tried) != told_by(action) || comes_back(problem),
        None => true,
    }
}

fn told_by(action: &Action) -> Option<&str> {
    if let Action::TellChange { change, .. } = action {
        Some(change)
    } else {
        None
    }
}

/// Somebody has to act on it, or waits for it. That it was approved and goes on is said by the message alone.
fn must_be_seen(what: &What<'_>) -> bool {
    match what {
        What::Asks { .. }
        | What::Again { .. }
        | What::Succeeded
        | What::Failed { .. }
        | What::Rejected { .. }
        | What::Expired { .. }
        | What::TurnedDown
        | What::Stopped
        | What::Cancelled
        | What::RolledBack { .. } => true,
        What::StillAsks { .. }
        | What::ExpiresSoon { .. }
        | What::StillFailed { .. }
        | What::Approved { .. }
        | What::Began => false,
    }
}

/// It waits for somebody, however long ago it began.
fn is_open(what: &What<'_>) -> bool {
    matches!(what, What::Asks { .. })
}
