//! What time it is.

use slipway_core::time::At;

/// A clock. Everything that has to know the time is given one, so that a test can bring its own.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> At;
}

/// This computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Clock for System {
    fn now(&self) -> At {
        At(jiff::Timestamp::now().as_millisecond())
    }
}
