//! A program's version, as far as it matters here.

use std::fmt;

/// Major and minor number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) u32, pub(crate) u32);

impl Version {
    /// Finds the first version in what `--version` printed: `v20.20.2`, `cargo 1.95.0 (f2d3ce0bd 2026-03-21)`.
    pub(crate) fn find(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(|word| {
            let mut numbers = word.strip_prefix('v').unwrap_or(word).split('.');
            let major = numbers.next()?.parse().ok()?;
            let minor = numbers.next()?.parse().ok()?;
            Some(Self(major, minor))
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_programs_print() {
        assert_eq!(Version::find("v20.20.2\n"), Some(Version(20, 20)));
        assert_eq!(
            Version::find("cargo 1.95.0 (f2d3ce0bd 2026-03-21)"),
            Some(Version(1, 95))
        );
        assert_eq!(Version::find("1.97.0-nightly"), Some(Version(1, 97)));
        assert_eq!(Version::find("command not found"), None);
    }

    #[test]
    fn compares_numbers_not_text() {
        assert!(Version(20, 9) < Version(20, 19));
        assert!(Version(9, 0) < Version(20, 0));
        assert!(Version(22, 0) > Version(20, 19));
    }
}
