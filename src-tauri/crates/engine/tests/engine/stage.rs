//! A pretended world and an engine in front of it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Problem;
use slipway_core::time::At;
use slipway_core::view::{Mode, ReleaseView, View};
use slipway_engine::clock::{Clock, Sleeping, System};
use slipway_engine::endpoints::{Accounts, AwsAccount, AwsKeys, Endpoints, SlackAccount};
use slipway_engine::{Handle, Settings};
use slipway_sim::{Options, Sim};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::Instant;

/// Longer than anything takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Stage {
    pub(crate) sim: Sim,
    pub(crate) data: TempDir,
    /// The engines' clock: this computer's, moved on.
    ahead: Arc<Ahead>,
    http: reqwest::Client,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        Self::set_with(Options::default()).await
    }

    pub(crate) async fn set_with(options: Options) -> Self {
        let sim = Sim::start(options).await.expect("it listens");
        let data = TempDir::new().expect("a folder");
        let stage = Self {
            sim,
            data,
            ahead: Arc::default(),
            http: reqwest::Client::new(),
        };
        stage.order("/story", json!({"etl_pulls": 0})).await;
        stage
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine_in(self.data.path())
    }

    pub(crate) fn engine_in(&self, data: &Path) -> Engine {
        let sim = Sim::credentials();
        self.engine_with(
            data,
            SlackAccount::Bot(sim.slack_bot_token.into()),
            Mode::Practice,
        )
    }

    /// An engine that takes the sim for the team's own services.
    pub(crate) fn real_engine(&self) -> Engine {
        let bot = SlackAccount::Bot(Sim::credentials().slack_bot_token.into());
        self.engine_with(self.data.path(), bot, Mode::Real)
    }

    /// An engine that can only post in the channel.
    pub(crate) fn engine_with_webhook(&self) -> Engine {
        let path = Sim::credentials().slack_webhook_path;
        let address = format!("{}{path}", self.sim.endpoints().slack);
        let webhook = SlackAccount::Webhook(address.into());
        self.engine_with(self.data.path(), webhook, Mode::Practice)
    }

    fn engine_with(&self, data: &Path, slack: SlackAccount, mode: Mode) -> Engine {
        let at = self.sim.endpoints();
        let endpoints = Endpoints {
            github_api: at.github.clone(),
            slack_api: format!("{}/api", at.slack),
            aws: Some(at.aws.clone()),
            ..Endpoints::default()
        };
        let sim = Sim::credentials();
        let accounts = Accounts {
            github: Some(sim.github_token.into()),
            slack: Some(slack),
            aws: Some(AwsAccount::Keys(AwsKeys {
                access_key_id: sim.aws_access_key_id,
                secret_access_key: sim.aws_secret_access_key.into(),
                session_token: None,
            })),
        };
        let mut settings = Settings::new(data, mode, endpoints, accounts);
        settings.clock = self.clock();
        Engine::start(settings)
    }

    /// The engines' clock.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        self.ahead.clone()
    }

    /// It is so many seconds later for the engines.
    pub(crate) fn later(&self, seconds: u64) {
        self.ahead
            .passed
            .send_modify(|passed| *passed += Duration::from_secs(seconds));
    }

    /// Somebody sets this computer's clock, or it slept: forward by so many seconds, or back.
    pub(crate) fn set_clock(&self, seconds: i64) {
        self.ahead.set.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Has something happen in the world.
    pub(crate) async fn order(&self, path: &str, body: Value) {
        self.control(Method::POST, path, body).await;
    }

    /// Has requests of one kind go wrong.
    pub(crate) async fn fault(&self, operation: &str, mut fault: Value) {
        fault["operation"] = json!(operation);
        self.order("/faults", fault).await;
    }

    /// Ends all that goes wrong, and gives the replies that were held back.
    pub(crate) async fn no_faults(&self) {
        self.control(Method::DELETE, "/faults", Value::Null).await;
    }

    /// How many requests of one kind were received.
    pub(crate) fn asked(&self, operation: &str) -> usize {
        self.sim
            .requests()
            .iter()
            .filter(|it| it.operation == operation)
            .count()
    }

    pub(crate) async fn await_asked(&self, operation: &str, times: usize) {
        until(operation, || self.asked(operation) >= times).await;
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
}

/// This computer's clock, moved on and set.
#[derive(Default)]
struct Ahead {
    /// So much later it is.
    passed: watch::Sender<Duration>,
    /// So many seconds it was set forward, or back.
    set: AtomicI64,
}

impl Clock for Ahead {
    fn now(&self) -> At {
        let passed = i64::try_from(self.passed.borrow().as_secs()).unwrap_or_default();
        System
            .now()
            .plus_seconds(passed + self.set.load(Ordering::SeqCst))
    }

    fn instant(&self) -> Instant {
        Instant::now() + *self.passed.borrow()
    }

    fn sleep_until(&self, then: Instant) -> Sleeping {
        let mut passed = self.passed.subscribe();
        Box::pin(async move {
            loop {
                let by = *passed.borrow_and_update();
                let Some(real) = then.checked_sub(by) else {
                    return;
                };
                tokio::select! {
                    () = tokio::time::sleep_until(real) => return,
                    Ok(()) = passed.changed() => {}
                }
            }
        })
    }
}

/// An engine and its views.
pub(crate) struct Engine {
    pub(crate) handle: Arc<Handle>,
    views: watch::Receiver<Arc<View>>,
}

impl Engine {
    pub(crate) fn start(settings: Settings) -> Self {
        let handle = Handle::start(settings);
        let views = handle.views();
        Self {
            handle: Arc::new(handle),
            views,
        }
    }

    pub(crate) async fn dispatch(&self, intent: Intent) -> Result<(), Problem> {
        self.handle.dispatch(intent).await
    }

    pub(crate) fn view(&self) -> Arc<View> {
        self.views.borrow().clone()
    }

    /// The first view, from the present one on, that is like this.
    pub(crate) async fn await_view(&self, what: &str, is: impl Fn(&View) -> bool) -> Arc<View> {
        let mut views = self.views.clone();
        let found = tokio::time::timeout(PATIENCE, views.wait_for(|view| is(view))).await;
        match found {
            Ok(view) => view.expect("the engine lives").clone(),
            Err(_) => panic!("never seen: {what}; last: {:#?}", self.view()),
        }
    }

    /// Opens the form of today's maintenance and tells what to press then.
    pub(crate) async fn draft(&self) -> Intent {
        let (kind, none) = (Kind::Maintenance, String::new());
        let draft = Intent::Draft {
            kind,
            fix_name: none.clone(),
            date: none,
        };
        self.dispatch(draft).await.expect("it is shown");
        let ready = |view: &View| {
            view.draft
                .as_ref()
                .is_some_and(|draft| draft.branch.can_create)
        };
        let view = self.await_view("a branch can be made", ready).await;
        let draft = view.draft.as_ref().expect("the form");
        let sha = draft.branch.base_sha.clone().expect("where it starts");
        Intent::CreateBranch {
            name: name(draft).0,
            sha,
        }
    }

    /// A release whose branch is made.
    pub(crate) async fn begin(&self) -> ReleaseId {
        let create = self.draft().await;
        let Intent::CreateBranch { name, .. } = &create else {
            panic!("{create:?}")
        };
        let release = ReleaseId(name.clone());
        self.dispatch(create).await.expect("the branch is made");
        release
    }

    /// The same, as it is shown once it can be announced.
    pub(crate) async fn begin_to_announce(&self) -> (ReleaseId, ReleaseView) {
        let release = self.begin().await;
        let view = self
            .await_release("it can be announced", |it| it.announce.can_post)
            .await;
        (release, view)
    }

    pub(crate) async fn await_release(
        &self,
        what: &str,
        is: impl Fn(&ReleaseView) -> bool,
    ) -> ReleaseView {
        let is = |view: &View| view.releases.first().is_some_and(&is);
        self.await_view(what, is).await.releases[0].clone()
    }
}

fn name(draft: &ReleaseView) -> ReleaseId {
    let name = &draft.branch.name;
    ReleaseId(format!("{}{}{}", name.before, name.marked, name.after))
}

/// What to press to announce a release.
pub(crate) fn announce(release: &ReleaseId, view: &ReleaseView) -> Intent {
    Intent::PostAnnouncement {
        release: release.clone(),
        text: view.announce.suggestion.clone(),
    }
}

pub(crate) async fn until(what: &str, is: impl Fn() -> bool) {
    let waiting = async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("never so: {what}"));
}
