//! Reminders of an approval that still waits: after half an hour, and before it expires; and of a failure, when a person
//! asked for it. Each once.

use super::{Change, What};
use crate::rules::steps::build;
use crate::rules::{Course, remind};
use crate::time::At;

/// An approval is reminded of once it has waited this long. Seconds.
const STILL: i64 = 30 * 60;
const DAY: i64 = 86_400;
const HOUR: i64 = 3600;

/// What is due of them, oldest first, while the newest change is that somebody is asked. A person who may not list what
/// ran is reminded of nothing: no run names the question, so it could be told twice.
pub(super) fn reminders<'a>(course: &Course<'_>, changes: &[Change<'a>]) -> Vec<Change<'a>> {
    let Some(asked) = changes.last().filter(|it| !it.is_unseen()) else {
        return Vec::new();
    };
    let What::Asks { until } = asked.what else {
        return Vec::new();
    };
    let remind = |name: &str, at: At, what| Change {
        key: format!("{}/{name}", asked.key),
        at,
        what,
    };
    let still = asked.at.plus_seconds(STILL);
    let mut due = vec![remind(
        "still",
        still,
        What::StillAsks {
            until,
            since: asked.at,
        },
    )];
    if let Some(left) = warning(until.seconds_since(asked.at)) {
        let at = until.plus_seconds(-left);
        due.push(remind("expires", at, What::ExpiresSoon { until, left }));
    }
    // Whoever slept over it has to look first whether it still waits.
    let seen = course.facts.pipeline.last.as_ref().map(|seen| seen.at);
    due.retain(|it| seen.is_some_and(|seen| it.at <= seen) && course.now < until);
    due.sort_by_key(|it| it.at);
    due
}

/// The reminder that a person asked for, when it is due and the same failure was seen to be there since.
pub(super) fn asked_for<'a>(course: &Course<'a>) -> Option<Change<'a>> {
    let reminder = course.release.reminder.as_ref()?;
    course.facts.pipeline.fresh()?;
    let seen = course.facts.pipeline.last.as_ref()?.at;
    if reminder.at > seen || !remind::lasts(course, reminder) {
        return None;
    }
    let (release, execution) = (&course.release.id, &reminder.execution);
    Some(Change {
        key: format!("{release}/{execution}/asked-for/{}", reminder.at.0),
        at: reminder.at,
        what: What::StillFailed {
            run: build::failed_run(course),
            since: reminder.failed_at,
        },
    })
}

/// How long before the end it is said that there is one; `None` for a question that is open for so short that saying it
/// once is enough.
fn warning(waits: i64) -> Option<i64> {
    match waits {
        _ if waits >= 2 * DAY => Some(DAY),
        _ if waits >= 3 * HOUR => Some(HOUR),
        _ => None,
    }
}
