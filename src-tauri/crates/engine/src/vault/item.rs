//! The name that a secret is kept under.

use std::collections::HashMap;

use keyring_core::{CredentialStore, Entry, Error};
use slipway_core::account::KeptAccount;

/// Who keeps it, as keychains show it.
const PROGRAM: &str = "Slipway";

/// One secret, for one origin. Another origin never gets it, because it asks for another item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `GitHub token for https://api.github.com`.
    name: String,
}

impl Item {
    /// The item of a sign-in's secret, for the origin that it is entered for; `None` where there is no secret of ours.
    #[must_use]
    pub fn of(account: &KeptAccount, origin: &str) -> Option<Self> {
        account.item(origin).map(|name| Self { name })
    }

    /// The user name of the item, `GitHub token for https://api.github.com`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Service and user name, as the keychain has them.
    pub(super) fn names(&self) -> (&'static str, &str) {
        (PROGRAM, &self.name)
    }

    /// The item in this keychain, which need not be there.
    pub(super) fn entry(&self, store: &CredentialStore) -> Result<Entry, Error> {
        let name = self.name();
        let label = format!("{PROGRAM}: {name}");
        // Only the Secret Service takes a label; elsewhere the two names are what people see.
        let modifiers = HashMap::from([("label", label.as_str())]);
        let modifiers = cfg!(target_os = "linux").then_some(&modifiers);
        store.build(PROGRAM, name, modifiers)
    }
}
