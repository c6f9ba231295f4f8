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
        let actions = self.next_actions(release);
        let mut waiting = None;
        let action = actions.into_iter().find(|action| {
            let until = self.waits_until(release, action);
            waiting = waiting.into_iter().chain(until).min();
            until.is_none()
        });
        let Some(action) = action else {
            return waiting;
        };
        let slot = self.take_idle(release, false)?;
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
        if !self.read_unless_awaited(release, sights).await {
            return;
        }
        self.notice_the_clock();
        let actions = self.next_actions(release);
        let same = actions.iter().find(|action| *action == seen);
        let free = || {
            let mut actions = actions.iter();
            actions.find(|action| self.waits_until(release, action).is_none())
        };
        let Some(action) = same.or_else(free).cloned() else {
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

    /// Reads these now and tells whether that is done: what a person asks for does not wait for it.
    pub(super) async fn read_unless_awaited(
        self: &Arc<Self>,
        release: &ReleaseId,
        sights: Vec<Sight>,
    ) -> bool {
        let engine = self.clone();
        // On its own, for what was begun is read to its end.
        let read = tokio::spawn(async move { engine.read_now(sights).await });
        tokio::select! {
            biased;
            _ = read => true,
            () = self.is_awaited(release) => false,
        }
    }

    fn next_actions(&self, release: &ReleaseId) -> Vec<Action> {
        let now = self.settings.clock.now();
        let state = self.state();
        let tracked = state.releases.get(release);
        let Some(tracked) = tracked.filter(|it| it.release.pending.is_none()) else {
            return Vec::new();
        };
        let mut actions = rules::follow_ups(&state.situation(&self.settings, release));
        if tracked.again(now).is_some() {
            // What a person asked for comes first.
            actions.retain(Action::is_quiet);
        }
        actions
    }

    /// When this may be tried, if not yet: it was tried a moment ago, or its service wants to be left alone.
    fn waits_until(&self, release: &ReleaseId, action: &Action) -> Option<Instant> {
        let now = self.settings.clock.instant();
        let state = self.state();
        let alone = state.world.pause(Service::of(action)).map(|it| now + it);
        let tried = state.releases.get(release).into_iter();
        let mut tried = tried.flat_map(|it| &it.followed_up);
        let rested = tried.find(|(last, until)| last == action && *until > now);
        rested.map(|(_, until)| *until).max(alone)
    }

    fn rest(&self, release: &ReleaseId, action: &Action, pause: Duration) {
        let now = self.settings.clock.instant();
        if let Some(tracked) = self.state().releases.get_mut(release) {
            let tried = &mut tracked.followed_up;
            tried.retain(|(last, until)| last != action && *until > now);
            tried.push((action.clone(), now + pause));
        }
    }
}
