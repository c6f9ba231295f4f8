//! Sending one action.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::action::{Action, Outcome};
use slipway_core::ids::{ActionSeq, ReleaseId};
use slipway_core::problem::{Code, Problem};
use slipway_core::record::Record;
use slipway_core::service::Service;

use crate::clock::within;
use crate::engine::Engine;
use crate::sight::Sight;

/// A reply that takes longer is lost.
const REPLY_LIMIT: Duration = Duration::from_secs(60);

impl Engine {
    /// Writes an action down, sends it once, writes down what came of it, and looks at what it changed. The release
    /// is taken meanwhile.
    pub(super) async fn send(
        self: &Arc<Self>,
        release: &ReleaseId,
        action: Action,
    ) -> Result<(), Problem> {
        let seq = self.write_down(release, &action).await?;
        self.send_written(release, seq, action).await
    }

    /// Writes down that an action is about to be sent.
    pub(super) async fn write_down(
        &self,
        release: &ReleaseId,
        action: &Action,
    ) -> Result<ActionSeq, Problem> {
        let seq = self.next_seq(release);
        let sending = Record::Sending {
            seq,
            action: action.clone(),
        };
        self.record(release, vec![sending]).await?;
        Ok(seq)
    }

    /// Sends once what was written down.
    pub(super) async fn send_written(
        self: &Arc<Self>,
        release: &ReleaseId,
        seq: ActionSeq,
        action: Action,
    ) -> Result<(), Problem> {
        self.publish();
        tracing::info!(%release, ?action, "sending");
        let service = Service::of(&action);
        let outcome = self.act(release.clone(), seq, action.clone()).await;
        tracing::info!(%release, ?outcome, "sent");
        self.state().learn(&action, &outcome);
        let outcome = match outcome {
            Outcome::Done if action.counts_when_seen() => {
                // It was taken: if it does not show, a person decides whether it is sent once more.
                self.no_longer_asked(release);
                Outcome::Unknown {
                    problem: not_seen_yet(service),
                }
            }
            other @ (Outcome::Done | Outcome::NotDone { .. } | Outcome::Unknown { .. }) => other,
        };
        self.note_outcome(release, seq, outcome.clone()).await;
        self.publish();

        let outcome = match self.settle_this(release, seq).await {
            // It needs no look, so nobody waits for one.
            Some(settled) => settled,
            None => {
                self.read_unless_awaited(release, Sight::showing(&action, release))
                    .await;
                self.settle_this(release, seq).await.unwrap_or(outcome)
            }
        };
        match outcome {
            Outcome::Done => Ok(()),
            Outcome::NotDone { problem } | Outcome::Unknown { problem } => Err(problem),
        }
    }

    async fn settle_this(&self, release: &ReleaseId, seq: ActionSeq) -> Option<Outcome> {
        let settled = self.settle(release).await;
        settled.filter(|(it, _)| *it == seq).map(|(_, it)| it)
    }

    async fn act(self: &Arc<Self>, release: ReleaseId, seq: ActionSeq, action: Action) -> Outcome {
        let world = self.state().world.clone();
        let service = Service::of(&action);
        let clock = self.settings.clock.clone();
        let (is_aside, is_repeatable) = (action.is_aside(), action.is_repeatable());
        let (of, sends) = (release.clone(), action.clone());
        let mut sent =
            tokio::spawn(async move { within(&*clock, REPLY_LIMIT, world.act(&of, &sends)).await });
        tokio::select! {
            biased;
            sent = &mut sent => outcome_of(sent, service),
            () = self.is_awaited(&release), if is_aside || is_repeatable => {
                if is_aside {
                    self.await_reply((release, seq), action, sent);
                } else {
                    sent.abort();
                }
                Outcome::Unknown {
                    problem: made_way(service),
                }
            }
        }
    }

    /// Nobody waits for it, and until its reply is there or given up it may still happen.
    fn await_reply(self: &Arc<Self>, key: (ReleaseId, ActionSeq), action: Action, sent: Reply) {
        self.state().replies.insert(key.clone());
        let engine = self.clone();
        tokio::spawn(async move {
            let outcome = outcome_of(sent.await, Service::of(&action));
            tracing::info!(release = %key.0, ?outcome, "replied");
            engine.state().learn(&action, &outcome);
            engine.note_outcome(&key.0, key.1, outcome).await;
            engine.state().replies.remove(&key);
            engine.publish();
            engine.wake.notify_one();
        });
    }

    /// Writes an outcome down. If that is impossible the action stays pending and is looked up, now or after the next
    /// start.
    pub(super) async fn note_outcome(&self, release: &ReleaseId, seq: ActionSeq, outcome: Outcome) {
        let unwritten = match &outcome {
            Outcome::Unknown { problem } => Some(problem.clone()),
            Outcome::Done | Outcome::NotDone { .. } => None,
        };
        let written = self
            .record(release, vec![Record::Sent { seq, outcome }])
            .await;
        let now = self.settings.clock.now();
        let mut state = self.state();
        let reads = state.reads;
        let Some(tracked) = state.releases.get_mut(release) else {
            return;
        };
        if tracked
            .release
            .in_doubt
            .as_ref()
            .is_some_and(|it| it.seq == seq)
        {
            tracked.unsettled_since = reads;
            tracked.unsettled_looks = 0;
        }
        let in_doubt = tracked.release.in_doubt.as_mut();
        if let Some(in_doubt) = in_doubt.filter(|it| it.seq == seq && written.is_err()) {
            in_doubt.doubted_at = now;
        }
        let pending = tracked.release.pending.as_mut();
        if let Some(pending) = pending.filter(|it| it.seq == seq) {
            tracked.unsettled_since = reads;
            tracked.unsettled_looks = 0;
            if pending.unknown.is_none() {
                pending.unknown = unwritten.or(written.err());
                pending.doubted_at = now;
            }
        }
    }

    fn next_seq(&self, release: &ReleaseId) -> ActionSeq {
        let state = self.state();
        state
            .releases
            .get(release)
            .map_or(ActionSeq(1), |tracked| tracked.release.next_seq)
    }
}

/// What becomes of a request that is sent in a task of its own.
type Reply = tokio::task::JoinHandle<Option<Outcome>>;

fn outcome_of(sent: Result<Option<Outcome>, tokio::task::JoinError>, service: Service) -> Outcome {
    match sent {
        Ok(Some(outcome)) => outcome,
        Ok(None) => Outcome::Unknown {
            problem: no_reply(service),
        },
        Err(panic) => Outcome::Unknown {
            problem: broken(&panic.to_string()),
        },
    }
}

fn not_seen_yet(service: Service) -> Problem {
    Problem::new(
        Code::Unknown,
        format!(
            "{} says that it is done, but it is not seen yet.",
            service.name()
        ),
        "It may have happened.",
        "Wait; Slipway looks it up before anything else is sent.",
    )
}

fn made_way(service: Service) -> Problem {
    Problem::new(
        Code::Unknown,
        format!("What was sent to {} took too long.", service.name()),
        "It may have happened. What you asked for did not wait for it.",
        "Wait; Slipway looks it up before anything else is sent.",
    )
}

fn no_reply(service: Service) -> Problem {
    Problem::new(
        Code::Unknown,
        format!("{} did not answer.", service.name()),
        "It may have happened.",
        "Wait; Slipway looks it up before anything else is sent.",
    )
}

fn broken(raw: &str) -> Problem {
    Problem::new(
        Code::Unknown,
        "Slipway failed while it was sending this.",
        "It may have happened.",
        "Wait; Slipway looks it up before anything else is sent.",
    )
    .with_raw(raw)
}
