//! What holds for every release in every world.

mod coverage;
mod holds;
mod seen;
mod story;
mod wishes;
