//! Why the keychain did not do what it was asked.

use keyring_core::Error;
use slipway_core::account::KeychainTrouble;

/// Why the keychain did not do what it was asked. The text is the keychain's own; it holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It is locked and was not unlocked.
    #[error("the keychain is locked: {0}")]
    Locked(String),
    /// There is none that answers.
    #[error("no keychain answers: {0}")]
    Absent(String),
    /// There is none that answers, and nothing was asked of it.
    #[error("no keychain answers: {0}")]
    Unopened(String),
    /// It holds more than one item of this name.
    #[error("the keychain holds {0} items of this name")]
    Ambiguous(usize),
    /// The secret has more characters than this keychain takes.
    #[error("the keychain takes at most {0} characters")]
    TooLong(u32),
    /// It refuses.
    #[error("the keychain refuses: {0}")]
    Refused(String),
}

impl Failure {
    /// What it is for people.
    #[must_use]
    pub fn trouble(&self) -> KeychainTrouble {
        match self {
            Self::Locked(_) => KeychainTrouble::Locked,
            Self::Absent(_) | Self::Unopened(_) => KeychainTrouble::Absent,
            Self::Ambiguous(_) => KeychainTrouble::Ambiguous,
            Self::TooLong(_) => KeychainTrouble::TooLong,
            Self::Refused(_) => KeychainTrouble::Refused,
        }
    }

    /// The same, of a keychain that could not even be asked.
    pub(super) fn unopened(self) -> Self {
        match self {
            Self::Absent(raw) => Self::Unopened(raw),
            other @ (Self::Locked(_)
            | Self::Unopened(_)
            | Self::Ambiguous(_)
            | Self::TooLong(_)
            | Self::Refused(_)) => other,
        }
    }

    /// Whatever was to be kept, nothing of it can be there.
    pub(crate) fn kept_nothing(&self) -> bool {
        match self {
            Self::Unopened(_) | Self::Ambiguous(_) | Self::TooLong(_) => true,
            Self::Locked(_) | Self::Absent(_) | Self::Refused(_) => false,
        }
    }
}

impl From<Error> for Failure {
    /// `NoEntry` is no failure and is told apart before.
    fn from(error: Error) -> Self {
        let raw = error.to_string();
        match error {
            // <https://docs.rs/keyring-core>: the store is locked, or the prompt to unlock it was dismissed.
            Error::NoStorageAccess(_) => Self::Locked(raw),
            Error::PlatformFailure(_) | Error::NoDefaultStore => Self::Absent(raw),
            Error::Ambiguous(items) => Self::Ambiguous(items.len()),
            Error::TooLong(_, limit) => Self::TooLong(limit),
            // A secret that is not text is among these; the error would hold it, but does not print it.
            Error::NoEntry
            | Error::BadEncoding(_)
            | Error::BadDataFormat(..)
            | Error::BadStoreFormat(_)
            | Error::Invalid(..)
            | Error::NotSupportedByStore(_)
            | _ => Self::Refused(raw),
        }
    }
}
