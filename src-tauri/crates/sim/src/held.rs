use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use crate::Service;

/// The replies that are held back right now.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    waiting: Arc<Mutex<Vec<HeldReply>>>,
    releases: watch::Sender<u64>,
}

/// A reply that is held back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HeldReply {
    pub(crate) service: Service,
    pub(crate) operation: String,
    #[serde(skip)]
    ticket: u64,
}

impl Held {
    pub(crate) fn new() -> Held {
        Held {
            waiting: Arc::default(),
            releases: watch::Sender::new(0),
        }
    }

    /// Notes a reply as held, from now until the ticket is dropped.
    pub(crate) fn hold(&self, service: Service, operation: &str) -> Ticket {
        let mut waiting = self.waiting();
        let ticket = waiting.last().map_or(0, |last| last.ticket + 1);
        waiting.push(HeldReply {
            service,
            operation: operation.to_owned(),
            ticket,
        });
        drop(waiting);
        Ticket {
            ticket,
            released: self.releases.subscribe(),
            held: self.clone(),
        }
    }

    pub(crate) fn release(&self) {
        self.releases.send_modify(|count| *count += 1);
    }

    pub(crate) fn now(&self) -> Vec<HeldReply> {
        self.waiting().clone()
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<HeldReply>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A held reply's place among the others. It goes when the client goes away.
#[derive(Debug)]
pub(crate) struct Ticket {
    ticket: u64,
    released: watch::Receiver<u64>,
    held: Held,
}

impl Ticket {
    /// Waits until all held replies are released.
    pub(crate) async fn released(mut self) {
        // The sender lives in `held`, so this cannot fail before it is released.
        let _ = self.released.changed().await;
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.held.waiting().retain(|it| it.ticket != self.ticket);
    }
}
