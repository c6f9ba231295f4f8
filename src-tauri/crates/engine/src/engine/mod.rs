//! The engine: it looks, writes down, sends and looks again. What any of it means is decided in `slipway-core`.
//!
//! One task looks on core's cadence and carries out what follows by itself; each intent has a task of its own, which
//! ends when the intent has, whether or not somebody still waits for it. They meet in [`State`], locked for moments
//! only, and in the journal, which one of them writes at a time. For one release, one thing is done at a time.

mod carry_out;
mod follow;
mod look;
mod record;
mod run;
mod send;
mod settle;
mod show;
mod slot;
mod state;
mod team;
mod tell;
mod tracked;
mod wish;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use slipway_core::view::View;
use tokio::sync::{Notify, watch};

use crate::journal::{Folder, Journal};
use crate::notifier::Notifier;
use crate::settings::Settings;
use crate::world::World;
use slipway_core::service::Service;
use state::State;

/// Everything that an engine's tasks share.
pub(crate) struct Engine {
    settings: Settings,
    /// The data folder, until the journal in it is opened.
    folder: Mutex<Option<Folder>>,
    journal: tokio::sync::Mutex<Option<Journal>>,
    state: Mutex<State>,
    notifier: Notifier,
    views: watch::Sender<Arc<View>>,
    /// Something changed: the task that looks has to see what is due now.
    wake: Notify,
    /// The team's settings change one at a time.
    team_changes: tokio::sync::Mutex<()>,
    /// Somebody is done with a release.
    freed: Notify,
    stage: watch::Sender<Stage>,
}

/// Where an engine is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// The journal is being read.
    Starting,
    /// It works.
    Running,
    /// It begins nothing new.
    Stopping,
}

impl Engine {
    /// A new engine, which does nothing before it is told to [`run`](Self::run).
    pub(crate) fn new(mut settings: Settings) -> Arc<Self> {
        let folder = settings.folder.take();
        let team = Arc::new(settings.team.clone());
        let world = World::connect(&settings.endpoints, &settings.accounts, team.clone());
        let mut state = State {
            team,
            broken: settings.trouble.take(),
            ..State::default()
        };
        state.shared.repository.connected = world.connected(Service::GitHub);
        state.shared.workspace.connected = world.connected(Service::Slack);
        state.shared.pipeline.connected = world.connected(Service::Aws);
        state.world = Arc::new(world);
        let first = show::view(&settings, &mut state);
        Arc::new(Self {
            notifier: Notifier::new(settings.mode),
            settings,
            folder: Mutex::new(folder),
            journal: tokio::sync::Mutex::new(None),
            state: Mutex::new(state),
            views: watch::Sender::new(Arc::new(first)),
            wake: Notify::new(),
            team_changes: tokio::sync::Mutex::default(),
            freed: Notify::new(),
            stage: watch::Sender::new(Stage::Starting),
        })
    }

    pub(crate) fn views(&self) -> watch::Receiver<Arc<View>> {
        self.views.subscribe()
    }

    /// A task that panicked while it held the state has not left it half changed in a way that matters: each change
    /// is a single assignment, and the next look brings the facts up to date.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
