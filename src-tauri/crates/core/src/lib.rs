//! What Slipway decides. No I/O, no clock, no randomness, no async: this crate is told the time and the facts, and
//! everything that is a rule lives here: names, schedule, step states, what may be done, and the words for it.

pub mod account;
pub mod action;
mod bindings;
pub mod declaration;
pub mod desktop;
pub mod draft;
pub mod facts;
pub mod history;
pub mod ids;
pub mod intent;
pub mod kind;
pub mod log;
pub mod problem;
pub mod record;
pub mod release;
pub mod reminder;
pub mod rules;
pub mod secret;
pub mod service;
pub mod team;
pub mod text;
pub mod time;
pub mod view;
pub mod words;

pub use bindings::bindings;
