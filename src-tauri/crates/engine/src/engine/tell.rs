//! Telling a person what changed.

use std::sync::Weak;
use std::time::Duration;

use slipway_core::desktop::{DesktopRecord, Notice};
use slipway_core::ids::ReleaseId;
use slipway_core::rules;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;

use crate::engine::Engine;
use crate::notifier::Report;

impl Engine {
    /// Tells what is due about a release: in the list first, then on the desktop. What cannot be written down is not
    /// told yet; the next turn tries again.
    pub(super) async fn tell(&self, release: &ReleaseId) {
        let due = self.due(release);
        let Some(newest) = due.last().cloned() else {
            return;
        };
        let is_newest = self.is_newest(&newest);
        for notice in due {
            tracing::info!(key = notice.key, shows = notice.shows, "telling");
            let told = DesktopRecord::Told { notice };
            if self.record_desktop(told).await.is_err() {
                return;
            }
        }
        if newest.shows {
            self.notifier.show(&newest);
        } else if is_newest {
            self.notifier.withdraw(release);
        }
    }

    /// Tells that the maintenance window opens soon, once, unless its release is begun or was put aside here.
    pub(super) async fn tell_of_the_window(&self) {
        let Some(notice) = self.opening() else { return };
        if self.was_here(&notice.release).await {
            return;
        }
        tracing::info!(key = notice.key, shows = notice.shows, "telling");
        let told = DesktopRecord::Told {
            notice: notice.clone(),
        };
        if self.record_desktop(told).await.is_ok() && notice.shows {
            self.notifier.show(&notice);
        }
    }

    fn opening(&self) -> Option<Notice> {
        let state = self.state();
        let now = (&*state.team, self.settings.mode, self.settings.clock.now());
        let is_here = |release: &ReleaseId| state.releases.contains_key(release);
        rules::opening(now, &state.shared.repository, is_here, &state.desktop)
    }

    /// The journal knows that release; what cannot be read may hold it.
    async fn was_here(&self, release: &ReleaseId) -> bool {
        let mut journal = self.journal.lock().await;
        match journal.as_mut() {
            Some(journal) => match journal.of_release(release).await {
                Ok(entries) => !entries.is_empty(),
                Err(_) => true,
            },
            None => true,
        }
    }

    /// When a reminder that a person asked for is due.
    pub(super) fn reminds_in(&self, release: &ReleaseId) -> Option<Instant> {
        let clock = &self.settings.clock;
        let now = clock.now();
        let state = self.state();
        let at = rules::next_reminder(&state.releases.get(release)?.release, now)?;
        let wait = u64::try_from(at.0.saturating_sub(now.0)).unwrap_or_default();
        Some(clock.instant() + Duration::from_millis(wait))
    }

    /// Shows a test notice, and what became of it.
    pub(super) async fn test_notice(&self) {
        let became = self.notifier.test().await;
        self.state().tested = Some(became);
        self.publish();
    }

    /// Takes up what is told of the notices on the desktop, in its order.
    pub(super) async fn hear(engine: Weak<Self>, mut reports: UnboundedReceiver<Report>) {
        while let Some(report) = reports.recv().await {
            let Some(engine) = engine.upgrade() else {
                return;
            };
            match report {
                Report::Pressed { release, step } => engine.summon(release, step),
                Report::Shown { release, place } => {
                    let shown = DesktopRecord::Shown { release, place };
                    if let Err(problem) = engine.record_desktop(shown).await {
                        tracing::warn!(%problem, "where a notice is shown is not written down");
                    }
                }
            }
        }
    }

    fn due(&self, release: &ReleaseId) -> Vec<Notice> {
        let state = self.state();
        if !state.releases.contains_key(release) {
            return Vec::new();
        }
        rules::notices(&state.situation(&self.settings, release), &state.desktop)
    }

    /// Nothing newer was told about its release.
    fn is_newest(&self, notice: &Notice) -> bool {
        let state = self.state();
        let mut told = state.desktop.notices.iter();
        told.all(|it| it.release != notice.release || it.at <= notice.at)
    }
}
