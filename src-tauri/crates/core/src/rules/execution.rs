//! Which execution carries a release, and how often to look.

use crate::facts::Facts;
use crate::ids::{ExecutionId, Sha};
use crate::release::Release;
use crate::time::At;

/// The execution that carries this release.
#[must_use]
pub fn our_execution(_release: &Release, _facts: &Facts) -> Option<ExecutionId> {
    None
}

/// Source revisions whose relation to our commit is needed.
#[must_use]
pub fn revisions_to_relate(_release: &Release, _facts: &Facts) -> Vec<Sha> {
    Vec::new()
}

/// Seconds until the next look.
#[must_use]
pub fn look_every(_releases: &[(&Release, &Facts)], _now: At) -> u32 {
    60
}
