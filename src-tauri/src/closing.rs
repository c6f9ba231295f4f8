//! Closing the window.

use slipway_core::rules::Closing;
use tauri::{CloseRequestApi, Manager, WebviewWindow};

use crate::running::Running;
use crate::{quit, tray, window};

/// Does what closing the window means now.
pub(crate) fn requested(window: &WebviewWindow, request: &CloseRequestApi) {
    let app = window.app_handle();
    let engine = &app.state::<Running>().engine;
    let aside = window.is_minimized().unwrap_or_default();
    request.prevent_close();
    match engine.closing(tray::is_seen(app), aside) {
        Closing::Hide => window::hide(app),
        Closing::PutAside => window::put_aside(app),
        Closing::Ask => engine.ask_about_closing(),
        Closing::End => quit(app),
    }
}
