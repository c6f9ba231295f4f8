//! The task that looks, and the engine's beginning and end.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use slipway_core::desktop::Desktop;
use slipway_core::ids::ReleaseId;
use slipway_core::problem::{Code, Problem};
use slipway_core::record::Entry;
use slipway_core::release::Release;
use slipway_core::time::At;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::engine::{Engine, Stage};

/// After a failure of the engine itself.
const RECOVERY: Duration = Duration::from_secs(2);

/// The start and all that comes with it is over by then.
const SETTLED: Duration = Duration::from_secs(60);

/// A computer that slept is noticed this soon after it woke.
const PULSE: Duration = Duration::from_secs(5);
/// Nobody needs longer to read two clocks.
const MOMENT: Duration = Duration::from_secs(1);
/// People's clock and the one that pauses are measured by differ by more than this only when the computer slept, or
/// its clock was set (milliseconds).
const ASLEEP: i64 = 10_000;

/// Both clocks at one moment.
#[derive(Clone, Copy)]
pub(super) struct Beat {
    told: At,
    measured: Instant,
}

impl Beat {
    fn now(clock: &dyn Clock) -> Self {
        loop {
            let measured = clock.instant();
            let told = clock.now();
            // Whoever was held up between the two has not read them at one moment.
            if clock.instant().saturating_duration_since(measured) < MOMENT {
                return Self { told, measured };
            }
        }
    }

    /// What people's clock would tell now if it had gone on as pauses did.
    fn would_tell(&self, now: &Self) -> At {
        let measured = now.measured.saturating_duration_since(self.measured);
        let measured = i64::try_from(measured.as_millis()).unwrap_or(i64::MAX);
        At(self.told.0.saturating_add(measured))
    }

    /// People's clock went another way than pauses did: the computer slept, or its clock was set.
    fn jumped_until(&self, now: &Self) -> bool {
        let gone_on = now.told.0.saturating_sub(self.would_tell(now).0);
        gone_on.saturating_abs() > ASLEEP
    }
}

impl Engine {
    /// Works until it is told to stop. A failure of its own is said, and it goes on.
    pub(crate) async fn run(self: Arc<Self>) {
        let (reports, heard) = mpsc::unbounded_channel();
        self.notifier.start(reports);
        tokio::spawn(Self::hear(Arc::downgrade(&self), heard));
        tokio::spawn(self.clone().watch_keychain());
        tokio::spawn(self.clone().watch_network());
        tokio::spawn(self.clone().look_through_journal());
        self.keep_working().await;
    }

    /// The same, without the desktop and the keychain.
    pub(crate) async fn keep_working(self: Arc<Self>) {
        loop {
            let engine = self.clone();
            let Err(panic) = tokio::spawn(async move { engine.work().await }).await else {
                return;
            };
            tracing::error!(%panic, "the engine failed");
            self.state().broken = Some(broken(&panic.to_string()));
            self.publish();
            let clock = &self.settings.clock;
            clock.sleep_until(clock.instant() + RECOVERY).await;
        }
    }

    async fn work(self: &Arc<Self>) {
        self.open_journal().await;
        self.stage.send_if_modified(|stage| {
            let starting = *stage == Stage::Starting;
            if starting {
                *stage = Stage::Running;
            }
            starting
        });
        self.publish();
        let clock = &self.settings.clock;
        self.notice_the_clock();
        while *self.stage.borrow() == Stage::Running {
            let next = self.turn().await;
            loop {
                let pulse = clock.instant() + PULSE;
                let woken = tokio::select! {
                    biased;
                    () = self.reach(Stage::Stopping) => return,
                    () = self.wake.notified() => true,
                    () = clock.sleep_until(next.min(pulse)) => false,
                };
                let jumped = self.notice_the_clock();
                if jumped || woken || next <= clock.instant() {
                    break;
                }
            }
        }
    }

    /// Whether the computer slept, or its clock was set, since this was asked last. Whoever decides by the time asks.
    pub(super) fn notice_the_clock(&self) -> bool {
        let mut state = self.state();
        let now = Beat::now(&*self.settings.clock);
        let before = state.beat.replace(now);
        let Some(before) = before.filter(|before| before.jumped_until(&now)) else {
            return false;
        };
        tracing::info!("the computer slept, or its clock was set");
        state.look_at_once();
        state.doubt_anew(before.would_tell(&now), now.told);
        self.wake.notify_one();
        true
    }

