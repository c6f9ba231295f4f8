//! Years of deploys in the journal.

#![expect(
    clippy::print_stdout,
    reason = "figures are for whoever runs the tests"
)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use slipway_core::history::{HistoryAsk, HistoryQuery};
use slipway_core::intent::Intent;
use slipway_core::view::Mode;
use slipway_engine::{Handle, Settings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use crate::deploys::{self, RELEASES};

const ROUNDS: usize = 5;
const FOLDER: &str = "SLIPWAY_TEST_PAST";

/// "5,000 past releases: start within 1.25 × of none." What a machine measures is printed; what is asserted is why it can
/// be so: the records of what is over are not read, and none of it is held.
#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_past_deploys_are_not_read_at_the_start() {
    let (none, many) = (folder(), folder());
    fill(none.path(), 0).await;
    let begun = Instant::now();
    fill(many.path(), RELEASES).await;
    println!("{RELEASES} deploys written in {:.1?}", begun.elapsed());
    let begun = Instant::now();
    let first = start(many.path());
    println!("the history made from them in {:.1?}", begun.elapsed());
    assert_eq!(first.total, 5000);
    start(none.path());

    spoil(many.path()).await;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.push(start(none.path()));
        with.push(start(many.path()));
    }
    for (name, of) in [
        (
            "first view",
            (|it: &Started| it.first) as fn(&Started) -> f64,
        ),
        ("first page", |it| it.page),
        ("memory", |it| it.memory),
    ] {
        let (none, many) = (median(&without, of), median(&with, of));
        println!(
            "{name}: {none:.2} without, {many:.2} with, {:.2} more, ratio {:.2}",
            many - none,
            many / none
        );
    }
    for started in &with {
        assert_eq!(started.trouble, "", "a record of what is over was read");
        assert_eq!(
            (started.total, started.rows, started.followed),
            (5000, 50, 0)
        );
    }
}

/// How a start went. Times in milliseconds, memory in MiB.
#[derive(Debug)]
struct Started {
    first: f64,
    page: f64,
    memory: f64,
    total: u32,
    rows: usize,
    followed: usize,
    trouble: String,
}

/// A start in a process of its own, so that its memory is its own, too.
fn start(data: &Path) -> Started {
    let tests = std::env::current_exe().expect("this program");
    let mut one = Command::new(tests);
    one.args(["--exact", "past::one_start", "--nocapture"]);
    let said = one.env(FOLDER, data).output().expect("it runs");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let line = said.lines().find_map(|line| line.split_once("started: "));
    let (_, line) = line.unwrap_or_else(|| panic!("it says how it went: {said}"));
    let said: Vec<&str> = line.splitn(7, ' ').collect();
    let number = |at: usize| said[at].parse().expect("a number");
    Started {
        first: number(0),
        page: number(1),
        memory: number(2),
        total: said[3].parse().expect("a number"),
        rows: said[4].parse().expect("a number"),
        followed: said[5].parse().expect("a number"),
        trouble: said[6].to_owned(),
    }
}

fn median(starts: &[Started], of: fn(&Started) -> f64) -> f64 {
    let mut all: Vec<f64> = starts.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

/// From the start of the engine to the first view that is made of the journal, and to the first page of the history.
/// Not a test: what a process of its own does.
#[tokio::test(flavor = "multi_thread")]
async fn one_start() {
    let Some(data) = std::env::var_os(FOLDER) else {
        return;
    };
    let begun = Instant::now();
    let engine = Handle::start(Settings::nowhere(data, Mode::Real, None));
    let views = engine.views();
    // It is answered once the journal is open, and needs nothing else.
    let leave = Intent::History {
        ask: HistoryAsk::Leave,
    };
    engine.dispatch(leave).await.expect("done");
    let first = millis(begun.elapsed());
    let show = Intent::History {
        ask: HistoryAsk::Show {
            query: HistoryQuery::default(),
        },
    };
    engine.dispatch(show).await.expect("shown");
    let page = millis(begun.elapsed());
    let view = views.borrow().clone();
    let history = view.history.as_ref().expect("it is shown");
    let rows: usize = history.months.iter().map(|month| month.rows.len()).sum();
    let (total, followed) = (history.total, view.releases.len());
    let trouble = view.trouble.as_ref();
    let trouble = trouble.map_or_else(String::new, |it| format!("{} {}", it.what, it.raw));
    let memory = most_resident();
    println!("started: {first} {page} {memory} {total} {rows} {followed} {trouble}");
    engine.stop().await;
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The most that this process ever held.
fn most_resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = most.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(1.0) / 1024.0
}

async fn fill(data: &Path, releases: i64) {
    deploys::write(data, releases).await;
    std::fs::remove_file(data.join("history.db")).expect("removed");
    tell(data, releases * 4).await;
}

/// So many notices were told.
async fn tell(data: &Path, notices: i64) {
    let options = SqliteConnectOptions::new().filename(data.join("journal.db"));
    let mut journal = options.connect().await.expect("it opens");
    let told = r#"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        INSERT INTO desktop (at, record) SELECT 0, json_object('type', 'told', 'notice', json_object(
          'key', 'maintenance-' || (i / 4) || '/execution/asks/run-' || i, 'event', 'approvalNeeded',
          'release', printf('maintenance-%05d', i / 4), 'step', 'approval',
          'title', 'A deploy waits for your approval', 'body', '2 pull requests, started by Jun.',
          'at', 0, 'shows', json('true'))) FROM n"#;
    let told = sqlx::query(told).bind(notices).execute(&mut journal).await;
    told.expect("written");
    journal.close().await.expect("closed");
}

/// Whoever reads the records of a release that is over from now on finds them damaged.
async fn spoil(data: &Path) {
    let options = SqliteConnectOptions::new().filename(data.join("journal.db"));
    let mut journal = options.connect().await.expect("it opens");
    let spoil = r#"DROP TRIGGER entries_are_not_changed;
        UPDATE entries SET record = '{"type":"?"}' WHERE record ->> 'type' = 'declared'"#;
    let spoilt = sqlx::raw_sql(spoil).execute(&mut journal).await;
    spoilt.expect("written");
    journal.close().await.expect("closed");
}
