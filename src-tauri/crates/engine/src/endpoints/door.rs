//! The one way out over HTTP that GitHub and Slack share.

use std::time::Duration;

use http::Uri;
use slipway_core::problem::{Code, Problem};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE_CALL: Duration = Duration::from_secs(15);
/// A connection that was not used this long may be dead without a sign; a request on it would be lost.
const IDLE: Duration = Duration::from_secs(30);

/// A base URL that secrets may be sent to: https, or http on this computer only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Door {
    base: String,
    loopback: bool,
}

impl Door {
    /// Checks an address out of the settings. `service` names it for people.
    pub(crate) fn to(service: &str, address: &str) -> Result<Self, Problem> {
        let base = address.trim_end_matches('/').to_owned();
        let uri: Uri = base
            .parse()
            .map_err(|_| refused(service, "is not an address"))?;
        let Some(authority) = uri.authority() else {
            return Err(refused(service, "is not an address"));
        };
        if authority.as_str().contains('@') {
            return Err(refused(service, "holds a user name"));
        }
        let loopback = is_loopback(authority.host());
        match uri.scheme_str() {
            Some("https") => Ok(Self { base, loopback }),
            Some("http") if loopback => Ok(Self { base, loopback }),
            Some(_) | None => Err(refused(service, "is not https")),
        }
    }

    /// The base URL, without a slash at its end.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Whether it leads to this computer.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether both lead to the same scheme, host and port.
    pub(crate) fn same_origin(&self, other: &Self) -> bool {
        self.origin() == other.origin()
    }

    /// Scheme, host and port: `https://api.github.com`.
    pub(crate) fn origin(&self) -> String {
        origin(&self.base)
    }

    /// A client that sends a request once: it neither repeats it nor follows it elsewhere.
    pub(crate) fn client(&self) -> Result<reqwest::Client, Problem> {
        let builder = reqwest::Client::builder()
            .user_agent(concat!("Slipway/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(WHOLE_CALL)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .https_only(!self.loopback);
        // What stays on this computer does not go through a proxy.
        let builder = if self.loopback {
            builder.no_proxy()
        } else {
            builder
        };
        builder.build().map_err(|error| {
            Problem::new(
                Code::Unreachable,
                "The HTTPS client does not start.",
                "Nothing outside this computer can be read or changed.",
                "Start Slipway again; if it stays so, check this computer's certificates.",
            )
            .with_raw(&error.without_url().to_string())
        })
    }
}

/// Scheme, host and port of an address, in lower case; the text itself when it is none.
pub(super) fn origin(address: &str) -> String {
    let parts = address.parse::<Uri>().ok().and_then(|uri| {
        let authority = uri.authority()?.as_str().to_ascii_lowercase();
        Some(format!("{}://{authority}", uri.scheme_str()?))
    });
    parts.unwrap_or_else(|| slipway_core::text::line(address, 200))
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn refused(service: &str, why: &str) -> Problem {
    Problem::new(
        Code::Input,
        format!("The address set for {service} {why}."),
        format!("Nothing is sent to {service}."),
        "Set an https address, or http on this computer only.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_to_https_or_to_this_computer() {
        for good in [
            "https://api.github.com",
            "https://ghe.example/api/v3/",
            "http://127.0.0.1:8080",
            "http://[::1]:1",
        ] {
            assert!(Door::to("GitHub", good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.github.com",
            "http://127.0.0.1.evil.example",
            "https://a@b.example",
            "file:///etc",
            "",
        ] {
            assert!(Door::to("GitHub", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn compares_origins_without_their_paths() {
        let door = |address| Door::to("Slack", address).expect("valid");
        assert!(door("https://slack.com/api").same_origin(&door("https://SLACK.com/services/x")));
        assert!(
            !door("https://slack.com/api").same_origin(&door("https://hooks.slack.com/services/x"))
        );
    }
}
