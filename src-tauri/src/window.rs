//! The one window.

use slipway_core::view::Mode;
use slipway_host::aside;
use slipway_launch::Launch;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{
    App, AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::closing;
use crate::running::Running;

const LABEL: &str = "main";

/// Opens it. It shows the program's own page and nothing else, however it is asked.
pub(crate) fn open(app: &App, launch: &Launch) -> tauri::Result<()> {
    let development = development_page(app);
    let title = title(launch.mode);
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(&title)
        .visible(!launch.hidden)
        .inner_size(1180.0, 780.0)
        .min_inner_size(880.0, 600.0)
        .devtools(cfg!(debug_assertions))
        .on_navigation(move |to| slipway_host::is_own(to, development.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Started {
                window.state::<Running>().unsubscribe();
            }
        })
        .build()?;
    #[cfg(target_os = "linux")]
    said(slipway_host::drawing::suit_the_computer(&window));
    let closed = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            closing::requested(&closed, api);
        } else if let WindowEvent::Focused(true) = event
            && !aside::is_settling()
        {
            said(closed.set_title(&title));
            closed.state::<Running>().engine.glance();
        }
    });
    Ok(())
}

/// Shows it before all others.
pub(crate) fn to_front(app: &AppHandle) {
    aside::note(false);
    with(app, |window| {
        window.unminimize()?;
        window.show()?;
        window.set_focus()
    });
}

/// Hides it; the icon in the tray brings it back.
pub(crate) fn hide(app: &AppHandle) {
    with(app, WebviewWindow::hide);
}

/// Whether it is neither on the screen nor in the task bar.
pub(crate) fn is_hidden(app: &AppHandle) -> bool {
    let window = app.get_webview_window(LABEL);
    window.is_some_and(|window| window.is_visible().is_ok_and(|visible| !visible))
}

/// Puts it into the task bar, under a name that says why it is there.
pub(crate) fn put_aside(app: &AppHandle) {
    aside::note(true);
    with(app, |window| {
        window.set_title("Slipway is still watching")?;
        window.minimize()?;
        window.show()
    });
}

fn with(app: &AppHandle, change: impl FnOnce(&WebviewWindow) -> tauri::Result<()>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        said(change(&window));
    }
}

fn said(changed: tauri::Result<()>) {
    if let Err(error) = changed {
        tracing::warn!(%error, "the window stays as it is");
    }
}

/// Whoever sits here has to know when a program may drive the window.
fn title(mode: Mode) -> String {
    let automated = match slipway_host::is_automated() {
        true => " (automated)",
        false => "",
    };
    format!("{}{automated}", mode.title())
}

fn development_page(app: &App) -> Option<Url> {
    tauri::is_dev()
        .then(|| app.config().build.dev_url.clone())
        .flatten()
}
