//! The whole log of a build: read while it is open, however long it is, and whatever keeps it from being read.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::log::LogWish;
use slipway_core::view::{LogScreen, View};
use slipway_engine::Handle;
use slipway_engine::clock::System;
use slipway_sim::Endpoints;
use slipway_sim::world::BulkLog;

use crate::hand::is_approval;
use crate::stage::{Stage, start};
use crate::walk::Walk;

/// Tell the child where the world is, which folder is its, and how many megabytes the log has.
const WORLD: &str = "SLIPWAY_JOURNEY_LOG_WORLD";
const DATA: &str = "SLIPWAY_JOURNEY_LOG_DATA";
const MEGABYTES: &str = "SLIPWAY_JOURNEY_LOG_MEGABYTES";

/// What reading a log of any length may add to the memory of the process.
const MOST_MEMORY: u64 = 48 * 1024;
/// What a log may add to a view, in bytes.
const MOST_IN_A_VIEW: usize = 120_000;

/// A release whose build runs for an hour, and its id.
async fn building(stage: &Stage, engine: &Handle) -> ReleaseId {
    stage.pace("build", 3_600).await;
    let mut walk = Walk::new(engine);
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    // After this line it says nothing more for minutes.
    let is_last = |text: &str| text.contains("Entering phase BUILD");
    let view = walk.see("the build writes a log", |it| {
        it.build.has_log && it.build.log.last().is_some_and(|it| is_last(&it.text))
    });
    view.await.id
}

async fn wish(engine: &Handle, wish: LogWish) {
    let done = engine.dispatch(Intent::Log { wish }).await;
    done.expect("it can be asked for");
}

/// The first view of the log, from the present one on, that is like this.
async fn see(engine: &Handle, what: &str, is: impl Fn(&LogScreen) -> bool) -> LogScreen {
    let mut walk = Walk::new(engine);
    let shows = |view: &View| view.log.as_ref().is_some_and(&is);
    let view = walk.look_for(what, shows).await;
    view.log.clone().expect("it was waited for")
}

