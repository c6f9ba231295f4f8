//! What time it is for a service, from the `Date` header of its answers
//! (<https://www.rfc-editor.org/rfc/rfc9110#name-date>).

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use slipway_core::time::At;

/// Remembers the newest time that one service told.
#[derive(Debug, Default)]
pub(crate) struct Heard(Mutex<Option<(At, Instant)>>);

impl Heard {
    /// Takes in the header of an answer that arrives now.
    pub(crate) fn note(&self, date: Option<&str>) {
        let Some(told) = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) else {
            return;
        };
        let told = At(told.timestamp().as_millisecond());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((told, Instant::now()));
    }

    /// What its clock shows now.
    pub(crate) fn now(&self) -> Option<At> {
        let (told, at) = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let since = i64::try_from(at.elapsed().as_millis()).ok()?;
        Some(At(told.0.saturating_add(since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_understands() {
        let heard = Heard::default();
        heard.note(None);
        heard.note(Some("yesterday"));
        assert_eq!(heard.now(), None);
        heard.note(Some("Tue, 24 Nov 2026 20:00:00 GMT"));
        let now = heard.now().expect("a time");
        assert_eq!(now.0 / 60_000, 1_795_550_400_000 / 60_000);
    }
}
