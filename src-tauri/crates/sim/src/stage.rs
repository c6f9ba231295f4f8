use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{io, sync::Arc};

use jiff::{SignedDuration, Timestamp};

use crate::fault::{FaultKind, Faults};
use crate::held::{Held, Ticket};
use crate::recording::Recording;
use crate::request_log::RequestLog;
use crate::state_file::StateFile;
use crate::world::World;
use crate::{Service, aws, github, reply::Reply, request::Request, slack};

/// What all the servers share: the world, what is to go wrong, and what was asked.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    inner: Arc<Mutex<Inner>>,
    held: Held,
}

/// Everything behind the lock.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) world: World,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    pub(crate) recording: Recording,
    state_file: Option<StateFile>,
    /// Why the world could not be kept, the last time that was tried.
    pub(crate) not_kept: Option<String>,
}

/// What is to be done with a request that was received.
#[derive(Debug)]
pub(crate) enum Outcome {
    Reply(Reply),
    /// Reply after a while.
    Later(Reply, Duration),
    /// Reply when the ticket is released.
    Hold(Reply, Ticket),
    /// Ask again when the ticket is released.
    Park(Ticket),
    /// Close the connection.
    Close,
    /// Never reply.
    Silence,
}

impl Stage {
    /// Sets the stage with the world that was kept, or with a fresh one.
    pub(crate) fn set(
        state_file: Option<StateFile>,
        fresh: impl FnOnce() -> World,
    ) -> io::Result<Stage> {
        let kept = state_file
            .as_ref()
            .map(StateFile::read)
            .transpose()?
            .flatten();
        let world = kept.unwrap_or_else(fresh);
        let inner = Inner {
            world,
            faults: Faults::default(),
            log: RequestLog::default(),
            recording: Recording::default(),
            state_file,
            not_kept: None,
        };
        Ok(Stage {
            inner: Arc::new(Mutex::new(inner)),
            held: Held::new(),
        })
    }

    /// Lets the world catch up with the clock, does something, and keeps the world if `changed` says so.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut Inner) -> (T, bool)) -> T {
        let mut inner = self.lock();
        let now = inner.clock();
        let settled = inner.world.settle(now);
        let (result, changed) = act(&mut inner);
        if settled || changed {
            inner.keep();
        }
        result
    }

    pub(crate) fn held(&self) -> &Held {
        &self.held
    }

    /// Moves the clock; everything that is due on the way happens at its own time.
    pub(crate) fn advance(&self, by: SignedDuration) {
        self.with(|inner| {
            let offset = inner.world.clock_offset.saturating_add(by);
            let before = std::mem::replace(&mut inner.world.clock_offset, offset);
            if Timestamp::now().checked_add(offset).is_err() {
                inner.world.clock_offset = before;
            }
            let now = inner.clock();
            inner.world.settle(now);
            ((), true)
        });
    }

    /// Answers a request, or lets go wrong what is to go wrong.
    pub(crate) fn receive(&self, service: Service, request: &Request) -> Outcome {
        let operation = match service {
            Service::Github => github::operation(request),
            Service::Slack => slack::operation(request),
            Service::Aws => aws::operation(request),
        };
        let operation = operation.as_str();
        self.with(|inner| {
            let fault = inner
                .faults
                .meet((service, operation, &request.path), inner.log.effects());
            if fault == Some(FaultKind::Park) {
                return (Outcome::Park(self.held.hold(service, operation)), false);
            }
            let injected = fault.as_ref().is_some_and(FaultKind::decides);
            let mut changed = false;
            let mut act = |inner: &mut Inner| {
                let reply = match service {
                    Service::Github => github::answer(&mut inner.world, request),
                    Service::Slack => slack::answer(&mut inner.world, request),
                    Service::Aws => aws::answer(&mut inner.world, request),
                };
                changed = reply.effect;
                reply
            };
            let outcome = match fault {
                None | Some(FaultKind::Park) => Outcome::Reply(act(inner)),
                Some(FaultKind::Hold) => {
                    Outcome::Hold(act(inner), self.held.hold(service, operation))
                }
                Some(FaultKind::Slow { ms }) => {
                    Outcome::Later(act(inner), Duration::from_millis(ms))
                }
                Some(FaultKind::ReplyLost) => {
                    act(inner);
                    Outcome::Close
                }
                Some(FaultKind::StatusAfter(canned)) => {
                    act(inner);
                    Outcome::Reply(canned.reply())
                }
                Some(FaultKind::Status(canned)) => Outcome::Reply(canned.reply()),
                Some(FaultKind::Reset) => Outcome::Close,
                Some(FaultKind::Timeout) => Outcome::Silence,
            };
            let at = inner.world.now;
            let outcome = outcome.dated(at);
            inner.log.keep(
                at,
                (service, operation),
                request,
                (outcome.reply(), changed),
            );
            let Inner { log, recording, .. } = inner;
            recording.keep(log.last(), &request.headers, outcome.reply(), injected);
            (outcome, changed)
        })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// What the world's clock shows.
    pub(crate) fn clock(&self) -> Timestamp {
        Timestamp::now()
            .checked_add(self.world.clock_offset)
            .unwrap_or(self.world.now)
    }

    fn keep(&mut self) {
        if let Some(file) = &self.state_file {
            self.not_kept = file.write(&self.world).err().map(|error| error.to_string());
        }
    }
}

impl Outcome {
    /// Replies carry the world's time, not the system's.
    fn dated(self, at: Timestamp) -> Outcome {
        let date = at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        match self {
            Outcome::Reply(reply) => Outcome::Reply(reply.header("date", date)),
            Outcome::Later(reply, wait) => Outcome::Later(reply.header("date", date), wait),
            Outcome::Hold(reply, ticket) => Outcome::Hold(reply.header("date", date), ticket),
            Outcome::Park(_) | Outcome::Close | Outcome::Silence => self,
        }
    }

    fn reply(&self) -> Option<&Reply> {
        match self {
            Outcome::Reply(reply) | Outcome::Later(reply, _) | Outcome::Hold(reply, _) => {
                Some(reply)
            }
            Outcome::Park(_) | Outcome::Close | Outcome::Silence => None,
        }
    }
}