fn texts(log: &LogScreen) -> Vec<&str> {
    log.lines.iter().map(|line| line.text.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_is_followed_searched_and_closed() {
    let stage = Stage::recorded(1, 2_000).await;
    let engine = stage.engine();
    let release = building(&stage, &engine).await;
    stage.order("/build/log", json!({"megabytes": 1})).await;
    let say = async |lines: &[&str]| stage.order("/build/log", json!({ "lines": lines })).await;
    say(&["export DB_PASSWORD=hunter2", "\u{1b}[32mXyzzy\u{1b}[0m"]).await;

    wish(&engine, LogWish::Open { release }).await;
    let log = see(&engine, "its end", |it| {
        texts(it).last() == Some(&"Xyzzy") && !it.reading
    })
    .await;
    assert!(
        log.total > 10_000 && log.follows,
        "{} {}",
        log.total,
        log.text
    );
    assert_eq!(
        log.first + u32::try_from(log.lines.len()).expect("few"),
        log.total
    );
    assert!(texts(&log).contains(&"export DB_PASSWORD=[masked]"));
    assert!(
        log.text.contains("New lines appear by themselves"),
        "{}",
        log.text
    );

    say(&["one more"]).await;
    let grown = see(&engine, "what is new", |it| {
        texts(it).last() == Some(&"one more")
    })
    .await;
    assert_eq!(grown.total, log.total + 1);

    wish(&engine, LogWish::Show { line: 5_000 }).await;
    let shown = see(&engine, "the middle", |it| {
        !it.follows && it.first < 5_000 && it.first > 4_000
    })
    .await;
    assert!(shown.lines.len() < 300);
    say(&["not seen from here"]).await;
    let total = grown.total + 1;
    let same = see(&engine, "it stays", |it| it.total == total).await;
    assert_eq!(
        (same.first, same.lines.len()),
        (shown.first, shown.lines.len())
    );

    // From the middle on: what is shown begins at the place after it, and goes around past the end.
    let search = |text: &str| LogWish::Search {
        text: text.to_owned(),
    };
    wish(&engine, search("WARNING: needle")).await;
    let needles = total / 1_000;
    let found = format!(" of {needles} lines");
    let at = see(&engine, "the first", |it| {
        it.search
            .as_ref()
            .is_some_and(|it| it.current.is_some() && it.found.ends_with(&found))
    })
    .await;
    let current = at
        .search
        .expect("it is searched")
        .current
        .expect("it was waited for");
    assert!(
        (shown.first..shown.first + 1_000).contains(&current),
        "{current}"
    );
    let line = usize::try_from(current - at.first).expect("it is shown");
    assert_eq!(at.lines[line].marks.len(), 1);
    assert!(at.place.is_some_and(|place| place.line == current));
    for _ in 0..needles {
        wish(&engine, LogWish::Step { forward: true }).await;
    }
    let number = |it: &LogScreen| it.search.as_ref().and_then(|it| it.current);
    see(&engine, "the same again", |it| number(it) == Some(current)).await;
    wish(&engine, LogWish::Step { forward: false }).await;
    see(&engine, "the one before", |it| {
        number(it).is_some_and(|it| it + 1_000 == current)
    })
    .await;

    wish(&engine, search("xyzzy")).await;
    see(&engine, "the only one", |it| {
        it.search
            .as_ref()
            .is_some_and(|it| it.found == "1 of 1 line")
            && texts(it).contains(&"Xyzzy")
    })
    .await;
    wish(&engine, search("no such thing")).await;
    see(&engine, "none", |it| {
        it.search
            .as_ref()
            .is_some_and(|it| it.found == "In no line")
    })
    .await;
    wish(&engine, search("")).await;
    wish(&engine, LogWish::Follow { on: true }).await;
    let end = see(&engine, "the end", |it| it.follows && it.search.is_none()).await;
    assert_eq!(end.total, total);

    assert_eq!(spools(&stage), 1, "it is in a file without a name");
    wish(&engine, LogWish::Close).await;
    let closed = Walk::new(&engine)
        .look_for("it is closed", |view| view.log.is_none())
        .await;
    assert!(closed.log.is_none());
    until(|| spools(&stage) == 0).await;
    let asked = reads(&stage);
    say(&["nobody reads this"]).await;
    engine
        .dispatch(Intent::Look)
        .await
        .expect("anybody may look");
    assert_eq!(reads(&stage), asked, "nobody reads a log that is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_keeps_a_log_from_being_read_is_said_and_what_was_read_stays() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let release = building(&stage, &engine).await;
    let say = async |line: &str| stage.order("/build/log", json!({"lines": [line]})).await;
    say("first").await;
    wish(
        &engine,
        LogWish::Open {
            release: release.clone(),
        },
    )
    .await;
    see(&engine, "the first line", |it| {
        texts(it).last() == Some(&"first")
    })
    .await;

    let throttled = json!({"operation": "logs:GetLogEvents", "kind": "status", "code": 400, "times": 10_000,
        "body": {"__type": "ThrottlingException", "message": "Rate exceeded"}});
    stage.order("/faults", throttled).await;
    let slow = see(&engine, "it is slowed down", |it| {
        it.text.contains("reads on at")
    })
    .await;
    assert!(slow.problem.is_none() && texts(&slow).contains(&"first"));
    say("second").await;
    stage.control(Method::DELETE, "/faults", json!({})).await;
    // A person need not wait.
    wish(&engine, LogWish::ReadOn).await;
    see(&engine, "it reads on", |it| {
        texts(it).last() == Some(&"second")
    })
    .await;

    stage
        .order("/permissions", json!({"denied": ["logs:GetLogEvents"]}))
        .await;
    let denied = see(&engine, "it is denied", |it| it.problem.is_some()).await;
    let problem = denied.problem.as_ref().expect("it was waited for");
    assert!(problem.remedy.contains("logs:GetLogEvents"), "{problem:?}");
    assert!(texts(&denied).contains(&"second"));
    say("third").await;
    stage.order("/permissions", json!({"denied": []})).await;
    wish(&engine, LogWish::ReadOn).await;
    see(&engine, "it may again", |it| {
        it.problem.is_none() && texts(it).last() == Some(&"third")
    })
    .await;

    stage.order("/build/log", json!({"old_tokens": true})).await;
    say("fourth").await;
    see(&engine, "it was read anew", |it| {
        texts(it).last() == Some(&"fourth")
            && texts(it).iter().filter(|it| **it == "first").count() == 1
    })
    .await;

    stage.order("/build/log", json!({"deleted": true})).await;
    let gone = see(&engine, "it was deleted", |it| {
        it.text.contains("was deleted in AWS")
    })
    .await;
    assert!(texts(&gone).contains(&"fourth") && gone.reads_on);
    stage.order("/build/log", json!({"deleted": false})).await;

    // Opened anew it is read to the end of its build, and not after.
    let open = LogWish::Open { release };
    wish(&engine, open.clone()).await;
    stage.pass(7_200).await;
    let whole = see(&engine, "it is whole", |it| {
        it.text.contains("This is the whole log")
    })
    .await;
    assert!(!whole.reading);
    let asked = reads(&stage);
    stage.pass(60).await;
    engine
        .dispatch(Intent::Look)
        .await
        .expect("anybody may look");
    assert_eq!(reads(&stage), asked);

    // Nothing was read of it, so nobody knows whether it ever was there.
    stage.order("/build/log", json!({"deleted": true})).await;
    wish(&engine, open).await;
    let none = see(&engine, "it is not there yet", |it| {
        it.text.contains("no log of this build yet")
    })
    .await;
    assert!(none.reads_on && none.lines.is_empty());
    stage.pass(60).await;
    let none = see(&engine, "it does not come", |it| {
        it.text.contains("It wrote none, or it was deleted")
    })
    .await;
    assert!(none.reads_on && !none.reading);
    stage.order("/build/log", json!({"deleted": false})).await;
    wish(&engine, LogWish::ReadOn).await;
    see(&engine, "it is there after all", |it| {
        it.text.contains("This is the whole log") && texts(it).contains(&"fourth")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_of_a_log_is_kept_than_may_be() {
    let stage = Stage::set(1).await;
    let mut settings =
        crate::stage::settings(stage.data.path(), stage.sim.endpoints(), stage.clock());
    settings.log_limit = 2_000_000;
    let engine = Handle::start(settings);
    let release = building(&stage, &engine).await;
    stage.order("/build/log", json!({"megabytes": 5})).await;
    wish(&engine, LogWish::Open { release }).await;
    let full = see(&engine, "it is full", |it| {
        it.text.contains("no more than 2.0 MB")
    })
    .await;
    assert!(full.total > 5_000 && !full.lines.is_empty());
}

/// Not a test: the process that reads a long log, so that its memory is its own.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let variable = |name| std::env::var(name).ok();
    let (Some(world), Some(data), Some(megabytes)) =
        (variable(WORLD), variable(DATA), variable(MEGABYTES))
    else {
        return;
    };
    let world: Endpoints = serde_json::from_str(&world).expect("where the world is");
    let megabytes: u32 = megabytes.parse().expect("a number");
    let engine = start(Path::new(&data), &world, Arc::new(System));
    let has_log = |view: &View| view.releases.first().is_some_and(|it| it.build.has_log);
    let view = Walk::new(&engine).look_for("the build", has_log).await;
    let release = view.releases[0].id.clone();
    let (plain_size, plain_time) = measure_view(&engine);
    let before = memory("VmRSS:");
    // The peak is counted from here on (proc_pid_clear_refs(5)).
    std::fs::write("/proc/self/clear_refs", "5").expect("the peak can be reset");

    let began = Instant::now();
    wish(&engine, LogWish::Open { release }).await;
    let lines = megabytes * 10_000;
    see(&engine, "all of it", |it| it.total > lines && !it.reading).await;
    let read = began.elapsed();
    let began = Instant::now();
    let searched = LogWish::Search {
        text: "THE LAST needle".to_owned(),
    };
    wish(&engine, searched).await;
    let last = see(&engine, "the needle", |it| {
        it.search
            .as_ref()
            .is_some_and(|it| it.found == "1 of 1 line")
    })
    .await;
    let searched = began.elapsed();
    assert!(last.first > lines - 300);
    let count = LogWish::Search {
        text: BulkLog::NEEDLE.to_lowercase(),
    };
    wish(&engine, count).await;
    let needles = slipway_core::words::thousands(lines / 1_000);
    see(&engine, "their number", |it| {
        let found = |found: &str| found.ends_with(&format!(" of {needles} lines"));
        it.search.as_ref().is_some_and(|it| found(&it.found))
    })
    .await;
    let (size, time) = measure_view(&engine);
    let peak = memory("VmHWM:").saturating_sub(before);
    println!(
        "log: {megabytes} MB read in {:.1} s and searched in {:.2} s; memory {before} kB before, {peak} kB more at the peak",
        read.as_secs_f64(),
        searched.as_secs_f64()
    );
    println!(
        "log: a view has {plain_size} bytes without it and {size} with it, and takes {:.2} times as long ({:?}, {:?})",
        time.as_secs_f64() / plain_time.as_secs_f64(),
        plain_time,
        time
    );
    assert!(peak < MOST_MEMORY, "{peak} kB");
    assert!(size - plain_size < MOST_IN_A_VIEW, "{size} bytes");
    assert!(
        time < plain_time.max(Duration::from_millis(1)) * 8,
        "{plain_time:?} {time:?}"
    );
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_read_and_searched_in_little_memory() {
    let long = std::env::var_os("SLIPWAY_LONG").is_some();
    let megabytes = if long { 100 } else { 10 };
    let stage = Stage::recorded(1, 0).await;
    let engine = stage.engine();
    building(&stage, &engine).await;
    engine.stop().await;
    let order = json!({"megabytes": megabytes, "lines": ["this is The Last Needle"]});
    stage.order("/build/log", order).await;
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "log::child", "--nocapture", "--test-threads=1"]);
    let world = serde_json::to_string(stage.sim.endpoints()).expect("it can be told");
    command.env(WORLD, world).env(DATA, stage.data.path());
    command.env(MEGABYTES, megabytes.to_string());
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    let output = output.expect("it is waited for").expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    for line in said.lines() {
        if let Some(at) = line.find("log: ") {
            println!("{}", &line[at..]);
        }
    }
    let cried = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{cried}");
}

/// How large a view is, and how long the quickest of some takes to be made.
fn measure_view(engine: &Handle) -> (usize, Duration) {
    let mut quickest = Duration::MAX;
    for _ in 0..50 {
        let began = Instant::now();
        // Whoever wants views is made one.
        drop(engine.views());
        quickest = quickest.min(began.elapsed());
    }
    let view = engine.views().borrow().clone();
    let size = serde_json::to_string(&*view).expect("it can be sent").len();
    (size, quickest)
}

/// A figure of this process, in kilobytes.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).expect("a number")
}

/// Files without a name that this process has in a data folder.
fn spools(stage: &Stage) -> usize {
    let files = std::fs::read_dir("/proc/self/fd").expect("Linux tells");
    let links = files.filter_map(|it| std::fs::read_link(it.ok()?.path()).ok());
    let is_one = |link: &std::path::PathBuf| {
        link.starts_with(stage.data.path()) && link.to_string_lossy().ends_with("(deleted)")
    };
    links.filter(is_one).count()
}

fn reads(stage: &Stage) -> usize {
    let requests = stage.sim.requests();
    let reads = requests.iter().filter(|it| {
        it.operation == "logs:GetLogEvents" && it.body.contains("\"startFromHead\":true")
    });
    reads.count()
}

async fn until(is: impl Fn() -> bool) {
    let began = Instant::now();
    while !is() {
        assert!(began.elapsed() < crate::stage::PATIENCE, "it never was");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
