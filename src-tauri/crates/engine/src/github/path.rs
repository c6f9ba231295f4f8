//! Paths of the REST API. Names from outside are percent-encoded, each as one segment.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A name as one path segment or query value: a slash in it does not divide.
pub(super) fn encode(name: &str) -> String {
    utf8_percent_encode(name, ENCODED).to_string()
}

/// `/repos/{owner}/{repo}`; `None` unless the name is `owner/repo`.
pub(super) fn repository(full_name: &str) -> Option<String> {
    let (owner, name) = full_name.split_once('/')?;
    let usable =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('/');
    (usable(owner) && usable(name)).then(|| format!("/repos/{}/{}", encode(owner), encode(name)))
}

/// What a pattern says before its first placeholder: how the branches of that kind begin.
pub(super) fn beginning(pattern: &str) -> &str {
    pattern.split('{').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_name_in_its_segment() {
        assert_eq!(
            encode("hotfix-2026-11-23-a#b/c d"),
            "hotfix-2026-11-23-a%23b%2Fc%20d"
        );
        assert_eq!(
            repository("gitMLS/etl").as_deref(),
            Some("/repos/gitMLS/etl")
        );
        for bad in ["etl", "/etl", "gitMLS/", "a/b/c", "../etl"] {
            assert_eq!(repository(bad), None, "{bad}");
        }
    }

    #[test]
    fn knows_how_release_branches_begin() {
        assert_eq!(beginning("maintenance-{date}"), "maintenance-");
        assert_eq!(beginning("{date}-fix"), "");
    }
}
