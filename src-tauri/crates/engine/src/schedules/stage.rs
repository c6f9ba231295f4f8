//! What everybody in a schedule shares: the pretended world, the disk, the clock, and what is to go wrong.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use fastrand::Rng;
use jiff::Timestamp;
use slipway_core::action::Action;
use slipway_core::ids::ReleaseId;
use slipway_core::time::At;
use slipway_sim::world::World;
use tokio::sync::Notify;

use super::book::Disk;
use super::clock::Virtual;
use super::mutant::Mutant;
use super::promises::{Basis, Promises};
use super::reads::Again;
use super::tally::Tally;
use super::weather::Weather;
use super::wire;
use crate::engine::Engine;

/// The stage of one schedule.
pub(super) struct Stage {
    pub(super) clock: Virtual,
    inner: Mutex<Inner>,
    engine: Mutex<Weak<Engine>>,
    /// The program is killed, or a promise is broken.
    pub(super) ended: Notify,
}

pub(super) struct Inner {
    pub(super) world: World,
    pub(super) disk: Disk,
    pub(super) weather: Weather,
    pub(super) rng: Rng,
    pub(super) promises: Promises,
    pub(super) tally: Tally,
    pub(super) mutant: Option<Mutant>,
    /// What was read lately, and how the world was then.
    past: BTreeMap<String, VecDeque<Past>>,
    /// Requests that are still on their way into the world.
    late: Vec<(At, ReleaseId, Action)>,
    /// What happened, where somebody wants to read it.
    pub(super) story: Option<Vec<String>>,
    /// The program is killed at that many points from now.
    pub(super) dies_in: Option<u32>,
    pub(super) died: bool,
    /// A person's wish is being looked into and nothing was sent for it yet.
    pub(super) looking_into: bool,
}

struct Past {
    at: At,
    basis: Basis,
    answer: Box<dyn Any + Send>,
}

/// What is older than this is told by no replica any more (milliseconds).
const LAG: i64 = 4_000;

/// Where a schedule begins.
#[derive(Clone)]
pub(super) struct Snapshot {
    world: World,
    disk: Disk,
    promises: Promises,
}

impl Snapshot {
    /// Nothing was done yet.
    pub(super) fn of(world: World) -> Self {
        Self {
            world,
            disk: Disk::default(),
            promises: Promises::default(),
        }
    }
}

impl Stage {
    pub(super) fn set(snapshot: Snapshot, mut rng: Rng, mutant: Option<Mutant>) -> Arc<Self> {
        let Snapshot {
            world,
            disk,
            promises,
        } = snapshot;
        let clock = Virtual::starting(At(world.now.as_millisecond()));
        let weather = Weather::any(&mut rng);
        Arc::new(Self {
            clock,
            inner: Mutex::new(Inner {
                world,
                disk,
                weather,
                rng,
                promises,
                tally: Tally::default(),
                mutant,
                past: BTreeMap::new(),
                late: Vec::new(),
                story: None,
                dies_in: None,
                died: false,
                looking_into: false,
            }),
            engine: Mutex::default(),
            ended: Notify::new(),
        })
    }

    /// Looks at everything, or changes it, at the present time.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        let now = self.clock.in_the_world();
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.catch_up(now);
        let done = act(&mut inner);
        if inner.promises.broken.is_some() {
            self.ended.notify_one();
        }
        done
    }

    /// This one plays.
    pub(super) fn enter(&self, engine: &Arc<Engine>) {
        *self.engine() = Arc::downgrade(engine);
    }

    /// What it is sending again.
    pub(super) fn sent_again(&self) -> Vec<Again> {
        let engine = self.engine().upgrade();
        let told = engine.map(|it| it.sent_again()).unwrap_or_default();
        if told.is_empty() {
            return Vec::new();
        }
        self.with(|inner| inner.promises.reads.tries(told))
    }

    fn engine(&self) -> MutexGuard<'_, Weak<Engine>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it is now.
    pub(super) fn snapshot(&self) -> Snapshot {
        self.with(|inner| Snapshot {
            world: inner.world.clone(),
            disk: inner.disk.clone(),
            promises: inner.promises.clone(),
        })
    }

    /// Here the program can be killed.
    pub(super) async fn point(&self) {
        let dies = self.with(|inner| {
            let left = inner.dies_in.map(|left| left.saturating_sub(1));
            inner.dies_in = left;
            inner.died |= left == Some(0);
            inner.died
        });
        if dies {
            self.ended.notify_one();
            std::future::pending::<()>().await;
        }
    }

    /// What a request or its answer takes on its way.
    pub(super) async fn wait_a_little(&self) {
        let millis = self.with(|inner| match inner.rng.u32(..40) {
            0 => inner.rng.u64(1_000..12_000),
            _ => inner.rng.u64(1..250),
        });
        self.clock.pass(Duration::from_millis(millis)).await;
    }
}

