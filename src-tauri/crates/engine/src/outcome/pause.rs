//! How long a service asked to be left alone.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Remembers the newest wish of one service.
#[derive(Debug, Default)]
pub(crate) struct Pause(Mutex<Option<Instant>>);

impl Pause {
    /// The service wants `wait` from now; a longer wish that still runs stays.
    pub(crate) fn wish(&self, wait: Duration) {
        let until = Instant::now().checked_add(wait);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = (*kept).max(until);
    }

    /// How much of it is left.
    pub(crate) fn left(&self) -> Option<Duration> {
        let until = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        until
            .checked_duration_since(Instant::now())
            .filter(|left| !left.is_zero())
    }
}
