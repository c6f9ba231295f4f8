//! What time it is.

use std::pin::{Pin, pin};
use std::time::Duration;

use futures_util::future::{Either, select};
use slipway_core::time::At;
use tokio::time::Instant;

/// A wait that ends by itself.
pub type Sleeping = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock. Everything that has to know the time or waits for it is given one, so that a test can bring its own.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, as people tell it. It can be set, and goes on while the computer sleeps.
    fn now(&self) -> At;

    /// What pauses are measured by: it only goes on, and may stand still while the computer sleeps.
    fn instant(&self) -> Instant {
        Instant::now()
    }

    /// Waits until then.
    fn sleep_until(&self, then: Instant) -> Sleeping {
        Box::pin(tokio::time::sleep_until(then))
    }
}

/// This computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> At {
        At(jiff::Timestamp::now().as_millisecond())
    }
}

/// What comes of something, unless it takes longer.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let over = clock.sleep_until(clock.instant() + limit);
    match select(pin!(work), over).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}
