//! Whole releases: the engine, the real clients and the pretended world, without a window.

mod by_hand;
mod checks;
mod hand;
mod killed;
mod lost;
mod maintenance;
mod otherwise;
mod stage;
mod walk;
