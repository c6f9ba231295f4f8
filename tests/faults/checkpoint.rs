//! A release in the middle of its way, to go on from as often as one likes.

use std::path::Path;
use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{Mode, ReleaseView, View};
use slipway_engine::Handle;
use slipway_engine::endpoints::SlackAccount;
use slipway_sim::world::World;
use slipway_sim::{LoggedRequest, Options, Sim};
use tempfile::TempDir;

use crate::clock::Fast;
use crate::stage::{PATIENCE, Stage, settings};
use crate::walk::Walk;
use crate::write::{BACK, ENABLE, START, STOP, Teller, control, name};

/// The world and the journal, as they were when nobody did anything.
pub(crate) struct Checkpoint {
    pub(crate) teller: Teller,
    /// There is a release.
    pub(crate) begun: bool,
    world: World,
    data: TempDir,
}

/// A world and an engine of its own in front of it, on a clock that is moved on.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) engine: Handle,
    clock: Arc<Fast>,
}

impl Checkpoint {
    /// Keeps what is there. No engine may be running.
    pub(crate) fn keep(stage: &Stage, teller: Teller, begun: bool) -> Self {
        Self {
            teller,
            begun,
            world: stage.sim.with_world(|world| world.clone()),
            data: copy(stage.data.path()),
        }
    }

    pub(crate) async fn scene(&self) -> Scene {
        let options = Options {
            world: Some(Box::new(self.world.clone())),
            ..Options::default()
        };
        let stage = Stage::with(options, copy(self.data.path())).await;
        let scene = Scene::begin(stage, self.teller);
        scene.reads_its_journal(self.begun).await;
        scene
    }
}

impl Scene {
    pub(crate) fn begin(stage: Stage, teller: Teller) -> Self {
        Self::with(stage, teller, Arc::new(Fast::new()))
    }

    fn with(stage: Stage, teller: Teller, clock: Arc<Fast>) -> Self {
        let mut settings = settings(stage.data.path(), stage.sim.endpoints(), clock.clone());
        // Looks as seldom as at services that count; what is waited for comes when time is moved on.
        settings.mode = Mode::Real;
        if teller == Teller::Webhook {
            let path = Sim::credentials().slack_webhook_path;
            let address = format!("{}{path}", stage.sim.endpoints().slack);
            settings.accounts.slack = Some(SlackAccount::Webhook(address.into()));
        }
        let engine = Handle::start(settings);
        Self {
            stage,
            engine,
            clock,
        }
    }

    /// Ends this engine and begins with another one.
    pub(crate) async fn again(self, teller: Teller) -> Self {
        self.engine.stop().await;
        drop(self.engine);
        Self::with(self.stage, teller, self.clock)
    }

    /// Waits until the release that it holds is shown.
    pub(crate) async fn reads_its_journal(&self, begun: bool) {
        let mut views = self.engine.views();
        let is = |view: &Arc<View>| !begun || !view.releases.is_empty();
        views.wait_for(is).await.expect("it runs");
    }

    pub(crate) fn view(&self) -> Arc<View> {
        self.engine.views().borrow().clone()
    }

    /// The release, once there is one.
    pub(crate) fn release(&self) -> Option<ReleaseView> {
        self.view().releases.first().cloned()
    }

    /// Time goes by for everybody.
    pub(crate) async fn pass(&self, seconds: u64) {
        self.clock.pass(seconds);
        let order = json!({"seconds": seconds});
        self.stage.order("/clock/advance", order).await;
    }

    pub(crate) async fn look(&self) {
        let looked = self.engine.dispatch(Intent::Look).await;
        looked.expect("anybody may look");
    }

    /// Goes on until something of this name is offered, and gives it. What is seen right after a start may be of before.
    pub(crate) async fn offers(&self, wanted: &str) -> Intent {
        if [STOP, START, ENABLE, BACK].contains(&wanted) {
            return self.control(wanted).await;
        }
        let mut walk = Walk::new(&self.engine);
        loop {
            let next = walk.next().await.expect("it has not ended");
            if name(&next) == wanted {
                return next;
            }
            if let Err(problem) = walk.press(next).await {
                let passing = matches!(problem.code, Code::NotOffered | Code::Changed);
                assert!(passing, "{problem:?}");
                self.look().await;
            }
        }
    }

    /// Waits until this can be done about the execution.
    async fn control(&self, wanted: &str) -> Intent {
        let shows = async {
            loop {
                let shown = self.release();
                if let Some(intent) = shown.and_then(|view| control(&view, wanted)) {
                    return intent;
                }
                self.look().await;
            }
        };
        let shown = tokio::time::timeout(PATIENCE, shows).await;
        shown.unwrap_or_else(|_| panic!("{wanted} is never offered: {:#?}", self.release()))
    }

    /// Has requests of one kind go wrong so many times.
    pub(crate) async fn fault(&self, operation: &str, mut fault: Value, times: u32) {
        fault["operation"] = json!(operation);
        fault["times"] = json!(times);
        self.stage.order("/faults", fault).await;
    }

    /// The one that was ordered, so many times, met a request.
    pub(crate) async fn has_met(&self, times: u32) -> bool {
        let answer = self.stage.control(Method::GET, "/faults", Value::Null);
        let answer = answer.await;
        let left = answer["faults"].as_array().expect("what is ordered");
        left.iter().all(|fault| fault["times"] != times)
    }

    pub(crate) async fn no_faults(&self) {
        let all = self.stage.control(Method::DELETE, "/faults", Value::Null);
        all.await;
    }

    /// The requests of one kind, oldest first.
    pub(crate) fn asked(&self, operation: &str) -> Vec<Arc<LoggedRequest>> {
        let requests = self.stage.sim.requests().into_iter();
        requests.filter(|it| it.operation == operation).collect()
    }
}

fn copy(from: &Path) -> TempDir {
    let to = TempDir::new().expect("a folder");
    for file in std::fs::read_dir(from).expect("the data folder") {
        let file = file.expect("a file").path();
        if file.is_file() {
            let name = file.file_name().expect("it has one");
            std::fs::copy(&file, to.path().join(name)).expect("it is copied");
        }
    }
    to
}
