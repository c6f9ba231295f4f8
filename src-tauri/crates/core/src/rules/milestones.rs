//! Facts worth keeping.

use crate::record::Milestone;
use crate::rules::Situation;

/// Milestones that were seen and are not in the release's records yet.
#[must_use]
pub fn milestones(_situation: &Situation<'_>) -> Vec<Milestone> {
    Vec::new()
}
