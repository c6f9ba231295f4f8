//! Notices on a real desktop service, of a release that the engine walks through.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use slipway_core::desktop::{Event, Wish};
use slipway_core::intent::Intent;
use slipway_core::view::{StepId, Tone, View};
use slipway_engine::Handle;
use slipway_engine::clock::System;

use crate::dunst::{Dunst, Got, Screen, history, press, shown};
use crate::guard::Guard;
use crate::stage::{PATIENCE, Stage, start};
use crate::stub::{Answers, CLOSED, Stub};
use crate::walk::Walk;
use crate::{inside, wait};

pub(crate) const WAITS: &str = "Practice: A deploy waits for your approval";
pub(crate) const LIVE: &str = "Practice: Deployed to production";

/// Long enough for the state in between to be seen in practice, where looks are two seconds apart.
const BUILD: u32 = 5;

/// Nobody who quits waits longer for a service that hangs.
const AT_ONCE: Duration = Duration::from_secs(3);

/// Tells the process that is killed where the world is.
const WORLD: &str = "SLIPWAY_NOTICES_WORLD";
/// And which folder is its.
const DATA: &str = "SLIPWAY_NOTICES_DATA";

fn approve(intent: &Intent) -> bool {
    matches!(intent, Intent::Approve { .. })
}

fn retry(intent: &Intent) -> bool {
    matches!(intent, Intent::RetryStage { .. })
}

async fn stage() -> Stage {
    let stage = Stage::set(1).await;
    stage
        .order("/story", json!({"pace": {"build": BUILD}}))
        .await;
    stage
}

pub(crate) async fn see(engine: &Handle, what: &str, is: impl Fn(&View) -> bool) -> Arc<View> {
    let mut views = engine.views();
    let seen = tokio::time::timeout(PATIENCE, views.wait_for(|view| is(view))).await;
    match seen {
        Ok(view) => view.expect("it runs").clone(),
        Err(_) => panic!("never seen: {what}"),
    }
}

/// The list in the window, oldest first.
pub(crate) fn listed(view: &View) -> Vec<Event> {
    view.notices.iter().rev().map(|it| it.event).collect()
}

async fn test_notice(engine: &Handle) -> (Tone, String) {
    let wish = Wish::TestNotice;
    engine
        .dispatch(Intent::Desktop { wish })
        .await
        .expect("it is told");
    let view = engine.views().borrow().clone();
    let test = view.settings.test.clone().expect("it is said");
    (test.tone, test.text)
}

#[test]
fn a_release_is_told_in_order_and_once_also_over_a_restart() {
    inside::run(
        "notices::a_release_is_told_in_order_and_once_also_over_a_restart",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let dunst = Dunst::start(&screen).await;
            let stage = stage().await;
            let fails = json!({"message": "exit 1"});
            stage.order("/build/fail", fails).await;
            let engine = stage.engine();
            Walk::new(&engine).until(approve).await;
            assert_eq!(dunst.await_titles(1).await, [WAITS]);

            press();
            let pressed = see(&engine, "the press", |view| view.summons.is_some()).await;
            let summons = pressed.summons.clone().expect("it was pressed");
            assert_eq!(summons.step, Some(StepId::Approval));
            let release = pressed.releases[0].id.clone();
            assert_eq!(summons.release, Some(release));

            engine.stop().await;
            drop(engine);
            let engine = stage.engine();
            let mut walk = Walk::new(&engine);
            let intent = walk.until(approve).await;
            walk.press(intent).await.expect("it is approved");
            let titles = dunst.await_titles(2).await;
            assert!(titles[1].ends_with("approved the deploy"), "{titles:?}");
            walk.until(retry).await;
            dunst.await_titles(3).await;
            let intent = walk.until(retry).await;
            walk.press(intent).await.expect("it runs again");
            dunst.await_titles(4).await;
            walk.until_the_end().await;
            let titles = dunst.await_titles(5).await;
            let rest = [
                "Practice: The build failed",
                "Practice: The build runs again",
                LIVE,
            ];
            assert_eq!(titles[2..], rest, "each once, in its order");

            let got = dunst.got();
            assert_ne!(got[0].id, got[1].id, "the first was pressed and closed");
            assert!(
                got[2..].iter().all(|it| it.id == got[1].id),
                "each takes the place of the one before: {got:#?}"
            );
            assert!(got.iter().all(|it| it.entry == "Slipway"), "{got:#?}");
            assert_eq!(got[0].timeout, "0", "it stays");
            assert_eq!(history()[0], LIVE);
            assert_eq!(listed(&engine.views().borrow()), WHOLE);
            assert_eq!(got[4].body, engine.views().borrow().notices[0].body);

            let (tone, said) = test_notice(&engine).await;
            assert!(said.starts_with("dunst "), "{said}");
            assert_eq!(tone, Tone::Good);
            assert_eq!(dunst.titles().len(), 6, "and the test");
            assert_ne!(shown(), 0, "it is there");
            engine.stop().await;
            assert_eq!(shown(), 0, "it goes with the engine");
        },
    );
}

