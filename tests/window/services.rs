//! The team's services, outside the app: a sim that takes secrets made for one test, reached through listeners that record
//! what is sent.

use std::time::Duration;

use slipway_sim::{Credentials, Options, Pace};

use crate::desktop::Desktop;
use crate::encodings::Needle;
use crate::passed;
use crate::relay::Relay;

/// The services. Dropping them ends them.
pub(crate) struct Services {
    pub(crate) sim: slipway_sim::Sim,
    pub(crate) secrets: Credentials,
    pub(crate) github: Relay,
    pub(crate) slack: Relay,
    pub(crate) aws: Relay,
}

impl Services {
    /// Starts them, and tells what is started on the desktop from now on where they are.
    pub(crate) async fn start(desktop: &mut Desktop) -> Self {
        let secrets = unique();
        let options = Options {
            pace: quick(),
            credentials: secrets.clone(),
            record: 20_000,
            ..Options::default()
        };
        let sim = slipway_sim::Sim::start(options).await.expect("it listens");
        let at = sim.endpoints();
        let services = Self {
            github: Relay::to(&at.github).await,
            slack: Relay::to(&at.slack).await,
            aws: Relay::to(&at.aws).await,
            secrets,
            sim,
        };
        desktop.set("SLIPWAY_GITHUB_API_URL", &services.github.url());
        desktop.set("SLIPWAY_GITHUB_URL", &services.sim.endpoints().github);
        desktop.set(
            "SLIPWAY_SLACK_API_URL",
            &format!("{}/api", services.slack.url()),
        );
        desktop.set("AWS_ENDPOINT_URL", &services.aws.url());
        services
    }

    /// The names of the keychain's items and what they hold, once somebody has signed in everywhere.
    pub(crate) fn items(&self) -> [(String, String); 3] {
        [
            (
                format!(
                    "AWS secret access key {} for {}",
                    self.secrets.aws_access_key_id,
                    self.aws.url()
                ),
                self.secrets.aws_secret_access_key.clone(),
            ),
            (
                format!("GitHub token for {}", self.github.url()),
                self.secrets.github_token.clone(),
            ),
            (
                format!("Slack bot token for {}", self.slack.url()),
                self.secrets.slack_bot_token.clone(),
            ),
        ]
    }

    /// What must be nowhere else.
    pub(crate) fn needles(&self) -> Vec<Needle> {
        vec![
            Needle::new("the GitHub token", &self.secrets.github_token),
            Needle::new("the Slack bot token", &self.secrets.slack_bot_token),
            Needle::new(
                "the AWS secret access key",
                &self.secrets.aws_secret_access_key,
            ),
        ]
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            passed::leave(&self.sim.exchanges());
        }
    }
}

/// Secrets of the services' own shapes that are nowhere else in the world.
fn unique() -> Credentials {
    let random = |length: usize| -> String {
        std::iter::repeat_with(fastrand::alphanumeric)
            .take(length)
            .collect()
    };
    Credentials {
        github_token: format!("ghp_{}", random(36)),
        slack_bot_token: format!("xoxb-{}-{}", random(12), random(24)),
        slack_webhook_path: format!("/services/T{}/B{}/{}", random(8), random(8), random(24)),
        aws_access_key_id: format!("AKIA{}", random(16).to_uppercase()),
        // One of AWS may hold what base64 holds.
        aws_secret_access_key: format!("{}/{}+{}", random(12), random(12), random(14)),
    }
}

/// A world that a person hardly waits for.
fn quick() -> Pace {
    let moment = Duration::from_millis(500);
    Pace {
        etl_pull_after: moment,
        checks_take: moment,
        pickup_after: moment,
        source_takes: moment,
        queued: moment,
        provisioning: moment,
        download_source: moment,
        install: moment,
        pre_build: moment,
        build: moment,
        deploy: moment,
        wrap_up: moment,
    }
}
