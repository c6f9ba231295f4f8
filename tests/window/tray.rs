//! The icon in the tray, as a panel shows it.

use serde_json::json;

use crate::browser::handle;
use crate::desktop::Desktop;
use crate::journey::{Hand, Journey};
use crate::manager::Manager;
use crate::program::Program;
use crate::tray_host::{Shown, TrayHost};

const PRACTICE: &str = "slipway-practice";
const TITLE: &str = "Slipway \u{2013} practice";

#[tokio::test(flavor = "multi_thread")]
async fn each_state_of_a_release_has_its_shape_and_words() {
    let desktop = Desktop::start().await;
    let _manager = Manager::run(&desktop);
    let host = TrayHost::start(&desktop).await;
    let mut journey = Journey::begin_on(desktop, "tray", Hand::Mouse).await;

    let idle = await_glyph(&host, "idle").await;
    assert_eq!(idle.status, "Active");
    assert_eq!(idle.title, TITLE);
    assert_eq!(idle.tooltip.0, TITLE, "practice has its own look");
    assert!(idle.tooltip.1.ends_with("nothing needs you"), "{idle:?}");

    journey.walk_until_done("branch").await;
    let asks = await_glyph(&host, "needs you").await;
    assert_eq!(asks.status, "NeedsAttention");

    journey.walk_until_done("merge").await;
    let release = await_words(&mut journey, &host, " waits for your approval").await;
    journey.browser.click(&handle("go-home")).await;
    journey.browser.await_screen("home").await;
    host.press(PRACTICE, &format!("Review {release}")).await;
    journey.browser.await_screen("approval").await;

    let order = json!({ "message": "exit status 1" });
    journey.sim.order("build/fail", order).await;
    journey.walk_until_done("approval").await;
    let runs = await_glyph(&host, "running").await;
    assert_eq!(runs.status, "Active");
    assert!(runs.tooltip.1.ends_with(" is being built"), "{runs:?}");

    journey
        .sim
        .advance(std::time::Duration::from_secs(3600))
        .await;
    let failed = await_glyph(&host, "failed").await;
    assert_eq!(failed.status, "NeedsAttention");
    let menu = host.menu(PRACTICE).await;
    let labels: Vec<&str> = menu.iter().map(|entry| entry.label.as_str()).collect();
    let open = format!("Open {release}");
    assert_eq!(labels[1..], [&*open, "Open Slipway", "Quit Slipway"]);
    assert!(!menu[0].enabled, "the first line is only to be read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_keeps_watching_and_comes_back() {
    let desktop = Desktop::start().await;
    let manager = Manager::start(&desktop).await;
    let host = TrayHost::start(&desktop).await;
    let mut program = Program::start(&desktop, &["--practice"]);
    await_glyph(&host, "idle").await;

    manager.await_in_front(TITLE).await;
    manager.close_away(TITLE).await;
    assert!(host.shown(PRACTICE).await.is_some(), "the icon stays");
    host.press(PRACTICE, "Open Slipway").await;
    manager.await_in_front(TITLE).await;

    manager.close_away(TITLE).await;
    host.click(PRACTICE).await;
    manager.await_in_front(TITLE).await;

    manager.close_away(TITLE).await;
    assert!(program.is_running());
    host.press(PRACTICE, "Quit Slipway").await;
    assert_eq!(program.await_end().await.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panel_that_goes_loses_nobody_and_one_that_comes_is_found() {
    let desktop = Desktop::start().await;
    let manager = Manager::start(&desktop).await;
    let mut program = Program::start(&desktop, &["--practice"]);
    manager.await_in_front(TITLE).await;

    let host = TrayHost::start(&desktop).await;
    await_glyph(&host, "idle").await;
    manager.close_away(TITLE).await;

    host.end().await;
    manager.await_in_task_bar("Slipway is still watching").await;
    let host = TrayHost::start(&desktop).await;
    await_glyph(&host, "idle").await;
    host.click(PRACTICE).await;
    manager.await_in_front(TITLE).await;
    host.press(PRACTICE, "Quit Slipway").await;
    assert_eq!(program.await_end().await.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn started_at_login_it_waits_in_the_tray() {
    let desktop = Desktop::start().await;
    let manager = Manager::start(&desktop).await;
    let host = TrayHost::start(&desktop).await;
    let mut program = Program::start(&desktop, &["--hidden"]);
    let shown = host.await_shown("slipway", |it| it.glyph == "idle").await;
    let shown = shown.unwrap_or_else(|last| panic!("{last}"));
    assert_eq!(shown.title, "Slipway");
    assert!(!manager.is_shown("Slipway"));

    host.click("slipway").await;
    manager.await_in_front("Slipway").await;
    host.press("slipway", "Quit Slipway").await;
    assert_eq!(program.await_end().await.code(), Some(0));
}

async fn await_glyph(host: &TrayHost, glyph: &str) -> Shown {
    let shown = host.await_shown(PRACTICE, |shown| shown.glyph == glyph);
    shown
        .await
        .unwrap_or_else(|last| panic!("not {glyph}: {last}"))
}

/// Lets the world's time pass until the tooltip ends so; gives what comes before, which is the release.
async fn await_words(journey: &mut Journey, host: &TrayHost, end: &str) -> String {
    journey
        .sim
        .advance(std::time::Duration::from_secs(60))
        .await;
    let shown = host.await_shown(PRACTICE, |shown| shown.tooltip.1.ends_with(end));
    let shown = shown
        .await
        .unwrap_or_else(|last| panic!("not {end:?}: {last}"));
    assert_eq!(shown.glyph, "needs you");
    let words = shown.tooltip.1.trim_end_matches(end);
    words.trim_start_matches("Practice: ").to_owned()
}
