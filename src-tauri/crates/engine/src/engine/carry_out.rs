//! From an intent to what becomes of it.

use std::sync::Arc;
use std::time::Duration;

use slipway_core::draft::Draft;
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::log::LogWish;
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::{self, Decision};

use crate::engine::slot::busy;
use crate::engine::{Engine, Stage};
use crate::sight::Sight;

/// A person waits for these.
const LOOK_AGAIN: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(2)];

impl Engine {
    /// Does what a person asks for and returns when it is done, or why it is not. It goes on when the caller does not
    /// wait for it.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is not named here is decided in core, whatever it is"
    )]
    pub(crate) async fn dispatch(self: Arc<Self>, intent: Intent) -> Result<(), Problem> {
        match intent {
            Intent::Draft {
                kind,
                fix_name,
                date,
            } => self.show_draft(Some(Draft {
                kind,
                fix_name,
                date,
            })),
            Intent::DropDraft => self.show_draft(None),
            Intent::StartPractice | Intent::EndPractice => return Err(not_here()),
            Intent::Desktop { wish } => {
                let task = tokio::spawn(async move { self.carry_out_wish(wish).await });
                return task
                    .await
                    .unwrap_or_else(|panic| Err(broken(&panic.to_string())));
            }
            // In their order: the last one counts.
            Intent::Log {
                wish: LogWish::Watch { release },
            } => self.watch(release),
            Intent::Log { wish } => {
                let task = tokio::spawn(async move { self.carry_out_log(wish).await });
                return task
                    .await
                    .unwrap_or_else(|panic| Err(broken(&panic.to_string())));
            }
            Intent::History { ask } => {
                let task = tokio::spawn(async move { self.carry_out_ask(ask).await });
                return task
                    .await
                    .unwrap_or_else(|panic| Err(broken(&panic.to_string())));
            }
            intent => {
                let task = tokio::spawn(async move { self.carry_out(intent).await });
                return task
                    .await
                    .unwrap_or_else(|panic| Err(broken(&panic.to_string())));
            }
        }
        Ok(())
    }

    fn show_draft(&self, draft: Option<Draft>) {
        self.state().draft = draft;
        self.publish();
    }

    async fn carry_out(self: Arc<Self>, intent: Intent) -> Result<(), Problem> {
        self.reach(Stage::Running).await;
        if intent == Intent::Look {
            self.look_at_everything().await;
            return Ok(());
        }
        let release = rules::release_of(&intent);
        let Some(release) = release else {
            return Err(not_here());
        };
        let _slot = self.take(&release).await?;
        self.no_longer_asked(&release);
        if *self.stage.borrow() == Stage::Stopping {
            return Err(stopping());
        }
        self.publish();
        self.open_journal().await;
        self.look_before(&intent, &release).await;
        let decision = self.decide(&intent, &release)?;
        self.execute(decision, &intent).await
    }

    /// Reads again what the intent is decided on. What cannot be read this very moment is tried twice more.
    pub(super) async fn look_before(self: &Arc<Self>, intent: &Intent, release: &ReleaseId) {
        let sources = rules::reads(intent).iter();
        let sights: Vec<Sight> = sources.map(|it| Sight::of(*it, release)).collect();
        self.read_now(sights.clone()).await;
        for pause in LOOK_AGAIN {
            let missed = self.state().missed(&sights);
            let Some(missed) = missed else { return };
            let clock = &self.settings.clock;
            let pause = pause.mul_f64(0.8 + fastrand::f64() * 0.4);
            clock.sleep_until(clock.instant() + pause).await;
            self.read_now(missed).await;
        }
    }

    pub(super) fn decide(&self, intent: &Intent, release: &ReleaseId) -> Result<Decision, Problem> {
        self.notice_the_clock();
        let state = self.state();
        rules::decide(intent, &state.situation(&self.settings, release))
    }

    /// A form whose release is here now is done with: from now on the release itself is shown.
    fn drop_form_of(&self, release: &ReleaseId) {
        let mut state = self.state();
        let now = self.settings.clock.now();
        let team = state.team.clone();
        let of_it = |draft: &Draft| rules::Form::read(&team, now, draft).release().id == *release;
        if state.releases.contains_key(release) && state.draft.as_ref().is_some_and(of_it) {
            state.draft = None;
        }
    }

    pub(super) async fn execute(
        self: &Arc<Self>,
        decision: Decision,
        intent: &Intent,
    ) -> Result<(), Problem> {
        let Decision {
            release,
            farewell,
            records,
            action,
        } = decision;
        if let Some(farewell) = farewell
            && let Err(problem) = self.send(&release, farewell).await
        {
            tracing::warn!(%release, %problem, raw = problem.raw, "the message does not say that it was put aside");
        }
        if !records.is_empty() {
            self.record(&release, records).await?;
        }
        self.drop_form_of(&release);
        self.publish();
        let Some(action) = action else {
            return Ok(());
        };
        // One that was put aside may come back with an action that has to be looked up first.
        if self.is_pending(&release) {
            return Err(busy());
        }
        let seq = self.write_down(&release, &action).await?;
        // Not before: until then what stands is about what was sent for it last.
        self.asked(&release, intent, &action);
        self.send_written(&release, seq, action).await
    }

    fn is_pending(&self, release: &ReleaseId) -> bool {
        let state = self.state();
        let tracked = state.releases.get(release);
        tracked.is_some_and(|tracked| tracked.release.pending.is_some())
    }
}

pub(super) fn not_here() -> Problem {
    Problem::new(
        Code::NotOffered,
        "This is not offered here.",
        "Nothing was sent.",
        "Look at the screen again.",
    )
}

fn stopping() -> Problem {
    Problem::new(
        Code::NotOffered,
        "Slipway is being closed.",
        "Nothing was sent.",
        "Do it after the next start.",
    )
}

fn broken(raw: &str) -> Problem {
    Problem::new(
        Code::Unknown,
        "Slipway failed while it was doing this.",
        "It may have happened; it is looked up before anything else is sent.",
        "Look at the step again in a moment. If it stays so, report it with the log.",
    )
    .with_raw(raw)
}
