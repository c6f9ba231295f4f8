//! What a decision was based on is read again before anything is sent.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::StepState;

use crate::stage::{Stage, announce};

#[tokio::test]
async fn sends_nothing_when_base_moved_after_it_was_shown() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let create = engine.draft().await;
    stage
        .order(
            "/push",
            json!({"branch": "master", "message": "Somebody's fix"}),
        )
        .await;

    let problem = engine.dispatch(create).await.expect_err("it moved");
    assert_eq!(problem.code, Code::Changed, "{problem:?}");
    assert_eq!(stage.asked("git/create-ref"), 0);
    assert!(engine.view().releases.is_empty(), "nothing was taken up");
}

#[tokio::test]
async fn a_reply_that_was_lost_is_looked_up_and_never_asked_for_again() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    for operation in ["git/create-ref", "chat.postMessage"] {
        stage.fault(operation, json!({"kind": "reply-lost"})).await;
    }
    let (release, view) = engine.begin_to_announce().await;
    engine
        .dispatch(announce(&release, &view))
        .await
        .expect("it is found in the channel");

    engine
        .await_release("it is announced", |it| it.announce.posted.is_some())
        .await;
    assert_eq!(
        (
            stage.asked("git/create-ref"),
            stage.asked("chat.postMessage")
        ),
        (1, 1)
    );
    assert_eq!(
        stage.sim.with_world(|world| world.channel.messages.len()),
        1
    );
}

#[tokio::test]
async fn a_branch_that_somebody_else_made_meanwhile_is_not_taken_for_ours() {
    let refused =
        json!({"kind": "status", "code": 422, "body": {"message": "Reference already exists"}});
    for fault in [json!({"kind": "reset"}), refused] {
        let stage = Stage::set().await;
        let engine = stage.engine();
        let create = engine.draft().await;
        let Intent::CreateBranch { name, .. } = create.clone() else {
            panic!("{create:?}")
        };
        stage.fault("git/create-ref", fault).await;
        engine.dispatch(create).await.expect_err("nothing is made");
        let push = json!({"branch": "master", "message": "Somebody's fix"});
        stage.order("/push", push).await;
        stage.order("/branches", json!({"name": name})).await;

        let view = engine
            .await_release("it is offered", |it| it.branch.can_adopt.is_some())
            .await;
        assert_eq!(view.steps[0].state, StepState::Blocked);
        assert_eq!(
            view.problem.map(|problem| problem.code),
            Some(Code::Changed)
        );
        let sha = view.branch.can_adopt.expect("its head");
        let adopt = Intent::AdoptBranch { name, sha };
        engine.dispatch(adopt).await.expect("it is gone on with");
        let view = engine
            .await_release("it is ours", |it| it.branch.can_adopt.is_none())
            .await;
        assert_eq!((view.steps[0].state, view.problem), (StepState::Done, None));
        assert_eq!(stage.asked("git/create-ref"), 1);
    }
}

#[tokio::test]
async fn what_a_service_refuses_is_said_and_can_be_done_again() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let (release, view) = engine.begin_to_announce().await;
    let refusal =
        json!({"kind": "status", "code": 200, "body": {"ok": false, "error": "is_archived"}});
    stage.fault("chat.postMessage", refusal).await;

    let problem = engine
        .dispatch(announce(&release, &view))
        .await
        .expect_err("it is refused");
    let shown = engine
        .await_release("it is said", |it| it.problem.is_some())
        .await;
    assert_eq!(shown.problem.as_ref(), Some(&problem));

    engine
        .dispatch(announce(&release, &view))
        .await
        .expect("it is not archived after all");
    assert_eq!(
        stage.sim.with_world(|world| world.channel.messages.len()),
        1
    );
}
