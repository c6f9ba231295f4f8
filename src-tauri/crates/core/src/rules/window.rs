//! The weekly maintenance window.

use crate::time::At;
use jiff::civil::{Date, DateTime, Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use std::cell::RefCell;

/// A weekly window on the wall clock of a named time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// IANA time zone name. People say "PST" and mean this clock, summer and winter.
    pub zone: String,
    /// The weekday it begins on.
    pub weekday: Weekday,
    /// When it begins.
    pub opens: Time,
    /// When it ends; at or before `opens` means on the next day.
    pub until: Time,
}

/// One week's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The date it begins on, in the window's zone: the date in the branch name, also after midnight.
    pub date: Date,
    /// When it begins.
    pub opens: At,
    /// When it ends.
    pub until: At,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            zone: "America/Los_Angeles".to_owned(),
            weekday: Weekday::Tuesday,
            opens: time(19, 0, 0, 0),
            until: time(0, 30, 0, 0),
        }
    }
}

impl Window {
    /// The window that is open at `now`, else the next one.
    #[must_use]
    pub fn current_or_next(&self, now: At) -> Occurrence {
        let today = self.date_at(now);
        // From yesterday, whose window may reach over midnight, to the same weekday of next week.
        (-1..=7)
            .map(|days| today.saturating_add(days.days()))
            .filter(|date| date.weekday() == self.weekday)
            .map(|date| self.occurrence(date))
            .find(|occurrence| occurrence.until > now)
            .unwrap_or_else(|| self.occurrence(today))
    }

    /// The calendar date in the window's zone at `now`.
    #[must_use]
    pub fn date_at(&self, now: At) -> Date {
        self.zoned(now).date()
    }

    /// `now` on the wall clock of the window's zone.
    #[must_use]
    pub fn zoned(&self, now: At) -> Zoned {
        in_zone(now, &self.zone)
    }

    fn occurrence(&self, date: Date) -> Occurrence {
        let last = if self.until > self.opens {
            date
        } else {
            date.saturating_add(1.day())
        };
        Occurrence {
            date,
            opens: self.instant(date.to_datetime(self.opens)),
            until: self.instant(last.to_datetime(self.until)),
        }
    }

    fn instant(&self, wall: DateTime) -> At {
        // A wall time in a gap moves forward, one in a fold is the first of the two.
        wall.to_zoned(time_zone(&self.zone))
            .map_or(At(i64::MAX), |zoned| At(zoned.timestamp().as_millisecond()))
    }
}

/// `at` on the wall clock of a named zone; UTC when the name is not known.
#[must_use]
pub fn in_zone(at: At, zone: &str) -> Zoned {
    let timestamp = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.to_zoned(time_zone(zone))
}

/// Looking a zone up costs more than most of what is done with it, and it is nearly always the same one.
fn time_zone(name: &str) -> TimeZone {
    thread_local! {
        static LAST: RefCell<(String, TimeZone)> = const { RefCell::new((String::new(), TimeZone::UTC)) };
    }
    LAST.with_borrow_mut(|(last, zone)| {
        if last != name {
            *zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
            name.clone_into(last);
        }
        zone.clone()
    })
}