const WHOLE: [Event; 5] = [
    Event::ApprovalNeeded,
    Event::Building,
    Event::Failed,
    Event::Building,
    Event::Succeeded,
];

#[test]
fn a_service_that_comes_late_or_dies_takes_nothing_along() {
    inside::run(
        "notices::a_service_that_comes_late_or_dies_takes_nothing_along",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let stage = stage().await;
            let engine = stage.engine();
            let mut walk = Walk::new(&engine);
            let intent = walk.until(approve).await;
            see(&engine, "the list", |view| !view.notices.is_empty()).await;
            let (tone, said) = test_notice(&engine).await;
            assert!(said.starts_with("No notification service"), "{said}");
            assert_eq!(tone, Tone::Wait);

            let dunst = Dunst::start(&screen).await;
            assert_eq!(dunst.await_titles(1).await, [WAITS], "what was missed");
            dunst.kill().await;
            let dunst = Dunst::start(&screen).await;
            assert_eq!(dunst.await_titles(1).await, [WAITS], "what it took down");
            press();
            see(&engine, "the press", |view| view.summons.is_some()).await;
            assert_eq!(dunst.titles(), [WAITS], "once");
            dunst.kill().await;
            walk.press(intent).await.expect("it is approved");
            let builds = |view: &View| listed(view).contains(&Event::Building);
            see(&engine, "the list goes on", builds).await;

            let dunst = Dunst::start(&screen).await;
            let titles = dunst.await_titles(1).await;
            assert!(titles[0].ends_with("approved the deploy"), "{titles:?}");
            walk.until_the_end().await;
            assert_eq!(dunst.await_titles(2).await[1], LIVE);
            press();
            let build = |view: &View| {
                let summons = view.summons.as_ref();
                summons.is_some_and(|it| it.step == Some(StepId::Build))
            };
            see(&engine, "the press", build).await;
            let told = [Event::ApprovalNeeded, Event::Building, Event::Succeeded];
            see(&engine, "the whole list", |view| listed(view) == told).await;
        },
    );
}

#[test]
fn a_service_that_never_answers_holds_nothing_up() {
    inside::run(
        "notices::a_service_that_never_answers_holds_nothing_up",
        async |_: PathBuf| {
            let stub = Stub::start(Answers::None).await;
            let stage = stage().await;
            let engine = stage.engine();
            Walk::new(&engine).until_the_end().await;
            let told = [Event::ApprovalNeeded, Event::Building, Event::Succeeded];
            see(&engine, "the whole list", |view| listed(view) == told).await;
            assert!(stub.was_asked());
            let (tone, said) = test_notice(&engine).await;
            assert!(said.contains("does not answer"), "{said}");
            assert_eq!(tone, Tone::Wait);
            let began = Instant::now();
            engine.stop().await;
            assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
        },
    );
}

#[test]
fn what_nobody_answers_any_more_goes_with_the_engine() {
    inside::run(
        "notices::what_nobody_answers_any_more_goes_with_the_engine",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let dunst = Dunst::start(&screen).await;
            let stage = stage().await;
            let engine = stage.engine();
            Walk::new(&engine).until(approve).await;
            assert_eq!(dunst.await_titles(1).await, [WAITS]);
            dunst.await_shown(1).await;
            dunst.hang();
            let began = Instant::now();
            engine.stop().await;
            assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
            dunst.recover();
            dunst.await_shown(0).await;
            drop(engine);

            let engine = stage.engine();
            Walk::new(&engine).until_the_end().await;
            let titles = dunst.await_titles(3).await;
            assert_eq!(titles[2], LIVE);
            assert!(!titles[1..].contains(&WAITS.to_owned()), "{titles:?}");
        },
    );
}

#[test]
fn what_a_killed_one_left_makes_way() {
    inside::run(
        "notices::what_a_killed_one_left_makes_way",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let dunst = Dunst::start(&screen).await;
            let stage = stage().await;
            let world = serde_json::to_string(stage.sim.endpoints()).expect("it can be told");
            let mut child = Command::new(std::env::current_exe().expect("this program"));
            child.args(["--exact", "notices::child", "--nocapture"]);
            child.envs(std::env::vars_os());
            child.env(WORLD, world).env(DATA, stage.data.path());
            let child = Guard::start(&child, &folder.join("child"));
            assert_eq!(dunst.await_titles(1).await, [WAITS]);
            let kept = async || is_kept(stage.data.path(), r#""type":"shown""#).then_some(());
            let kept = wait::until(PATIENCE, kept).await;
            kept.expect("where it is shown is written down");
            drop(child);
            assert_eq!(shown(), 1, "it is killed, so it takes nothing away");

            let engine = stage.engine();
            dunst.await_shown(0).await;
            Walk::new(&engine).until_the_end().await;
            let titles = dunst.await_titles(3).await;
            assert!(titles[1].ends_with("approved the deploy"), "{titles:?}");
            assert_eq!(titles[2], LIVE);
            dunst.await_shown(1).await;
        },
    );
}

