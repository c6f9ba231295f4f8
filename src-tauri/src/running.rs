//! What runs behind the window.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use slipway_engine::{Handle, Settings};
use slipway_practice::World;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::{Channel, InvokeResponseBody};

/// Views that follow each other faster than a screen shows them are left out, but never the last one.
const FRAME: Duration = Duration::from_millis(16);

/// The engine, the pretended world if there is one, and the page's subscription.
pub(crate) struct Running {
    pub(crate) engine: Handle,
    world: tokio::sync::Mutex<Option<World>>,
    subscription: Mutex<Option<JoinHandle<()>>>,
}

impl Running {
    /// Starts the engine. Needs a Tokio runtime.
    pub(crate) fn start(settings: Settings, world: Option<World>) -> Self {
        Self {
            engine: Handle::start(settings),
            world: tokio::sync::Mutex::new(world),
            subscription: Mutex::new(None),
        }
    }

    /// Sends the page the present view and each one after it, until it subscribes again or goes.
    pub(crate) fn subscribe(&self, page: Channel<InvokeResponseBody>) {
        let mut views = self.engine.views();
        let task = tauri::async_runtime::spawn(async move {
            loop {
                let view = views.borrow_and_update().clone();
                let sent = serde_json::to_string(&*view)
                    .map_err(tauri::Error::from)
                    .and_then(|json| page.send(InvokeResponseBody::Json(json)));
                if let Err(error) = sent {
                    tracing::warn!(%error, "the page takes no more views");
                    return;
                }
                tokio::time::sleep(FRAME).await;
                if views.changed().await.is_err() {
                    return;
                }
            }
        });
        self.keep_subscription(Some(task));
    }

    /// The page is gone.
    pub(crate) fn unsubscribe(&self) {
        self.keep_subscription(None);
    }

    /// Ends the engine, then the world.
    pub(crate) async fn stop(&self) {
        self.unsubscribe();
        self.engine.stop().await;
        if let Some(world) = self.world.lock().await.take() {
            world.stop().await;
        }
    }

    fn keep_subscription(&self, task: Option<JoinHandle<()>>) {
        let mut kept = self
            .subscription
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = std::mem::replace(&mut *kept, task) {
            earlier.abort();
        }
    }
}
