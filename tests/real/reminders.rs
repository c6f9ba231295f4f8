//! Reminders of an approval that nobody answers, on a real desktop service.

use std::path::PathBuf;

use serde_json::json;
use slipway_core::desktop::Event;
use slipway_core::intent::Intent;

use crate::dunst::{Dunst, Screen, history};
use crate::inside;
use crate::notices::{LIVE, WAITS, listed, see};
use crate::stage::Stage;
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
