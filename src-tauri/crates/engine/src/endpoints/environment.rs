//! What the environment says about where the services are. Real mode only: practice has its own.

use super::{Accounts, AwsAccount, Endpoints};

impl Endpoints {
    /// The addresses that the variables set; each service's own otherwise. An address that is not usable is refused
    /// when it is to be used: nothing is sent to it.
    ///
    /// `SLIPWAY_GITHUB_API_URL`, `SLIPWAY_GITHUB_URL` and `SLIPWAY_SLACK_API_URL` are ours; `AWS_ENDPOINT_URL` and
    /// `AWS_ENDPOINT_URL_CODEPIPELINE` mean what they mean to every AWS SDK
    /// (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>).
    #[must_use]
    pub fn from_environment(get: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| {
            get(name)
                .map(|value| value.trim().trim_end_matches('/').to_owned())
                .filter(|value| !value.is_empty())
        };
        let own = Self::default();
        Self {
            github_web: set("SLIPWAY_GITHUB_URL"),
            github_api: set("SLIPWAY_GITHUB_API_URL").unwrap_or(own.github_api),
            slack_api: set("SLIPWAY_SLACK_API_URL").unwrap_or(own.slack_api),
            aws: set("AWS_ENDPOINT_URL"),
            aws_codepipeline: set("AWS_ENDPOINT_URL_CODEPIPELINE"),
            aws_files: None,
        }
    }
}

impl Accounts {
    /// The sign-in that the environment names: `AWS_PROFILE`, for this run.
    #[must_use]
    pub fn from_environment(get: impl Fn(&str) -> Option<String>) -> Self {
        let profile = get("AWS_PROFILE").map(|name| name.trim().to_owned());
        Self {
            aws: profile
                .filter(|name| !name.is_empty())
                .map(AwsAccount::Profile),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> Endpoints {
        Endpoints::from_environment(|name| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn says_where_the_services_are() {
        assert_eq!(with(&[]), Endpoints::default());
        assert_eq!(with(&[("AWS_ENDPOINT_URL", " ")]), Endpoints::default());
        let set = with(&[
            ("SLIPWAY_GITHUB_API_URL", "https://ghe.example/api/v3/"),
            ("SLIPWAY_GITHUB_URL", "https://ghe.example/"),
            ("SLIPWAY_SLACK_API_URL", "http://127.0.0.1:1/api"),
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:2"),
            ("AWS_ENDPOINT_URL_CODEPIPELINE", "http://127.0.0.1:3/"),
        ]);
        assert_eq!(set.github_api, "https://ghe.example/api/v3");
        assert_eq!(set.github_web.as_deref(), Some("https://ghe.example"));
        assert_eq!(set.slack_api, "http://127.0.0.1:1/api");
        assert_eq!(set.aws.as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(set.aws_codepipeline.as_deref(), Some("http://127.0.0.1:3"));
    }
}
