//! Closing the window where there is no tray, and starting at login.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::desktop::Desktop;
use crate::manager::Manager;
use crate::program::Program;
use crate::wait;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_tray_it_is_asked_once() {
    let desktop = Desktop::start().await;
    let manager = Manager::start(&desktop).await;
    let mut program = Program::start(&desktop, &[]);
    manager.await_front_is("Slipway").await;
    // The first press only asks, and closing again is an answer, too.
    let ended = wait::until(wait::LIMIT, async || {
        manager.close();
        program.ended()
    });
    let ended = ended.await.expect("there is a way to end it");
    assert_eq!(ended.code(), Some(0));

    let browser = Browser::start_with(&desktop, &[]).await;
    browser.await_screen("home").await;
    manager.await_front_is("Slipway (automated)").await;
    manager.close();
    browser.await_screen("dialog-closing").await;
    // By the keyboard: a driver that clicks waits for the next frame, and a minimised window has none. A button that has
    // just appeared rests, so that nobody presses it unread.
    let answered = wait::until(wait::LIMIT, async || {
        let asked = browser.screen().await.as_deref() == Some("dialog-closing");
        if asked {
            manager.press("Return");
        }
        (!asked).then_some(())
    });
    answered.await.expect("the answer is taken");
    manager.await_in_task_bar("Slipway is still watching").await;

    let mut again = Program::start(&desktop, &[]);
    assert_eq!(again.await_end().await.code(), Some(0));
    manager.await_front_is("Slipway (automated)").await;
    manager.close();
    manager.await_in_task_bar("Slipway is still watching").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn start_at_login_is_switched_on_and_off() {
    let desktop = Desktop::start().await;
    let browser = Browser::start_with(&desktop, &[]).await;
    browser.await_screen("home").await;
    let entry = desktop.home(".config/autostart/Slipway.desktop");
    assert!(!entry.exists(), "off by default");

    let wish =
        |on: bool| json!({ "type": "desktop", "wish": { "type": "startAtLogin", "on": on } });
    assert_eq!(browser.dispatch(wish(true)).await, Value::Null);
    let text = std::fs::read_to_string(&entry).expect("it starts at login");
    let line = format!("Exec={} --hidden", env!("CARGO_BIN_EXE_slipway"));
    assert!(text.lines().any(|it| it == line), "{text}");

    assert_eq!(browser.dispatch(wish(false)).await, Value::Null);
    let gone = wait::until(wait::LIMIT, async || (!entry.exists()).then_some(())).await;
    assert!(gone.is_some(), "it starts at login no more");
}
