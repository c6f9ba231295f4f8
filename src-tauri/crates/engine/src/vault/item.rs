//! The name that a secret is kept under.

use std::collections::HashMap;

use keyring_core::{CredentialStore, Entry, Error};

/// Who keeps it, as keychains show it.
const PROGRAM: &str = "Slipway";

/// One secret, for one origin. Another origin never gets it, because it asks for another item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is, "GitHub token".
    what: &'static str,
    /// Where it may be sent, `https://api.github.com`.
    origin: String,
}

impl Item {
    /// The item of a secret, as [`slipway_core::account::KeptAccount::secret`] names it, for an origin.
    pub fn new(what: &'static str, origin: impl Into<String>) -> Self {
        Self {
            what,
            origin: origin.into(),
        }
    }

    /// The user name of the item, `GitHub token for https://api.github.com`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} for {}", self.what, self.origin)
    }

    /// Service and user name, as the keychain has them.
    pub(super) fn names(&self) -> (&'static str, String) {
        (PROGRAM, self.name())
    }

    /// The item in this keychain, which need not be there.
    pub(super) fn entry(&self, store: &CredentialStore) -> Result<Entry, Error> {
        let name = self.name();
        let label = format!("{PROGRAM}: {name}");
        // Only the Secret Service takes a label; elsewhere the two names are what people see.
        let modifiers = HashMap::from([("label", label.as_str())]);
        let modifiers = cfg!(target_os = "linux").then_some(&modifiers);
        store.build(PROGRAM, &name, modifiers)
    }
}
