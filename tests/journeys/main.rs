//! Whole releases: the engine, the real clients and the pretended world, without a window.

#![expect(
    clippy::print_stdout,
    reason = "figures are for whoever runs the tests"
)]

mod appends;
mod approval;
mod approver;
mod budget;
mod builds;
mod by_hand;
mod cases;
mod channel;
mod checks;
#[path = "../faults/clock.rs"]
mod clock;
mod crashes;
mod found_again;
mod hand;
mod history;
mod killed;
mod log;
mod lost;
mod maintenance;
mod modes;
mod otherwise;
mod pages;
#[path = "../contract/passed.rs"]
mod passed;
mod process;
mod remedies;
mod slack;
mod sources;
mod stage;
mod walk;
mod way;
