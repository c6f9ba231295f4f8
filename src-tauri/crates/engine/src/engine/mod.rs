//! The engine: it looks, writes down, sends and looks again. What any of it means is decided in `slipway-core`.
//!
//! One task looks on core's cadence and carries out what follows by itself; each intent has a task of its own, which
//! ends when the intent has, whether or not somebody still waits for it. They meet in [`State`], locked for moments
//! only, and in the journal, which one of them writes at a time. For one release, one thing is done at a time.

mod accounts;
mod again;
mod carry_out;
mod check_accounts;
mod follow;
mod history;
mod keychain;
mod leftovers;
mod log;
mod look;
mod network;
mod record;
mod run;
mod send;
mod settle;
mod show;
mod sign_in;
mod sign_out;
mod slot;
mod state;
mod summarise;
mod team;
mod tell;
mod tracked;
mod wish;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use slipway_core::view::View;
use tokio::sync::{Notify, watch};

use crate::notifier::Notifier;
use crate::ports::{Book, Connect, File, Ports, Shelf};
use crate::settings::Settings;
use state::State;

/// Everything that an engine's tasks share.
pub(crate) struct Engine {
    settings: Settings,
    shelf: Box<dyn Shelf>,
    journal: tokio::sync::Mutex<Option<Box<dyn Book>>>,
    state: Mutex<State>,
    notifier: Notifier,
    views: watch::Sender<Arc<View>>,
    /// Something changed: the task that looks has to see what is due now.
    wake: Notify,
    /// The team's settings change one at a time.
    team_changes: tokio::sync::Mutex<()>,
    /// Somebody is done with a release.
    freed: Notify,
    /// A person waits for what follows by itself.
    awaited: Notify,
    stage: watch::Sender<Stage>,
    /// Who changes a sign-in or reads the keychain, one after the other.
    signing: tokio::sync::Mutex<()>,
    /// There may be something to read in the keychain.
    recalled: Notify,
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
        let file = File::new(settings.data_dir.clone(), settings.folder.take());
        let ports = Ports {
            connect: Connect::default(),
            shelf: Box::new(file),
        };
        Self::with(ports, settings)
    }

    /// The same, behind these ports.
    pub(crate) fn with(ports: Ports, mut settings: Settings) -> Arc<Self> {
        let team = Arc::new(settings.team.clone());
        let mut state = State {
            connect: ports.connect,
            team,
            broken: settings.trouble.take(),
            ..State::default()
        };
        state.secrets = settings.accounts.clone();
        state.recall(&settings);
        state.reconnect(&settings);
        let first = show::view(&settings, &mut state);
        Arc::new(Self {
            notifier: Notifier::new(settings.mode),
            settings,
            shelf: ports.shelf,
            journal: tokio::sync::Mutex::new(None),
            state: Mutex::new(state),
            views: watch::Sender::new(Arc::new(first)),
            wake: Notify::new(),
            team_changes: tokio::sync::Mutex::default(),
            freed: Notify::new(),
            awaited: Notify::new(),
            stage: watch::Sender::new(Stage::Starting),
            signing: tokio::sync::Mutex::default(),
            recalled: Notify::new(),
        })
    }

    /// A task that panicked while it held the state has not left it half changed in a way that matters: each change
    /// is a single assignment, and the next look brings the facts up to date.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
pub(crate) use slot::again::SentAgain;
