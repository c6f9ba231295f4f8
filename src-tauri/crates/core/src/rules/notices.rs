//! What a person is told of, and what of it goes to the desktop.

mod change;
mod opening;
mod reminders;
mod runs;
mod seen;
mod told;

pub(crate) use change::{Change, What};
pub use opening::opening;

/// What our execution went through as far as it shows, oldest first, whatever was told here already. Each change is
/// named by the run that it shows in, so every desktop gives it the same name.
#[must_use]
pub(crate) fn shown<'a>(course: &Course<'a>) -> Vec<Change<'a>> {
    let mut changes = seen::changes(course, &Desktop::default());
    changes.retain(|change| !change.is_unseen());
    changes
}

use crate::desktop::{Desktop, Notice};
use crate::rules::{Course, Situation};
use crate::words;

/// A success older than this is no news on the desktop (seconds): a week.
const NEWS: i64 = 7 * 86_400;

/// The notices that are due: changes of our execution that show now and were not told yet, oldest first. Only the newest
/// state goes to the desktop; what was passed on the way there is told in the list.
///
/// Nothing is told from facts that cannot be relied on, and nothing twice: a change is named by the run it is seen in.
#[must_use]
pub fn notices(situation: &Situation<'_>, desktop: &Desktop) -> Vec<Notice> {
    let Some(release) = situation.release else {
        return Vec::new();
    };
    let course = Course::new(situation.team, situation.now, release, situation.facts);
    let mut changes = seen::changes(&course, desktop);
    changes.extend(reminders::reminders(&course, &changes));
    changes.extend(reminders::asked_for(&course));
    let newest = changes.last().map(|change| change.key.clone());
    let due = changes
        .iter()
        .filter(|change| !desktop.told.contains(&change.key));
    due.map(|change| {
        let is_newest = newest.as_ref() == Some(&change.key);
        let asked_for = matches!(change.what, What::StillFailed { .. });
        let wanted = asked_for || !desktop.preferences.muted.contains(&change.event());
        let shows = is_newest && wanted && matters(&course, change);
        notice(&course, change, is_newest, shows)
    })
    .collect()
}

fn notice(course: &Course<'_>, change: &Change<'_>, is_newest: bool, shows: bool) -> Notice {
    Notice {
        key: change.key.clone(),
        event: change.event(),
        release: course.release.id.clone(),
        step: change.step(),
        title: words::notice::title(&change.what),
        body: words::notice::body(course, change, is_newest),
        at: change.at,
        shows,
    }
}

/// A success that was over before this release was taken up here, or a week ago, needs nobody any more. Everything else
/// that is so now still waits for somebody.
fn matters(course: &Course<'_>, change: &Change<'_>) -> bool {
    if change.what != What::Succeeded {
        return true;
    }
    let opened = course.release.opened.as_ref().map(|mark| mark.at);
    opened.is_none_or(|opened| change.at >= opened) && course.now.seconds_since(change.at) < NEWS
}
