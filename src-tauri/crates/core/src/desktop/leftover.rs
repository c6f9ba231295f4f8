//! What the keychain may hold for nobody.

use crate::account::KeptAccount;

/// An item that may be in the keychain and belongs to no sign-in: one that was begun and not finished, was replaced, or
/// has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The kind of the sign-in that it was for.
    pub account: KeptAccount,
    /// The origin that its secret was entered for.
    pub origin: String,
}

impl Leftover {
    /// The item's name, `GitHub token for https://api.github.com`.
    #[must_use]
    pub fn name(&self) -> String {
        self.account.item(&self.origin).unwrap_or_default()
    }
}
