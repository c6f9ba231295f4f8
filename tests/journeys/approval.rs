//! The gate: what is asked there, and everything that can become of the question.

use serde_json::json;
use slipway_core::action::Gate;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{ReleaseView, StepId, StepState, View};
use slipway_sim::world::{ExecutionStatus, StageName};

use crate::hand::{ANSWER, RETRY, is_approval, line};
use crate::stage::Stage;
use crate::walk::{Walk, id, state};

const DAY: u32 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_nobody_answers_expires_and_can_be_offered_again() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let first = walk.until_the_gate().await;
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert!(
        card.expires_words
            .ends_with("Pacific. After that it expires and has to be offered again."),
        "{}",
        card.expires_words
    );

    stage.pass(7 * DAY + 60).await;
    let view = walk
        .stands(StepId::Approval, StepState::Failed, "Expired")
        .await;
    let answer = walk.answer().await;
    assert_eq!(answer.text, "Nobody answered in time.");
    assert!(!view.afloat);
    offer_again(&mut walk, &view).await;

    let second = walk.until_the_gate().await;
    assert_eq!(second.execution, first.execution);
    assert_ne!(second.token, first.token);
    walk.until_the_end().await;
    stage.assert_released_once(1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_can_be_taken_back_by_a_retry_that_asks_anew() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let first = walk.until_the_gate().await;
    reject(&mut walk, first.clone(), "Wrong button").await;
    let view = walk
        .stands(StepId::Approval, StepState::Failed, "Rejected")
        .await;
    let answer = walk.answer().await;
    assert_eq!(answer.text, "Wrong button (Dana Whitfield, with Slipway)");
    let ours = stage.execution(first.execution.as_str());
    assert_eq!(ours.status, ExecutionStatus::Failed);
    offer_again(&mut walk, &view).await;

    let second = walk.until_the_gate().await;
    assert_eq!(second.execution, first.execution);
    assert_ne!(second.token, first.token);
    let late = engine
        .dispatch(Intent::Approve {
            release: id(&view),
            gate: first,
            comment: String::new(),
        })
        .await
        .expect_err("that question is not asked any more");
    assert_eq!(late.code, Code::Changed);
    assert!(late.what.contains("offered again"), "{late:?}");
    walk.until_the_end().await;
    assert_eq!((stage.effects(ANSWER), stage.effects(RETRY)), (2, 1));
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_approval_that_comes_first_is_the_answer_and_ours_no_failure() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    let theirs = stage.answer("Approved", "From the console");
    let (pressed, ()) = stage
        .between_look_and_write(&engine, approve, ANSWER, theirs)
        .await;
    pressed.expect("it is approved, which is what was wanted");
    let view = walk
        .stands(StepId::Approval, StepState::Done, "marcus.oyelaran")
        .await;
    assert!(view.problem.is_none(), "{:?}", view.problem);
    assert_eq!(stage.effects(ANSWER), 0);
    walk.until_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_rejection_that_comes_before_our_approval_is_said_loudly() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    let theirs = stage.answer("Rejected", "The feed is down");
    let (pressed, ()) = stage
        .between_look_and_write(&engine, approve, ANSWER, theirs)
        .await;
    let problem = pressed.expect_err("it was rejected");
    assert_eq!(
        problem.what,
        "marcus.oyelaran rejected it before your approval arrived."
    );
    let view = walk
        .stands(StepId::Approval, StepState::Failed, "Rejected")
        .await;
    assert!(view.problem.is_some());
    assert!(!view.afloat);
    assert_eq!(stage.effects(ANSWER), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipeline_that_does_not_pick_the_merge_up_is_said_to_and_can_be_started_by_hand() {
    let stage = Stage::set(1).await;
    stage.pace("pickup_after", DAY).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Waiting,
            "Waiting for docker-production",
        )
        .await;
    assert!(view.approval.gate.is_none());
    stage.pass(301).await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Blocked,
            "The pipeline has not picked it up",
        )
        .await;
    assert!(
        view.approval
            .waiting
            .contains("codepipeline:StartPipelineExecution"),
        "{}",
        view.approval.waiting
    );
    let started = stage.start_pipeline().await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), started);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_that_slipped_in_after_the_merge_are_named_before_anybody_approves() {
    let stage = Stage::set(1).await;
    stage.pace("pickup_after", DAY).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let slipped = stage.push("master", "Turn the cache off").await;
    stage.start_pipeline().await;

    let gate = walk.until_the_gate().await;
    assert_eq!(gate.commit.as_str(), slipped);
    let warned = |view: &ReleaseView| !view.approval.warnings.is_empty();
    let view = walk.see("it is said first", warned).await;
    assert_eq!(
        view.approval.warnings,
        [
            "It also carries 1 commit that is not in this release: Turn the cache off (tomas-herrera)."
        ]
    );
    let card = view.approval.card.expect("it waits at the gate");
    assert_eq!(card.commit_verdict, "Carries this release and more");
    assert_eq!(card.commit, slipped[..7]);
    walk.until_the_end().await;
    stage.assert_in_production(&slipped);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_build_that_waits_at_the_gate_is_never_offered_as_this_release() {
    let stage = Stage::set(1).await;
    let older = stage.start_pipeline().await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Waiting,
            "Another execution is at the gate",
        )
        .await;
    assert!(view.approval.gate.is_none());
    assert!(view.approval.card.is_none());
    assert!(
        view.approval.waiting.contains("before this one"),
        "{}",
        view.approval.waiting
    );

    stage.answer("Rejected", "Long forgotten").await;
    let gate = walk.until_the_gate().await;
    assert_ne!(gate.execution.as_str(), older);
    assert_eq!(gate.commit.as_str(), stage.master());
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
    assert_eq!(stage.execution(&older).status, ExecutionStatus::Failed);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_commit_that_is_built_after_the_merge_never_counts_as_this_release() {
    let stage = Stage::set(1).await;
    let before = stage.master();
    stage.pace("pickup_after", DAY).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let older = stage.start_pipeline_of(&before).await;
    let asks = |_: &View| {
        let at_the_gate = stage.sim.with_world(|world| {
            let gate = world.pipeline.stage(StageName::Approval)?;
            gate.latest.as_ref().map(|run| run.execution.clone())
        });
        at_the_gate.as_ref() == Some(&older)
    };
    walk.look_for("the older one asks", asks).await;
    stage.answer("Approved", "Back to last week’s").await;
    let built = |_: &View| stage.execution(&older).status == ExecutionStatus::Succeeded;
    walk.look_for("the older one is deployed", built).await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Waiting,
            "Waiting for docker-production",
        )
        .await;
    assert_eq!(state(&view, StepId::Build), StepState::Later);
    assert!(!view.afloat);

    let ours = stage.start_pipeline().await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), ours);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_execution_behind_the_gate_is_said_to_come_in_when_ours_is_rejected() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let ours = walk.until_the_gate().await;
    let newer = stage.start_pipeline().await;
    let told = |view: &ReleaseView| {
        let card = view.approval.card.as_ref();
        card.is_some_and(|card| line(&card.facts, "Waiting behind").starts_with("A newer"))
    };
    let view = walk.see("one waits behind", told).await;
    let card = view.approval.card.expect("it was waited for");
    assert_eq!(
        line(&card.facts, "Waiting behind"),
        "A newer execution. Rejecting lets it in."
    );
    reject(&mut walk, ours.clone(), "The newer one instead").await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), newer);
    assert_eq!(
        stage.execution(ours.execution.as_str()).status,
        ExecutionStatus::Failed
    );
    walk.until_the_end().await;
    assert_eq!(stage.effects(ANSWER), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_the_execution_before_is_not_offered_for_ours() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let before = walk.until_the_gate().await;
    // The stage shows the execution that entered it, its action still the one before.
    stage.order("/pipeline", json!({"lag": true})).await;
    stage.answer("Rejected", "Once more").await;
    let newer = stage.start_pipeline().await;
    let is_in = |view: &ReleaseView| {
        let ours = view.build.stages.iter();
        ours.filter(|stage| stage.state == StepState::Waiting)
            .count()
            == 1
            && view.approval.gate.as_ref() != Some(&before)
    };
    let view = walk.see("the newer one is at the gate", is_in).await;
    let newest = stage.newest_execution();
    assert_eq!(newest.id, newer);
    let offered = view.approval.gate.as_ref();
    assert!(offered.is_none(), "{offered:?}");

    stage.order("/pipeline", json!({"lag": false})).await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), newer);
    assert_ne!(gate.token, before.token);
    walk.until_the_end().await;
    assert_eq!(stage.effects(ANSWER), 1);
}

/// Presses the button that asks for the approval once more.
async fn offer_again(walk: &mut Walk<'_>, view: &ReleaseView) {
    let can = |view: &ReleaseView| view.approval.retry.is_some();
    let again = walk.see("it can be offered again", can).await;
    let (stage, execution) = again.approval.retry.expect("it was waited for");
    walk.press(Intent::RetryStage {
        release: id(view),
        stage,
        execution,
        mode: slipway_core::action::RetryMode::FailedActions,
    })
    .await
    .expect("it is offered again");
}

async fn reject(walk: &mut Walk<'_>, gate: Gate, reason: &str) {
    let view = walk
        .see("the gate", |view| view.approval.gate.is_some())
        .await;
    walk.press(Intent::Reject {
        release: id(&view),
        gate,
        reason: reason.to_owned(),
    })
    .await
    .expect("it can be rejected");
}
