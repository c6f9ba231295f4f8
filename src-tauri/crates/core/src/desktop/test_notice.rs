//! What became of a test notice.

/// What became of a test notice, as the system's notification service showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestNotice {
    /// The service took it.
    Taken {
        /// Its name, as it says itself.
        server: String,
        /// Its version, as it says itself.
        version: String,
        /// It tells when a notice is pressed.
        clicks: bool,
    },
    /// The system took it and tells nothing about it.
    HandedOver,
    /// No service answers.
    Absent,
    /// One is there and does not answer in time.
    Silent,
    /// It answered with an error.
    Refused {
        /// The service's own words.
        raw: String,
    },
}
