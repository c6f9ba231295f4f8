//! One schedule: a person, the others, the weather and the engine, until it is over or a promise is broken.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use slipway_core::intent::Intent;
use slipway_core::rules;
use slipway_core::team::Team;
use slipway_core::time::At;
use slipway_core::view::{Mode, ReleaseView, StepId, StepState, View};

use super::book::OnStage;
use super::mutant::Mutant;
use super::opening;
use super::others;
use super::person::Person;
use super::services::Services;
use super::stage::Stage;
use super::tally::Tally;
use super::weather::Weather;
use crate::endpoints::{Accounts, AwsAccount, AwsKeys, Endpoints, SlackAccount};
use crate::engine::Engine;
use crate::ports::{Connect, Ports};
use crate::settings::Settings;
use crate::world::World as Clients;

/// Tuesday evening in Los Angeles: the maintenance window has just begun.
pub(super) const START: &str = "2026-11-25T03:05:00Z";
/// What is on its way when a program is killed arrives at most this much later (milliseconds).
const LATEST: i64 = 10_000;
/// Every action's outcome is known after so many half minutes, or a person is asked: what is late has arrived, and what
/// backed off has looked.
const HEALING: u32 = 6;

/// What became of a schedule.
pub(super) struct Played {
    pub(super) tally: Tally,
    /// The promise that was broken.
    pub(super) broken: Option<String>,
    /// What happened, one event a line.
    pub(super) story: Vec<String>,
    /// The same for the same schedule.
    pub(super) trace: u64,
}

/// Plays the schedule of a seed.
pub(super) fn play(seed: u64, mutant: Option<Mutant>) -> Played {
    play_told(seed, mutant, false)
}

/// The same, and its story if that is wanted.
pub(super) fn play_told(seed: u64, mutant: Option<Mutant>, told: bool) -> Played {
    let mut rng = Rng::with_seed(seed);
    let opening = opening::any(&mut rng);
    // Making openings draws from it, and only the first schedule does that.
    fastrand::seed(seed);
    let stage = Stage::set(opening, rng.fork(), mutant);
    let began = stage.clock.in_the_world();
    stage.with(|inner| inner.story = told.then(Vec::new));
    let mut script = Script {
        steps: rng.u32(5..17),
        rng,
        person: Person::default(),
        release: String::new(),
        over: false,
    };
    while !life(&stage, &mut script) {}
    let gone = stage.clock.in_the_world().seconds_since(began);
    stage.with(|inner| {
        let mut hasher = DefaultHasher::new();
        format!("{:?}{:?}", inner.disk.entries, inner.disk.desktop).hash(&mut hasher);
        inner.world.channel.messages.len().hash(&mut hasher);
        inner.tally.virtual_seconds += gone.unsigned_abs();
        Played {
            tally: std::mem::take(&mut inner.tally),
            story: inner.story.take().unwrap_or_default(),
            broken: inner.promises.broken.take(),
            trace: hasher.finish(),
        }
    })
}

struct Script {
    steps: u32,
    rng: Rng,
    person: Person,
    /// The branch that people elsewhere have to do with.
    release: String,
    /// It was played to its end.
    over: bool,
}

/// One life of the program; tells whether the schedule is over.
fn life(stage: &Arc<Stage>, script: &mut Script) -> bool {
    in_a_runtime(stage, |engine| script.play(stage.clone(), engine));
    let now = stage.clock.in_the_world();
    stage.with(|inner| {
        let died = std::mem::take(&mut inner.died);
        inner.dies_in = None;
        inner.looking_into = false;
        inner.promises.died();
        inner.hurry(At(now.0 + LATEST));
        inner.tally.crashes += u64::from(died);
        inner.tell(|| if died { "killed" } else { "over" }.to_owned());
        inner.promises.broken.is_some() || script.over
    })
}

