//! A clock that can be moved on, and whoever waits with it.

use std::time::Duration;

use slipway_core::time::At;
use slipway_engine::clock::{Clock, Sleeping, System};
use tokio::sync::watch;
use tokio::time::Instant;

/// This computer's clock, ahead by as much as a test wants it to be.
pub(crate) struct Fast(watch::Sender<Duration>);

impl Fast {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Duration::ZERO))
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.0
            .send_modify(|ahead| *ahead += Duration::from_secs(seconds));
    }
}

impl Clock for Fast {
    fn now(&self) -> At {
        let ahead = i64::try_from(self.0.borrow().as_secs()).unwrap_or_default();
        System.now().plus_seconds(ahead)
    }

    fn instant(&self) -> Instant {
        Instant::now() + *self.0.borrow()
    }

    fn sleep_until(&self, then: Instant) -> Sleeping {
        let mut ahead = self.0.subscribe();
        Box::pin(async move {
            loop {
                let by = *ahead.borrow_and_update();
                let Some(real) = then.checked_sub(by) else {
                    return;
                };
                tokio::select! {
                    () = tokio::time::sleep_until(real) => return,
                    Ok(()) = ahead.changed() => {}
                }
            }
        })
    }
}
