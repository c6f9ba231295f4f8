//! Looking.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use slipway_core::facts::Facts;
use slipway_core::ids::ReleaseId;
use slipway_core::log::Reading;
use slipway_core::problem::{Code, Problem};
use slipway_core::rules::{self, Closeness};
use slipway_core::service::Service;
use slipway_core::time::At;
use slipway_core::view::Mode;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::clock::within;
use crate::engine::Engine;
use crate::engine::log::OpenLog;
use crate::engine::state::{Refusal, State};
use crate::engine::tracked::Wanted;
use crate::settings::Settings;
use crate::sight::Sight;
use crate::timing::{Timing, back_off};
use crate::world::{Answer, LOOK_LIMIT, Question, World, takes_too_long};

/// A channel is searched from this long before anything is known of a release: somebody else may have announced it.
const ANNOUNCED_BEFORE: i64 = 24 * 60 * 60;
/// A person who asks again and again is not let through to a service that refuses the sign-in.
const SIGN_IN_REST: Duration = Duration::from_secs(60);
/// Who goes to and fro between two windows does not make Slipway look each time.
const MOMENT: Duration = Duration::from_secs(5);

/// A read that is under way.
struct Begun {
    number: u64,
    began_at: At,
    /// Whose answer it will be.
    sign_in: u64,
    world: Arc<World>,
    question: Question,
}

impl Engine {
    /// Begins every look that is due and tells when the next one is.
    pub(super) fn look_around(self: &Arc<Self>) -> Instant {
        let now = self.settings.clock.instant();
        let (due, next) = self.state().agenda(self, now);
        for sight in due {
            // It is under way from here on: the next turn may come before its task does.
            if let Some(begun) = self.begin(&sight) {
                tokio::spawn(self.clone().ask(sight, begun));
            }
        }
        next
    }

    /// Reads these again now, whatever else is being read, and waits until they are in the facts. What needs another
    /// one's facts is read after it.
    pub(super) async fn read_now(self: &Arc<Self>, sights: impl IntoIterator<Item = Sight>) {
        let mut sights: Vec<Sight> = sights
            .into_iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        sights.sort_by_key(Sight::rank);
        for together in sights.chunk_by(|one, other| one.rank() == other.rank()) {
            let mut reads = JoinSet::new();
            for sight in together {
                reads.spawn(self.clone().read(sight.clone()));
            }
            while reads.join_next().await.is_some() {}
        }
    }

    /// A person wants to see how things are now: a service that refused the sign-in is asked once more.
    pub(super) async fn look_at_everything(self: &Arc<Self>) {
        let sights = {
            let mut state = self.state();
            state.ask_again_who_refused(self.settings.clock.instant());
            state.sights(&self.settings)
        };
        self.recalled.notify_one();
        self.read_now(sights).await;
    }

    /// Somebody came back to the window, or this computer to a network: what was seen longer ago than a moment, or could
    /// not be, is due. A service that refused the sign-in is asked once more, as if a person wanted to look.
    pub(crate) fn glance(&self) {
        let now = self.settings.clock.instant();
        let mut state = self.state();
        state.ask_again_who_refused(now);
        for timing in state.timings.values_mut() {
            timing.begin_anew_unless_since(now.checked_sub(MOMENT));
        }
        drop(state);
        self.wake.notify_one();
    }

    async fn read(self: Arc<Self>, sight: Sight) {
        if let Some(begun) = self.begin(&sight) {
            self.ask(sight, begun).await;
        }
    }

    async fn ask(self: Arc<Self>, sight: Sight, begun: Begun) {
        let asked_at = std::time::Instant::now();
        let Begun {
            number,
            began_at,
            sign_in,
            world,
            question,
        } = begun;
        self.publish();
        let clock = self.settings.clock.clone();
        let there = world.clone();
        let asked =
            tokio::spawn(async move { within(&*clock, LOOK_LIMIT, world.ask(question)).await });
        let answer = match asked.await {
            Ok(Some(answer)) => answer,
            Ok(None) => Answer::failed(&sight, takes_too_long()),
            Err(panic) => Answer::failed(&sight, broken(&sight, &panic.to_string())),
        };
        self.compare_clocks(&there, sight.service(), asked_at);
        let seen = answer.problem().is_none();
        self.end(&sight, (number, sign_in, began_at), answer);
        self.publish();
        self.wake.notify_one();
        if seen {
            self.check_what_could_not_be_checked(sight.service());
        }
    }

    /// Only with an answer that has just come: who slept since knows nothing of the time there.
    fn compare_clocks(&self, there: &World, service: Service, asked_at: std::time::Instant) {
        let Some((told, at)) = there.time_there(service).filter(|(_, at)| *at >= asked_at) else {
            return;
        };
        let since = i64::try_from(at.elapsed().as_millis()).unwrap_or_default();
        let ahead = self.settings.clock.now().0 - told.0 - since;
        self.state().clocks.insert(service, ahead / 1000);
    }

