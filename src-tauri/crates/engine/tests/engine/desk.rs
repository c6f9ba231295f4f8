//! A desktop on which people sign in: a keychain, and engines of the real world, as the app starts them.

use slipway_core::account::{KeychainTrouble, SignIn};
use slipway_core::desktop::{Desktop, Wish};
use slipway_core::intent::Intent;
use slipway_core::problem::Problem;
use slipway_core::service::Service;
use slipway_core::view::{AccountView, Mode, View};
use slipway_engine::endpoints::{Accounts, Endpoints};
use slipway_engine::journal::{Folder, Journal};
use slipway_engine::vault::Vault;
use slipway_engine::{Handle, Settings};
use slipway_sim::Sim;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

use crate::keys::Keys;
use crate::stage::{Engine, Stage};

/// A pretended world and a keychain.
pub(crate) struct Desk {
    pub(crate) stage: Stage,
    pub(crate) keys: Keys,
}

/// An engine whose program can be ended in the middle of anything.
pub(crate) struct Program {
    runtime: Runtime,
    pub(crate) engine: Engine,
}

impl Desk {
    pub(crate) async fn set() -> Self {
        Self {
            stage: Stage::set().await,
            keys: Keys::default(),
        }
    }

    /// With an engine that everybody is signed in to.
    pub(crate) async fn signed_in() -> (Self, Engine) {
        let desk = Self::set().await;
        let engine = desk.engine();
        for entered in [token(), keys_of_aws(), bot()] {
            sign_in(&engine, entered).await.expect("it is taken");
        }
        (desk, engine)
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine_at(self.endpoints())
    }

    pub(crate) fn engine_at(&self, endpoints: Endpoints) -> Engine {
        Engine::start(self.settings(endpoints))
    }

    /// The next start, after a proper end.
    pub(crate) async fn again(&self, engine: Engine) -> Engine {
        engine.handle.stop().await;
        drop(engine);
        self.engine()
    }

    pub(crate) fn program(&self) -> Program {
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let inside = runtime.enter();
        let engine = self.engine();
        drop(inside);
        Program { runtime, engine }
    }

    /// What the journal says of this desktop. No engine may be running.
    pub(crate) async fn journalled(&self) -> Desktop {
        let folder = Folder::take(self.stage.data.path()).expect("it is free");
        let opened = Journal::open(folder, "2026-11-24".parse().expect("a date")).await;
        let opened = opened.expect("it opens");
        opened.journal.close().await;
        Desktop::fold(&opened.desktop)
    }

    pub(crate) fn endpoints(&self) -> Endpoints {
        endpoints(&self.stage.sim)
    }

    fn settings(&self, endpoints: Endpoints) -> Settings {
        let data = self.stage.data.path();
        let mut settings = Settings::new(data, Mode::Real, endpoints, Accounts::default());
        settings.vault = Some(Vault::over(self.keys.clone()));
        settings.clock = self.stage.clock();
        settings
    }
}

impl Program {
    /// Asks for something, and does not wait for it.
    pub(crate) fn begin(&self, wish: Wish) {
        let handle: Arc<Handle> = self.engine.handle.clone();
        self.runtime
            .spawn(async move { handle.dispatch(Intent::Desktop { wish }).await });
    }

    /// Nothing of it runs any more.
    pub(crate) async fn killed(self, desk: &Desk) {
        self.runtime.shutdown_background();
        drop(self.engine);
        desk.keys.program_ends();
        Folder::released(desk.stage.data.path(), Duration::from_secs(30)).await;
    }
}

/// Where a pretended world is.
pub(crate) fn endpoints(sim: &Sim) -> Endpoints {
    let at = sim.endpoints();
    Endpoints {
        github_api: at.github.clone(),
        slack_api: format!("{}/api", at.slack),
        aws: Some(at.aws.clone()),
        ..Endpoints::default()
    }
}

pub(crate) fn token() -> SignIn {
    SignIn::GitHubToken {
        token: Sim::credentials().github_token.into(),
    }
}

pub(crate) fn keys_of_aws() -> SignIn {
    let sim = Sim::credentials();
    SignIn::AwsKeys {
        access_key_id: sim.aws_access_key_id,
        secret_access_key: sim.aws_secret_access_key.into(),
    }
}

pub(crate) fn bot() -> SignIn {
    SignIn::SlackBot {
        token: Sim::credentials().slack_bot_token.into(),
    }
}

pub(crate) async fn wish(engine: &Engine, wish: Wish) -> Result<(), Problem> {
    engine.dispatch(Intent::Desktop { wish }).await
}

pub(crate) async fn sign_in(engine: &Engine, sign_in: SignIn) -> Result<(), Problem> {
    wish(engine, Wish::SignIn { sign_in }).await
}

pub(crate) fn account(view: &View, service: Service) -> &AccountView {
    let mut services = view.accounts.services.iter();
    services
        .find(|it| it.service == service)
        .expect("all are listed")
}

pub(crate) fn trouble(view: &View) -> Option<KeychainTrouble> {
    view.accounts.keychain.trouble
}

pub(crate) async fn await_looks(engine: &Engine) {
    engine
        .await_view("everything is seen", |view| view.waterline.word == "Live")
        .await;
}
