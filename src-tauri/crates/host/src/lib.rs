//! What the system does for Slipway, through Tauri's plugins: one instance, start at login; what its web view may
//! show, and when its window was put aside.

pub mod aside;
pub mod at_login;
#[cfg(target_os = "linux")]
pub mod drawing;
pub mod instance;
mod page;

pub use page::is_own;

/// A program may drive the window: Tauri lets it when this is set so.
#[must_use]
pub fn is_automated() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|it| it == "true")
}
