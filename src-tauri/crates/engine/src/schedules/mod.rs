//! Random schedules: the engine itself, behind its ports, against the pretended world in this process, on a clock that
//! goes on to whatever is waited for next.
//!
//! A person presses what views offer, old views too, twice sometimes. Meanwhile others push, merge, answer, start and
//! stop, sign-ins end, requests and answers are lost, late, refused or lied about, replicas lag, the disk is full, and
//! the program is killed at any of its ends: before and after each request, answer and entry of the journal. After each
//! step the [promises] are held against the world's own books. In the end the weather clears, and whatever was sent has to
//! be known then, or a person is asked.
//!
//! A schedule begins somewhere on the way of a release ([openings](opening)). A seed is a schedule: `SLIPWAY_SEED=17`
//! plays that one alone and tells its story, `SLIPWAY_SCHEDULES=500000..1000000` a part of a long run. [Mutants](mutant)
//! are Slipways that are wrong; that each is caught shows that the promises are looked at.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "what schedules came to is worth reading, also when all is well"
)]

mod basis;
mod book;
mod clock;
mod mutant;
mod opening;
mod others;
mod person;
mod promises;
mod reads;
mod schedule;
mod seen;
mod services;
mod soak;
mod stage;
mod tally;
mod truth;
mod weather;
mod wire;

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use mutant::Mutant;
use schedule::{play, play_told};
use tally::{KINDS, Tally};
use weather::WriteFate;

/// How many schedules an ordinary run plays, and a long one.
const ORDINARY: u64 = 10_000;
const LONG: u64 = 1_000_000;
/// A long run tells how far it is after as many.
const A_WHILE: u64 = 25_000;

#[test]
fn promises_are_kept_in_every_schedule() {
    if let Some(seed) = seed() {
        let played = play_told(seed, None, true);
        eprintln!("{}\n{}", played.story.join("\n"), played.tally);
        assert_eq!(played.broken, None, "schedule {seed}\n{}", played.tally);
        return;
    }
    let seeds = seeds();
    let number = seeds.end - seeds.start;
    let (tally, broken) = play_all(seeds, None);
    eprintln!("{tally}");
    assert_eq!(broken, None, "play it again with SLIPWAY_SEED=…");
    assert_eq!(tally.schedules, number);
    for kind in KINDS {
        for fate in WriteFate::TROUBLE {
            assert!(tally.met(kind, fate) > 0, "{kind} never met {fate:?}");
        }
    }
}

#[test]
fn a_slipway_that_is_wrong_is_caught() {
    for mutant in Mutant::ALL {
        let (_, broken) = play_all(0..ORDINARY, Some(mutant));
        let (seed, promise) = broken.unwrap_or_else(|| panic!("{mutant:?} was not caught"));
        eprintln!("{mutant:?}: caught in schedule {seed}: {promise}");
        assert!(promise.contains(mutant.breaks()), "{mutant:?}: {promise}");
    }
}

#[test]
fn the_same_seed_is_the_same_schedule() {
    for seed in 0..40 {
        assert_eq!(play(seed, None).trace, play(seed, None).trace, "{seed}");
    }
}

/// Plays schedules on all cores until one breaks a promise; of several that do, tells the first.
fn play_all(seeds: Range<u64>, mutant: Option<Mutant>) -> (Tally, Option<(u64, String)>) {
    let next = AtomicU64::new(seeds.start);
    let result = Mutex::new((Tally::default(), None::<(u64, String)>));
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let mut tally = Tally::default();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    if seed > seeds.start && seed.is_multiple_of(A_WHILE) {
                        eprintln!("schedules {} to {seed} are played", seeds.start);
                    }
                    let played = play(seed, mutant);
                    tally.add(&played.tally);
                    if let Some(promise) = played.broken {
                        next.fetch_max(seeds.end, Ordering::Relaxed);
                        let mut result = result.lock().expect("nobody panics with it");
                        let first = result.1.as_ref().is_none_or(|(other, _)| seed < *other);
                        if first {
                            result.1 = Some((seed, promise));
                        }
                    }
                }
                result.lock().expect("nobody panics with it").0.add(&tally);
            });
        }
    });
    result.into_inner().expect("nobody panics with it")
}

fn seed() -> Option<u64> {
    std::env::var("SLIPWAY_SEED").ok()?.parse().ok()
}

/// What a run plays, unless one schedule is asked for.
fn seeds() -> Range<u64> {
    let Ok(part) = std::env::var("SLIPWAY_SCHEDULES") else {
        return 0..if is_long() { LONG } else { ORDINARY };
    };
    let (from, to) = part.split_once("..").expect("from..to");
    let seed = |word: &str| word.parse().expect("a seed");
    seed(from)..seed(to)
}

fn is_long() -> bool {
    std::env::var_os("SLIPWAY_LONG").is_some()
}
