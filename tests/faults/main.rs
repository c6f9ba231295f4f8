//! Every write and every read, and everything that can go wrong with each of them at the service that it goes to.

mod cell;
mod checkpoint;
mod clock;
mod fault;
mod part;
#[path = "../contract/passed.rs"]
mod passed;
mod pilot;
mod reads;
#[path = "../journeys/stage.rs"]
#[expect(dead_code, reason = "the journeys use the rest")]
mod stage;
mod table;
#[path = "../journeys/walk.rs"]
#[expect(dead_code, reason = "the journeys use the rest")]
mod walk;
mod write;
mod writes;
