//! What is said when the program itself cannot begin.

use slipway_core::problem::{Code, Problem};

/// The other world is its own process, and that process was not started.
#[must_use]
pub fn not_started_again(raw: &str) -> Problem {
    Problem::new(
        Code::NotOffered,
        "Slipway could not be started again.",
        "This window stays as it is; nothing was sent.",
        "Close it, then start Slipway yourself: with --practice for the practice world, without for your team's.",
    )
    .with_raw(raw)
}

/// Start at login is the system's business, and it did not do it.
#[must_use]
pub fn not_at_login(raw: &str) -> Problem {
    Problem::new(
        Code::NotOffered,
        "Start at login could not be changed.",
        "It stays as it was.",
        "Add or remove Slipway where your system lists what starts at login.",
    )
    .with_raw(raw)
}

/// There is nothing to practise on.
#[must_use]
pub fn no_practice_world(raw: &str) -> Problem {
    Problem::new(
        Code::NotOffered,
        "The practice world does not start.",
        "There is nothing to practise on, and nothing is sent to your team’s accounts.",
        "Close this window and start practice again. If it stays so, report it with the details.",
    )
    .with_raw(raw)
}
