//! This computer's clock is set while it is not known what became of something.

use serde_json::json;
use slipway_core::action::{Action, Outcome};
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::record::{Entry, Record};
use slipway_core::view::ReleaseView;
use slipway_engine::journal::{Folder, Journal};

use crate::restart::leave_behind;
use crate::stage::{Engine, Stage, announce};

const LOOK: &str = "git/get-ref";

/// The branch is being made, the connection ends before it is, and nobody knows.
async fn doubtful(stage: &Stage) -> Engine {
    let engine = stage.engine();
    let create = engine.draft().await;
    stage
        .fault("git/create-ref", json!({"kind": "reset"}))
        .await;
    let problem = engine.dispatch(create).await.expect_err("nobody knows");
    assert_eq!(problem.code, Code::Unknown);
    engine
}

async fn is_not_there(engine: &Engine) -> ReleaseView {
    let known = |it: &ReleaseView| it.busy.is_none() && it.problem.is_some();
    engine.await_release("it is known", known).await
}

#[tokio::test]
async fn set_forward_it_does_not_make_what_is_on_its_way_late() {
    let stage = Stage::set().await;
    let engine = doubtful(&stage).await;
    stage.set_clock(3_600);
    // The clock is noticed to be another within moments; looks after that are those that count.
    stage.await_asked(LOOK, stage.asked(LOOK) + 3).await;
    let view = engine.view();
    assert!(view.releases[0].busy.is_some(), "it may still arrive");
    stage.later(15);
    is_not_there(&engine).await;
    assert_eq!(
        stage.asked("git/create-ref"),
        1,
        "an hour later nobody means it"
    );
}

#[tokio::test]
async fn nor_does_it_between_two_starts() {
    let stage = Stage::set().await;
    doubtful(&stage).await.handle.stop().await;
    stage.set_clock(3_600);

    let engine = stage.engine();
    let lost = |it: &ReleaseView| it.busy.as_ref().is_some_and(|it| it.contains("lost"));
    engine.await_release("it is looked up", lost).await;
    stage.await_asked(LOOK, stage.asked(LOOK) + 3).await;
    let view = engine.view();
    assert!(view.releases[0].busy.is_some(), "it may still arrive");
    stage.later(15);
    is_not_there(&engine).await;
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn set_back_it_does_not_keep_looks_from_counting() {
    let stage = Stage::set().await;
    let engine = doubtful(&stage).await;
    stage.set_clock(-3_600);
    stage.await_asked(LOOK, stage.asked(LOOK) + 1).await;
    stage.later(20);
    is_not_there(&engine).await;
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn set_back_between_two_starts_it_does_not_either() {
    let stage = Stage::set().await;
    let first = stage.engine();
    let Intent::CreateBranch { name, sha } = first.draft().await else {
        panic!("the form")
    };
    first.handle.stop().await;
    let action = Action::CreateBranch {
        name: name.clone(),
        sha,
    };
    leave_behind(&stage, &name, action).await;
    stage.set_clock(-3_600);

    let engine = stage.engine();
    let lost = |it: &ReleaseView| it.busy.as_ref().is_some_and(|it| it.contains("lost"));
    engine.await_release("it is looked up", lost).await;
    stage.later(20);
    is_not_there(&engine).await;
}

#[tokio::test]
async fn nor_does_it_keep_a_reply_in_the_thread_in_doubt() {
    let stage = Stage::set().await;
    let first = stage.engine();
    let (release, view) = first.begin_to_announce().await;
    let announced = first.dispatch(announce(&release, &view)).await;
    announced.expect("it is posted");
    first.handle.stop().await;
    let thread = stage
        .sim
        .with_world(|world| world.channel.messages[0].ts.clone());
    let tell = Action::TellChange {
        channel: "C00SIMDEPLOY".into(),
        thread: thread.as_str().into(),
        change: "asks/1".into(),
        text: "Waiting for approval".into(),
        broadcast: false,
    };
    leave_behind(&stage, release.as_str(), tell).await;
    stage.set_clock(-3_600);

    let (engine, looks) = (stage.engine(), "conversations.history");
    stage.await_asked(looks, stage.asked(looks) + 1).await;
    stage.later(20);
    stage.await_asked(looks, stage.asked(looks) + 3).await;
    engine.handle.stop().await;
    let mut outcomes = outcomes(&stage).await;
    assert!(
        matches!(outcomes.pop(), Some(Outcome::NotDone { .. })),
        "it was looked up and is not there"
    );
    assert!(
        matches!(outcomes.pop(), Some(Outcome::Unknown { .. })),
        "it was in doubt before"
    );
}

/// What the journal says came of what was sent.
async fn outcomes(stage: &Stage) -> Vec<Outcome> {
    let folder = Folder::take(stage.data.path()).expect("nobody has it");
    let today = "2026-11-24".parse().expect("a date");
    let opened = Journal::open(folder, today).await.expect("it opens");
    opened.journal.close().await;
    let outcome = |entry: Entry| match entry.record {
        Record::Sent { outcome, .. } => Some(outcome),
        Record::Opened { .. }
        | Record::Closed
        | Record::Sending { .. }
        | Record::Declared { .. }
        | Record::Saw { .. }
        | Record::Remind { .. }
        | Record::DropReminder => None,
    };
    opened.entries.into_iter().filter_map(outcome).collect()
}
