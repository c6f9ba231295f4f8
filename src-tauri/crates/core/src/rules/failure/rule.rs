//! One rule.

use crate::rules::failure::Says;

/// Where a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// AWS's own words: the action's error message or summary, or the message of the phase that failed.
    Told,
    /// The last lines that a command left in the log.
    Log,
    /// The status code of the phase that failed (`contexts[].statusCode`), whole.
    PhaseCode,
    /// `errorDetails.code`, whole.
    ErrorCode,
    /// `buildStatus`, whole.
    Build,
}

/// What a failure looks like, and what to say of it. The table is made of these.
#[derive(Debug)]
pub struct Rule {
    /// Where it looks.
    pub place: Place,
    /// What it looks for, see [`matches`](super::matches()); of a code the code.
    pub pattern: &'static [&'static str],
    /// What it says.
    pub says: &'static Says,
    /// A text that it is about.
    pub example: &'static str,
    /// The official page that tells of it. Words that no page has name the one that tells of what carries them.
    pub source: &'static str,
}
