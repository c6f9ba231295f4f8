//! The icon, whatever the system.

use std::sync::Arc;

use slipway_core::view::{Mode, View};
use tokio::sync::watch;

use crate::menu::Ask;
use crate::system::{Host, Item};

/// The icon in the tray, or the wish for one where nobody shows it.
pub struct Icon {
    mode: Mode,
    ask: Arc<dyn Fn(Ask) + Send + Sync>,
    seen: watch::Sender<bool>,
}

impl Icon {
    /// An icon that is not in the tray yet. `ask` is called for each entry of its menu and for a click on it.
    pub fn new(mode: Mode, ask: impl Fn(Ask) + Send + Sync + 'static) -> Self {
        Self {
            mode,
            ask: Arc::new(ask),
            seen: watch::Sender::new(false),
        }
    }

    /// Whether somebody shows it: a window that is hidden can be found again by it.
    #[must_use]
    pub fn seen(&self) -> watch::Receiver<bool> {
        self.seen.subscribe()
    }

    /// Puts it into the tray and keeps it as the views say, until there are no more.
    pub async fn follow(&self, host: Host, mut views: watch::Receiver<Arc<View>>) {
        let mut shown = views.borrow_and_update().tray.clone();
        let (mode, ask, seen) = (self.mode, self.ask.clone(), self.seen.clone());
        let Some(item) = Item::put(host, mode, shown.clone(), ask, seen).await else {
            return;
        };
        while views.changed().await.is_ok() {
            let tray = views.borrow_and_update().tray.clone();
            if tray != shown {
                item.show(tray.clone()).await;
                shown = tray;
            }
        }
    }
}

impl std::fmt::Debug for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Icon")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}
