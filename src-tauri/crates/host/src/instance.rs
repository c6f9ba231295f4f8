//! One instance: a second start brings the first to the front and ends.

use std::sync::Arc;

use tauri::{AppHandle, Context};

/// One that dies while it is spoken to is as good as gone, and its place is free at the next try.
const TRIES: usize = 3;

/// Instances with different suffixes may run side by side. On Linux they are told apart by a name on the session bus,
/// elsewhere by the program's identifier.
#[must_use]
pub fn named(mut context: Context, suffix: &str) -> Context {
    if cfg!(not(target_os = "linux")) {
        context.config_mut().identifier += suffix;
    }
    context
}

/// Takes the place of the one instance. Where there is one already, `called` runs there with the arguments of this
/// process, which ends here with 0. Without a session bus nobody can be found.
pub fn claim(
    app: &AppHandle,
    suffix: &str,
    called: impl Fn(&AppHandle, &[String]) + Send + Sync + 'static,
) {
    let name = format!("{}{suffix}", app.config().identifier);
    let called = Arc::new(called);
    for _ in 0..TRIES {
        let called = called.clone();
        let plugin = tauri_plugin_single_instance::Builder::new()
            .dbus_id(&name)
            .callback(move |app, arguments, _| called(app, &arguments))
            .build();
        match app.plugin(plugin) {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "another instance did not answer"),
        }
    }
}

/// From here on a second start is a first one: nothing is handed to what is ending.
pub fn give_up(app: &AppHandle) {
    tauri_plugin_single_instance::destroy(app);
}
