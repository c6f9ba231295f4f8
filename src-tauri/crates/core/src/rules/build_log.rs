//! Which log belongs to a release, and when nothing more will come into it.

use crate::facts::{Build, BuildStatus, LogStream};
use crate::rules::Course;
use crate::time::At;

/// CloudWatch shows what a build wrote last some seconds after it has ended.
const TRAILS: i64 = 20;

/// The newest build of our execution that writes a log, and where.
#[must_use]
pub fn log_of<'a>(course: &Course<'a>) -> Option<(&'a Build, &'a LogStream)> {
    let build = course.detail()?.build.as_ref()?;
    Some((build, build.stream.as_ref()?))
}

/// The build is under way, as far as was seen.
#[must_use]
pub fn is_building(course: &Course<'_>, build: &str) -> bool {
    newest(course)
        .is_some_and(|newest| newest.id == build && newest.status == BuildStatus::InProgress)
}

/// What was read of its log then, to the end, is all of it: it had ended a while before, or another one has begun since.
#[must_use]
pub fn is_whole(course: &Course<'_>, build: &str, read_at: At) -> bool {
    let Some(detail) = course.detail() else {
        return false;
    };
    let Some(newest) = newest(course) else {
        return false;
    };
    if newest.id != build {
        return true;
    }
    let ended_at = detail.phases.last().and_then(|phase| phase.started_at);
    newest.status != BuildStatus::InProgress
        && ended_at.is_none_or(|ended_at| read_at.seconds_since(ended_at) >= TRAILS)
}

fn newest<'a>(course: &Course<'a>) -> Option<&'a Build> {
    course.detail()?.build.as_ref()
}
