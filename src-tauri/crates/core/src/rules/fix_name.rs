//! The name of a hotfix.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters a fix name may have.
const MAX: usize = 60;

/// A fix name that can stand in a branch name: `[a-z0-9]+([-_][a-z0-9]+)*`, 1 to 60 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixName(String);

/// Why typed text gives no fix name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FixNameError {
    /// Nothing was typed.
    #[error("Give the fix a name, such as login-timeout.")]
    Missing,
    /// No letter or digit is left.
    #[error("Use letters or digits, such as login-timeout.")]
    NoLetters,
    /// Longer than 60 characters.
    #[error("Use at most 60 characters; this name has {0}.")]
    TooLong(usize),
}

impl FixName {
    /// Folds typed text: accents dropped, lower case, everything else to single dashes.
    ///
    /// # Errors
    /// When nothing usable is left or it is too long. It is never cut silently.
    pub fn fold(typed: &str) -> Result<Self, FixNameError> {
        if typed.trim().is_empty() {
            return Err(FixNameError::Missing);
        }
        let mut name = String::new();
        let mut gap = String::new();
        for c in typed
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
        {
            if c.is_ascii_alphanumeric() {
                if !name.is_empty() && !gap.is_empty() {
                    name.push(if gap == "_" { '_' } else { '-' });
                }
                gap.clear();
                name.push(c);
            } else {
                gap.push(c);
            }
        }
        match name.chars().count() {
            0 => Err(FixNameError::NoLetters),
            length if length > MAX => Err(FixNameError::TooLong(length)),
            _ => Ok(Self(name)),
        }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
