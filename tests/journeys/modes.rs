//! Pipelines that are set up otherwise, and ones that somebody changes while they run.

use serde_json::json;
use slipway_core::view::{ReleaseView, StepId, StepState, View};
use slipway_sim::world::ExecutionStatus;

use crate::hand::{ANSWER, is_approval, note};
use crate::stage::Stage;
use crate::walk::{Walk, state};

#[tokio::test(flavor = "multi_thread")]
async fn an_execution_superseded_by_a_later_one_that_carries_ours_is_left_for_that_one() {
    let stage = Stage::set(1).await;
    let earlier = stage.start_pipeline().await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    walk.stands(StepId::Approval, StepState::Waiting, "Another execution")
        .await;
    let ours = stage.newest_execution().id;
    stage.push("master", "Turn the cache off").await;
    let superseded = |stage: &Stage| stage.execution(&ours).status == ExecutionStatus::Superseded;
    let later = |_: &View| superseded(&stage);
    walk.look_for("the later one takes its place", later).await;
    stage.answer("Rejected", "Not this one").await;

    let gate = walk.until_the_gate().await;
    assert!(![&earlier, &ours].contains(&&gate.execution.0));
    assert_eq!(gate.commit.as_str(), stage.master());
    let warned = |view: &ReleaseView| {
        view.approval
            .warnings
            .iter()
            .any(|it| it.contains("Turn the cache off"))
    };
    walk.see("what it carries beside ours", warned).await;
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_execution_superseded_by_one_without_ours_is_said_to_be_and_waits_for_a_new_one() {
    let stage = Stage::set(1).await;
    let before = stage.master();
    stage.start_pipeline().await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    walk.stands(StepId::Approval, StepState::Waiting, "Another execution")
        .await;
    let older = stage.start_pipeline_of(&before).await;
    let took = "A newer execution took its place";
    let view = walk
        .stands(StepId::Approval, StepState::Blocked, took)
        .await;
    assert!(view.approval.gate.is_none());
    assert!(
        view.approval
            .waiting
            .contains("If the newer one carries this merge too"),
        "{}",
        view.approval.waiting
    );
    stage.answer("Rejected", "Not this one").await;
    stage.answer("Approved", "Back to last week’s").await;
    let built = |_: &View| stage.execution(&older).status == ExecutionStatus::Succeeded;
    walk.look_for("the one without ours is deployed", built)
        .await;
    let view = walk
        .stands(StepId::Approval, StepState::Blocked, took)
        .await;
    assert!(!view.afloat);

    let anew = stage.start_pipeline().await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), anew);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_queue_ours_waits_for_its_turn_and_is_never_passed() {
    let stage = Stage::set(1).await;
    stage.order("/pipeline", json!({"mode": "QUEUED"})).await;
    let first = stage.start_pipeline().await;
    let second = stage.start_pipeline().await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let turn = "Another execution is at the gate";
    let view = walk
        .stands(StepId::Approval, StepState::Waiting, turn)
        .await;
    assert!(view.approval.gate.is_none());
    let ours = stage.newest_execution();
    stage.push("master", "Turn the cache off").await;

    for before in [&first, &second] {
        stage.answer("Rejected", "Long forgotten").await;
        let ended = |_: &View| stage.execution(before).status == ExecutionStatus::Failed;
        walk.look_for("the one before is answered", ended).await;
    }
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), ours.id);
    walk.until_the_end().await;
    assert_eq!(stage.execution(&ours.id).status, ExecutionStatus::Succeeded);
    assert_eq!(stage.effects(ANSWER), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn side_by_side_ours_is_found_and_answered_beside_a_newer_one() {
    let stage = Stage::set(1).await;
    stage.order("/pipeline", json!({"mode": "PARALLEL"})).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let alone = walk.until_the_gate().await;
    let ours = stage.newest_execution().id;
    assert_eq!(alone.execution.as_str(), ours);
    let newer = stage.start_pipeline().await;
    let both = |_: &View| {
        stage.sim.with_world(|world| {
            let gate = world.pipeline.stages[1].latest.as_ref();
            gate.is_some_and(|run| run.execution == newer)
        })
    };
    walk.look_for("both are at the gate", both).await;

    let gate = walk.until_the_gate().await;
    assert_eq!(gate, alone, "the question is the same");
    walk.until_the_end().await;
    assert_eq!(stage.execution(&ours).status, ExecutionStatus::Succeeded);
    assert_eq!(stage.execution(&newer).status, ExecutionStatus::InProgress);
    assert_eq!(stage.effects(ANSWER), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn side_by_side_who_may_not_read_what_ran_is_told_which_permission_it_takes() {
    let stage = Stage::set(1).await;
    stage.order("/pipeline", json!({"mode": "PARALLEL"})).await;
    let runs = "codepipeline:ListActionExecutions";
    stage.order("/permissions", json!({"denied": [runs]})).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let is_told = |view: &ReleaseView| view.approval.waiting.contains(runs);
    let view = walk.see("what is missing", is_told).await;
    assert_eq!(state(&view, StepId::Approval), StepState::Unknown);
    assert!(view.approval.gate.is_none());
    let view = walk
        .look_for("the pipeline is seen", |view| view.home.pipeline.is_some())
        .await;
    let strip = view.home.pipeline.as_ref().expect("it was waited for");
    assert_eq!(strip.phases.len(), 3);

    stage.order("/permissions", json!({"denied": []})).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_renamed_while_it_asks_cancels_ours_and_a_new_execution_goes_on() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let before = walk.until_the_gate().await;
    let rename = json!({"rename": {"stage": "Approval", "to": "Go-live"}});
    stage.order("/pipeline", rename).await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Blocked,
            "The pipeline was edited meanwhile",
        )
        .await;
    assert!(view.approval.gate.is_none());
    assert!(
        view.approval
            .waiting
            .contains("codepipeline:StartPipelineExecution"),
        "{}",
        view.approval.waiting
    );
    let ours = stage.execution(before.execution.as_str());
    assert_eq!(ours.status, ExecutionStatus::Cancelled);

    stage.start_pipeline().await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.stage, "Go-live");
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
    assert_eq!(stage.effects(ANSWER), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_that_is_removed_is_not_waited_for_and_nothing_is_called_deployed_before_it_is() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_gate().await;
    stage
        .order("/pipeline", json!({"remove": "Approval"}))
        .await;
    let view = walk
        .stands(
            StepId::Build,
            StepState::Blocked,
            "The pipeline was edited meanwhile",
        )
        .await;
    assert_eq!(state(&view, StepId::Approval), StepState::Skipped);
    assert_eq!(note(&view, StepId::Approval), "This pipeline asks nobody");
    assert!(!view.afloat);
    stage.start_pipeline().await;
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
    assert_eq!(stage.effects(ANSWER), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transition_that_is_off_before_the_gate_is_said_with_its_reason() {
    held_up("Approval", StepId::Approval).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transition_that_is_off_behind_the_gate_is_said_with_its_reason() {
    held_up("Build", StepId::Build).await;
}

async fn held_up(into: &str, step: StepId) {
    let stage = Stage::set(1).await;
    let off = json!({"stage": into, "enabled": false, "reason": "Freeze until the audit is over"});
    stage.order("/transitions", off).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    if step == StepId::Build {
        let approve = walk.until(is_approval).await;
        walk.press(approve).await.expect("it can be approved");
    }
    let off = format!("Transition into {into} is switched off");
    let view = walk.stands(step, StepState::Blocked, &off).await;
    let says = if step == StepId::Build {
        assert_eq!(view.build.headline, "The deploy is held up");
        &view.build.text
    } else {
        &view.approval.waiting
    };
    assert!(says.contains("Freeze until the audit is over"), "{says}");
    assert!(
        says.contains("codepipeline:EnableStageTransition"),
        "{says}"
    );
    assert!(!view.afloat);

    let on = json!({"stage": into, "enabled": true});
    stage.order("/transitions", on).await;
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_names_no_commit_is_not_guessed_to_be_this_release() {
    without_commit("ecr").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_names_no_commit_is_not_guessed_to_be_this_release() {
    without_commit("s3").await;
}

async fn without_commit(source: &str) {
    let stage = Stage::set(1).await;
    stage.order("/pipeline", json!({"source": source})).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.merged().await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Blocked,
            "The pipeline names no commit",
        )
        .await;
    assert!(view.approval.gate.is_none());
    assert!(
        view.approval
            .waiting
            .contains("an image or a file that names no commit"),
        "{}",
        view.approval.waiting
    );
    stage.answer("Approved", "By hand").await;
    let deployed = |_: &View| stage.newest_execution().status == ExecutionStatus::Succeeded;
    walk.look_for("it went through", deployed).await;
    let view = walk
        .stands(
            StepId::Approval,
            StepState::Blocked,
            "The pipeline names no commit",
        )
        .await;
    assert!(!view.afloat, "nobody knows what went out");
    assert_eq!(stage.effects(ANSWER), 0);
}
