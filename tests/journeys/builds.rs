//! Behind the gate: builds that fail, and what people do about them.

use serde_json::{Value, json};
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{ReleaseView, StepId, StepState};
use slipway_sim::world::{BuildStatus, ExecutionStatus};

use crate::hand::{RETRY, is_approval, is_retry};
use crate::stage::Stage;
use crate::walk::{Walk, id, state};

/// Failures as CodePipeline words them, each with what has to be said of it.
fn failures() -> [(Value, &'static str); 7] {
    let cannot_start = |words: &str, code: &str| {
        let message = format!(
            "Error calling startBuild: {words} (Service: AWSCodeBuild; Status Code: 400; Error Code: {code}; Request \
             ID: 5b1c)"
        );
        json!({"phase": "NONE", "message": message})
    };
    [
        (
            cannot_start(
                "Cannot have more than 20 active builds for the account",
                "AccountLimitExceededException",
            ),
            "Cannot have more than 20 active builds",
        ),
        (
            cannot_start(
                "Project cannot be found: arn:aws:codebuild:us-east-2:418295017734:project/etl",
                "ResourceNotFoundException",
            ),
            "Project cannot be found",
        ),
        (
            json!({"phase": "DOWNLOAD_SOURCE", "code": "CLIENT_ERROR",
                "message": "User is not authorized to perform: s3:GetObject on resource: codepipeline-us-east-2-sim"}),
            "is not authorized to perform: s3:GetObject",
        ),
        (
            json!({"message": "Error while executing command: docker build. Reason: exit status 1"}),
            "Phase: BUILD, Code: COMMAND_EXECUTION_ERROR",
        ),
        (
            json!({"ends": "FAULT", "phase": "PROVISIONING", "code": "INTERNAL_SERVICE_ERROR",
                "message": "CodeBuild is experiencing an issue"}),
            "Build terminated with state: FAULT. Phase: PROVISIONING",
        ),
        (
            json!({"ends": "TIMED_OUT", "code": "BUILD_TIMED_OUT", "message": "Build has timed out. "}),
            "Build terminated with state: TIMED_OUT. Phase: BUILD",
        ),
        (
            json!({"in_summary": true, "message": "Error while executing command: docker push"}),
            "Message: Error while executing command: docker push",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn builds_that_fail_in_every_way_say_so_and_are_retried_until_one_succeeds() {
    let stage = Stage::set(1).await;
    for (failure, _) in failures() {
        stage.order("/build/fail", failure).await;
    }
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    for (_, said) in failures() {
        let told = |view: &ReleaseView| {
            let failure = view.build.failure.as_ref();
            failure.is_some_and(|it| it.raw.contains(said)) && view.build.retry.is_some()
        };
        let view = walk.see(said, told).await;
        let failure = view.build.failure.as_ref().expect("it was waited for");
        assert_eq!(state(&view, StepId::Build), StepState::Failed);
        assert_eq!(view.build.headline, "The build failed");
        assert!(
            failure.what.starts_with("docker-build failed"),
            "{failure:?}"
        );
        assert!(
            failure.means.contains("Production still runs"),
            "{failure:?}"
        );
        assert!(
            failure.remedy.contains("Retry when the cause is gone"),
            "{failure:?}"
        );
        assert!(!view.afloat);
        let (stage, execution) = view.build.retry.clone().expect("it was waited for");
        walk.press(Intent::RetryStage {
            release: id(&view),
            stage,
            execution,
        })
        .await
        .expect("it can be retried");
    }
    walk.until_the_end().await;
    stage.assert_released_once(1, failures().len());
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_that_a_colleague_presses_at_the_same_time_is_made_once() {
    let stage = Stage::set(1).await;
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    stage.pace("build", 3600).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let retry = walk.until(is_retry).await;
    let theirs = stage.order("/stages/retry", json!({"stage": "Build"}));
    let (pressed, ()) = stage
        .between_look_and_write(&engine, retry, RETRY, theirs)
        .await;
    pressed.expect("it is retried, which is what was wanted");
    let view = walk.stands(StepId::Build, StepState::Working, "").await;
    assert!(view.problem.is_none(), "{:?}", view.problem);
    assert_eq!(stage.effects(RETRY), 0);
    let built = stage.sim.with_world(|world| {
        let builds = world.builds.iter();
        builds
            .filter(|it| it.status == BuildStatus::InProgress)
            .count()
    });
    assert_eq!(built, 1);
    stage.pass(7200).await;
    walk.until_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_that_something_newer_has_entered_is_not_retried_and_the_newer_one_is_followed() {
    let stage = Stage::set(1).await;
    let failure = json!({"message": "exit status 1"});
    stage.order("/build/fail", failure).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let retry = walk.until(is_retry).await;
    let newer = stage.start_pipeline().await;
    let asks = |view: &ReleaseView| {
        let gate = view.approval.gate.as_ref();
        gate.is_some_and(|gate| gate.execution.as_str() == newer)
    };
    walk.see("the newer one asks", asks).await;
    stage.pace("build", 3600).await;
    stage.answer("Approved", "").await;
    walk.stands(StepId::Build, StepState::Working, "").await;

    let problem = engine.dispatch(retry).await.expect_err("it is over");
    assert!(
        matches!(problem.code, Code::Changed | Code::NotOffered),
        "{problem:?}"
    );
    assert_eq!(stage.effects(RETRY), 0);
    stage.pass(7200).await;
    walk.until_the_end().await;
    assert_eq!(stage.execution(&newer).status, ExecutionStatus::Succeeded);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_build_of_an_edited_pipeline_is_not_retried_but_started_anew() {
    let stage = Stage::set(1).await;
    stage
        .order("/build/fail", json!({"message": "exit status 1"}))
        .await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let retry = walk.until(is_retry).await;
    let rename = json!({"rename": {"stage": "Build", "to": "Build-and-deploy"}});
    stage.order("/pipeline", rename).await;
    let cannot = |view: &ReleaseView| {
        state(view, StepId::Build) == StepState::Failed && view.build.retry.is_none()
    };
    let view = walk.see("it cannot be retried", cannot).await;
    let failure = view.build.failure.expect("it failed");
    assert!(
        failure
            .remedy
            .contains("codepipeline:StartPipelineExecution"),
        "{failure:?}"
    );
    let problem = engine.dispatch(retry).await.expect_err("it is edited");
    assert_eq!(problem.code, Code::NotOffered);
    assert_eq!(stage.effects(RETRY), 0);

    let anew = stage.start_pipeline().await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.execution.as_str(), anew);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}
