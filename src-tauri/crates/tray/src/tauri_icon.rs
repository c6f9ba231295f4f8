//! macOS and Windows: Tauri's icon. Not built or run on either yet.

use std::sync::{Arc, Mutex, PoisonError};

use slipway_core::view::{Mode, Tray};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};
use tokio::sync::watch;

use crate::glyph;
use crate::menu::{self, Ask, Line};

/// The program whose icon it is.
pub type Host = AppHandle;

/// Windows and macOS scale it down from here.
const SIZE: u16 = 64;

/// The icon.
pub(crate) struct Item {
    host: Host,
    mode: Mode,
    icon: TrayIcon<Wry>,
    /// What the menu was made from.
    shown: Arc<Mutex<Tray>>,
}

impl Item {
    /// Puts it into the tray, which both systems always have.
    pub(crate) async fn put(
        host: Host,
        mode: Mode,
        tray: Tray,
        ask: Arc<dyn Fn(Ask) + Send + Sync>,
        seen: watch::Sender<bool>,
    ) -> Option<Self> {
        let shown = Arc::new(Mutex::new(tray.clone()));
        let (clicked, of_menu) = (ask.clone(), shown.clone());
        let icon = TrayIconBuilder::with_id("slipway")
            .icon_as_template(false)
            .show_menu_on_left_click(false)
            .on_tray_icon_event(move |_, event| {
                if let TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                } = event
                {
                    clicked(Ask::Open);
                }
            })
            .on_menu_event(move |_, event| {
                let tray = of_menu
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                let at = event.id().0.parse().ok();
                let chosen = at.and_then(|at| menu::lines(&tray).into_iter().nth(at));
                if let Some(Line::Entry(_, asked)) = chosen {
                    ask(asked);
                }
            })
            .build(&host);
        match icon {
            Ok(icon) => {
                seen.send_replace(true);
                let item = Self {
                    host,
                    mode,
                    icon,
                    shown,
                };
                item.show(tray).await;
                Some(item)
            }
            Err(error) => {
                tracing::warn!(%error, "there is no icon in the tray");
                None
            }
        }
    }

    /// Changes what it shows.
    pub(crate) async fn show(&self, tray: Tray) {
        if let Err(error) = self.draw(&tray) {
            tracing::warn!(%error, "the icon in the tray is as it was");
        }
    }

    fn draw(&self, tray: &Tray) -> tauri::Result<()> {
        let side = SIZE.into();
        let pixels = glyph::rgba(tray.glyph, SIZE);
        self.icon
            .set_icon(Some(Image::new_owned(pixels, side, side)))?;
        let words = format!("{}: {}", self.mode.title(), tray.tooltip);
        self.icon.set_tooltip(Some(words))?;
        let menu = Menu::new(&self.host)?;
        for (at, line) in menu::lines(tray).into_iter().enumerate() {
            let entry = |label: String, enabled| {
                // One ampersand marks the key for an entry; two are shown as one.
                MenuItem::with_id(
                    &self.host,
                    at.to_string(),
                    label.replace('&', "&&"),
                    enabled,
                    None::<&str>,
                )
            };
            match line {
                Line::Words(words) => menu.append(&entry(words, false)?)?,
                Line::Entry(label, _) => menu.append(&entry(label, true)?)?,
                Line::Rule => menu.append(&PredefinedMenuItem::separator(&self.host)?)?,
            }
        }
        self.icon.set_menu(Some(menu))?;
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = tray.clone();
        Ok(())
    }
}
