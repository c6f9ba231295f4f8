//! What is kept beside the journal of each release.

use crate::history::{PastRelease, search_text};
use crate::ids::ReleaseId;
use crate::release::Release;

/// What is kept beside the journal of each release, so that its records need not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Which.
    pub release: ReleaseId,
    /// Its row, once it is over.
    pub past: Option<PastRelease>,
    /// What it is found by; empty while it is in progress.
    pub search: String,
    /// It is taken up again at the next start: it is in progress, or something may be left to do.
    pub followed: bool,
}

impl Summary {
    /// What is kept of a release. One that is in progress is always followed.
    #[must_use]
    pub fn of(release: &Release, past: Option<PastRelease>, followed: bool) -> Self {
        Self {
            release: release.id.clone(),
            followed: followed || past.is_none(),
            search: past
                .as_ref()
                .map(|_| search_text(release))
                .unwrap_or_default(),
            past,
        }
    }
}
