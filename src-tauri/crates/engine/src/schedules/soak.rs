//! A day on the engine's clock: three pipelines, two releases each, sleeps, a sign-in that ends.
//!
//! It has a process of its own, so that what is measured is its memory and nobody else's.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};
use slipway_core::desktop::{DesktopRecord, Event, Notice};
use slipway_core::intent::Intent;
use slipway_core::time::At;
use slipway_sim::Pace;
use slipway_sim::world::World;

use super::book::Disk;
use super::person::Person;
use super::schedule::{START, dispatch, in_a_runtime};
use super::stage::{Snapshot, Stage};
use super::weather::Weather;
use crate::clock::Clock;
use crate::engine::Engine;

const HOUR: Duration = Duration::from_secs(3_600);
/// Set in the process that does it.
const HERE: &str = "SLIPWAY_SOAK";
const FIGURES: &str = "soak:";

#[test]
fn a_day_with_three_pipelines() {
    if std::env::var_os(HERE).is_some() {
        return day();
    }
    let name = "schedules::soak::a_day_with_three_pipelines";
    let program = std::env::current_exe().expect("this program");
    let day = Command::new(program)
        .args([name, "--exact", "--nocapture"])
        .env(HERE, "1")
        .output()
        .expect("it can be started");
    let told = String::from_utf8_lossy(&day.stdout);
    let figures: Vec<&str> = told.lines().filter(|it| it.starts_with(FIGURES)).collect();
    eprintln!("{}", figures.join("\n"));
    let complaint = String::from_utf8_lossy(&day.stderr);
    assert!(day.status.success(), "{told}{complaint}");
    assert_eq!(figures.len(), 4, "{told}");
}

fn day() {
    let evenings: Vec<Evening> = (0..3).map(Evening::over).collect();
    let memory = memory();
    for evening in &evenings {
        evening.holds();
    }
    // The first day has filled every cache there is.
    let _again: Vec<Evening> = (3..6).map(Evening::over).collect();
    let grown = self::memory().zip(memory);
    let grown = grown.map(|(now, then)| now.saturating_sub(then) / 1024);
    println!("{FIGURES} memory grew by {grown:?} KiB on another day with three pipelines");
    assert!(grown.is_none_or(|grown| grown < 8 * 1024), "{grown:?}");
}

/// What a day with one pipeline came to.
struct Evening {
    number: u64,
    disk: Disk,
    /// Looks at AWS in the hour before each full hour, and whether something moved meanwhile.
    hours: Vec<(u64, bool)>,
    done: usize,
    woke: Option<At>,
}

impl Evening {
    fn over(number: u64) -> Self {
        fastrand::seed(number);
        let world = World::fresh(START.parse().expect("a time"), Pace::practice());
        let stage = Stage::set(Snapshot::of(world), Rng::with_seed(number), None);
        stage.with(|inner| inner.weather = Weather::default());
        let mut evening = Self {
            number,
            disk: Disk::default(),
            hours: Vec::new(),
            done: 0,
            woke: None,
        };
        in_a_runtime(&stage, |engine| evening.pass(stage.clone(), engine));
        evening.disk = stage.with(|inner| {
            assert_eq!(inner.promises.broken, None);
            std::mem::take(&mut inner.disk)
        });
        evening
    }

    async fn pass(&mut self, stage: Arc<Stage>, engine: Arc<Engine>) {
        let clock = stage.clock.clone();
        let mut person = Person::default();
        for hour in 0..24 {
            let before = looks(&stage);
            let busy = matches!(hour, 1 | 12);
            match hour {
                // The lid is closed in the middle of a release, and the world goes on.
                1 => self.release(&stage, &engine, &mut person, true).await,
                12 => self.release(&stage, &engine, &mut person, false).await,
                // Nobody is there.
                6 | 18 => clock.sleep_through(3 * HOUR),
                9 => order(&stage, "/credentials/expire", &json!({"service": "aws"})),
                10 => {
                    order(&stage, "/credentials/restore", &json!({"service": "aws"}));
                    dispatch(&stage, &engine, Intent::Look);
                }
                _ => {}
            }
            clock.pass(HOUR).await;
            self.hours.push((looks(&stage) - before, busy));
            let view = engine.views().borrow().clone();
            stage.with(|inner| inner.promises.hold(&inner.world, &inner.disk, &view));
        }
    }

