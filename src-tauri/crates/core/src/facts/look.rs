//! One source of facts with its age and its error.

use crate::problem::Problem;
use crate::time::At;

/// The newest thing seen in one outside system, and whether it can still be relied on.
#[derive(Debug, Clone, PartialEq)]
pub struct Look<T> {
    /// Somebody is signed in there. `false` is its own state: not connected, not unknown.
    pub connected: bool,
    /// The last successful look.
    pub last: Option<Seen<T>>,
    /// Set while looks fail, since the first failure after a success.
    pub failing: Option<Failing>,
}

/// A value and when it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen<T> {
    /// What was seen.
    pub value: T,
    /// When the look began, by this computer's clock: it is at least that new.
    pub at: At,
}

/// Why the newest looks failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failing {
    /// What went wrong at the last look.
    pub problem: Problem,
    /// When looks began to fail.
    pub since: At,
}

impl<T> Default for Look<T> {
    fn default() -> Self {
        Self {
            connected: false,
            last: None,
            failing: None,
        }
    }
}

impl<T> Look<T> {
    /// A source that is signed in to and has not been looked at yet.
    #[must_use]
    pub fn not_yet() -> Self {
        Self {
            connected: true,
            last: None,
            failing: None,
        }
    }

    /// A successful look.
    pub fn seen(value: T, at: At) -> Self {
        Self {
            connected: true,
            last: Some(Seen { value, at }),
            failing: None,
        }
    }

    /// The value, only while it can be relied on: connected and the newest look succeeded.
    #[must_use]
    pub fn fresh(&self) -> Option<&T> {
        match (self.connected, &self.failing) {
            (true, None) => self.last.as_ref().map(|seen| &seen.value),
            (true, Some(_)) | (false, _) => None,
        }
    }

    /// The value however old: to show with its age, never to decide on.
    #[must_use]
    pub fn stale(&self) -> Option<&T> {
        self.last.as_ref().map(|seen| &seen.value)
    }

    /// Takes in the result of a new look that began then.
    pub fn update(&mut self, result: Result<T, Problem>, at: At) {
        self.connected = true;
        match result {
            Ok(value) => {
                self.last = Some(Seen { value, at });
                self.failing = None;
            }
            Err(problem) => {
                let since = self.failing.as_ref().map_or(at, |failing| failing.since);
                self.failing = Some(Failing { problem, since });
            }
        }
    }
}
