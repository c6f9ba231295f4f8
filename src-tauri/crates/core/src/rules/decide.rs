//! From a person's intent to what is written down and sent.

use crate::draft::Draft;
use crate::ids::ReleaseId;
use crate::intent::Intent;
use crate::problem::{Code, Problem};
use crate::rules::{Decision, Situation, SourceId};

/// Decides what an intent leads to, on facts that were just read.
///
/// # Errors
/// The reason why nothing is written or sent.
pub fn decide(_intent: &Intent, _situation: &Situation<'_>) -> Result<Decision, Problem> {
    Err(Problem::new(Code::NotOffered, "", "", ""))
}

/// What has to be read again before [`decide`].
#[must_use]
pub fn reads(_intent: &Intent) -> &'static [SourceId] {
    &[]
}

/// The release an intent is about; for a draft, the one it would become.
#[must_use]
pub fn release_of(_intent: &Intent, _draft: Option<&Draft>) -> Option<ReleaseId> {
    None
}
