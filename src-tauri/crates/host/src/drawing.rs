//! How the window is drawn where nothing but the processor can draw it.

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// The devices that draw: `renderD128` and on, one for each
/// (<https://docs.kernel.org/gpu/drm-uapi.html#render-nodes>).
const DEVICES: &str = "/dev/dri";

/// Without a device that draws, WebKit would have the processor pretend to be one: the first picture comes a second
/// later, and takes more memory.
///
/// # Errors
/// The window is gone.
pub fn suit_the_computer(window: &WebviewWindow) -> tauri::Result<()> {
    if is_device_there() {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

fn is_device_there() -> bool {
    let devices = std::fs::read_dir(DEVICES).into_iter().flatten().flatten();
    devices
        .map(|it| it.file_name())
        .any(|it| it.to_string_lossy().starts_with("renderD"))
}
