//! What is known of this computer's keychain.

use serde::Serialize;
use ts_rs::TS;

use crate::problem::{Code, Problem};

/// What is known of this computer's keychain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Keychain {
    /// Nothing was asked of it yet: nobody is signed in, or this is practice.
    #[default]
    Unused,
    /// It is being read, and may wait for somebody to unlock it.
    Opening,
    /// It answered the last time.
    Open,
    /// It did not do what it was asked.
    Trouble {
        /// Why.
        trouble: KeychainTrouble,
        /// The item that was asked for, `GitHub token for https://api.github.com`.
        item: String,
        /// Its own words (cut).
        raw: String,
    },
    /// The person agreed to keep sign-ins in memory, for this run only.
    Memory,
}

/// Why the keychain did not do what it was asked. Each has a remedy of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum KeychainTrouble {
    /// It is locked, and nobody unlocked it.
    Locked,
    /// There is none that answers.
    Absent,
    /// It holds more than one item of the same name.
    Ambiguous,
    /// It does not take a secret of this length.
    TooLong,
    /// It says no.
    Refused,
    /// It no longer knows the item that was kept in it.
    Forgotten,
}

impl KeychainTrouble {
    /// What to say about it. `item` names what was asked for, `GitHub token for https://api.github.com`.
    #[must_use]
    pub fn problem(self, item: &str, raw: &str) -> Problem {
        let (what, means, remedy) = match self {
            Self::Locked => (
                "Your keychain is locked.".to_owned(),
                "Slipway keeps its sign-ins there and cannot read them, so it does not know what your deploys are doing.",
                "Unlock it with your computer password. Slipway continues by itself.".to_owned(),
            ),
            Self::Absent => (
                "No keychain answers on this computer.".to_owned(),
                "Your sign-ins are not lost, but Slipway cannot read them, so it does not know what your deploys are doing.",
                "Log out and in again, or start GNOME Keyring or KWallet, then try again."
                    .to_owned(),
            ),
            Self::Ambiguous => (
                format!("Your keychain holds more than one {item}."),
                "Slipway does not guess which one is right, so it does not know what your deploys are doing.",
                format!(
                    "Remove all but one of “Slipway: {item}” in your keychain, then try again."
                ),
            ),
            Self::TooLong => (
                "This is longer than your keychain takes.".to_owned(),
                "It was not kept.",
                "Check that only the secret itself was pasted.".to_owned(),
            ),
            Self::Refused => (
                "Your keychain did not let Slipway in.".to_owned(),
                "Your sign-ins are not lost, but Slipway cannot read them, so it does not know what your deploys are doing.",
                "If it asks, choose Allow. Then try again.".to_owned(),
            ),
            Self::Forgotten => (
                format!("Your keychain does not know the {item} any more."),
                "Somebody removed it, or it is in a keychain that is still locked.",
                "Unlock your keychain and try again, or sign in anew.".to_owned(),
            ),
        };
        Problem::new(Code::SignedOut, what, means, remedy).with_raw(raw)
    }

    /// What to say when a sign-in that works could not be kept: it is not lost, it is still in its field.
    #[must_use]
    pub fn not_kept(self, service: &str, item: &str, raw: &str) -> Problem {
        let fix = match self {
            Self::Locked => "Unlock your keychain with your computer password",
            Self::Absent => "Start GNOME Keyring or KWallet",
            Self::Ambiguous => "Remove all but one of its items in your keychain",
            Self::TooLong => "Check that only the secret itself was pasted",
            Self::Refused | Self::Forgotten => "If your keychain asks, choose Allow",
        };
        Problem {
            means: format!(
                "{service} accepts this sign-in, but it could not be kept, so it is not used yet."
            ),
            remedy: format!(
                "{fix}, then press Sign in again. Or go on without the keychain: the sign-in is then forgotten when you quit."
            ),
            ..self.problem(item, raw)
        }
    }

    /// What to say when a sign-in ended here but its item is still in the keychain.
    #[must_use]
    pub fn not_removed(self, item: &str, raw: &str) -> Problem {
        let what = self.problem(item, raw).what;
        let fix = match self {
            Self::Locked => "Unlock your keychain with your computer password",
            Self::Absent => {
                "Start the keychain (on Linux: GNOME Keyring or KWallet with the Secret Service)"
            }
            Self::Ambiguous => "Leave one item of this name in your keychain",
            Self::TooLong | Self::Refused | Self::Forgotten => "Allow Slipway to use the keychain",
        };
        Problem::new(
            Code::Refused,
            format!("You are signed out, but the item may still be in your keychain. {what}"),
            "Slipway does not use it any more, and removes it as soon as the keychain lets it.",
            format!("{fix}, or remove “Slipway: {item}” there yourself."),
        )
        .with_raw(raw)
    }

    /// The word at the right end of the keychain's row.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Locked => "Locked",
            Self::Absent => "Not found",
            Self::Ambiguous => "More than one item",
            Self::TooLong => "Too long",
            Self::Refused => "Refused",
            Self::Forgotten => "Item missing",
        }
    }

    /// Nothing more can be read until somebody does something about the keychain as a whole.
    #[must_use]
    pub fn is_about_all(self) -> bool {
        match self {
            Self::Locked | Self::Absent | Self::Refused => true,
            Self::Ambiguous | Self::TooLong | Self::Forgotten => false,
        }
    }
}
