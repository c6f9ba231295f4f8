//! What is known of the sign-ins of this desktop.

use std::collections::BTreeMap;

use crate::account::{Checked, KeptAccount, Keychain, KeychainTrouble, Power};
use crate::problem::Problem;
use crate::service::Service;
use crate::time::At;

/// What is known of the sign-ins of this desktop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounts {
    /// What is known of the keychain.
    pub keychain: Keychain,
    /// By service; in practice, and before the engine has started, there may be none.
    pub services: BTreeMap<Service, Account>,
    /// The services are being asked who we are there and what we may do.
    pub checking: bool,
}

/// One service's sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Where a secret that is entered now is sent, and to nobody else: `https://api.github.com`.
    pub origin: String,
    /// That is not the service's own address.
    pub elsewhere: bool,
    /// Where its pages are opened, when that is not where they are by themselves: `https://ghe.example`.
    pub pages: Option<String>,
    /// The kind of the sign-in; `None` while nobody is signed in.
    pub kept: Option<KeptAccount>,
    /// When it was entered; `None` for one that was given to this run at its start.
    pub since: Option<At>,
    /// What became of it.
    pub hold: Hold,
    /// What the service said when it was asked last.
    pub checked: Option<Checked>,
    /// When it ends by itself, as the service said when it still took it.
    pub ends: Option<At>,
    /// What was seen to work, or to be refused, since the start.
    pub tried: BTreeMap<Power, bool>,
}

impl Account {
    /// What to say when a service that took this sign-in takes it no more.
    #[must_use]
    pub fn no_longer(&self, now: At, problem: &Problem) -> Problem {
        let has_ended = self.ends.is_some_and(|ends| ends <= now);
        let what = match (&self.kept, has_ended) {
            (Some(KeptAccount::GitHubToken), true) => "Your GitHub token has expired.",
            (Some(KeptAccount::GitHubToken), false) => {
                "GitHub does not accept your token any more. It was revoked, or has expired."
            }
            (_, _) => return problem.clone(),
        };
        Problem {
            what: what.to_owned(),
            remedy: "Make a new token on GitHub and sign in with it.".to_owned(),
            ..problem.clone()
        }
    }
}

/// Whether a sign-in can be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Hold {
    /// There is none.
    #[default]
    Nothing,
    /// It is in use, and its secret in the keychain.
    InUse,
    /// It is in use, in memory only, and gone with this run.
    InMemory,
    /// It is in the keychain and was not read yet.
    Unread,
    /// The keychain did not give this one.
    Lost {
        /// Why.
        trouble: KeychainTrouble,
        /// The item's name.
        item: String,
        /// The keychain's own words (cut).
        raw: String,
    },
    /// It was entered for another origin, so it is not read and not used.
    Foreign {
        /// Which.
        origin: String,
    },
}

impl Hold {
    /// The sign-in is in use.
    #[must_use]
    pub fn is_used(&self) -> bool {
        match self {
            Self::InUse | Self::InMemory => true,
            Self::Nothing | Self::Unread | Self::Lost { .. } | Self::Foreign { .. } => false,
        }
    }

    /// It is kept, but the keychain has not given it.
    #[must_use]
    pub fn is_out_of_reach(&self) -> bool {
        match self {
            Self::Unread | Self::Lost { .. } => true,
            Self::Nothing | Self::InUse | Self::InMemory | Self::Foreign { .. } => false,
        }
    }
}
