//! When a release that is over is not followed any more.

use crate::history::PastRelease;
use crate::rules::{Course, watched};

/// One that ended is kept at hand for so long. Seconds.
const AT_HAND: i64 = 86_400;

/// Nothing is left to see or to send of a release that is over, and the evening is past: its report is in the history.
#[must_use]
pub fn is_at_rest(course: &Course<'_>, past: &PastRelease) -> bool {
    let release = course.release;
    let settled = release.pending.is_none() && release.in_doubt.is_none();
    settled && watched(course).is_empty() && course.now.seconds_since(past.ended) > AT_HAND
}
