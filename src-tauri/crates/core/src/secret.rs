//! Text that nobody may see.

use std::fmt;

use serde::Deserialize;
use ts_rs::TS;

/// A token, a key, a webhook's address. The page can put one in and never gets one out: it cannot be printed, and it
/// cannot be serialised.
///
/// ```compile_fail
/// let secret: slipway_core::secret::Secret = "token".to_owned().into();
/// println!("{secret}");
/// ```
///
/// ```compile_fail
/// let secret: slipway_core::secret::Secret = "token".to_owned().into();
/// serde_json::to_string(&secret);
/// ```
#[derive(Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Secret(String);

impl Secret {
    /// The text itself, to be sent to the origin that it was entered for or put into the keychain.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Without the spaces and line breaks around it that copying brings along.
    #[must_use]
    pub fn trimmed(self) -> Self {
        Self(self.0.trim().to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}