/// Not a test: what the process that is killed does.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let (Ok(world), Ok(data)) = (std::env::var(WORLD), std::env::var(DATA)) else {
        return;
    };
    let world = serde_json::from_str(&world).expect("where the world is");
    let engine = start(Path::new(&data), &world, Arc::new(System));
    Walk::new(&engine).until(approve).await;
    std::future::pending::<()>().await;
}

#[test]
fn a_service_that_hung_shows_what_is_so_when_it_recovers() {
    inside::run(
        "notices::a_service_that_hung_shows_what_is_so_when_it_recovers",
        async |folder: PathBuf| {
            let screen = Screen::start(&folder);
            let dunst = Dunst::start(&screen).await;
            dunst.hang();
            let stage = stage().await;
            let engine = stage.engine();
            let mut walk = Walk::new(&engine);
            let intent = walk.until(approve).await;
            see(&engine, "the list", |view| !view.notices.is_empty()).await;
            let (_, said) = test_notice(&engine).await;
            assert!(said.contains("does not answer"), "{said}");
            walk.press(intent).await.expect("it is approved");
            let builds = |view: &View| listed(view).contains(&Event::Building);
            see(&engine, "the list goes on", builds).await;
            dunst.recover();
            walk.until_the_end().await;
            let live = async || dunst.titles().contains(&LIVE.to_owned()).then_some(());
            wait::until(PATIENCE, live).await.expect("it goes on");
            let got = dunst.got();
            let ids: BTreeSet<_> = got.iter().map(|it| &it.id).collect();
            assert_eq!(ids.len(), 1, "one in the place of the other: {got:#?}");
            let outdated = |it: &Got| it.title == WAITS || it.title.contains("test");
            assert!(
                !got.iter().any(outdated),
                "they are not so any more: {got:#?}"
            );
        },
    );
}

#[test]
fn answers_that_come_late_leave_one_notice_and_another_service_takes_it_over() {
    inside::run(
        "notices::answers_that_come_late_leave_one_notice_and_another_service_takes_it_over",
        async |_: PathBuf| {
            let stub = Stub::start(Answers::Late).await;
            let stage = stage().await;
            let engine = stage.engine();
            let mut walk = Walk::new(&engine);
            let intent = walk.until(approve).await;
            let sent = async || (stub.titles() == [WAITS]).then_some(());
            wait::until(PATIENCE, sent).await.expect("it is sent");
            walk.press(intent).await.expect("it is approved");
            walk.until_the_end().await;
            let told = [Event::ApprovalNeeded, Event::Building, Event::Succeeded];
            see(&engine, "the whole list", |view| listed(view) == told).await;
            stub.answer();
            await_shown(&stub, &[LIVE]).await;

            let other = Stub::start(Answers::All).await;
            await_shown(&other, &[LIVE]).await;
            engine.stop().await;
            assert_eq!(other.shown(), Some(Vec::new()));
            assert_eq!(other.titles(), [LIVE, CLOSED]);
        },
    );
}

async fn await_shown(stub: &Stub, titles: &[&str]) {
    let shown = async || (stub.shown()? == titles).then_some(());
    let came = wait::until(PATIENCE, shown).await;
    assert!(came.is_some(), "{:?} of {:?}", stub.shown(), stub.titles());
}

/// Something is in one of the data folder's files.
fn is_kept(data: &Path, text: &str) -> bool {
    let files = std::fs::read_dir(data).expect("the folder is there");
    let mut kept = files.filter_map(|file| std::fs::read(file.ok()?.path()).ok());
    kept.any(|kept| String::from_utf8_lossy(&kept).contains(text))
}

#[test]
fn a_muted_event_is_in_the_list_and_takes_what_it_outdates_from_the_desktop() {
    inside::run(
        "notices::a_muted_event_is_in_the_list_and_takes_what_it_outdates_from_the_desktop",
        async |_: PathBuf| {
            let stub = Stub::start(Answers::All).await;
            let stage = stage().await;
            let engine = stage.engine();
            let mute = Wish::SwitchNotices {
                event: Event::Building,
                on: false,
            };
            engine
                .dispatch(Intent::Desktop { wish: mute })
                .await
                .expect("it is switched off");
            let mut views = engine.views();
            let asked = tokio::spawn(async move {
                let asks = |view: &Arc<View>| {
                    let release = view.releases.first();
                    release.is_some_and(|it| it.approval.gate.is_some())
                };
                let seen = views.wait_for(asks).await.is_ok();
                seen.then(Instant::now)
            });
            Walk::new(&engine).until_the_end().await;
            let came = wait::until(PATIENCE, async || {
                (stub.came().len() >= 3).then(|| stub.came())
            });
            let came = came.await.expect("all came");
            assert_eq!(stub.titles(), [WAITS, CLOSED, LIVE]);
            let told = [Event::ApprovalNeeded, Event::Building, Event::Succeeded];
            see(&engine, "the whole list", |view| listed(view) == told).await;
            let asked = asked.await.expect("no panic").expect("it was asked");
            let took = came[0].0.saturating_duration_since(asked);
            println!("From the gate in the window to its notice: {took:?}");
        },
    );
}
