//! What Slipway does: it reads GitHub, Slack and AWS, sends one action at a time, and keeps the journal.
//!
//! A [`Handle`] is a running engine. It takes a person's intents and gives views; what either means is decided in
//! `slipway-core`. There is no window here and no simulation: an engine is told where the services are.

pub mod aws;
mod build_log;
pub mod clock;
pub mod endpoints;
mod engine;
mod export;
pub mod github;
mod handle;
pub mod journal;
mod links;
mod notifier;
mod outcome;
mod ports;
#[cfg(test)]
mod schedules;
mod settings;
mod sight;
pub mod slack;
mod timing;
pub mod trouble;
pub mod vault;
mod world;

pub use handle::Handle;
pub use settings::Settings;
