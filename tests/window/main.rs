//! The app as a person gets it: the built program, its real WebKit window, and the world that practice pretends.
//!
//! Everything here goes through the window. Only Linux has a driver for the window that an app embeds.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures and what the app wrote are for whoever runs the tests"
)]
#![cfg(target_os = "linux")]

mod accounts;
mod browser;
mod bus;
mod desktop;
mod disk;
mod encodings;
mod guard;
mod journey;
mod keyring;
mod manager;
mod notices;
#[path = "../contract/passed.rs"]
mod passed;
mod pictures;
mod program;
mod relay;
mod services;
mod sim;
mod tray_host;
mod wait;

mod approving;
mod bad_input;
mod canary;
mod closing;
mod failed;
mod history;
mod hotfix;
mod keyboard;
mod keychain;
mod log;
mod maintenance;
mod real_mode;
mod second_start;
mod stopped;
mod told;
mod tray;
