//! What the rest of the program holds of an engine.

use std::sync::Arc;

use slipway_core::ids::{LinkId, ReleaseId};
use slipway_core::intent::Intent;
use slipway_core::problem::Problem;
use slipway_core::rules::Closing;
use slipway_core::view::{StepId, View};
use tokio::sync::watch;

use crate::engine::Engine;
use crate::settings::Settings;

/// A running engine. It begins nothing new once this is dropped.
pub struct Handle {
    engine: Arc<Engine>,
}

impl Handle {
    /// Starts an engine; needs a Tokio runtime. It never fails: what keeps it from working is in its views.
    #[must_use]
    pub fn start(settings: Settings) -> Self {
        let engine = Engine::new(settings);
        tokio::spawn(engine.clone().run());
        Self { engine }
    }

    /// Does what a person asks for.
    ///
    /// # Errors
    /// Why it was not done, or not yet known to be.
    pub async fn dispatch(&self, intent: Intent) -> Result<(), Problem> {
        self.engine.clone().dispatch(intent).await
    }

    /// What to show: the present view, and each one after it.
    #[must_use]
    pub fn views(&self) -> watch::Receiver<Arc<View>> {
        self.engine.views()
    }

    /// The address behind a link of the newest view, if it is one that may be opened.
    #[must_use]
    pub fn resolve_link(&self, link: &LinkId) -> Option<String> {
        self.engine.resolve_link(link)
    }

    /// What closing the window means: whether somebody shows the icon in the tray, and whether the window is in the
    /// task bar already.
    #[must_use]
    pub fn closing(&self, tray: bool, aside: bool) -> Closing {
        self.engine.closing(tray, aside)
    }

    /// Takes in whether Slipway starts at login: `None` where the system does not tell.
    pub fn note_start_at_login(&self, starts: Option<bool>) {
        self.engine.note_start_at_login(starts);
    }

    /// Asks whether closing the window keeps watching, where there is no tray.
    pub fn ask_about_closing(&self) {
        self.engine.ask_about_closing();
    }

    /// Brings the window to the front: to a step of a release, or as it is.
    pub fn summon(&self, release: Option<ReleaseId>, step: Option<StepId>) {
        self.engine.summon(release, step);
    }

    /// A person came back to the window: what was not seen this very moment is looked at.
    pub fn glance(&self) {
        self.engine.glance();
    }

    /// Ends the engine: waits for what is being sent, then closes the journal.
    pub async fn stop(&self) {
        self.engine.stop().await;
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.engine.halt();
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}
