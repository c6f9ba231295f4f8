//! The whole log of a build, without a mouse.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::handle;
use crate::journey::{Hand, Journey};
use crate::wait;

/// What is in sight of the log: the first line and the last, counted from 0.
async fn in_sight(journey: &Journey) -> (i64, i64) {
    let script = "const list = document.querySelector('[data-testid=\"log-lines\"]');
        if (!list) return [-1, -1];
        const box = list.getBoundingClientRect();
        const seen = [...list.children].filter((it) => {
          const own = it.getBoundingClientRect();
          return own.bottom > box.top + 1 && own.top < box.bottom - 1;
        });
        return seen.length ? [+seen[0].dataset.line, +seen.at(-1).dataset.line] : [-1, -1];";
    let [first, last] = journey.browser.run(script).await;
    (first, last)
}

/// Waits until what is in sight is so and stays so: the web view scrolls smoothly.
async fn see(journey: &Journey, what: &str, is: impl Fn(i64, i64) -> bool) -> (i64, i64) {
    let (mut before, mut still) = (None, 0);
    let seen = wait::until(wait::LIMIT, async || {
        let (first, last) = in_sight(journey).await;
        let top = "return document.querySelector('[data-testid=\"log-lines\"]')?.scrollTop ?? -1;";
        let top: f64 = journey.browser.run(top).await;
        still = if before.replace(top) == Some(top) {
            still + 1
        } else {
            0
        };
        (still > 2 && is(first, last)).then_some((first, last))
    });
    match seen.await {
        Some(seen) => seen,
        None => {
            let seen = in_sight(journey).await;
            journey.browser.fail(&format!("{what}: {seen:?}")).await
        }
    }
}

/// Waits until what carries a handle says this.
async fn says(journey: &Journey, testid: &str, text: &str) {
    let said = wait::until(wait::LIMIT, async || {
        let said = journey.browser.text(&handle(testid)).await?;
        said.contains(text).then_some(())
    });
    if said.await.is_none() {
        journey
            .browser
            .fail(&format!("{testid} never says {text:?}"))
            .await;
    }
}

async fn total(journey: &Journey) -> i64 {
    let logged = journey.sim.world().await;
    let build = logged["builds"]
        .as_array()
        .and_then(|it| it.last().cloned());
    let build = build.expect("something was built");
    let own = build["log"].as_array().expect("a log").len();
    let bulk = build["bulk"]["lines"].as_i64().unwrap_or_default();
    bulk + i64::try_from(own).expect("few")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_a_failed_build_is_searched_followed_and_closed_by_keyboard_alone() {
    let mut journey = Journey::begin("log", Hand::Keyboard).await;
    let failure =
        json!({"message": "Error while executing command: make test. Reason: exit status 2"});
    journey.sim.order("build/fail", failure).await;
    journey.walk_until_done("approval").await;
    let failed = wait::until(wait::LIMIT, async || {
        journey.sim.advance(Duration::from_secs(10)).await;
        journey.browser.attribute("failure-kind", "data-kind").await
    });
    assert!(failed.await.is_some(), "the build fails");
    let more = json!({"megabytes": 2, "lines": [
        "\u{1b}[31mSyntaxError: invalid syntax\u{1b}[0m in etl/load.py, line 7",
        "export DB_PASSWORD=hunter2",
        "<img src=x onerror=alert(1)> is text"]});
    journey.sim.order("build/log", more).await;
    let lines = total(&journey).await;

    journey.tab_to("action-open-log").await;
    journey.browser.keys(&[Key::Enter.into()]).await;
    see(&journey, "the end", |_, last| last == lines - 1).await;
    says(&journey, "log-lines", "export DB_PASSWORD=[masked]").await;
    says(
        &journey,
        "log-lines",
        "<img src=x onerror=alert(1)> is text",
    )
    .await;
    let focus = journey.browser.focus().await;
    assert_eq!(
        focus.testid, "log-lines",
        "the keyboard is where it scrolls"
    );
    journey.picture("whole-log").await;

    // What comes is followed, until the person goes elsewhere.
    journey
        .sim
        .order("build/log", json!({"lines": ["and on it goes"]}))
        .await;
    see(&journey, "what is new", |_, last| last == lines).await;
    let page = |up: bool| [if up { Key::PageUp } else { Key::PageDown }.into()];
    journey.browser.keys(&page(true)).await;
    let (above, _) = see(&journey, "the page before", |_, last| last < lines - 3).await;
    journey
        .sim
        .order("build/log", json!({"lines": ["not seen from here"]}))
        .await;
    let shown = format!("of {}", thousands(lines + 2));
    says(&journey, "log-viewer", &shown).await;
    assert_eq!(
        in_sight(&journey).await.0,
        above,
        "what is looked at stays in its place"
    );

    // Page by page, over the edge of what the page holds, and nothing is left out.
    let mut before = in_sight(&journey).await;
    for _ in 0..50 {
        journey.browser.keys(&page(true)).await;
        let last = before;
        before = see(&journey, "the page before", |first, _| first < last.0).await;
        assert!(
            before.1 >= last.0 - 1,
            "lines were left out between {before:?} and {last:?}"
        );
    }
    assert!(above - before.0 > 300, "{above} {before:?}");
    journey.browser.keys(&[Key::Home.into()]).await;
    see(&journey, "the first line", |first, _| first == 0).await;

    journey.browser.keys(&[Key::Control.into(), 'f']).await;
    assert_eq!(journey.browser.focus().await.testid, "field-log-search");
    journey.browser.write("syntaxerror").await;
    says(&journey, "log-found", "1 of 1 line").await;
    let at = lines - 3;
    see(&journey, "the only place", |first, last| {
        first <= at && at <= last
    })
    .await;
    assert_eq!(
        journey.browser.text("mark").await.as_deref(),
        Some("SyntaxError")
    );
    journey.picture("log-found").await;
    journey.browser.clear().await;
    journey.browser.write("warning: needle").await;
    says(&journey, "log-found", "of 20 lines").await;
    let found = journey.browser.text(&handle("log-found")).await;
    journey.browser.keys(&[Key::Enter.into()]).await;
    let went = wait::until(wait::LIMIT, async || {
        (journey.browser.text(&handle("log-found")).await != found).then_some(())
    });
    assert!(went.await.is_some(), "it goes to the next place");
    journey
        .browser
        .keys(&[Key::Shift.into(), Key::Enter.into()])
        .await;
    says(&journey, "log-found", &found.expect("it was found")).await;

    journey.browser.keys(&[Key::Escape.into()]).await;
    let closed = wait::until(wait::LIMIT, async || {
        let viewer = journey.browser.text(&handle("log-viewer")).await;
        let focus = journey.browser.focus().await;
        (viewer.is_none() && focus.testid == "action-open-log").then_some(())
    });
    assert!(
        closed.await.is_some(),
        "it is closed, and the keyboard is where it was opened"
    );
}

fn thousands(n: i64) -> String {
    let n = u32::try_from(n).expect("a count");
    slipway_core::words::thousands(n)
}
