//! Whole releases: the engine, the real clients and the pretended world, without a window.

mod approval;
mod builds;
mod by_hand;
mod cases;
mod checks;
mod hand;
mod killed;
mod lost;
mod maintenance;
mod modes;
mod otherwise;
mod pages;
#[path = "../contract/passed.rs"]
mod passed;
mod sources;
mod stage;
mod walk;