    /// What to ask whom; nothing when there is nothing to ask.
    fn begin(&self, sight: &Sight) -> Option<Begun> {
        let now = self.settings.clock.now();
        let mut state = self.state();
        if let Some(refusal) = state.signed_out.get(&sight.service()) {
            // Whoever wanted to look has not seen it, and decides nothing on what was seen before.
            let problem = refusal.problem.clone();
            state.miss(sight, problem, now);
            return None;
        }
        if !state.world.shows(sight) {
            return None;
        }
        let question = state.question(sight, &self.settings);
        state.reads += 1;
        let number = state.reads;
        if let Some(tracked) = sight
            .release()
            .and_then(|release| state.releases.get_mut(release))
        {
            match sight {
                Sight::Source(_) => tracked.revisions_asked(),
                Sight::Execution(_) => tracked.detail_asked(),
                Sight::Repository
                | Sight::Workspace
                | Sight::Pipeline
                | Sight::TeamFile
                | Sight::Announcement(_) => {}
            }
        }
        let timing = state.timings.entry(sight.clone()).or_default();
        let Some(question) = question else {
            if matches!(sight, Sight::Execution(_)) {
                // That there is no execution of ours was seen with what comes before it.
                timing.shown = number;
            }
            return None;
        };
        timing.begin();
        Some(Begun {
            number,
            began_at: now,
            sign_in: state.sign_in_number(sight.service()),
            world: state.world.clone(),
            question,
        })
    }

    fn end(&self, sight: &Sight, (number, sign_in, began_at): (u64, u64, At), answer: Answer) {
        let now = self.settings.clock.instant();
        let mut state = self.state();
        let current = state.sign_in_number(sight.service()) == sign_in;
        let timing = state.timings.entry(sight.clone()).or_default();
        timing.end(now, answer.problem().map(|it| it.code));
        if !current {
            // Other settings or another sign-in count by now; this may be about another repository.
            timing.begin_anew();
            return;
        }
        if timing.shown > number {
            return;
        }
        timing.shown = number;
        if let Some(problem) = answer.problem() {
            tracing::warn!(?sight, %problem, raw = problem.raw, "a look failed");
            if problem.code == Code::SignedOut {
                let (service, since) = (sight.service(), now);
                let refusal = Refusal {
                    since,
                    problem: problem.clone(),
                };
                state.signed_out.insert(service, refusal);
                state.no_longer_accepted(service, problem, began_at);
                // None of the others is looked at any more, so none of them can be relied on.
                for other in state.sights(&self.settings) {
                    if other.service() == service {
                        state.miss(&other, problem.clone(), began_at);
                    }
                }
            }
        }
        state.take_in_answer(sight, answer, began_at);
    }
}

impl State {
    /// After a rest, a person may have mended the sign-in elsewhere.
    fn ask_again_who_refused(&mut self, now: Instant) {
        self.signed_out
            .retain(|_, it| now.saturating_duration_since(it.since) < SIGN_IN_REST);
    }

    /// What is due, and when the next look is.
    fn agenda(&self, engine: &Engine, now: Instant) -> (Vec<Sight>, Instant) {
        let courses = self.courses(&engine.settings);
        // What has no reason to be looked at sooner is looked at this often.
        let every = rules::look_every(engine.settings.mode, &courses);
        let every = Duration::from_secs(every.max(1).into());
        let mut due = Vec::new();
        let mut next = now + every;
        for sight in Self::sights_of(&engine.settings, &courses) {
            let reading = self
                .timings
                .get(&sight)
                .is_some_and(|timing| timing.reading > 0);
            if reading
                || self.signed_out.contains_key(&sight.service())
                || !self.world.shows(&sight)
            {
                continue;
            }
            let Some(pause) = self.pause(&sight, every, engine.settings.mode) else {
                continue;
            };
            let at = self.due(&sight, pause).unwrap_or(now);
            let at = at.max(now + self.world.pause(sight.service()).unwrap_or_default());
            if at <= now {
                due.push(sight);
            } else {
                next = next.min(at);
            }
        }
        (due, next)
    }

    /// Those of these sights that could not be read this moment and may be asked again soon; `None` when there are none,
    /// or a service wants to be left alone for longer than a person waits.
    pub(super) fn missed(&self, sights: &[Sight]) -> Option<Vec<Sight>> {
        let missed = |sight: &&Sight| self.timings.get(sight).is_some_and(Timing::missed);
        let missed: Vec<Sight> = sights.iter().filter(missed).cloned().collect();
        let alone = |sight: &Sight| self.world.pause(sight.service()).is_some();
        (!missed.is_empty() && !missed.iter().any(alone)).then_some(missed)
    }

