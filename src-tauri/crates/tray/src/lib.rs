//! The icon in the tray. What it shows is decided in `slipway-core`; here it is drawn, one file a system.
//!
//! On Linux it is a StatusNotifierItem (`status_notifier.rs`), on macOS and Windows Tauri's icon (`tauri_icon.rs`, not
//! built or run yet).

mod glyph;
mod icon;
mod menu;

#[cfg(target_os = "linux")]
mod status_notifier;
#[cfg(target_os = "linux")]
use status_notifier as system;

#[cfg(not(target_os = "linux"))]
mod tauri_icon;
#[cfg(not(target_os = "linux"))]
use tauri_icon as system;

pub use icon::Icon;
pub use menu::Ask;
pub use system::Host;
