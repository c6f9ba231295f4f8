//! The engine in front of a pretended world: what it sends, what it does not, and what it says.

mod asks_again;
mod clock_set;
mod damaged;
mod deploys;
mod desk;
mod elsewhere;
mod form;
mod keys;
mod leftovers;
mod one_at_a_time;
mod past;
mod reads;
mod restart;
mod sign_in;
mod sign_in_again;
mod sign_in_meanwhile;
mod stage;
mod team;
mod undecided;
mod wrong_clock;
