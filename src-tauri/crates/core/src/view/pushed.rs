//! What goes out without a pull request, as the approver reads it.

use crate::rules::Course;
use crate::view::branch::check;
use crate::view::{Check, Tone};

/// As many commits are named on the card.
const NAMED: usize = 20;

/// Nobody reviewed these in a pull request: each is named.
pub(crate) fn facts(course: &Course<'_>) -> Vec<Check> {
    let (total, commits) = course.pushed();
    if total == 0 {
        return Vec::new();
    }
    let named: Vec<String> = commits
        .iter()
        .take(NAMED)
        .map(|commit| course.pushed_words(commit))
        .collect();
    let more = usize::try_from(total).unwrap_or(usize::MAX) - named.len();
    let more = if more == 0 {
        String::new()
    } else {
        format!("; and {more} more")
    };
    let text = format!("{}{more}", named.join("; "));
    vec![check("Without a pull request", &text, Tone::Wait)]
}
