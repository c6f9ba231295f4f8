//! Keeping what is over beside the journal, and letting it go.

use slipway_core::history::{PastRelease, Summary};
use slipway_core::ids::ReleaseId;
use slipway_core::release::Release;
use slipway_core::rules::{self, Course};

use crate::engine::Engine;
use crate::ports::Book;

impl Engine {
    /// Keeps a release's row once it is over, and does not follow it any more when nothing is left to do.
    pub(super) async fn summarise(&self, release: &ReleaseId) {
        let Some(summary) = self.summary(release) else {
            return;
        };
        let followed = summary.followed;
        if self.is_kept(&summary) && followed {
            return;
        }
        {
            let mut journal = self.journal.lock().await;
            let Some(journal) = journal.as_mut() else {
                return;
            };
            self.keep_summary(&mut **journal, &summary).await;
        }
        let mut state = self.state();
        // Somebody may have begun something meanwhile.
        if !followed && !state.slots.contains_key(release) {
            tracing::info!(%release, "nothing is left to do for it");
            state.let_go(release);
        }
    }

    fn summary(&self, release: &ReleaseId) -> Option<Summary> {
        let state = self.state();
        let tracked = state.releases.get(release)?;
        let (it, now) = (&tracked.release, self.settings.clock.now());
        let course = Course::new(&state.team, now, it, &tracked.facts);
        // What was over may go on: somebody pushed after all.
        let past = PastRelease::of(it)
            .filter(|_| course.finished() || tracked.facts.source.last.is_none());
        let busy = state.slots.contains_key(release);
        let rests = |past: &PastRelease| !busy && rules::is_at_rest(&course, past);
        let followed = !past.as_ref().is_some_and(rests);
        let known = tracked.summarised.as_ref();
        if known.is_some_and(|known| *known == (past.clone(), followed)) {
            return None;
        }
        Some(Summary::of(it, past, followed))
    }

    fn is_kept(&self, summary: &Summary) -> bool {
        let state = self.state();
        let tracked = state.releases.get(&summary.release);
        let known = tracked.and_then(|tracked| tracked.summarised.as_ref());
        known.map_or(summary.past.is_none(), |(past, followed)| {
            *past == summary.past && *followed == summary.followed
        })
    }

    /// Keeps a row, and shows the history with it. What cannot be kept is derived again by the next start.
    pub(super) async fn keep_summary(&self, journal: &mut dyn Book, summary: &Summary) {
        if let Err(problem) = journal.summarise(summary).await {
            tracing::warn!(%problem, raw = problem.raw, release = %summary.release, "the history does not hold it");
        }
        if let Some(tracked) = self.state().releases.get_mut(&summary.release) {
            tracked.summarised = Some((summary.past.clone(), summary.followed));
        }
        if let Ok(newest) = journal.newest().await {
            self.state().history.newest = newest;
        }
        self.show_page_again(journal).await;
    }

    /// One that was put aside is over here; one that was taken up again is not.
    pub(super) async fn keep_put_aside(&self, journal: &mut dyn Book, release: &Release) {
        let past = PastRelease::of(release).filter(|_| release.closed);
        let followed = !release.closed;
        self.keep_summary(journal, &Summary::of(release, past, followed))
            .await;
    }
}