    /// Takes up what was seen since the last turn, and looks at what is due. Tells when the next turn is.
    async fn turn(self: &Arc<Self>) -> Instant {
        self.doubt_the_abandoned().await;
        self.take_up_team_file().await;
        self.tell_of_the_window().await;
        let releases: Vec<ReleaseId> = self.state().releases.keys().cloned().collect();
        let mut next = None;
        for release in &releases {
            if !self.state().slots.contains_key(release) {
                self.settle(release).await;
            }
            self.note_milestones(release).await;
            self.tell(release).await;
            self.summarise(release).await;
            let again = self.send_again(release);
            let follows = self.follow_up(release);
            let reminds = self.reminds_in(release);
            let soonest = again.into_iter().chain(follows).chain(reminds);
            next = next.into_iter().chain(soonest).min();
        }
        let look = self.look_around();
        self.publish();
        next.map_or(look, |next| look.min(next))
    }

    /// Opens the journal unless it is open, and takes up the releases in it.
    pub(super) async fn open_journal(&self) {
        let mut journal = self.journal.lock().await;
        if journal.is_some() {
            return;
        }
        let opened = self.shelf.open(self.today()).await;
        let mut state = self.state();
        match opened {
            Ok(opened) => {
                state.desktop = Desktop::fold(&opened.desktop);
                state.use_agreed_team(&self.settings);
                let now = self.settings.clock.now();
                state.steady_since = Some(now);
                for release in fold(opened.entries) {
                    state.track(release, now);
                }
                self.notifier.take_away(state.desktop.shown.clone());
                state.history.newest = opened.newest;
                state.opening = opened.damaged;
                state.recall(&self.settings);
                *journal = Some(opened.book);
                self.recalled.notify_one();
            }
            Err(problem) => {
                tracing::error!(%problem, raw = problem.raw, "the journal cannot be opened");
                state.opening = Some(problem);
            }
        }
    }

    /// Looks the whole journal through once the start is over, and says when a part of it is damaged.
    async fn look_through_journal(self: Arc<Self>) {
        self.reach(Stage::Running).await;
        let clock = &self.settings.clock;
        tokio::select! {
            () = self.reach(Stage::Stopping) => return,
            () = clock.sleep_until(clock.instant() + SETTLED) => {}
        }
        if let Err(problem) = self.shelf.look_through().await {
            self.state().opening.get_or_insert(problem);
            self.publish();
        }
    }

    /// Waits until the engine is at least that far.
    pub(super) async fn reach(&self, stage: Stage) {
        // The sender lives as long as the engine does.
        let _ = self.stage.subscribe().wait_for(|it| *it >= stage).await;
    }

    /// Begins nothing new.
    pub(crate) fn halt(&self) {
        self.stage.send_replace(Stage::Stopping);
    }

    /// Begins nothing new, takes its notices from the desktop, waits for what is being done, and lets the journal go.
    pub(crate) async fn stop(&self) {
        self.halt();
        self.state().log = None;
        self.notifier.clear().await;
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            if self.state().slots.is_empty() {
                break;
            }
            freed.await;
        }
        if let Some(journal) = self.journal.lock().await.take() {
            journal.close().await;
        }
    }

    pub(super) fn today(&self) -> Date {
        let now = Timestamp::from_millisecond(self.settings.clock.now().0).unwrap_or_default();
        now.to_zoned(TimeZone::UTC).date()
    }
}

/// The releases that these entries, oldest first, amount to.
fn fold(entries: Vec<Entry>) -> Vec<Release> {
    let mut releases: Vec<(ReleaseId, Vec<Entry>)> = Vec::new();
    for entry in entries {
        match releases
            .iter_mut()
            .find(|(release, _)| *release == entry.release)
        {
            Some((_, entries)) => entries.push(entry),
            None => releases.push((entry.release.clone(), vec![entry])),
        }
    }
    releases
        .iter()
        .filter_map(|(_, entries)| Release::fold(entries))
        .collect()
}

fn broken(raw: &str) -> Problem {
    Problem::new(
        Code::Unknown,
        "Slipway failed and began again.",
        "What was being sent is looked up before anything else is sent.",
        "Go on. If this comes back, report it with the log.",
    )
    .with_raw(raw)
}
