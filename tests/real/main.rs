//! What runs beside Slipway on a person's computer, for real: here the keychain and the notification service
//! of a Linux desktop.

#![expect(
    clippy::print_stdout,
    reason = "figures are for whoever runs the tests"
)]
#![cfg(target_os = "linux")]

#[path = "../window/guard.rs"]
mod guard;
#[path = "../contract/passed.rs"]
mod passed;
#[path = "../journeys/stage.rs"]
#[expect(dead_code, reason = "the journeys use all of it")]
mod stage;
#[path = "../window/wait.rs"]
mod wait;
#[path = "../journeys/walk.rs"]
#[expect(dead_code, reason = "the journeys use all of it")]
mod walk;

mod dunst;
mod inside;
mod keychain;
mod keyring;
mod network;
mod notices;
mod reminders;
mod stub;
