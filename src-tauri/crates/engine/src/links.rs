//! Which addresses may be opened in a person's browser.

use reqwest::Url;
use slipway_core::view::Mode;

/// Https everywhere; in practice also the pretended pages on this computer. Never with a user name in it.
pub(crate) fn may_open(address: &str, mode: Mode) -> bool {
    let Ok(address) = Url::parse(address) else {
        return false;
    };
    let bare = address.username().is_empty() && address.password().is_none();
    let practice = mode == Mode::Practice && address.host_str() == Some("127.0.0.1");
    bare && match address.scheme() {
        "https" => true,
        "http" => practice,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_https_and_in_practice_this_computer() {
        let may = |address: &str, mode| may_open(address, mode);
        assert!(may("https://github.com/gitMLS/etl/pull/1", Mode::Real));
        assert!(may("http://127.0.0.1:4000/gitMLS/etl", Mode::Practice));
        for address in [
            "http://127.0.0.1:4000/gitMLS/etl",
            "http://github.com/gitMLS/etl",
            "https://github.com@example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "slack://channel",
            "no address",
        ] {
            assert!(!may(address, Mode::Real), "{address}");
        }
        assert!(!may("http://127.0.0.1.example.com/", Mode::Practice));
    }
}
