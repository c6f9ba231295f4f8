//! What is sent again without asking anybody: what a person asked for a moment ago, once it is known not to have
//! happened.

use crate::action::Action;
use crate::intent::Intent;
use crate::problem::Code;
use crate::release::{Pending, Release};
use crate::time::At;

/// A person still means what they asked for this long ago. Seconds.
const STILL_MEANT: i64 = 5 * 60;
/// Between two tries; one more than there are pauses is the last. Seconds.
const PAUSES: [i64; 4] = [5, 15, 45, 60];

/// What a person asked for, as long as nothing else is asked for. It is not written down: after a restart nobody sends
/// it but a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// With what the screen showed them; it is decided on anew, on new facts, each time.
    pub intent: Intent,
    /// What was sent for it last.
    pub action: Action,
    /// When they asked.
    pub at: At,
    /// How often it was tried.
    pub tries: usize,
    /// When it was tried last.
    pub tried_at: At,
}

/// When it is tried again by itself; `None` when it is not, because it happened, because that is not known, or because
/// trying again is no use.
#[must_use]
pub fn again(asked: &Asked, release: &Release, now: At) -> Option<At> {
    let (action, problem) = release.last_problem.as_ref()?;
    let passing = is_passing(problem.code) && *action == asked.action;
    // What is quiet holds it up and changes nothing about it, unless a person is asked what became of it.
    let asks = |it: &Pending| it.unknown.is_some() && !it.action.is_repeatable();
    let counts = |it: &&Pending| !it.action.is_quiet() || asks(it);
    if !passing || release.pending.as_ref().filter(counts).is_some() || release.closed {
        return None;
    }
    let pause = PAUSES.get(asked.tries.checked_sub(1)?)?;
    let due = asked.tried_at.plus_seconds(*pause);
    // A clock that was set back tells nothing of how long ago it was.
    let meant = now >= asked.tried_at
        && due.seconds_since(asked.at) <= STILL_MEANT
        && now.seconds_since(asked.at) <= STILL_MEANT;
    meant.then_some(due)
}

/// It is likely to be otherwise in a moment, without anybody changing anything.
#[must_use]
pub fn is_passing(code: Code) -> bool {
    match code {
        Code::Unreachable | Code::Throttled => true,
        Code::Input
        | Code::Changed
        | Code::NotOffered
        | Code::SignedOut
        | Code::Forbidden
        | Code::NotInChannel
        | Code::Refused
        | Code::Unknown
        | Code::Journal => false,
    }
}