    /// A release from its branch to its report.
    async fn release(
        &mut self,
        stage: &Arc<Stage>,
        engine: &Arc<Engine>,
        person: &mut Person,
        sleeps: bool,
    ) {
        let mut slept = !sleeps;
        for _ in 0..300 {
            let view = engine.views().borrow().clone();
            let release = view.releases.first();
            let is_done = release
                .is_some_and(|release| release.steps.iter().all(|step| step.state.is_settled()));
            if is_done {
                self.done += 1;
                let release = view.releases[0].id.clone();
                dispatch(stage, engine, Intent::CloseRelease { release });
                return;
            }
            let asks = release.is_some_and(|it| it.approval.gate.is_some());
            if asks && !slept {
                // The notice of it is out. A colleague answers, the build runs, and nobody looks.
                stage.clock.pass(Duration::from_secs(3)).await;
                slept = true;
                order(stage, "/approval/answer", &json!({"status": "Approved"}));
                stage.clock.sleep_through(2 * HOUR);
                self.woke = Some(stage.clock.now());
            }
            person.sees(view);
            if let Some(intent) = person.goes_on() {
                dispatch(stage, engine, intent);
            }
            stage.clock.pass(Duration::from_secs(3)).await;
        }
        panic!("a calm evening never leads to a report");
    }

    fn holds(&self) {
        let told: Vec<&Notice> = self
            .disk
            .desktop
            .iter()
            .filter_map(|entry| {
                if let DesktopRecord::Told { notice } = &entry.record {
                    Some(notice)
                } else {
                    None
                }
            })
            .collect();
        let events: Vec<(Event, bool)> = told.iter().map(|it| (it.event, it.shows)).collect();
        let first = self.disk.desktop.len();
        assert_eq!(self.done, 2, "two releases");
        let of_one = |sees_it_begin| {
            [
                (Event::ApprovalNeeded, true),
                (Event::Building, sees_it_begin),
                (Event::Succeeded, true),
            ]
        };
        // What happened while the computer slept is in the list, in order; the desktop shows the newest of it.
        let expected = [of_one(false), of_one(true)].concat();
        assert_eq!(events, expected, "none is missed or repeated");
        let succeeded = self.disk.desktop.iter().find(|entry| {
            matches!(&entry.record, DesktopRecord::Told { notice } if notice.event == Event::Succeeded)
        });
        let told_at = succeeded.map(|entry| entry.at).zip(self.woke);
        let late = told_at.map(|(told, woke)| told.seconds_since(woke));
        assert!(
            late.is_some_and(|late| late <= 20),
            "at once after a sleep: {late:?} s"
        );
        let kept: usize = self
            .disk
            .entries
            .iter()
            .map(|entry| serde_json::to_string(&entry.record).map_or(0, |text| text.len()))
            .sum();
        let idle = self.hours.iter().filter(|(_, busy)| !busy);
        let most = idle.clone().map(|(looks, _)| *looks).max().unwrap_or(0);
        let mean = idle.clone().map(|(looks, _)| *looks).sum::<u64>() / idle.count() as u64;
        println!(
            "{FIGURES} pipeline {}: {} entries ({} KiB) and {first} of the desktop in the journal; looks at AWS in an idle hour: \
             {mean}, at most {most}",
            self.number,
            self.disk.entries.len(),
            kept / 1024,
        );
        assert!(self.disk.entries.len() < 120 && kept < 64 * 1024);
        assert!(mean <= 60, "{:?}", self.hours);
    }
}

fn looks(stage: &Stage) -> u64 {
    stage.with(|inner| inner.tally.of_aws)
}

fn order(stage: &Stage, path: &str, body: &Value) {
    let done = stage.with(|inner| inner.world.order("POST", path, body));
    done.expect("the sim does it");
}

/// What this process holds (bytes), where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}
