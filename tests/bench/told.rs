//! From a change of the pipeline to the notice on the desktop.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use slipway_core::view::{StepId, StepState};

use crate::budget::{Budget, percentile};
use crate::desktop::Desktop;
use crate::notices::{Dunst, Monitor};
use crate::stage::Stage;
use crate::wait;
use crate::walk::Walk;

/// Told to the copy of this program that runs on a desktop of its own.
pub(crate) const INSIDE: &str = "--told";

const CHANGES: usize = 40;
/// How often practice looks, and at most so much later.
const LOOK: f64 = 2_000.0 * 1.1;
/// What is allowed beside.
const BESIDE: f64 = 250.0;

pub(crate) async fn budget() -> Budget {
    let desktop = Desktop::start().await;
    let _dunst = Dunst::start(&desktop).await;
    let program = std::env::current_exe().expect("this program");
    let mut command = std::process::Command::new(program);
    let known = desktop.command("true");
    let environment = known.get_envs();
    command.envs(environment.filter_map(|(name, value)| Some((name, value?))));
    command.arg(INSIDE);
    let told = tokio::task::spawn_blocking(move || command.output()).await;
    let told = told.expect("no panic").expect("it runs");
    assert!(
        told.status.success(),
        "{}",
        String::from_utf8_lossy(&told.stderr)
    );
    let last = String::from_utf8_lossy(&told.stdout);
    let last = last.lines().last().unwrap_or_default();
    let took: Vec<f64> = serde_json::from_str(last).expect("a list");
    let note = format!(
        "median {:.0} ms; it looks every 2 s, give or take a tenth",
        percentile(&took, 0.5)
    );
    let what = "from a change of the pipeline to its notice, p99";
    Budget::new(what, percentile(&took, 0.99), LOOK + BESIDE, "ms").note(note)
}

/// Prints how long each notice took, in milliseconds.
pub(crate) async fn inside() {
    let monitor = Monitor::on(&std::env::var("DBUS_SESSION_BUS_ADDRESS").expect("a bus"));
    let stage = Stage::recorded(1, 0).await;
    let failure = json!({"message": "exit status 1", "times": CHANGES + 1});
    stage.order("/build/fail", failure).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until(|intent| matches!(intent, slipway_core::intent::Intent::RetryStage { .. }))
        .await;
    let mut took = Vec::new();
    for _ in 0..CHANGES {
        let before = failures(&monitor);
        stage
            .order("/stages/retry", json!({"stage": "Build"}))
            .await;
        let told = wait::until(wait::LIMIT, async || {
            (failures(&monitor) > before).then(now)
        });
        let told = told.await.expect("it is told");
        let failed_at = stage.newest_execution().updated_at.as_millisecond();
        took.push((told - failed_at) as f64);
        let failed = |view: &slipway_core::view::ReleaseView| {
            crate::walk::state(view, StepId::Build) == StepState::Failed
        };
        walk.see("it is shown", failed).await;
    }
    println!("{}", serde_json::to_string(&took).expect("numbers"));
}

fn failures(monitor: &Monitor) -> usize {
    let failed = |title: &str| title.contains("failed");
    monitor
        .notices()
        .iter()
        .filter(|it| failed(&it.title))
        .count()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.unwrap_or(Duration::ZERO).as_millis();
    i64::try_from(since).unwrap_or(i64::MAX)
}