impl Inner {
    /// Tells what happens.
    pub(super) fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(format!("{} {}", self.world.now, what()));
        }
    }

    fn catch_up(&mut self, now: At) {
        self.late.sort_by_key(|(then, ..)| *then);
        while self.late.first().is_some_and(|(then, ..)| *then <= now) {
            let (then, release, action) = self.late.remove(0);
            self.world.settle(time(then));
            self.tell(|| "what was on its way arrives".to_owned());
            self.promises.has_arrived(&release, &action);
            self.take_effect(&release, &action);
        }
        self.world.settle(time(now));
        self.promises.forget_what_was_undone(&self.world);
    }

    /// A request arrives and is answered.
    pub(super) fn take_effect(&mut self, release: &ReleaseId, action: &Action) -> wire::Reply {
        self.promises.before_effect(&self.world, action);
        let reply = wire::send(&mut self.world, release, action);
        self.tell(|| format!("  {:?} {action:?}", reply.outcome));
        if reply.effect {
            self.promises.took_effect(&self.world, release, action);
        }
        reply
    }

    /// A request takes its time.
    pub(super) fn arrive_later(&mut self, then: At, release: &ReleaseId, action: &Action) {
        self.promises.is_on_its_way(release, action);
        self.late.push((then, release.clone(), action.clone()));
    }

    /// Who sent it is gone: what is on its way arrives soon or not at all.
    pub(super) fn hurry(&mut self, latest: At) {
        for (then, ..) in &mut self.late {
            *then = latest.min(*then);
        }
    }

    /// This engine does not look now. `again`: something is being sent again.
    pub(super) fn is_blind(&self, again: bool) -> bool {
        match self.mutant {
            Some(Mutant::NoSecondRead) => self.looking_into,
            Some(Mutant::NoReadBeforeSendingAgain) => again,
            Some(Mutant::NoLookUp | Mutant::AnyExecutionIsOurs) | None => false,
        }
    }

    pub(super) fn disk_is_full(&mut self) -> bool {
        self.rng.u32(..1000) < self.weather.disk
    }

    /// Keeps an answer, for who is told it later.
    pub(super) fn keep<T: Clone + Send + 'static>(&mut self, what: &str, answer: &T) {
        let at = At(self.world.now.as_millisecond());
        let basis = self.promises.basis(&self.world);
        let kept = self.past.entry(what.to_owned()).or_default();
        kept.push_back(Past {
            at,
            basis,
            answer: Box::new(answer.clone()),
        });
        if kept.len() > 4 {
            kept.pop_front();
        }
    }

    /// What was told before: at most a few seconds ago, or however long ago.
    pub(super) fn told_before<T: Clone + 'static>(
        &self,
        what: &str,
        lately: bool,
    ) -> Option<(T, Basis)> {
        let now = self.world.now.as_millisecond();
        let mut kept = self.past.get(what)?.iter();
        let past = match lately {
            true => kept.find(|past| now - past.at.0 <= LAG)?,
            false => kept.next_back()?,
        };
        Some((past.answer.downcast_ref::<T>()?.clone(), past.basis.clone()))
    }
}

pub(super) fn time(at: At) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::MAX)
}
