//! Whole releases: the engine, the real clients and the pretended world, without a window.

mod killed;
mod lost;
mod maintenance;
mod otherwise;
mod stage;
mod walk;
