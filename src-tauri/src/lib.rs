//! The shell.
/// Runs.
pub fn run() {}
