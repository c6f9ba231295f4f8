//! Start at login, as the system has it.

use tauri::{AppHandle, Manager};
pub use tauri_plugin_autostart::Error;
use tauri_plugin_autostart::{AutoLaunchManager, Builder};

/// Makes the rest of this work; `argument` is what the program is started with at login.
pub fn offer(app: &AppHandle, argument: &str) {
    if let Err(error) = app.plugin(Builder::new().arg(argument).build()) {
        tracing::warn!(%error, "this system does not start anything at login");
    }
}

/// Whether the program starts at login; `None` where that is not offered or cannot be told.
#[must_use]
pub fn is_on(app: &AppHandle) -> Option<bool> {
    let on = app.try_state::<AutoLaunchManager>()?.is_enabled();
    on.inspect_err(|error| tracing::warn!(%error, "start at login"))
        .ok()
}

/// Switches it on or off.
///
/// # Errors
/// The system did not do it. Where it is not offered, nothing is done.
pub fn switch(app: &AppHandle, on: bool) -> Result<(), Error> {
    match app.try_state::<AutoLaunchManager>() {
        Some(system) if on => system.enable(),
        Some(system) => system.disable(),
        None => Ok(()),
    }
}