    /// How long to leave a sight alone after a look; `None` while there is nothing to look at.
    fn pause(&self, sight: &Sight, every: Duration, mode: Mode) -> Option<Duration> {
        let rest = match mode {
            // Its services are on this computer and nobody counts.
            Mode::Practice => every,
            Mode::Real => every.max(sight.at_most_every()),
        };
        if *sight == Sight::TeamFile {
            // What stands in a commit never changes.
            return self.team_file_wanted().map(|_| Duration::ZERO);
        }
        let Some(tracked) = sight
            .release()
            .and_then(|release| self.releases.get(release))
        else {
            return Some(rest);
        };
        if tracked.waits_for(sight) {
            return Some(rest.min(back_off(tracked.unsettled_looks)));
        }
        match sight {
            Sight::Source(_) if tracked.has_new_revisions() => Some(Duration::ZERO),
            Sight::Announcement(_) => tracked.channel().is_some().then_some(rest),
            Sight::Execution(_) => match tracked.detail_wanted() {
                Wanted::Now => Some(Duration::ZERO),
                Wanted::InTime => Some(rest),
                Wanted::No => None,
            },
            Sight::Source(_)
            | Sight::Repository
            | Sight::Workspace
            | Sight::Pipeline
            | Sight::TeamFile => Some(rest),
        }
    }

    fn question(&self, sight: &Sight, settings: &Settings) -> Option<Question> {
        let tracked = |release| self.releases.get(release);
        match sight {
            Sight::Repository => Some(Question::Repository),
            Sight::Workspace => Some(Question::Workspace),
            Sight::Pipeline => Some(Question::Pipeline {
                since: self.oldest_landed(settings),
            }),
            Sight::TeamFile => Some(Question::TeamFile {
                commit: self.team_file_wanted()?,
            }),
            Sight::Source(release) => {
                let tracked = tracked(release)?;
                let (release, facts) = (tracked.release.clone(), tracked.facts.clone());
                Some(Question::Source {
                    release: Box::new(release),
                    facts: Box::new(facts),
                })
            }
            Sight::Announcement(release) => {
                let tracked = tracked(release)?;
                let since = tracked.known_since()?.plus_seconds(-ANNOUNCED_BEFORE);
                Some(Question::Announcement {
                    channel: tracked.channel()?.clone(),
                    release: release.clone(),
                    since,
                })
            }
            Sight::Execution(release) => Some(Question::Execution {
                id: tracked(release)?.execution_to_read()?,
                closeness: self.closeness(release),
            }),
        }
    }

    /// Whoever decides on it, and whoever wants to know what became of something, sees it as it is.
    fn closeness(&self, release: &ReleaseId) -> Closeness {
        let tracked = self.releases.get(release).map(|it| &it.release);
        let unsettled = tracked.is_some_and(|it| it.pending.is_some() || it.in_doubt.is_some());
        if unsettled || self.slots.contains_key(release) {
            return Closeness::NOW;
        }
        rules::closeness(self.is_seen(release))
    }

    /// Its build is on the screen. Behind a log that was read as often as it may be for now, nothing of it is.
    fn is_seen(&self, release: &ReleaseId) -> bool {
        let rests = |log: &OpenLog| matches!(log.log.reading, Reading::Rests { .. });
        self.watched.as_ref() == Some(release) && !self.log.as_ref().is_some_and(rests)
    }

    /// A look that cannot even be tried has failed; what is still on its way from before does not count any more.
    fn miss(&mut self, sight: &Sight, problem: Problem, at: At) {
        self.reads += 1;
        let number = self.reads;
        self.timings.entry(sight.clone()).or_default().shown = number;
        self.take_in_answer(sight, Answer::failed(sight, problem), at);
    }

    fn take_in_answer(&mut self, sight: &Sight, answer: Answer, began_at: At) {
        match answer {
            Answer::Repository(result) => self
                .facts_mut()
                .for_each(|it| it.repository.update(result.clone(), began_at)),
            Answer::Workspace(result) => self
                .facts_mut()
                .for_each(|it| it.workspace.update(result.clone(), began_at)),
            Answer::Pipeline(result) => self
                .facts_mut()
                .for_each(|it| it.pipeline.update(result.clone(), began_at)),
            Answer::TeamFile(Ok(file)) => self.team_files.find(file),
            Answer::TeamFile(Err(problem)) => self.team_files.miss(problem),
            Answer::Source(result) => self.facts_of(sight, |it| it.source.update(result, began_at)),
            Answer::Announcement(result) => {
                self.facts_of(sight, |it| it.announcement.update(result, began_at))
            }
            Answer::Execution(result) => {
                self.facts_of(sight, |it| it.execution.update(result.map(Some), began_at))
            }
        }
        for tracked in self.releases.values_mut() {
            tracked.see_no_execution(began_at);
        }
    }

    /// A release that was put aside meanwhile has no facts any more.
    fn facts_of(&mut self, sight: &Sight, take_in: impl FnOnce(&mut Facts)) {
        if let Some(tracked) = sight
            .release()
            .and_then(|release| self.releases.get_mut(release))
        {
            take_in(&mut tracked.facts);
        }
    }
}

fn broken(sight: &Sight, raw: &str) -> Problem {
    Problem::new(
        Code::Unreachable,
        format!("Slipway failed while it read {}.", sight.service().name()),
        "What is shown may be old.",
        "Wait; Slipway looks again by itself. If it stays so, report it with the log.",
    )
    .with_raw(raw)
}
