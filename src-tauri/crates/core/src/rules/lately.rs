//! What was done a moment ago: a service that has just said yes may not show it to the next look yet.

use crate::action::Action;
use crate::problem::{Code, Problem};
use crate::release::Release;
use crate::rules::{Decision, Situation};
use crate::time::At;

/// A look may lag this long behind what its service has confirmed. Milliseconds.
const MAY_NOT_SHOW: u64 = 15_000;

/// What this desktop did so lately that looks may not show it yet.
pub(crate) fn done_lately(release: &Release, now: At) -> impl Iterator<Item = &Action> {
    let is_late = move |at: At| now.0.abs_diff(at.0) < MAY_NOT_SHOW;
    let done = release.done.iter().map(|(mark, action)| (mark.at, action));
    let before = release.done_by_another_clock.iter();
    let done = done.chain(before.map(|(at, action)| (*at, action)));
    done.filter(move |(at, _)| is_late(*at))
        .map(|(_, action)| action)
}

/// This computer slept, or its clock was set: `before` is what it told just before, `now` what it tells. What was done a
/// moment ago was done a moment ago still, and whatever is on its way is given its time once more.
pub fn count_from(release: &mut Release, before: At, now: At) {
    let unsettled = release.pending.iter_mut().chain(&mut release.in_doubt);
    unsettled.for_each(|pending| pending.count_from(now));
    let lately: Vec<Action> = done_lately(release, before).cloned().collect();
    let lately = lately.into_iter().map(|action| (now, action));
    release.done_by_another_clock = lately.collect();
}

/// Something was taken in that may have been signed by another clock: before the start, or before this one was set while
/// it was being written down. `since` is when this clock began to tell how long ago something was, and `done` how much had
/// been done before.
pub fn count_by_this_clock(release: &mut Release, (done, since): (usize, Option<At>), now: At) {
    let is_foreign = |at: At| at > now || since.is_none_or(|since| at < since);
    let unsettled = release.pending.iter_mut().chain(&mut release.in_doubt);
    unsettled
        .filter(|pending| is_foreign(pending.doubted_at))
        .for_each(|pending| pending.count_from(now));
    let done = release.done.iter().skip(done);
    let done = done.filter(|(mark, _)| is_foreign(mark.at));
    release
        .done_by_another_clock
        .extend(done.map(|(_, action)| (now, action.clone())));
}

/// The same was done a moment ago.
pub(crate) fn was_done_lately(release: &Release, action: &Action, now: At) -> bool {
    done_lately(release, now).any(|done| is_same(done, action))
}

/// Nothing is sent again that was done a moment ago, whatever looks show.
pub(crate) fn refuse_again(situation: &Situation<'_>, decision: &Decision) -> Result<(), Problem> {
    match (situation.release, &decision.action) {
        (Some(release), Some(action)) if was_done_lately(release, action, situation.now) => {
            Err(Problem::new(
                Code::NotOffered,
                "This was done a moment ago.",
                "It does not show yet. Nothing was sent a second time.",
                "Wait a moment; Slipway looks again by itself.",
            ))
        }
        _ => Ok(()),
    }
}

/// It would have the same effect once more.
fn is_same(done: &Action, action: &Action) -> bool {
    match (done, action) {
        (Action::CreateBranch { name: done, .. }, Action::CreateBranch { name, .. }) => {
            done == name
        }
        (Action::PostAnnouncement { .. }, Action::PostAnnouncement { .. })
        | (Action::PostResult { .. }, Action::PostResult { .. }) => true,
        (Action::MergePull { number: done, .. }, Action::MergePull { number, .. })
        | (Action::MergeRelease { number: done, .. }, Action::MergeRelease { number, .. }) => {
            done == number
        }
        (Action::OpenReleasePull { head: done, .. }, Action::OpenReleasePull { head, .. }) => {
            done == head
        }
        (Action::AnswerApproval { gate: done, .. }, Action::AnswerApproval { gate, .. }) => {
            done.token == gate.token
        }
        (Action::TellChange { change: done, .. }, Action::TellChange { change, .. }) => {
            done == change
        }
        // However much of the stage is started again, it is started again.
        (
            Action::RetryStage {
                stage: done_stage,
                execution: of,
                failed_at: after,
                ..
            },
            Action::RetryStage {
                stage,
                execution,
                failed_at,
                ..
            },
        ) => (done_stage, of, after) == (stage, execution, failed_at),
        (
            Action::StopExecution {
                execution: of,
                abandon: done,
                ..
            },
            Action::StopExecution {
                execution, abandon, ..
            },
        ) => (of, done) == (execution, abandon),
        (Action::StartExecution { token: done, .. }, Action::StartExecution { token, .. }) => {
            done == token
        }
        (
            Action::RollBack {
                stage: done,
                newest: after,
                ..
            },
            Action::RollBack { stage, newest, .. },
        ) => (done, after) == (stage, newest),
        (Action::EnableTransition { stage: done }, Action::EnableTransition { stage }) => {
            done == stage
        }
        // Sending an update twice changes nothing.
        (_, _) => false,
    }
}
