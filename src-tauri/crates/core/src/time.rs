//! Instants as they cross every border of the program: journal, wire to the page, rules.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An instant: milliseconds since the Unix epoch, UTC. AWS sends float seconds that lose precision, so times are
/// compared for order and shown, never used as keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct At(pub i64);

impl At {
    /// The instant `seconds` later (or earlier, when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this instant, never negative.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0) / 1000
    }
}
