//! What Slipway costs, held against its budgets: the shipped program beside an empty window of the same toolkit, built and
//! measured in the same run. `cargo xtask bench` runs it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a table is what this program is for, and what the app wrote where it fails"
)]
#![cfg(target_os = "linux")]

#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/browser.rs"]
mod browser;
mod budget;
#[path = "../window/bus.rs"]
mod bus;
#[path = "../journeys/budget.rs"]
mod calls;
#[path = "../faults/clock.rs"]
mod clock;
#[path = "../../src-tauri/crates/engine/tests/engine/deploys.rs"]
mod deploys;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/desktop.rs"]
mod desktop;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/disk.rs"]
mod disk;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/encodings.rs"]
mod encodings;
#[path = "../window/guard.rs"]
mod guard;
#[expect(dead_code, reason = "the journeys use the rest")]
#[path = "../journeys/hand.rs"]
mod hand;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/keyring.rs"]
mod keyring;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/notices.rs"]
mod notices;
#[path = "../contract/passed.rs"]
mod passed;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/relay.rs"]
mod relay;
mod screen;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/services.rs"]
mod services;
#[expect(dead_code, reason = "the journeys use the rest")]
#[path = "../journeys/stage.rs"]
mod stage;
mod started;
mod told;
#[expect(dead_code, reason = "the window's tests use the rest")]
#[path = "../window/tray_host.rs"]
mod tray_host;
mod typing;
#[path = "../window/wait.rs"]
mod wait;
#[expect(dead_code, reason = "the journeys use the rest")]
#[path = "../journeys/walk.rs"]
mod walk;
mod watching;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use budget::{Budget, percentile};
use desktop::Desktop;
use flate2::Compression;
use flate2::write::GzEncoder;
use screen::Screen;
use slipway_core::history::{HistoryAsk, HistoryQuery};
use slipway_core::intent::Intent;
use slipway_core::view::Mode;
use slipway_engine::{Handle, Settings};
use started::Started;

/// The empty window, which is built beside the app.
fn empty() -> PathBuf {
    beside("empty-window")
}

fn beside(program: &str) -> PathBuf {
    browser::app().with_file_name(program)
}

/// What the first screen is made of.
const FIRST: [&str; 4] = ["index-", "states-", "style-", "Welcome-"];

/// Each program is started so often.
const STARTS: usize = 7;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().any(|it| it == told::INSIDE) {
        told::inside().await;
        return ExitCode::SUCCESS;
    }
    let mut table = vec![start().await, past().await];
    table.extend(watching::budgets().await);
    table.extend([size(), page()]);
    table.push(told::budget().await);
    table.push(typing::budget().await);
    table.extend(calls().await);
    table.push(large());
    println!(
        "\n        {:58}{:>9}    {:16}{:>6}",
        "", "measured", "budget", "ratio"
    );
    for budget in &table {
        println!("{budget}");
    }
    if table.iter().all(Budget::is_kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// From the start of the program to the first words on the screen, with a profile that is as new.
async fn start() -> Budget {
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        // In turns, so that whatever else this computer does is the same for both.
        for (program, took) in [empty(), browser::app()].iter().zip(&mut took) {
            let desktop = Desktop::start().await;
            let screen = Screen::of(&desktop);
            let started = Started::new(&desktop, program, &[]);
            took.push(started.first_paint(&screen).as_secs_f64() * 1_000.0);
        }
    }
    let [empty, slipway] = took.map(|took| percentile(&took, 0.5));
    let note = format!("an empty window takes {empty:.0} ms");
    Budget::new(
        "cold start to first meaningful paint",
        slipway,
        empty * 1.10,
        "ms",
    )
    .note(note)
}

