//! What is known of the sign-ins of this desktop.

use std::collections::BTreeMap;

use crate::account::{KeptAccount, Keychain};
use crate::service::Service;

/// What is known of the sign-ins of this desktop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounts {
    /// What is known of the keychain.
    pub keychain: Keychain,
    /// By service; one without an entry was never signed in to.
    pub services: BTreeMap<Service, Account>,
}

/// One service's sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The origin that it is for, `https://api.github.com`.
    pub origin: String,
    /// Its kind; `None` while nobody is signed in.
    pub kept: Option<KeptAccount>,
    /// Its secret is in memory only, and gone with this run.
    pub memory_only: bool,
}
