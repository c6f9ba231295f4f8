//! The rules.

mod window;

pub use window::Window;