/// The same with years of deploys in the journal, held against none.
async fn past() -> Budget {
    let filled = tempfile::TempDir::new().expect("a folder");
    deploys::write(filled.path(), deploys::RELEASES).await;
    list(filled.path()).await;
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        for (filled, took) in [None, Some(filled.path())].iter().zip(&mut took) {
            let desktop = Desktop::start().await;
            for file in filled.iter().flat_map(std::fs::read_dir).flatten() {
                let file = file.expect("a file").path();
                let name = file.file_name().expect("a name");
                std::fs::create_dir_all(desktop.data()).expect("a folder");
                std::fs::copy(&file, desktop.data().join(name)).expect("copied");
            }
            let screen = Screen::of(&desktop);
            let started = Started::new(&desktop, &browser::app(), &[]);
            took.push(started.first_paint(&screen).as_secs_f64() * 1_000.0);
        }
    }
    let [none, years] = took.map(|took| percentile(&took, 0.5));
    let note = format!("with none {none:.0} ms");
    let what = "the same with 5,000 past releases";
    Budget::new(what, years, none * 1.25, "ms").note(note)
}

/// Has the history listed, as the start after the last release did.
async fn list(data: &Path) {
    let engine = Handle::start(Settings::nowhere(data, Mode::Real, None));
    let query = HistoryQuery::default();
    let ask = HistoryAsk::Show { query };
    let listed = engine.dispatch(Intent::History { ask }).await;
    listed.expect("it is shown");
    engine.stop().await;
}

/// What the first screen loads, as it would be sent.
fn page() -> Budget {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/dist/assets");
    let files = std::fs::read_dir(folder).expect("the page was built");
    let (mut first, mut all, mut found) = (0.0, 0.0, 0);
    for file in files.map(|it| it.expect("a file").path()) {
        let mut zipped = GzEncoder::new(Vec::new(), Compression::best());
        let text = std::fs::read(&file).expect("it can be read");
        zipped.write_all(&text).expect("in memory");
        let size = zipped.finish().expect("in memory").len() as f64 / 1e3;
        all += size;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        // The others are loaded when somebody goes there.
        if FIRST.iter().any(|it| name.starts_with(it)) {
            first += size;
            found += 1;
        }
    }
    assert_eq!(found, FIRST.len(), "the first screen is made of others");
    let note = format!("with the screens that are loaded later {all:.0} kB");
    Budget::new("page, gzipped", first, 60.0, "kB").note(note)
}

fn size() -> Budget {
    let of = |path: &Path| std::fs::metadata(path).map_or(0, |it| it.len()) as f64 / 1e6;
    let note = format!("an empty window has {:.1} MB", of(&empty()));
    Budget::new("program", of(&browser::app()), 18.0, "MB").note(note)
}

/// Of one pipeline.
async fn calls() -> [Budget; 5] {
    let idle = calls::idle().await;
    let [unseen, seen, open] = calls::running().await;
    let of_aws = |what: &str, hour: &calls::Hour, allowed| {
        let of_looks = hour.asked.get(calls::LOOK).copied().unwrap_or_default();
        let note = format!("{of_looks:.0} of them are the looks");
        Budget::new(what, hour.aws, allowed, "").note(note)
    };
    [
        of_aws("calls to AWS an hour, idle", &idle, 60.0),
        of_aws("calls to AWS an hour, a build runs", &unseen, 400.0),
        of_aws("calls to AWS an hour, its log on the screen", &seen, 800.0),
        of_aws("calls to AWS an hour, its whole log open", &open, 800.0),
        Budget::new(
            "calls to GitHub an hour that count, idle",
            idle.github.len() as f64,
            0.0,
            "",
        ),
    ]
}

/// On one release with more in it than any was.
fn large() -> Budget {
    let rounds = std::process::Command::new(beside("large-release")).output();
    let rounds = rounds.expect("it runs").stdout;
    let took: Vec<f64> = serde_json::from_slice(&rounds).expect("a list");
    let note = format!("median {:.2} ms", percentile(&took, 0.5));
    let what = "plan and view: 1,000 pull requests, 10,000 records, p99";
    Budget::new(what, percentile(&took, 0.99), 5.0, "ms").note(note)
}
