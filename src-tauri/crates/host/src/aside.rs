//! A window that is put aside into the task bar.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A window manager has taken the window away by then.
const SETTLES: Duration = Duration::from_secs(1);

static SINCE: Mutex<Option<Instant>> = Mutex::new(None);

/// The window is put aside now, or brought to the front.
pub fn note(aside: bool) {
    *SINCE.lock().unwrap_or_else(PoisonError::into_inner) = aside.then(Instant::now);
}

/// It was put aside a moment ago: a focus that is told now was on its way before, and brings nothing to the front.
#[must_use]
pub fn is_settling() -> bool {
    let since = *SINCE.lock().unwrap_or_else(PoisonError::into_inner);
    since.is_some_and(|since| since.elapsed() < SETTLES)
}
