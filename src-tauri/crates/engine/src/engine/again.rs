//! Sending again what did not get through.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::action::Action;
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::rules::{self, Asked};
use slipway_core::service::Service;
use slipway_core::time::At;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::engine::state::{Holder, State};
use crate::settings::Settings;

impl Engine {
    /// Begins to send again what a person asked for and is known not to have happened, if that is due, and tells when
    /// it will be.
    pub(super) fn send_again(self: &Arc<Self>, release: &ReleaseId) -> Option<Instant> {
        let wait = self.state().again_in(&self.settings, release)?;
        if !wait.is_zero() {
            return Some(self.settings.clock.instant() + wait);
        }
        let slot = self.take_idle(release, true)?;
        let (engine, release) = (self.clone(), release.clone());
        tokio::spawn(async move {
            engine.once_more(&release).await;
            drop(slot);
        });
        None
    }

    /// As for a person who presses again: on facts that were just read, and bound to what they saw.
    async fn once_more(self: &Arc<Self>, release: &ReleaseId) {
        let now = self.settings.clock.now();
        let Some((intent, before)) = self.state().count_again(release, now) else {
            return;
        };
        self.look_before(&intent, release).await;
        if !self.is_still_asked(release) {
            // Meanwhile a person pressed something else.
            return;
        }
        let done = match self.decide(&intent, release) {
            // Their click names the stage and not its failure, and this is another one than they saw.
            Ok(decision) if is_another_retry(decision.action.as_ref(), &before) => {
                return self.no_longer_asked(release);
            }
            Ok(decision) => self.execute(decision, &intent).await,
            Err(problem) => Err(problem),
        };
        let Err(problem) = done else { return };
        tracing::warn!(%release, %problem, raw = problem.raw, "what was sent again did not get through");
        let sent_on = problem.code == slipway_core::problem::Code::Unknown;
        if !sent_on && !rules::is_passing(problem.code) {
            // What the person saw is so no more: from here on they look themselves.
            self.no_longer_asked(release);
        }
    }

    fn is_still_asked(&self, release: &ReleaseId) -> bool {
        let state = self.state();
        let tracked = state.releases.get(release);
        tracked.is_some_and(|it| it.asked.is_some())
    }

    /// Remembers for a while what a person asked for.
    pub(super) fn asked(&self, release: &ReleaseId, intent: &Intent, action: &Action) {
        let now = self.settings.clock.now();
        let mut state = self.state();
        let by_person = state.slots.get(release) == Some(&Holder::Person);
        let Some(tracked) = state.releases.get_mut(release) else {
            return;
        };
        let before = tracked.asked.take().filter(|it| it.intent == *intent);
        if before.is_none() && !by_person {
            // While it was being written down a person asked for something else.
            return;
        }
        tracked.asked = Some(match before {
            Some(before) => Asked {
                action: action.clone(),
                ..before
            },
            None => Asked {
                intent: intent.clone(),
                action: action.clone(),
                at: now,
                tries: 1,
                tried_at: now,
            },
        });
    }

    /// A person wants something else, or has to look.
    pub(super) fn no_longer_asked(&self, release: &ReleaseId) {
        if let Some(tracked) = self.state().releases.get_mut(release) {
            tracked.asked = None;
        }
    }
}

impl State {
    /// How long until it is sent again by itself; `None` when it is not.
    fn again_in(&self, settings: &Settings, release: &ReleaseId) -> Option<Duration> {
        let now = settings.clock.now();
        let tracked = self.releases.get(release)?;
        let due = tracked.again(now)?;
        if tracked.release.pending.is_some() {
            // One at a time; whatever becomes of that makes another turn.
            return None;
        }
        let service = Service::of(&tracked.asked.as_ref()?.action);
        let wait = u64::try_from(due.seconds_since(now)).unwrap_or_default();
        let alone = self.world.pause(service).unwrap_or_default();
        Some(Duration::from_secs(wait).max(alone))
    }

    /// What to try, and what was sent for it before.
    fn count_again(&mut self, release: &ReleaseId, now: At) -> Option<(Intent, Action)> {
        let asked = self.releases.get_mut(release)?.asked.as_mut()?;
        asked.tries += 1;
        asked.tried_at = now;
        Some((asked.intent.clone(), asked.action.clone()))
    }
}

fn is_another_retry(action: Option<&Action>, before: &Action) -> bool {
    action.is_some_and(|it| matches!(it, Action::RetryStage { .. }) && it != before)
}
