//! What is sent without anybody asking again.

use crate::action::Action;
use crate::rules::Situation;

/// The next automatic action, if any.
#[must_use]
pub fn follow_up(_situation: &Situation<'_>) -> Option<Action> {
    None
}
