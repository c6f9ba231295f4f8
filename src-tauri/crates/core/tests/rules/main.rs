//! The rules, told as tables and properties: what every step says in every state, what may be done when, and which
//! words go out. A release is described with the builder in `world`; nothing here touches a network or a clock.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout,
    reason = "tests fail loudly, look at one variant of many and print what they covered"
)]

mod accounts;
mod again;
mod approving;
mod aside;
mod carried;
mod closing;
mod control;
mod decide;
mod failure;
mod follow_up;
mod form;
mod found;
mod history;
mod hostile;
mod leftovers;
mod log;
mod masking;
mod milestones;
mod naming;
mod notices;
mod offers;
mod properties;
mod pushed;
mod said;
mod schedule;
mod settle;
mod sign_in;
mod statements;
mod steps;
mod table;
mod team_file;
mod team_files;
mod team_update;
mod thread;
mod tray;
mod undecided;
mod words;
mod world;
