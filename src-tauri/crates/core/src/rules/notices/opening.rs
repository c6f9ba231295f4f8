//! A reminder of the maintenance window that opens soon, while its release is not begun.

use crate::desktop::{Desktop, Event, Notice};
use crate::facts::{Look, Repository};
use crate::ids::ReleaseId;
use crate::kind::Kind;
use crate::rules::naming;
use crate::team::Team;
use crate::time::At;
use crate::view::{Mode, StepId};
use crate::words;

/// So long before the window opens. Seconds.
const BEFORE: i64 = 30 * 60;
/// What GitHub showed is not older than this: whoever slept has to look first. Seconds.
const LATELY: i64 = 180;

/// The notice that the next window opens soon, once, while GitHub shows no branch for it and no release of it is here.
/// Nothing in practice, whose windows are nobody's.
#[must_use]
pub fn opening(
    (team, mode, now): (&Team, Mode, At),
    repository: &Look<Repository>,
    is_here: impl Fn(&ReleaseId) -> bool,
    desktop: &Desktop,
) -> Option<Notice> {
    let window = team.window.current_or_next(now);
    let seen = repository.last.as_ref()?;
    let is_soon = now >= window.opens.plus_seconds(-BEFORE) && now < window.opens;
    if mode != Mode::Real || !is_soon {
        return None;
    }
    let repository = repository.fresh()?;
    let branch = naming::branch_name(team, Kind::Maintenance, window.date, "");
    let release = ReleaseId(branch.clone());
    let key = format!("{branch}/window");
    let mut made = repository.branches.iter();
    let mut merged = repository.merged.iter();
    let begun = made.any(|it| it.name == branch)
        || merged.any(|it| it.branch.name == branch)
        || is_here(&release);
    if begun || now.seconds_since(seen.at) > LATELY || desktop.told.contains(&key) {
        return None;
    }
    Some(Notice {
        key,
        event: Event::MaintenanceSoon,
        release,
        step: StepId::Branch,
        title: words::notice::OPENING.to_owned(),
        body: words::notice::opening(team, now, &branch, window.opens),
        at: window.opens.plus_seconds(-BEFORE),
        shows: !desktop.preferences.muted.contains(&Event::MaintenanceSoon),
    })
}
