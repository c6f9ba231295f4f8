//! What runs beside Slipway on a person's computer, for real: here the keychain of a Linux desktop.

#![cfg(target_os = "linux")]

#[path = "../window/guard.rs"]
mod guard;

mod inside;
mod keychain;
mod keyring;
