//! This computer's clock is set while it is not known what became of something.

use serde_json::json;
use slipway_core::action::Action;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::ReleaseView;

use crate::restart::leave_behind;
use crate::stage::{Engine, Stage};

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
