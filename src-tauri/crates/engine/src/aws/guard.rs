//! What a profile's own calls may reach. The SDK takes the addresses for them from the profile and the environment; a
//! role is taken on where the endpoints say that AWS is, and nowhere else.

use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use http::Uri;

use crate::endpoints::Door;

/// An HTTP client that goes to AWS only.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    /// Where AWS is, when it is elsewhere.
    door: Option<Door>,
}

#[derive(Debug)]
struct Guarded {
    guard: Guard,
    inner: Connector,
}

impl Guard {
    pub(super) fn of(door: Option<Door>) -> Self {
        Self { door }
    }

    fn lets_through(&self, address: &str) -> bool {
        if let Some(door) = &self.door {
            return Door::to("AWS", address).is_ok_and(|there| there.same_origin(door));
        }
        let Ok(uri) = address.parse::<Uri>() else {
            return false;
        };
        // <https://docs.aws.amazon.com/general/latest/gr/sts.html>
        let host = uri.host().unwrap_or_default();
        let aws = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
        uri.scheme_str() == Some("https") && host.starts_with("sts.") && aws
    }
}

impl HttpClient for Guard {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let mut builder = Connector::builder().connector_settings(settings.clone());
        if let Some(sleep) = components.sleep_impl() {
            builder = builder.sleep_impl(sleep);
        }
        let plain = self
            .door
            .as_ref()
            .is_some_and(|door| door.base().starts_with("http://"));
        let inner = match plain {
            // What stays on this computer does not go through a proxy.
            true => builder.build_http(),
            false => builder
                .proxy_config(ProxyConfig::from_env())
                .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
                .build(),
        };
        let guard = self.clone();
        SharedHttpConnector::new(Guarded { guard, inner })
    }
}

impl HttpConnector for Guarded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if self.guard.lets_through(request.uri()) {
            return self.inner.call(request);
        }
        let refusal = "the profile leads to an address that is not AWS’s";
        HttpConnectorFuture::ready(Err(ConnectorError::user(refusal.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_nothing_through_but_what_goes_to_aws() {
        let own = Guard::of(None);
        assert!(own.lets_through("https://sts.us-east-2.amazonaws.com/"));
        for elsewhere in [
            "http://sts.us-east-2.amazonaws.com/",
            "https://sts.amazonaws.com.evil.example/",
            "https://evil.example/",
            "http://169.254.169.254/latest/meta-data",
        ] {
            assert!(!own.lets_through(elsewhere), "{elsewhere}");
        }
        let door = Door::to("AWS", "http://127.0.0.1:4566").expect("valid");
        let set = Guard::of(Some(door));
        assert!(set.lets_through("http://127.0.0.1:4566/?Action=AssumeRole"));
        assert!(!set.lets_through("http://127.0.0.1:4567/"));
        assert!(!set.lets_through("https://sts.us-east-2.amazonaws.com/"));
    }
}
