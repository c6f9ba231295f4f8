//! What a look says about an action whose outcome is not known.

use crate::action::Outcome;
use crate::facts::Facts;
use crate::release::Pending;
use crate::time::At;

/// The outcome, once the facts show it.
#[must_use]
pub fn settle(_pending: &Pending, _facts: &Facts, _now: At) -> Option<Outcome> {
    None
}
