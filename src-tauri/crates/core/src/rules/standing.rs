//! Where one step stands.

use crate::facts::Look;
use crate::time::At;
use crate::view::StepState;
use crate::words::Clock;

/// A step's state with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: StepState,
    /// The rail's second line: why, who, when.
    pub note: String,
    /// Since when, where that is known.
    pub since: Option<At>,
}

impl Standing {
    /// A state with its note.
    pub fn new(state: StepState, note: impl Into<String>) -> Self {
        Self {
            state,
            note: note.into(),
            since: None,
        }
    }

    /// An earlier step comes first.
    pub fn later(after: &str) -> Self {
        Self::new(StepState::Later, format!("After {after}"))
    }

    /// Seen or declared to be done.
    pub fn done(clock: &Clock<'_>, at: At, by: Option<&str>) -> Self {
        let note = match by {
            Some(by) => format!("Done {}, {by}", clock.at(at)),
            None => format!("Done {}", clock.at(at)),
        };
        Self {
            state: StepState::Done,
            note,
            since: Some(at),
        }
    }

    /// The source that would show it cannot be relied on: not connected, or unknown with the age of the last look.
    /// `None` when it can.
    pub fn unseen<T>(clock: &Clock<'_>, look: &Look<T>, service: &str) -> Option<Self> {
        if !look.connected {
            return Some(Self::new(
                StepState::NotConnected,
                format!("Not signed in to {service}"),
            ));
        }
        match (&look.last, &look.failing) {
            (Some(_), None) => None,
            (Some(seen), Some(_)) => {
                let note = format!("Unknown, last seen {}", clock.at(seen.at));
                Some(Self {
                    state: StepState::Unknown,
                    note,
                    since: Some(seen.at),
                })
            }
            (None, Some(failing)) => Some(Self {
                state: StepState::Unknown,
                note: format!("Unknown, {service} was not seen yet"),
                since: Some(failing.since),
            }),
            (None, None) => Some(Self::new(StepState::Unknown, "Not looked yet")),
        }
    }

    /// The same standing with its beginning.
    #[must_use]
    pub fn since(mut self, at: Option<At>) -> Self {
        self.since = at;
        self
    }
}
