//! Why a notification service did not do something.

use std::fmt::Display;
use std::time::Duration;

use slipway_core::desktop::TestNotice;

/// Starting a service on demand takes its time; one that takes longer is not going to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a notification service did not do something.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// There is none.
    #[error("no notification service is there")]
    Absent,
    /// It did not answer in time.
    #[error("the notification service does not answer")]
    Silent,
    /// It answered with an error.
    #[error("the notification service refused: {0}")]
    Refused(String),
}

/// Waits for an answer, though not for ever.
pub(super) async fn within<T, E: Display>(
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, Failure> {
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(answer) => answer.map_err(|error| Failure::from(error.to_string())),
        Err(_) => Err(Failure::Silent),
    }
}

impl From<String> for Failure {
    /// `notify-rust` gives errors of D-Bus as text only.
    /// <https://dbus.freedesktop.org/doc/dbus-specification.html#standard-interfaces>
    fn from(raw: String) -> Self {
        let none = [
            "Error.ServiceUnknown",
            "Error.NameHasNoOwner",
            "Error.Spawn.",
        ];
        let no_bus = !raw.contains("org.freedesktop.");
        if no_bus || none.iter().any(|it| raw.contains(it)) {
            Self::Absent
        } else if raw.contains("Error.NoReply") || raw.contains("Error.TimedOut") {
            Self::Silent
        } else {
            Self::Refused(raw)
        }
    }
}

impl From<Failure> for TestNotice {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Absent => Self::Absent,
            Failure::Silent => Self::Silent,
            Failure::Refused(raw) => Self::Refused { raw },
        }
    }
}
