//! Linux: a StatusNotifierItem with a menu, both on the session bus
//! (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ksni::menu::StandardItem;
use ksni::{Category, Handle, MenuItem, OfflineReason, Status, ToolTip, TrayMethods};
use slipway_core::view::{Glyph, Mode, Tray};
use tokio::sync::watch;

use crate::glyph;
use crate::menu::{self, Ask, Line};

/// Nothing is needed of the program.
#[derive(Debug, Clone, Copy, Default)]
pub struct Host;

/// After a bus or a host that did not answer; twice as long after each. A host that is absent is waited for without.
const PATIENCE: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(16),
    Duration::from_secs(64),
];

/// The item on the bus.
pub(crate) struct Item {
    handle: Handle<Notifier>,
}

impl Item {
    /// Offers it to whoever shows such items, now or later. `None` without a session bus.
    pub(crate) async fn put(
        _: Host,
        mode: Mode,
        tray: Tray,
        ask: Arc<dyn Fn(Ask) + Send + Sync>,
        seen: watch::Sender<bool>,
    ) -> Option<Self> {
        for patience in PATIENCE {
            let told = Arc::new(AtomicBool::new(false));
            let notifier = Notifier {
                mode,
                tray: tray.clone(),
                ask: ask.clone(),
                seen: seen.clone(),
                told: told.clone(),
            };
            match notifier.assume_sni_available(true).spawn().await {
                Ok(handle) => {
                    // A host that took it says nothing; only one that is absent, or comes later, is told of.
                    if !told.load(Ordering::Acquire) {
                        seen.send_replace(true);
                    }
                    return Some(Self { handle });
                }
                Err(error) => {
                    tracing::warn!(%error, "there is no icon in the tray");
                }
            }
            tokio::time::sleep(patience).await;
        }
        None
    }

    /// Changes what it shows.
    pub(crate) async fn show(&self, tray: Tray) {
        let shown = self.handle.update(|notifier| notifier.tray = tray).await;
        if shown.is_none() {
            tracing::warn!("the icon in the tray is gone");
        }
    }
}

/// What a host reads and calls.
struct Notifier {
    mode: Mode,
    tray: Tray,
    ask: Arc<dyn Fn(Ask) + Send + Sync>,
    seen: watch::Sender<bool>,
    /// Whether it was told of a host that came or went.
    told: Arc<AtomicBool>,
}

impl Notifier {
    fn tell(&self, seen: bool) {
        self.told.store(true, Ordering::Release);
        self.seen.send_replace(seen);
    }
}

impl ksni::Tray for Notifier {
    fn id(&self) -> String {
        match self.mode {
            Mode::Practice => "slipway-practice".to_owned(),
            Mode::Real => "slipway".to_owned(),
        }
    }

    fn title(&self) -> String {
        self.mode.title().to_owned()
    }

    fn category(&self) -> Category {
        Category::ApplicationStatus
    }

    /// Never passive: GNOME's and KDE's hosts hide what is, and a closed window is found again here.
    fn status(&self) -> Status {
        match self.tray.glyph {
            Glyph::Idle | Glyph::Running => Status::Active,
            Glyph::NeedsYou | Glyph::Failed => Status::NeedsAttention,
        }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        glyph::SIZES
            .map(|size| pixmap(self.tray.glyph, size))
            .into()
    }

    /// Some hosts draw this one, and nothing where it is missing, while attention is needed.
    fn attention_icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.icon_pixmap()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.mode.title().to_owned(),
            description: without_markup(&self.tray.tooltip),
            ..ToolTip::default()
        }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let item = |line| match line {
            Line::Words(words) => StandardItem {
                label: without_access_key(&words),
                enabled: false,
                ..StandardItem::default()
            }
            .into(),
            Line::Entry(label, ask) => StandardItem {
                label: without_access_key(&label),
                activate: Box::new(move |notifier: &mut Self| (notifier.ask)(ask.clone())),
                ..StandardItem::default()
            }
            .into(),
            Line::Rule => MenuItem::Separator,
        };
        menu::lines(&self.tray).into_iter().map(item).collect()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        (self.ask)(Ask::Open);
    }

    fn watcher_online(&self) {
        tracing::info!("the icon is in the tray");
        self.tell(true);
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "nobody shows the icon in the tray");
        self.tell(false);
        true
    }
}

/// Its pixels start with how much they cover.
fn pixmap(glyph: Glyph, size: u16) -> ksni::Icon {
    let mut data = glyph::rgba(glyph, size);
    for pixel in data.as_chunks_mut::<4>().0 {
        pixel.rotate_right(1);
    }
    ksni::Icon {
        width: size.into(),
        height: size.into(),
        data,
    }
}

/// A tooltip's second part is markup.
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// In a label, one underscore marks the key for an entry; two are shown as one.
fn without_access_key(label: &str) -> String {
    label.replace('_', "__")
}
