//! Why a notification service did not do something.

use slipway_core::desktop::TestNotice;

use super::PATIENCE;

/// Why a notification service did not do something.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// There is none.
    #[error("no notification service is there")]
    Absent,
    /// It did not answer in time.
    #[error("the notification service does not answer")]
    Silent,
    /// It was not sent: something newer is to be shown, or nothing.
    #[error("it is not so any more")]
    Outdated,
    /// It answered with an error.
    #[error("the notification service refused: {0}")]
    Refused(String),
}

/// Waits for an answer, though not for ever.
pub(super) async fn within<T>(
    call: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let answer = tokio::time::timeout(PATIENCE, call).await;
    answer.unwrap_or(Err(Failure::Silent))
}

impl From<zbus::Error> for Failure {
    fn from(error: zbus::Error) -> Self {
        Self::from(error.to_string())
    }
}

impl From<notify_rust::error::Error> for Failure {
    fn from(error: notify_rust::error::Error) -> Self {
        Self::from(error.to_string())
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
            Failure::Silent | Failure::Outdated => Self::Silent,
            Failure::Refused(raw) => Self::Refused { raw },
        }
    }
}
