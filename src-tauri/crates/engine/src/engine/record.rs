//! Writing down.

use slipway_core::ids::ReleaseId;
use slipway_core::problem::{Code, Problem};
use slipway_core::record::{Entry, Record};
use slipway_core::release::Release;
use slipway_core::rules;
use slipway_core::time::At;

use crate::engine::Engine;
use crate::engine::state::State;
use crate::ports::Book;

impl Engine {
    /// Writes records down and takes them into the release. When this returns well they are on the disk.
    pub(super) async fn record(
        &self,
        release: &ReleaseId,
        records: Vec<Record>,
    ) -> Result<(), Problem> {
        let mut journal = self.journal.lock().await;
        self.write(&mut journal, release, records).await
    }

    /// Writes down what is worth keeping and was not noted yet.
    pub(super) async fn note_milestones(&self, release: &ReleaseId) {
        if self.milestones(release).is_empty() {
            return;
        }
        let mut journal = self.journal.lock().await;
        // Asked again now that nobody else can write: the same milestone is noted once.
        let records = self.milestones(release);
        if !records.is_empty() {
            // Trouble with the journal is on screen, and the next look tries again.
            let _ = self.write(&mut journal, release, records).await;
        }
    }

    fn milestones(&self, release: &ReleaseId) -> Vec<Record> {
        let state = self.state();
        if !state.releases.contains_key(release) {
            return Vec::new();
        }
        let milestones = rules::milestones(&state.situation(&self.settings, release));
        milestones
            .into_iter()
            .map(|milestone| Record::Saw { milestone })
            .collect()
    }

    /// The journal is passed locked, so that what is in memory is taken in in the order of the disk.
    async fn write(
        &self,
        journal: &mut Option<Box<dyn Book>>,
        release: &ReleaseId,
        records: Vec<Record>,
    ) -> Result<(), Problem> {
        let Some(journal) = journal else {
            return Err(self.state().trouble().unwrap_or_else(no_journal));
        };
        let entries = self.sign(release, records);
        let written = journal.append(&entries).await;
        self.state().writing = written.as_ref().err().cloned();
        written?;
        if self.state().releases.contains_key(release) {
            let now = self.settings.clock.now();
            let aside = self.state().take_in(release, &entries, now);
            if let Some(aside) = aside {
                self.notifier.withdraw(release);
                self.keep_put_aside(&mut **journal, &aside).await;
            }
            return Ok(());
        }
        // A release that was put aside, or is over, is known from its earlier entries.
        let entries = journal.of_release(release).await.unwrap_or_else(|problem| {
            tracing::error!(%problem, raw = problem.raw, "earlier entries cannot be read");
            entries
        });
        if let Some(release) = Release::fold(&entries) {
            if !release.closed {
                // What reminded of it has done so.
                self.notifier.withdraw(&release.id);
                // What was told of it before is not told again.
                let told = journal.told_of(&release.id).await.unwrap_or_default();
                self.state().desktop.remember(&told);
                self.state()
                    .track(release.clone(), self.settings.clock.now());
            }
            self.keep_put_aside(&mut **journal, &release).await;
        }
        Ok(())
    }

    fn sign(&self, release: &ReleaseId, records: Vec<Record>) -> Vec<Entry> {
        let (at, by) = (self.settings.clock.now(), self.state().person());
        let sign = |record| Entry {
            release: release.clone(),
            at,
            by: by.clone(),
            record,
        };
        records.into_iter().map(sign).collect()
    }
}

impl State {
    /// Tells the release when it was put aside by that.
    fn take_in(&mut self, release: &ReleaseId, entries: &[Entry], now: At) -> Option<Release> {
        let tracked = self.releases.get_mut(release)?;
        let done = tracked.release.done.len();
        for entry in entries {
            tracked.release.apply(entry);
        }
        rules::count_by_this_clock(&mut tracked.release, (done, self.steady_since), now);
        if !tracked.release.closed {
            return None;
        }
        let aside = tracked.release.clone();
        self.let_go(release);
        Some(aside)
    }
}

pub(super) fn no_journal() -> Problem {
    Problem::new(
        Code::Journal,
        "The journal is not open.",
        "Nothing is sent that was not written down first, so nothing was sent.",
        "Start Slipway again.",
    )
}
