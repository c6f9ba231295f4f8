//! Years of deploys in the journal.

#![expect(
    clippy::print_stdout,
    reason = "figures are for whoever runs the tests"
)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use slipway_core::action::{Action, Outcome};
use slipway_core::declaration::{Declaration, StatementRun};
use slipway_core::facts::MergeMethod;
use slipway_core::history::{HistoryAsk, HistoryQuery};
use slipway_core::ids::{ActionSeq, PullNumber, Sha};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::record::{Entry, Milestone, Record};
use slipway_core::time::At;
use slipway_core::view::Mode;
use slipway_engine::journal::{Folder, Journal};
use slipway_engine::{Handle, Settings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

const RELEASES: i64 = 5000;
/// Long before now.
const LONG_AGO: At = At(1_500_000_000_000);
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
    one.args(["--exact", "past::one_start", "--ignored", "--nocapture"]);
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
#[tokio::test(flavor = "multi_thread")]
#[ignore = "another test starts it, in a process of its own"]
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
    let mut journal = open(data).await;
    let all: Vec<Entry> = (0..releases).flat_map(deploy).collect();
    journal.append(&all).await.expect("written");
    journal.close().await;
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

async fn open(data: &Path) -> Journal {
    let folder = Folder::take(data).expect("the folder is free");
    let today = "2026-11-24".parse().expect("a day");
    Journal::open(folder, today)
        .await
        .expect("it opens")
        .journal
}

/// What a whole deploy leaves in the journal: about sixty records.
fn deploy(n: i64) -> Vec<Entry> {
    let began = LONG_AGO.plus_seconds(n * 43_200);
    let at = |minutes: i64| began.plus_seconds(minutes * 60);
    let name = format!("maintenance-{n:05}");
    let mut entries: Vec<Entry> = Vec::new();
    let mut seq = 0;
    let mut push = |minutes: i64, record: Record| {
        entries.push(Entry {
            release: name.as_str().into(),
            at: at(minutes),
            by: "Dana Whitfield".to_owned(),
            record,
        });
    };
    let mut sent = |push: &mut dyn FnMut(i64, Record), minutes: i64, action: Action| {
        seq += 1;
        let seq = ActionSeq(seq);
        push(minutes, Record::Sending { seq, action });
        let outcome = Outcome::Done;
        push(minutes, Record::Sent { seq, outcome });
    };
    push(
        0,
        Record::Opened {
            kind: Kind::Maintenance,
            date: "2026-11-24".parse().expect("a day"),
            fix_name: None,
            adopted: false,
        },
    );
    sent(
        &mut push,
        0,
        Action::CreateBranch {
            name: name.clone(),
            sha: Sha(format!("{n:040}")),
        },
    );
    let message = "The branch is ready. ETL team: please open your pull requests against it.";
    sent(
        &mut push,
        4,
        Action::PostAnnouncement {
            channel: "C0DEPLOY".into(),
            text: message.repeat(4),
        },
    );
    for pull in 0..8_i64 {
        let number = PullNumber(u32::try_from(n * 8 + pull).expect("small"));
        let title = format!("Load the listings of feed {pull} of county {n}");
        sent(
            &mut push,
            10 + pull,
            Action::MergePull {
                number,
                head: Sha(format!("{pull:040}")),
                method: MergeMethod::Merge,
                title: title.clone(),
            },
        );
        let milestone = Milestone::PullMerged {
            number,
            title,
            author: "sam".to_owned(),
            by: Some("dana".to_owned()),
            at: at(10 + pull),
        };
        push(10 + pull, Record::Saw { milestone });
        sent(
            &mut push,
            10 + pull,
            Action::UpdateAnnouncement {
                channel: "C0DEPLOY".into(),
                ts: "1795575840.000100".into(),
                text: message.repeat(4),
            },
        );
    }
    let said = [
        Declaration::NoMorePulls,
        Declaration::StatementAdded {
            sql: format!("UPDATE feeds SET active = 1 WHERE county = {n}"),
        },
        Declaration::StatementRan {
            number: 1,
            run: StatementRun {
                by: "Kim".to_owned(),
                at: at(30),
                result: "12,482 rows".to_owned(),
            },
        },
    ];
    for declaration in said {
        push(30, Record::Declared { declaration });
    }
    let saw = [
        Milestone::Branch {
            cut: Some(Sha::from("9f3c1e7")),
            by: Some("dana".to_owned()),
            at: at(1),
        },
        Milestone::Announcement { at: at(4) },
        Milestone::Landed {
            sha: Sha(format!("{n:040}")),
            by: Some("dana".to_owned()),
            at: at(38),
        },
        Milestone::Execution {
            id: format!("execution-{n}").as_str().into(),
            at: at(40),
        },
        Milestone::ApprovalAsked { at: at(41) },
        Milestone::ApprovalAnswered {
            execution: format!("execution-{n}").as_str().into(),
            approved: true,
            by: Some("lee".to_owned()),
            comment: "Looks right".to_owned(),
            at: at(52),
        },
        Milestone::BuildEnded {
            succeeded: true,
            at: at(68),
        },
        Milestone::Finished { at: at(80) },
    ];
    for milestone in saw {
        push(68, Record::Saw { milestone });
    }
    entries
}
