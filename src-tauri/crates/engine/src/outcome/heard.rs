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

    /// What it told last, and when that arrived.
    pub(crate) fn last(&self) -> Option<(At, Instant)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        assert_eq!(heard.last(), None);
        heard.note(Some("Tue, 24 Nov 2026 20:00:00 GMT"));
        let (told, _) = heard.last().expect("a time");
        assert_eq!(told, At(1_795_550_400_000));
    }
}
