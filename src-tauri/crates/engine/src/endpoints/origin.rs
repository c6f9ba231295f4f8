//! Which origin a secret is entered for. It is sent there and to nobody else.

use secrecy::{ExposeSecret, SecretString};
use slipway_core::account::KeptAccount;
use slipway_core::service::Service;

use super::door::origin;
use super::{Door, Endpoints};
use crate::slack;

impl Endpoints {
    /// Where a secret of a service is sent now: `https://api.github.com`. Those of AWS are not sent but sign what is
    /// sent; the origin stands for the account's region.
    #[must_use]
    pub fn origin(&self, service: Service, region: &str) -> String {
        match service {
            Service::GitHub => origin(&self.github_api),
            Service::Slack => origin(&self.slack_api),
            Service::Aws => self.aws_origin(region),
        }
    }

    /// It is not the service's own address.
    #[must_use]
    pub fn is_elsewhere(&self, service: Service) -> bool {
        let own = Self::default();
        match service {
            Service::GitHub => origin(&self.github_api) != origin(&own.github_api),
            Service::Slack => origin(&self.slack_api) != origin(&own.slack_api),
            Service::Aws => self.aws.is_some() || self.aws_codepipeline.is_some(),
        }
    }

    /// Where GitHub's pages are, when that is not github.com: `https://ghe.example`.
    #[must_use]
    pub fn pages(&self) -> Option<String> {
        let pages = self.github_web.as_deref().map(origin)?;
        (pages != "https://github.com").then_some(pages)
    }

    /// Whether a secret that was entered for `kept_for` may be used now.
    #[must_use]
    pub fn takes(&self, account: &KeptAccount, kept_for: &str, region: &str) -> bool {
        match account {
            // A webhook's address is its own secret; where it leads is checked as when it was entered.
            KeptAccount::SlackWebhook => Door::to("Slack", &self.slack_api)
                .ok()
                .zip(Door::to("Slack", kept_for).ok())
                .is_some_and(|(slack, webhook)| slack::is_webhook_of(&slack, &webhook)),
            KeptAccount::GitHubToken
            | KeptAccount::AwsKeys { .. }
            | KeptAccount::AwsProfile { .. }
            | KeptAccount::SlackBot => self.origin(account.service(), region) == kept_for,
        }
    }

    /// Where a webhook leads. Its address is its secret, its origin is not.
    pub(crate) fn webhook_origin(&self, address: &SecretString) -> String {
        Door::to("Slack", address.expose_secret().trim())
            .map(|door| door.origin())
            .unwrap_or_default()
    }

    fn aws_origin(&self, region: &str) -> String {
        // <https://docs.aws.amazon.com/general/latest/gr/sts.html>
        let own = || {
            let domain = match region.starts_with("cn-") {
                true => "amazonaws.com.cn",
                false => "amazonaws.com",
            };
            format!("https://sts.{region}.{domain}")
        };
        let all = self.aws.as_deref().map_or_else(own, origin);
        match self.aws_codepipeline.as_deref().map(origin) {
            Some(pipelines) if pipelines != all => format!("{all} and {pipelines}"),
            Some(_) | None => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_services_own_or_where_it_was_set() {
        let own = Endpoints::default();
        let region = "us-east-2";
        assert_eq!(
            own.origin(Service::GitHub, region),
            "https://api.github.com"
        );
        assert_eq!(own.origin(Service::Slack, region), "https://slack.com");
        assert_eq!(
            own.origin(Service::Aws, region),
            "https://sts.us-east-2.amazonaws.com"
        );
        assert!(Service::ALL.iter().all(|it| !own.is_elsewhere(*it)));
        assert!(own.takes(
            &KeptAccount::SlackWebhook,
            "https://hooks.slack.com",
            region
        ));
        assert!(!own.takes(&KeptAccount::SlackWebhook, "https://slack.example", region));

        let set = Endpoints {
            aws: Some("http://127.0.0.1:1".into()),
            aws_codepipeline: Some("http://127.0.0.1:2".into()),
            slack_api: "http://127.0.0.1:3/api".into(),
            ..own
        };
        let aws = "http://127.0.0.1:1 and http://127.0.0.1:2";
        assert_eq!(set.origin(Service::Aws, region), aws);
        assert!(set.is_elsewhere(Service::Slack) && !set.is_elsewhere(Service::GitHub));
        assert!(!set.takes(&KeptAccount::SlackBot, "https://slack.com", region));
        assert!(!set.takes(
            &KeptAccount::SlackWebhook,
            "https://hooks.slack.com",
            region
        ));
        assert!(set.takes(&KeptAccount::SlackWebhook, "http://127.0.0.1:3", region));
    }

    #[test]
    fn pages_elsewhere_are_told() {
        let pages = |set: Option<&str>| {
            let endpoints = Endpoints {
                github_web: set.map(ToOwned::to_owned),
                ..Endpoints::default()
            };
            endpoints.pages()
        };
        assert_eq!(pages(None), None);
        assert_eq!(pages(Some("https://github.com")), None);
        let there = Some("https://ghe.example".to_owned());
        assert_eq!(pages(Some("https://ghe.example/")), there);
    }
}