/// Runs an engine until it is killed, or until what is done with it has ended.
pub(super) fn in_a_runtime<T: Future<Output = ()>>(
    stage: &Arc<Stage>,
    play: impl FnOnce(Arc<Engine>) -> T,
) {
    let clock = stage.clock.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .on_thread_park(move || clock.go_on())
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let engine = engine(stage);
        stage.enter(&engine);
        tokio::spawn(engine.clone().keep_working());
        tokio::select! {
            biased;
            () = stage.ended.notified() => {}
            () = play(engine.clone()) => {}
        }
        engine.halt();
    });
}

impl Script {
    async fn play(&mut self, stage: Arc<Stage>, engine: Arc<Engine>) {
        let (stage, engine) = (&stage, &engine);
        while self.steps > 0 {
            self.steps -= 1;
            self.look(stage, engine);
            self.step(stage, engine);
            let millis = match self.rng.u32(..10) {
                0..7 => self.rng.u64(1..3_000),
                7..9 => self.rng.u64(3_000..9_000),
                _ => self.rng.u64(9_000..30_000),
            };
            stage.clock.pass(Duration::from_millis(millis)).await;
        }
        self.heal(stage, engine).await;
        self.over = true;
        stage.with(|inner| inner.tally.schedules += 1);
    }

    fn step(&mut self, stage: &Arc<Stage>, engine: &Arc<Engine>) {
        let weather = stage.with(|inner| inner.weather);
        if self.rng.u32(..1000) < weather.crash {
            let points = self.rng.u32(1..80);
            stage.with(|inner| inner.dies_in = Some(points));
        }
        if self.rng.u32(..1000) < weather.clock {
            self.jump(stage);
        }
        if self.rng.u32(..1000) < weather.others {
            let (release, rng) = (&self.release, &mut self.rng);
            stage.with(|inner| {
                if let Some(did) = others::act(&mut inner.world, release, rng) {
                    inner.tally.others(did);
                    inner.tell(|| format!("others: {did}"));
                }
            });
        } else {
            self.press(stage, engine);
        }
    }

    /// The computer sleeps, or its clock is set forward or back: by seconds, or by up to two hours.
    fn jump(&mut self, stage: &Arc<Stage>) {
        let longest = [20, 60, 7_200][self.rng.usize(..3)];
        let seconds = self.rng.i64(11..longest);
        let way = self.rng.u32(..3);
        match way {
            0 => stage.clock.set_by(seconds * 1_000),
            1 => stage.clock.set_by(-seconds * 1_000),
            _ => stage
                .clock
                .sleep_through(Duration::from_secs(seconds.unsigned_abs())),
        }
        stage.with(|inner| {
            inner.tally.jumps += 1;
            let how = ["set forward", "set back", "asleep"][way as usize];
            inner.tell(|| format!("the clock: {how} by {seconds} s"));
        });
    }

    fn press(&mut self, stage: &Arc<Stage>, engine: &Arc<Engine>) {
        let saw = |release: &_, seq| {
            stage.with(|inner| {
                let pending = inner.disk.pending(release, seq);
                pending
                    .is_some_and(|action| inner.promises.happened(&inner.world, release, &action))
            })
        };
        let Some(intent) = self.person.chooses(&mut self.rng, saw) else {
            return;
        };
        let times = if self.rng.u32(..12) == 0 { 2 } else { 1 };
        for _ in 0..times {
            dispatch(stage, engine, intent.clone());
        }
    }

    /// Looks at the window, and whether what it shows is so.
    fn look(&mut self, stage: &Arc<Stage>, engine: &Arc<Engine>) {
        let view = engine.views().borrow().clone();
        if let Some(release) = view.releases.first() {
            self.release = release.id.to_string();
        } else {
            self.release.clone_from(&view.home.next.branch);
        }
        stage.with(|inner| {
            inner.promises.hold(&inner.world, &inner.disk, &view);
            inner.tally.undecided += view
                .releases
                .iter()
                .filter(|release| release.undecided.is_some())
                .count() as u64;
        });
        self.person.sees(view);
    }

    fn is_healing(&self) -> bool {
        let newest = self.person.newest();
        newest.is_some_and(|view| view.releases.iter().any(|it| is_unsettled(&it)))
    }

