//! The weekly maintenance window.

/// A weekly window in a named time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// IANA time zone name.
    pub zone: String,
    /// The weekday it begins on.
    pub weekday: jiff::civil::Weekday,
    /// When it begins.
    pub opens: jiff::civil::Time,
    /// When it ends; earlier than `opens` means the next day.
    pub until: jiff::civil::Time,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            zone: "America/Los_Angeles".to_owned(),
            weekday: jiff::civil::Weekday::Tuesday,
            opens: jiff::civil::time(19, 0, 0, 0),
            until: jiff::civil::time(0, 30, 0, 0),
        }
    }
}
