//! What the system does for Slipway, through Tauri's plugins: one instance, start at login; and what its web view may
//! show.

pub mod at_login;
pub mod instance;
mod page;

pub use page::is_own;
