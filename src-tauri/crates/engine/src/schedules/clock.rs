//! A clock that stands still while anybody has anything to do, and then goes on to what is waited for next.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use slipway_core::time::At;
use tokio::time::Instant;

use crate::clock::{Clock, Sleeping};

/// The clock of one schedule. It survives the engine that reads it.
#[derive(Clone)]
pub(super) struct Virtual(Arc<Mutex<Inner>>);

struct Inner {
    /// What it showed at first.
    start: At,
    /// An instant that durations are counted from; which one does not matter.
    epoch: Instant,
    elapsed: Duration,
    /// How long the computer slept: people's clocks went on meanwhile, pauses did not.
    slept: Duration,
    /// How far people's clock on this computer is ahead of everybody else's (milliseconds).
    set: i64,
    waits: u64,
    waiting: BTreeMap<(Duration, u64), Option<Waker>>,
}

impl Virtual {
    pub(super) fn starting(start: At) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            start,
            epoch: Instant::now(),
            elapsed: Duration::ZERO,
            slept: Duration::ZERO,
            set: 0,
            waits: 0,
            waiting: BTreeMap::new(),
        })))
    }

    /// Goes on to what is waited for next; for when nobody has anything to do.
    pub(super) fn go_on(&self) {
        let waker = {
            let mut inner = self.lock();
            let Some(((then, _), waker)) = inner.waiting.pop_first() else {
                return;
            };
            inner.elapsed = inner.elapsed.max(then);
            waker
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The computer sleeps that long.
    pub(super) fn sleep_through(&self, time: Duration) {
        self.lock().slept += time;
    }

    /// This computer's clock is set: forward, or back (milliseconds).
    pub(super) fn set_by(&self, millis: i64) {
        self.lock().set += millis;
    }

    /// What it is in the world, whatever this computer's clock says.
    pub(super) fn in_the_world(&self) -> At {
        let inner = self.lock();
        let gone = inner.elapsed + inner.slept;
        At(inner.start.0 + i64::try_from(gone.as_millis()).unwrap_or(i64::MAX / 2))
    }

    /// Waits that long.
    pub(super) async fn pass(&self, time: Duration) {
        self.sleep_until(self.instant() + time).await;
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Virtual {
    fn now(&self) -> At {
        let world = self.in_the_world();
        At(world.0 + self.lock().set)
    }

    fn instant(&self) -> Instant {
        let inner = self.lock();
        inner.epoch + inner.elapsed
    }

    fn sleep_until(&self, then: Instant) -> Sleeping {
        let mut inner = self.lock();
        let then = then.saturating_duration_since(inner.epoch);
        inner.waits += 1;
        let key = (then, inner.waits);
        let over = then <= inner.elapsed;
        if !over {
            inner.waiting.insert(key, None);
        }
        Box::pin(Wait {
            clock: self.clone(),
            key,
        })
    }
}

/// A wait; it is over once the clock has taken it up.
struct Wait {
    clock: Virtual,
    key: (Duration, u64),
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        match self.clock.lock().waiting.get_mut(&self.key) {
            Some(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            None => Poll::Ready(()),
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.clock.lock().waiting.remove(&self.key);
    }
}