    /// The storm is over: what was sent is known to have happened or not, or a person is asked.
    async fn heal(&mut self, stage: &Arc<Stage>, engine: &Arc<Engine>) {
        stage.with(|inner| {
            inner.weather = Weather::default();
            inner.dies_in = None;
            others::calm(&mut inner.world);
        });
        self.look(stage, engine);
        // A service that refused the sign-in is asked again once a minute at most.
        for _ in 0..HEALING {
            if !self.is_healing() {
                break;
            }
            dispatch(stage, engine, Intent::Look);
            stage.clock.pass(Duration::from_secs(31)).await;
            self.look(stage, engine);
        }
        let Some(view) = self.person.newest() else {
            return;
        };
        let unhealed = view.releases.iter().find(is_unsettled);
        stage.with(|inner| {
            if let Some(release) = unhealed {
                let what = format!(
                    "not known after the storm: {:?} of {}",
                    release.busy.as_ref().or(release.again.as_ref()),
                    release.id
                );
                inner.promises.broken.get_or_insert(what);
            }
            note(view, &mut inner.tally);
        });
    }
}

/// A person presses a button.
pub(super) fn dispatch(stage: &Arc<Stage>, engine: &Arc<Engine>, intent: Intent) {
    let acts = !rules::reads(&intent).is_empty();
    stage.with(|inner| {
        if intent != Intent::Look {
            inner.promises.press(&intent);
        }
        inner.looking_into |= acts;
        inner.tell(|| format!("pressed: {intent:?}"));
    });
    let (stage, engine) = (stage.clone(), engine.clone());
    tokio::spawn(async move {
        let done = engine.dispatch(intent.clone()).await;
        stage.with(|inner| {
            inner.tell(|| format!("told: {:?}", done.map_err(|problem| problem.what)));
            inner.looking_into = false;
            inner.promises.answered(&intent);
        });
    });
}

/// It is not known what became of something, or it is sent again soon, and nobody is asked.
fn is_unsettled(release: &&ReleaseView) -> bool {
    let unsettled = release.busy.is_some() || release.again.is_some();
    unsettled && release.undecided.is_none()
}

fn note(view: &View, tally: &mut Tally) {
    for release in &view.releases {
        tally.afloat += u64::from(release.afloat);
        let done = release.steps.iter();
        for step in done.filter(|step| step.state == StepState::Done) {
            *tally.done.entry(name(step.id)).or_default() += 1;
        }
    }
}

fn name(step: StepId) -> &'static str {
    match step {
        StepId::Branch => "1 branch",
        StepId::Announce => "2 announce",
        StepId::Etl => "3 etl",
        StepId::Database => "4 database",
        StepId::Merge => "5 merge",
        StepId::Approval => "6 approval",
        StepId::Build => "7 build",
        StepId::Finish => "8 finish",
    }
}

fn engine(stage: &Arc<Stage>) -> Arc<Engine> {
    let services = Services(stage.clone());
    let connect = move |_: &Settings, _: &Accounts, team: Arc<Team>| Clients {
        team,
        github: Some(Ok(Arc::new(services.clone()))),
        slack: Some(Ok(Arc::new(services.clone()))),
        aws: Some(Ok(Arc::new(services.clone()))),
    };
    let ports = Ports {
        connect: Connect::to(connect),
        shelf: Box::new(OnStage(stage.clone())),
    };
    let settings = Settings {
        log_limit: 0,
        downloads: PathBuf::new(),
        data_dir: PathBuf::new(),
        folder: None,
        trouble: None,
        mode: Mode::Real,
        team: Team::default(),
        endpoints: Endpoints::default(),
        accounts: Accounts {
            github: Some("token".into()),
            slack: Some(SlackAccount::Bot("token".into())),
            aws: Some(AwsAccount::Keys(AwsKeys {
                access_key_id: "AKIA".to_owned(),
                secret_access_key: "secret".into(),
                session_token: None,
            })),
        },
        vault: None,
        clock: Arc::new(stage.clock.clone()),
        zone: "UTC".to_owned(),
    };
    Engine::with(ports, settings)
}
