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
mod large;
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

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use budget::{Budget, percentile};
use desktop::Desktop;
use screen::Screen;
use started::Started;

/// The empty window, which is built beside the app.
fn empty() -> PathBuf {
    browser::app().with_file_name("empty-window")
}

/// Each program is started so often.
const STARTS: usize = 7;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().any(|it| it == told::INSIDE) {
        told::inside().await;
        return ExitCode::SUCCESS;
    }
    let mut table = vec![start().await];
    table.extend(watching::budgets().await);
    table.push(size());
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
            idle.github,
            0.0,
            "",
        ),
    ]
}

fn large() -> Budget {
    let took = large::rounds();
    let note = format!("median {:.2} ms", percentile(&took, 0.5));
    let what = "plan and view: 1,000 pull requests, 10,000 records, p99";
    Budget::new(what, percentile(&took, 0.99), 5.0, "ms").note(note)
}
