//! One thing at a time for a release, whoever asks and however often.

use std::time::Duration;

use serde_json::json;
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Code;

use crate::stage::{Engine, Stage, announce, until};

#[tokio::test]
async fn a_second_click_while_the_first_is_being_sent_sends_nothing() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let (release, view) = engine.begin_to_announce().await;
    stage
        .fault("chat.postMessage", json!({"kind": "hold"}))
        .await;

    let (handle, intent) = (engine.handle.clone(), announce(&release, &view));
    let first = tokio::spawn(async move { handle.dispatch(intent).await });
    stage.await_asked("chat.postMessage", 1).await;
    engine
        .await_release("it is busy", |it| it.busy.is_some())
        .await;
    let problem = engine
        .dispatch(announce(&release, &view))
        .await
        .expect_err("it is busy");
    assert_eq!(problem.code, Code::NotOffered);

    stage.no_faults().await;
    first.await.expect("no panic").expect("it is posted");
    engine
        .await_release("it is free", |it| it.busy.is_none())
        .await;
    assert_eq!(stage.asked("chat.postMessage"), 1);
}

#[tokio::test]
async fn nor_does_it_take_away_that_the_first_is_sent_again() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let (release, view) = engine.begin_to_announce().await;
    let busy = json!({"kind": "status", "code": 429, "headers": {"retry-after": "1"},
        "body": {"ok": false, "error": "ratelimited"}});
    stage.fault("chat.postMessage", busy).await;
    // Long enough for a second click.
    let slow = json!({"kind": "slow", "ms": 4_000, "times": 2});
    stage.fault("conversations.history", slow).await;

    let (handle, intent) = (engine.handle.clone(), announce(&release, &view));
    let first = tokio::spawn(async move { handle.dispatch(intent).await });
    engine
        .await_release("it is busy", |it| it.busy.is_some())
        .await;
    let second = engine.dispatch(announce(&release, &view)).await;
    assert_eq!(second.expect_err("it is busy").code, Code::NotOffered);
    let first = first.await.expect("no panic");
    assert_eq!(first.expect_err("it is too busy").code, Code::Throttled);
    engine
        .await_release("it is sent again", |it| it.again.is_some())
        .await;

    stage.later(20);
    engine
        .await_release("it is posted", |it| it.announce.posted.is_some())
        .await;
    assert_eq!(stage.asked("chat.postMessage"), 2);
    assert_eq!(
        stage.sim.with_world(|world| world.channel.messages.len()),
        1
    );
}

#[tokio::test]
async fn goes_on_when_nobody_waits_for_it_any_more() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let create = engine.draft().await;
    stage.fault("git/create-ref", json!({"kind": "hold"})).await;
    {
        let dispatch = engine.dispatch(create);
        tokio::pin!(dispatch);
        let asked = until("it is being sent", || stage.asked("git/create-ref") == 1);
        tokio::select! {
            result = &mut dispatch => panic!("{result:?}"),
            () = asked => {}
        }
    }
    stage.no_faults().await;
    engine
        .await_release("the branch is seen", |it| {
            it.branch.link.is_some() && it.busy.is_none()
        })
        .await;
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn a_form_is_shown_at_once_whatever_hangs() {
    let stage = Stage::set().await;
    stage
        .order(
            "/faults",
            json!({"service": "github", "kind": "timeout", "times": 1000}),
        )
        .await;
    let engine = stage.engine();
    stage.await_asked("users/get-authenticated", 1).await;

    let draft = Intent::Draft {
        kind: Kind::Hotfix,
        fix_name: "Login timeout".into(),
        date: String::new(),
    };
    let shown = tokio::time::timeout(Duration::from_secs(2), engine.dispatch(draft));
    shown.await.expect("at once").expect("it is shown");
    let view = engine.view();
    let name = &view.draft.as_ref().expect("the form").branch.name;
    assert!(name.marked.ends_with("-login-timeout"), "{name:?}");

    engine
        .dispatch(Intent::DropDraft)
        .await
        .expect("it is gone");
    assert!(engine.view().draft.is_none());
}

/// A request to Slack is waited for longer than this.
const BEFORE_SLACK_IS_GIVEN_UP: Duration = Duration::from_secs(8);

/// The team is told, and the message is about to be changed: nothing more of Slack is answered from here on.
async fn hanging(stage: &Stage, operation: &str) -> (Engine, ReleaseId) {
    let engine = stage.engine();
    let (release, view) = engine.begin_to_announce().await;
    engine
        .dispatch(announce(&release, &view))
        .await
        .expect("it is posted");
    engine
        .await_release("nothing is being sent", |it| it.busy.is_none())
        .await;
    let held = json!({"kind": "hold", "times": 1000});
    stage.fault(operation, held).await;
    let before = stage.asked(operation);
    let none = Intent::DeclareNoEtl {
        release: release.clone(),
        reason: "holiday".into(),
    };
    engine.dispatch(none).await.expect("it is said");
    stage.await_asked(operation, before + 1).await;
    (engine, release)
}

async fn a_person_goes_on_while_slack_hangs(operation: &str) {
    let stage = Stage::set().await;
    let (engine, release) = hanging(&stage, operation).await;
    let none = engine.dispatch(Intent::DeclareNoDatabase { release });
    let said = tokio::time::timeout(BEFORE_SLACK_IS_GIVEN_UP, none);
    said.await.expect("Slack does not matter").expect("said");

    stage.no_faults().await;
    // What was tried a moment ago is left alone for a while.
    stage.later(61);
    let true_again = || {
        stage.sim.with_world(|world| {
            let messages = &world.channel.messages;
            messages.len() == 1 && messages[0].text.contains("Nothing to release this time")
        })
    };
    until("the message is true again", true_again).await;
}

#[tokio::test]
async fn a_message_that_slack_hangs_on_holds_up_nobody() {
    a_person_goes_on_while_slack_hangs("chat.update").await;
}

#[tokio::test]
async fn nor_does_a_look_at_slack() {
    a_person_goes_on_while_slack_hangs("conversations.history").await;
}
