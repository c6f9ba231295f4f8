//! Learning what became of an action whose reply was lost.

use slipway_core::action::Outcome;
use slipway_core::ids::{ActionSeq, ReleaseId};
use slipway_core::problem::{Code, Problem};
use slipway_core::rules;
use slipway_core::time::At;

use crate::engine::Engine;
use crate::engine::state::State;
use crate::settings::Settings;
use crate::sight::Sight;
use slipway_core::service::Service;

impl Engine {
    /// Writes the outcome of a pending action down once it shows, and tells which; nothing while it does not.
    pub(super) async fn settle(&self, release: &ReleaseId) -> Option<(ActionSeq, Outcome)> {
        self.notice_the_clock();
        let (seq, outcome) = self.state().settled(&self.settings, release)?;
        tracing::info!(%release, ?outcome, "an action was looked up");
        self.note_outcome(release, seq, outcome.clone()).await;
        Some((seq, outcome))
    }

    /// Actions that no task is sending are of an unknown outcome: this process or an earlier one did not get to know
    /// it.
    pub(super) async fn doubt_the_abandoned(&self) {
        let abandoned = self.state().abandoned();
        for (release, seq) in abandoned {
            tracing::warn!(%release, "an action was being sent when Slipway stopped");
            self.note_outcome(
                &release,
                seq,
                Outcome::Unknown {
                    problem: interrupted(),
                },
            )
            .await;
        }
    }
}

impl State {
    /// The clock no longer tells how long ago anything was sent: whether it happened is for looks from now on.
    pub(super) fn doubt_anew(&mut self, before: At, now: At) {
        self.steady_since = Some(now);
        let reads = self.reads;
        for tracked in self.releases.values_mut() {
            let release = &mut tracked.release;
            rules::count_from(release, before, now);
            if release.pending.is_some() || release.in_doubt.is_some() {
                tracked.unsettled_since = reads;
            }
        }
    }

    /// What the facts say about a pending action, if they are newer than the doubt about it.
    fn settled(
        &mut self,
        settings: &Settings,
        release: &ReleaseId,
    ) -> Option<(ActionSeq, Outcome)> {
        let tracked = self.releases.get_mut(release)?;
        let release_here = &tracked.release;
        let pending = release_here.pending.as_ref();
        let pending = pending
            .filter(|pending| pending.unknown.is_some())
            .or(release_here.in_doubt.as_ref())?;
        // Another service does not hold up what this one tells.
        let service = Service::of(&pending.action);
        let sights = Sight::showing(&pending.action, release);
        let sights = sights.iter().filter(|sight| sight.service() == service);
        let shown = |sight: &Sight| self.timings.get(sight).map_or(0, |timing| timing.shown);
        let oldest = sights.map(shown).min()?;
        if oldest <= tracked.unsettled_since && !pending.action.is_repeatable() {
            return None;
        }
        let outcome = rules::settle(pending, &tracked.facts, settings.clock.now());
        // While its reply is waited for, only that it happened is certain.
        let may_happen = self.replies.contains(&(release.clone(), pending.seq));
        let outcome = outcome.filter(|it| !may_happen || *it == Outcome::Done);
        if outcome.is_none() {
            // Not before another look at all of them.
            tracked.unsettled_since = self.reads;
            tracked.unsettled_looks = tracked.unsettled_looks.saturating_add(1);
        }
        Some((pending.seq, outcome?))
    }

    fn abandoned(&self) -> Vec<(ReleaseId, ActionSeq)> {
        let unsettled = self.releases.values().filter_map(|tracked| {
            let pending = tracked
                .release
                .pending
                .as_ref()
                .filter(|pending| pending.unknown.is_none())?;
            Some((tracked.release.id.clone(), pending.seq))
        });
        unsettled
            .filter(|(release, _)| !self.slots.contains_key(release))
            .collect()
    }
}

fn interrupted() -> Problem {
    Problem::new(
        Code::Unknown,
        "Slipway stopped while this was being sent.",
        "It may have happened.",
        "Wait; Slipway looks it up before anything else is sent.",
    )
}
