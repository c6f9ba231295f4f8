//! Instants and durations in words.

use crate::rules::{Window, in_zone};
use crate::time::At;
use crate::words::team::zone;
use jiff::Zoned;
use jiff::civil::Date;

/// Words for instants, on the window's wall clock.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'a> {
    /// The window whose zone is the team's clock.
    pub window: &'a Window,
    /// Now.
    pub now: At,
}

impl Clock<'_> {
    /// "7:02 pm" today, "Tue 17 Nov, 8:06 pm" on another day.
    #[must_use]
    pub fn at(&self, at: At) -> String {
        let zoned = in_zone(at, &self.window.zone);
        if zoned.date() == self.window.date_at(self.now) {
            time(&zoned)
        } else {
            self.full(at)
        }
    }

    /// "Tue 17 Nov, 8:06 pm".
    #[must_use]
    pub fn full(&self, at: At) -> String {
        let zoned = in_zone(at, &self.window.zone);
        format!("{}, {}", zoned.strftime("%a %-d %b"), time(&zoned))
    }

    /// What people call this clock: "Pacific".
    #[must_use]
    pub fn zone(&self) -> String {
        zone(&self.window.zone)
    }

    /// "7:02 pm" whatever the day.
    #[must_use]
    pub fn time(&self, at: At) -> String {
        time(&in_zone(at, &self.window.zone))
    }
}

/// "Tuesday 24 November".
#[must_use]
pub fn date(date: Date) -> String {
    date.strftime("%A %-d %B").to_string()
}

fn time(zoned: &Zoned) -> String {
    zoned.strftime("%-I:%M %P").to_string()
}

/// "45 s", "4 min 10 s", "1 h 4 min", "6 d 23 h".
#[must_use]
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) if seconds % 60 != 0 => format!("{minutes} min {} s", seconds % 60),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}
