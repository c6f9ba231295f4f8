//! One thing at a time for a release.

use std::sync::Arc;

use slipway_core::ids::ReleaseId;
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;

use crate::engine::Engine;
use crate::engine::state::Holder;

/// A release that one task is busy with. It is free again when this is dropped, however the task ended.
pub(super) struct Slot {
    engine: Arc<Engine>,
    release: ReleaseId,
}

impl Engine {
    /// Takes a release for a person's intent. What follows by itself is waited for, and what is sent to Slack then makes
    /// way; another intent is not waited for.
    pub(super) async fn take(self: &Arc<Self>, release: &ReleaseId) -> Result<Slot, Problem> {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            // From here on nothing is missed, even what happens before the wait below.
            freed.as_mut().enable();
            match self.holder(release, Holder::Person) {
                None => return Ok(self.slot(release)),
                Some(Holder::Person) => return Err(busy()),
                Some(Holder::FollowUp { .. }) => {
                    // What was asked for before is not sent again while this one waits for its turn.
                    self.no_longer_asked(release);
                    self.make_way(release);
                    freed.await;
                }
            }
        }
    }

    /// Takes a release for what follows by itself, or for what is tried `again`, unless somebody is busy with it.
    pub(super) fn take_idle(self: &Arc<Self>, release: &ReleaseId, again: bool) -> Option<Slot> {
        let wanted = Holder::FollowUp {
            awaited: false,
            again,
        };
        let free = self.holder(release, wanted).is_none();
        free.then(|| self.slot(release))
    }

    /// A person waits for what follows by itself.
    fn make_way(&self, release: &ReleaseId) {
        if let Some(Holder::FollowUp { awaited, .. }) = self.state().slots.get_mut(release) {
            *awaited = true;
        }
        self.awaited.notify_waiters();
    }

    /// Until a person waits for what follows by itself in this release. Never while a person has it.
    pub(super) async fn is_awaited(&self, release: &ReleaseId) {
        loop {
            let told = self.awaited.notified();
            tokio::pin!(told);
            told.as_mut().enable();
            let holder = self.state().slots.get(release).copied();
            if matches!(holder, Some(Holder::FollowUp { awaited: true, .. })) {
                return;
            }
            told.await;
        }
    }

    /// Who has it; if nobody, it is taken.
    fn holder(&self, release: &ReleaseId, wanted: Holder) -> Option<Holder> {
        let mut state = self.state();
        let holder = state.slots.get(release).copied();
        if holder.is_none() {
            state.slots.insert(release.clone(), wanted);
        }
        holder
    }

    fn slot(self: &Arc<Self>, release: &ReleaseId) -> Slot {
        Slot {
            engine: self.clone(),
            release: release.clone(),
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.engine.state().slots.remove(&self.release);
        self.engine.publish();
        self.engine.freed.notify_waiters();
        self.engine.wake.notify_one();
    }
}

/// Whoever looks another way or in another place may not see what was sent, and it would be sent twice.
pub(super) fn undecided(service: Service) -> Problem {
    Problem::new(
        Code::NotOffered,
        format!(
            "It is not known yet whether what was sent to {} last has happened.",
            service.name()
        ),
        "Nothing was changed, so that it can still be looked up and is not sent twice.",
        "Wait until it is known, or say in the release whether it happened.",
    )
}

/// Something else is being done for this release.
pub(super) fn busy() -> Problem {
    Problem::new(
        Code::NotOffered,
        "What was asked for before is still being sent; wait for it.",
        "Nothing was sent for this.",
        "Wait until it is done, then look again.",
    )
}

#[cfg(test)]
pub(crate) mod again {
    use slipway_core::action::Action;
    use slipway_core::ids::ReleaseId;
    use slipway_core::time::At;

    use crate::engine::Engine;
    use crate::engine::state::Holder;

    /// Something that is being sent again.
    pub(crate) struct SentAgain {
        pub(crate) release: ReleaseId,
        /// When it was asked for and which try this is; `None` once a person asked for something else.
        pub(crate) tried: Option<(At, usize)>,
        /// What is written down to be sent.
        pub(crate) pending: Option<Action>,
    }

    impl Engine {
        pub(crate) fn sent_again(&self) -> Vec<SentAgain> {
            let state = self.state();
            let slots = state.slots.iter();
            let again = slots.filter(|(_, it)| matches!(it, Holder::FollowUp { again: true, .. }));
            let told = again.map(|(release, _)| {
                let tracked = state.releases.get(release);
                let asked = tracked.and_then(|it| it.asked.as_ref());
                let pending = tracked.and_then(|it| it.release.pending.as_ref());
                SentAgain {
                    release: release.clone(),
                    tried: asked.map(|it| (it.at, it.tries)),
                    pending: pending.map(|it| it.action.clone()),
                }
            });
            told.collect()
        }
    }
}
