//! What follows by itself.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::action::Action;
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Code;
use slipway_core::rules;
use slipway_core::service::Service;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::sight::Sight;

/// The same thing is not sent again by itself before this, whatever came of it.
const AFTER_SENDING: Duration = Duration::from_secs(60);
/// Nor is it looked into again before this.
const AFTER_LOOKING: Duration = Duration::from_secs(5);

impl Engine {
    /// Begins what follows by itself from what was seen, and tells whether it may have to be tried again later.
    pub(super) fn follow_up(self: &Arc<Self>, release: &ReleaseId) -> Option<Instant> {
        let action = self.next_action(release)?;
        if let Some(rested) = self.rested_at(release, &action) {
            return Some(rested);
        }
        if let Some(alone) = self.state().world.pause(Service::of(&action)) {
            return Some(self.settings.clock.instant() + alone);
        }
        let slot = self.take_idle(release)?;
        self.rest(release, &action, AFTER_LOOKING);
        let (engine, release) = (self.clone(), release.clone());
        tokio::spawn(async move {
            engine.carry_on(&release, &action).await;
            drop(slot);
        });
        None
    }

    /// Looks again before it sends, as for a person.
    async fn carry_on(self: &Arc<Self>, release: &ReleaseId, seen: &Action) {
        let mut sights = Sight::showing(seen, release);
        if Service::of(seen) == Service::Slack {
            // Seldom looked at, and a channel that was archived meanwhile refuses what would be told once it is back.
            sights.push(Sight::Workspace);
        }
        self.read_now(sights).await;
        let Some(action) = self.next_action(release) else {
            return;
        };
        self.rest(release, &action, AFTER_SENDING);
        if let Err(problem) = self.send(release, action.clone()).await {
            if problem.code == Code::Throttled {
                // The service itself says how long it wants to be left alone.
                self.rest(release, &action, Duration::ZERO);
            }
            tracing::warn!(%release, %problem, raw = problem.raw, "what follows by itself was not done");
        }
    }

    fn next_action(&self, release: &ReleaseId) -> Option<Action> {
        let state = self.state();
        let idle = state.releases.get(release)?.release.pending.is_none();
        if !idle {
            return None;
        }
        rules::follow_up(&state.situation(&self.settings, release))
    }

    /// When the same action may be tried again, if not yet.
    fn rested_at(&self, release: &ReleaseId, action: &Action) -> Option<Instant> {
        let state = self.state();
        let (last, rested) = state.releases.get(release)?.followed_up.as_ref()?;
        (last == action && *rested > self.settings.clock.instant()).then_some(*rested)
    }

    fn rest(&self, release: &ReleaseId, action: &Action, pause: Duration) {
        let until = self.settings.clock.instant() + pause;
        if let Some(tracked) = self.state().releases.get_mut(release) {
            tracked.followed_up = Some((action.clone(), until));
        }
    }
}
