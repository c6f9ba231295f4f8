//! What the web view may show.

use tauri::Url;

/// Whether an address is the program's own page, or the one that is served in development.
#[must_use]
pub fn is_own(address: &Url, development: Option<&Url>) -> bool {
    let origin = |url: &Url| {
        (
            url.scheme().to_owned(),
            url.host_str().map(str::to_owned),
            url.port(),
        )
    };
    let own = [
        "tauri://localhost",
        "http://tauri.localhost",
        "https://tauri.localhost",
    ];
    let mut own = own.iter().filter_map(|own| Url::parse(own).ok());
    own.any(|own| origin(&own) == origin(address))
        || development.is_some_and(|development| origin(development) == origin(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_on_its_own_page() {
        let own = |address: &str| is_own(&address.parse().expect("an address"), None);
        assert!(own("tauri://localhost/index.html"));
        for address in [
            "https://example.com/",
            "https://localhost/",
            "tauri://localhost.example.com/",
            "about:blank",
        ] {
            assert!(!own(address), "{address}");
        }
    }
}
