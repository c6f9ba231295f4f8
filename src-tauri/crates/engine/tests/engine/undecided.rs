//! What became of an action, when no look tells: a person does.

use serde_json::json;
use slipway_core::action::Action;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::ReleaseView;

use crate::restart::leave_behind;
use crate::stage::{Engine, Stage, announce};

fn is_told(release: &ReleaseView) -> bool {
    !release.announce.settled.is_empty()
}

/// What to press about the action that is asked about.
fn say(view: &ReleaseView, happened: bool) -> Intent {
    let asked = view.undecided.as_ref().expect("it is asked");
    Intent::DeclareOutcome {
        release: view.id.clone(),
        seq: asked.seq,
        happened,
    }
}

async fn await_question(engine: &Engine) -> ReleaseView {
    let is = |it: &ReleaseView| it.undecided.is_some();
    engine.await_release("it is asked", is).await
}

#[tokio::test]
async fn a_webhook_posts() {
    let stage = Stage::set().await;
    let engine = stage.engine_with_webhook();
    let (release, view) = engine.begin_to_announce().await;
    engine
        .dispatch(announce(&release, &view))
        .await
        .expect("it is posted");
    engine.await_release("the team is told", is_told).await;
    let again = engine.dispatch(announce(&release, &view)).await;
    assert_eq!(again.expect_err("once").code, Code::Changed);
    engine.handle.stop().await;

    let engine = stage.engine_with_webhook();
    engine.await_release("it still is", is_told).await;
    let posted = stage.sim.with_world(|world| world.channel.messages.len());
    assert_eq!((posted, stage.asked("webhook")), (1, 1));
}

#[tokio::test]
async fn a_person_says_that_a_webhooks_message_is_there() {
    let stage = Stage::set().await;
    let engine = stage.engine_with_webhook();
    let (release, view) = engine.begin_to_announce().await;
    stage.fault("webhook", json!({"kind": "reply-lost"})).await;
    let problem = engine.dispatch(announce(&release, &view)).await;
    assert_eq!(problem.expect_err("nobody knows").code, Code::Unknown);

    let view = await_question(&engine).await;
    engine.dispatch(say(&view, true)).await.expect("it is said");
    let view = engine.await_release("the team is told", is_told).await;
    assert!(view.busy.is_none() && view.undecided.is_none());
    assert!(
        view.finish
            .markdown
            .contains("Dana Whitfield looked and said yes")
    );
    assert_eq!(stage.asked("webhook"), 1);
}

/// A message was being posted when Slipway ended, and Slack takes the sign-in no more.
async fn without_slack(stage: &Stage) -> Engine {
    let engine = stage.engine();
    let release = engine.begin().await;
    engine.handle.stop().await;
    let post = Action::PostAnnouncement {
        channel: "C00SIMDEPLOY".into(),
        text: "?".into(),
    };
    leave_behind(stage, release.as_str(), post).await;
    let slack = json!({"service": "slack"});
    stage.order("/credentials/expire", slack).await;
    let engine = stage.engine();
    let lost = |it: &ReleaseView| it.busy.as_ref().is_some_and(|it| it.contains("lost"));
    engine.await_release("it is looked up", lost).await;
    engine
}

#[tokio::test]
async fn a_person_goes_on_where_slack_takes_the_sign_in_no_more() {
    let stage = Stage::set().await;
    let engine = without_slack(&stage).await;
    let view = engine.view().releases[0].clone();
    assert_eq!(view.undecided, None, "not at once");
    let told = Intent::DeclareAnnounced {
        release: view.id.clone(),
    };
    engine
        .dispatch(told.clone())
        .await
        .expect_err("not before it is known");

    stage.later(60);
    let view = await_question(&engine).await;
    engine
        .dispatch(say(&view, false))
        .await
        .expect("it is said");
    engine.dispatch(told).await.expect("nothing holds it up");
    engine
        .dispatch(say(&view, true))
        .await
        .expect_err("it is said already");
}

#[tokio::test]
async fn a_release_that_is_put_aside_comes_back_with_its_question() {
    let stage = Stage::set().await;
    let engine = without_slack(&stage).await;
    stage.later(60);
    let view = await_question(&engine).await;
    let release = view.id.clone();
    engine
        .dispatch(Intent::CloseRelease {
            release: release.clone(),
        })
        .await
        .expect("it does no harm");
    let view = engine
        .await_view("it is put aside", |it| {
            it.releases.is_empty() && it.home.found.iter().any(|it| it.name == release.as_str())
        })
        .await;
    let mut found = view.home.found.iter();
    let found = found.find(|it| it.name == release.as_str()).expect("it");
    let adopt = Intent::AdoptBranch {
        name: found.name.clone(),
        sha: found.sha.clone(),
    };
    engine.dispatch(adopt).await.expect("it is taken up");
    await_question(&engine).await;
}
