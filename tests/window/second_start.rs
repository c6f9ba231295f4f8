//! Starting Slipway a second time.

use crate::desktop::Desktop;
use crate::manager::Manager;
use crate::program::Program;
use crate::tray_host::TrayHost;
use crate::wait;

const PRACTICE: &str = "Slipway \u{2013} practice";

#[tokio::test(flavor = "multi_thread")]
async fn brings_the_first_to_the_front_and_ends() {
    let desktop = Desktop::start().await;
    let manager = Manager::start(&desktop).await;
    let host = TrayHost::start(&desktop).await;
    let mut practice = Program::start(&desktop, &["--practice"]);
    manager.await_in_front(PRACTICE).await;

    let mut real = Program::start(&desktop, &[]);
    manager.await_front_is("Slipway").await;
    for id in ["slipway", "slipway-practice"] {
        let shown = host.await_shown(id, |_| true).await;
        assert!(shown.is_ok(), "practice and real side by side: {shown:?}");
    }

    let mut again = Program::start(&desktop, &["--practice"]);
    assert_eq!(again.await_end().await.code(), Some(0));
    manager.await_in_front(PRACTICE).await;

    manager.close_away(PRACTICE).await;
    let mut again = Program::start(&desktop, &["--practice"]);
    assert_eq!(again.await_end().await.code(), Some(0));
    manager.await_in_front(PRACTICE).await;

    let mut again = Program::start(&desktop, &[]);
    assert_eq!(again.await_end().await.code(), Some(0));
    manager.await_front_is("Slipway").await;
    assert!(practice.is_running() && real.is_running());
}

/// Back to back on one session bus: what is ending does not take the next one with it.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_ending_is_not_handed_to() {
    let desktop = Desktop::start().await;
    let host = TrayHost::start(&desktop).await;
    let mut earlier = Program::start(&desktop, &["--practice"]);
    for _ in 0..4 {
        let shown = host.await_shown("slipway-practice", |_| true).await;
        assert!(shown.is_ok(), "{shown:?}");
        host.press("slipway-practice", "Quit Slipway").await;
        let mut next = Program::start(&desktop, &["--practice"]);
        assert_eq!(earlier.await_end().await.code(), Some(0));
        assert!(next.is_running(), "it opens a window of its own");
        earlier = next;
    }
    let world = desktop.data().join("practice/sim.json");
    let world = wait::until(wait::LIMIT, async || world.exists().then_some(())).await;
    assert!(world.is_some(), "the last one has the data folder");
}
