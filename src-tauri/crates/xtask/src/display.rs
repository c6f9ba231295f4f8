//! Whether a window can be shown here.

use crate::process::Result;

/// Fails, in one sentence, where a window could not be shown.
pub(crate) fn require() -> Result {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") {
        return Ok(());
    }
    Err("there is no display to show Slipway on (neither DISPLAY nor WAYLAND_DISPLAY is set): start it from a desktop session, or under `xvfb-run`.".into())
}
