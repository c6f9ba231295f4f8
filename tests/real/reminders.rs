//! Reminders of an approval that nobody answers, and of a window that opens soon, on a real desktop service.

use std::path::PathBuf;

use serde_json::json;
use slipway_core::desktop::Event;
use slipway_core::intent::Intent;
use slipway_core::rules::Window;
use slipway_core::view::{Mode, StepId, View};
use slipway_engine::Handle;

use crate::dunst::{Dunst, Screen, history, press};
use crate::inside;
use crate::notices::{LIVE, WAITS, listed, see};
use crate::stage::{Stage, settings};
use crate::walk::Walk;

const STILL: &str = "Practice: A deploy still waits for approval";
const SOON: &str = "Practice: An approval expires in 1 day";
const HOUR: u32 = 3600;

#[test]
fn an_approval_that_waits_is_reminded_of_once_and_a_night_is_told_in_one() {
    inside::run(
        "reminders::an_approval_that_waits_is_reminded_of_once_and_a_night_is_told_in_one",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let dunst = Dunst::start(&screen).await;
            let stage = Stage::set(1).await;
            let engine = stage.engine();
            let approve = |intent: &Intent| matches!(intent, Intent::Approve { .. });
            Walk::new(&engine).until(approve).await;
            assert_eq!(dunst.await_titles(1).await, [WAITS]);
            // Three hours asleep.
            stage.pass(3 * HOUR).await;
            assert_eq!(dunst.await_titles(2).await, [WAITS, STILL]);
            engine.stop().await;
            drop(engine);

            // The next start has nothing to add, until a day is left.
            let engine = stage.engine();
            Walk::new(&engine).until(approve).await;
            stage.pass(6 * 24 * HOUR - 3 * HOUR + 60).await;
            assert_eq!(dunst.await_titles(3).await, [WAITS, STILL, SOON]);
            let asked = [Event::ApprovalNeeded; 3];
            see(&engine, "all three", |view| listed(view) == asked).await;

            // A colleague answers, the build runs, and nobody looks for three hours.
            let answer = json!({"status": "Approved", "summary": ""});
            stage.order("/approval/answer", answer).await;
            stage.pass(3 * HOUR).await;
            let whole = [asked.as_slice(), &[Event::Building, Event::Succeeded]].concat();
            see(&engine, "the digest", |view| listed(view) == whole).await;
            let titles = dunst.await_titles(4).await;
            assert_eq!(titles.last().map(String::as_str), Some(LIVE), "{titles:?}");
            let reminders = titles.iter().filter(|it| *it == STILL || *it == SOON);
            assert_eq!(reminders.count(), 2, "once each: {titles:?}");
            assert_eq!(history()[0], LIVE);
            engine.stop().await;
        },
    );
}

const OPENS: &str = "The maintenance window opens soon";

/// An engine that follows the team's own windows, as in practice none does.
fn real(stage: &Stage) -> Handle {
    let mut settings = settings(stage.data.path(), stage.sim.endpoints(), stage.clock());
    settings.mode = Mode::Real;
    Handle::start(settings)
}

/// Until so many seconds before a window opens.
fn until_before(stage: &Stage, before: i64) -> u32 {
    let (window, now) = (Window::default(), stage.clock().now());
    let next = window.current_or_next(now);
    let left = |opens| opens - now.0 / 1000 - before;
    let soon = left(next.opens.0 / 1000);
    let seconds = match soon {
        // It is open, or nearly so: the one after it.
        ..=0 => left(window.current_or_next(next.until.plus_seconds(1)).opens.0 / 1000),
        soon => soon,
    };
    u32::try_from(seconds).expect("a week at most")
}

#[test]
fn a_window_that_opens_soon_is_told_once_while_nobody_has_begun() {
    inside::run(
        "reminders::a_window_that_opens_soon_is_told_once_while_nobody_has_begun",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let dunst = Dunst::start(&screen).await;
            let stage = Stage::set(0).await;
            stage.pass(until_before(&stage, 20 * 60)).await;
            let engine = real(&stage);
            assert_eq!(dunst.await_titles(1).await, [OPENS]);
            let told = |view: &View| listed(view) == [Event::MaintenanceSoon];
            let view = see(&engine, "it is listed", told).await;
            let branch = view.home.next.branch.clone();
            assert_eq!(view.notices[0].release.as_str(), branch);
            press();
            let view = see(&engine, "the press", |view| view.summons.is_some()).await;
            let summons = view.summons.clone().expect("it was pressed");
            assert_eq!(summons.step, Some(StepId::Branch));
            engine.stop().await;
            drop(engine);

            let engine = real(&stage);
            see(&engine, "it is still listed", told).await;
            engine
                .dispatch(Intent::Look)
                .await
                .expect("anybody may look");
            stage.pass(60).await;
            engine
                .dispatch(Intent::Look)
                .await
                .expect("anybody may look");
            see(&engine, "it is told once", told).await;
            assert_eq!(dunst.titles(), [OPENS]);
            engine.stop().await;
            drop(engine);

            // The week after, somebody has made the branch before.
            stage.pass(until_before(&stage, HOUR.into())).await;
            let next = Window::default().current_or_next(stage.clock().now());
            let name = format!("maintenance-{}", next.date);
            assert_ne!(name, branch);
            stage.order("/branches", json!({"name": name})).await;
            stage.pass(HOUR - 20 * 60).await;
            let engine = real(&stage);
            let found = |view: &View| view.home.found.iter().any(|it| it.name == name);
            see(&engine, "the branch is found", found).await;
            engine
                .dispatch(Intent::Look)
                .await
                .expect("anybody may look");
            assert_eq!(dunst.titles(), [OPENS]);
            engine.stop().await;
        },
    );
}
