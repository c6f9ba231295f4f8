//! A pretended world, where time is short, and engines in front of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::time::At;
use slipway_core::view::Mode;
use slipway_engine::clock::{Clock, System};
use slipway_engine::endpoints::{Accounts, AwsAccount, AwsKeys, Endpoints, SlackAccount};
use slipway_engine::{Handle, Settings};
use slipway_sim::world::Message;
use slipway_sim::{Options, Pace, Sim};
use tempfile::TempDir;

use crate::passed;

/// Longer than anything takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

const MOMENT: Duration = Duration::from_millis(150);

/// The world and a data folder.
pub(crate) struct Stage {
    pub(crate) sim: Sim,
    pub(crate) data: TempDir,
    http: reqwest::Client,
    ahead: Arc<Ahead>,
}

/// This computer's clock, as far ahead as the world's.
#[derive(Default)]
struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> At {
        System.now().plus_seconds(self.0.load(Ordering::SeqCst))
    }
}

impl Stage {
    pub(crate) async fn set(etl_pulls: u32) -> Self {
        Self::recorded(etl_pulls, 20_000).await
    }

    /// One that keeps only so many requests to be judged.
    pub(crate) async fn recorded(etl_pulls: u32, record: usize) -> Self {
        let options = Options {
            pace: quick(),
            record,
            ..Options::default()
        };
        let data = TempDir::new().expect("a folder");
        let stage = Self::with(options, data).await;
        stage.order("/story", json!({"etl_pulls": etl_pulls})).await;
        stage
    }

    pub(crate) async fn with(options: Options, data: TempDir) -> Self {
        Self {
            sim: Sim::start(options).await.expect("it listens"),
            data,
            http: reqwest::Client::new(),
            ahead: Arc::default(),
        }
    }

    pub(crate) fn engine(&self) -> Handle {
        start(self.data.path(), self.sim.endpoints(), self.ahead.clone())
    }

    /// The engines' clock.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        self.ahead.clone()
    }

    /// Another desktop.
    pub(crate) fn engine_with(&self, data: &Path) -> Handle {
        start(data, self.sim.endpoints(), self.ahead.clone())
    }

    /// Time goes by, for everybody: what is due in the world happens.
    pub(crate) async fn pass(&self, seconds: u32) {
        self.ahead.0.fetch_add(seconds.into(), Ordering::SeqCst);
        self.order("/clock/advance", json!({"seconds": seconds}))
            .await;
    }

    /// Has something happen in the world.
    pub(crate) async fn order(&self, path: &str, body: Value) {
        self.control(Method::POST, path, body).await;
    }

    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Value {
        let at = self.sim.endpoints();
        let request = self.http.request(method, format!("{}{path}", at.control));
        let answer = request
            .bearer_auth(&at.control_token)
            .json(&body)
            .send()
            .await;
        let answer = answer.expect("control answers");
        let status = answer.status();
        let text = answer.text().await.expect("an answer");
        assert!(status.is_success(), "{path}: {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// How many requests of a kind changed the world.
    pub(crate) fn effects(&self, operation: &str) -> usize {
        let requests = self.sim.requests();
        requests
            .iter()
            .filter(|it| it.operation == operation && it.effect)
            .count()
    }

    /// That each thing a maintenance with so many pull requests takes happened, and happened once.
    pub(crate) fn assert_released_once(&self, pulls: usize, retries: usize) {
        let expected = [
            ("git/create-ref", 1),
            ("pulls/merge", pulls + 1),
            ("pulls/create", 1),
            ("codepipeline:PutApprovalResult", 1),
            ("codepipeline:RetryStageExecution", retries),
        ];
        let counted = expected.map(|(operation, _)| (operation, self.effects(operation)));
        assert_eq!(counted, expected);
        let results = self.assert_told_once();
        assert_eq!(results, 1, "one result");
    }

    /// That one message is in the channel, and each change once in its thread. Gives how many replies tell no change.
    pub(crate) fn assert_told_once(&self) -> usize {
        let results = self.sim.with_world(|world| {
            let messages = &world.channel.messages;
            let (announcements, thread): (Vec<_>, Vec<_>) =
                messages.iter().partition(|it| it.thread_ts.is_none());
            assert_eq!(announcements.len(), 1, "{messages:#?}");
            let under = |it: &&Message| it.thread_ts.as_ref() == Some(&announcements[0].ts);
            assert!(thread.iter().all(under), "{messages:#?}");
            // How many changes there were to tell depends on how quick people are.
            let changes: Vec<&str> = thread.iter().filter_map(|it| change(it)).collect();
            let told: BTreeSet<&str> = changes.iter().copied().collect();
            assert_eq!(told.len(), changes.len(), "told twice: {changes:#?}");
            thread.len() - changes.len()
        });
        let messages = self.sim.with_world(|world| world.channel.messages.len());
        assert_eq!(self.effects("chat.postMessage"), messages);
        results
    }
}

/// The change that a message in a thread tells.
pub(crate) fn change(message: &Message) -> Option<&str> {
    let payload = &message.metadata.as_ref()?["event_payload"];
    payload["change"].as_str()
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The contract's own worlds are judged by its own test.
        if env!("CARGO_CRATE_NAME") == "journeys" && !std::thread::panicking() {
            passed::leave(&self.sim.exchanges());
        }
    }
}

/// An engine that is signed in to this world.
pub(crate) fn start(data: &Path, at: &slipway_sim::Endpoints, clock: Arc<dyn Clock>) -> Handle {
    Handle::start(settings(data, at, clock))
}

/// What such an engine is started with.
pub(crate) fn settings(
    data: &Path,
    at: &slipway_sim::Endpoints,
    clock: Arc<dyn Clock>,
) -> Settings {
    let endpoints = Endpoints {
        github_api: at.github.clone(),
        slack_api: format!("{}/api", at.slack),
        aws: Some(at.aws.clone()),
        ..Endpoints::default()
    };
    let sim = Sim::credentials();
    let accounts = Accounts {
        github: Some(sim.github_token.into()),
        slack: Some(SlackAccount::Bot(sim.slack_bot_token.into())),
        aws: Some(AwsAccount::Keys(AwsKeys {
            access_key_id: sim.aws_access_key_id,
            secret_access_key: sim.aws_secret_access_key.into(),
            session_token: None,
        })),
    };
    let mut settings = Settings::new(data, Mode::Practice, endpoints, accounts);
    settings.clock = clock;
    settings
}

fn quick() -> Pace {
    Pace {
        etl_pull_after: MOMENT,
        checks_take: MOMENT,
        pickup_after: MOMENT,
        source_takes: MOMENT,
        queued: MOMENT,
        provisioning: MOMENT,
        download_source: MOMENT,
        install: MOMENT,
        pre_build: MOMENT,
        build: MOMENT,
        deploy: MOMENT,
        wrap_up: MOMENT,
    }
}
