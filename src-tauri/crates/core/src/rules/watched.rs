//! What of a release is worth a look by itself.

use crate::rules::{Course, SourceId, follow_up, thread};

/// The sources of a release's own that are looked at on the cadence. Of a finished one nothing is, once its message
/// says so: what it needs stands in the journal.
#[must_use]
pub fn watched(course: &Course<'_>) -> &'static [SourceId] {
    if course.release.pending.is_some() || !course.finished() {
        return &[
            SourceId::Source,
            SourceId::Announcement,
            SourceId::Execution,
        ];
    }
    if follow_up::message_is_settled(course) && thread::is_settled(course) {
        &[]
    } else {
        &[SourceId::Announcement]
    }
}
