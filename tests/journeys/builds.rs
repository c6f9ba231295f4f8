//! Behind the gate: builds that fail, and what people do about them.

use serde_json::{Value, json};
use slipway_core::action::RetryMode;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::rules::failure::FailureKind;
use slipway_core::view::{ReleaseView, RemedyId, StepId, StepState};
use slipway_sim::world::{BuildStatus, ExecutionStatus};

use crate::hand::{RETRY, START, is_approval, is_retry};
use crate::stage::Stage;
use crate::walk::{Walk, id, state};

/// Failures as AWS words them, each with its kind, what is said of it, and the words that are shown.
fn failures() -> Vec<Case> {
    let cannot_start = |words: &str, code: &str| {
        let message = format!(
            "Error calling startBuild: {words} (Service: AWSCodeBuild; Status Code: 400; Error Code: {code}; Request \
             ID: 5b1c)"
        );
        json!({"phase": "NONE", "message": message})
    };
    let command =
        "Error while executing command: docker push $REPOSITORY_URI:latest. Reason: exit status 1";
    vec![
        (
            cannot_start(
                "Cannot have more than 20 active builds for the account",
                "AccountLimitExceededException",
            ),
            FailureKind::Limit,
            "AWS has no free build slot",
            "Cannot have more than 20 active builds",
        ),
        (
            cannot_start(
                "Project cannot be found: arn:aws:codebuild:us-east-2:418295017734:project/etl",
                "ResourceNotFoundException",
            ),
            FailureKind::Missing,
            "The build project does not exist",
            "Project cannot be found: arn:aws",
        ),
        (
            json!({"phase": "DOWNLOAD_SOURCE", "code": "CLIENT_ERROR",
                "message": "User is not authorized to perform: s3:GetObject on resource: codepipeline-us-east-2-sim"}),
            FailureKind::Permission,
            "AWS denied something that the deploy needs",
            "is not authorized to perform: s3:GetObject",
        ),
        (
            json!({"message": "Error while executing command: docker build. Reason: exit status 1"}),
            FailureKind::Code,
            "A command of the build failed",
            "Error while executing command: docker build",
        ),
        (
            json!({"phase": "POST_BUILD", "message": command, "log": ["The push refers to repository [etl]", "no basic auth credentials"]}),
            FailureKind::Permission,
            "Docker is not signed in to the image registry",
            "no basic auth credentials",
        ),
        (
            json!({"ends": "FAULT", "phase": "PROVISIONING", "code": "INTERNAL_SERVICE_ERROR",
                "message": "CodeBuild is experiencing an issue"}),
            FailureKind::Network,
            "AWS had a problem of its own",
            "CodeBuild is experiencing an issue",
        ),
        (
            json!({"phase": "PROVISIONING", "code": "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE",
                "message": "Unable to pull the image"}),
            FailureKind::Image,
            "The build image could not be fetched",
            "Unable to pull the image",
        ),
        (
            json!({"phase": "NONE", "error_code": "ConfigurationError", "message": "The action configuration is wrong"}),
            FailureKind::Configuration,
            "Something is set up wrongly in AWS",
            "The action configuration is wrong",
        ),
        (
            json!({"ends": "TIMED_OUT", "code": "BUILD_TIMED_OUT", "message": "Build has timed out. "}),
            FailureKind::Limit,
            "The build ran out of time",
            "Build has timed out",
        ),
        (
            json!({"ends": "STOPPED", "code": "", "message": ""}),
            FailureKind::Stopped,
            "The build was stopped",
            "Build terminated with state: STOPPED",
        ),
        (
            json!({"in_summary": true, "message": "Error while executing command: docker push"}),
            FailureKind::Code,
            "A command of the build failed",
            "Error while executing command: docker push",
        ),
        (
            json!({"phase": "NONE", "message": "The moon is full"}),
            FailureKind::Unknown,
            "The deploy failed",
            "The moon is full",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_start_or_may_not_says_so_and_is_retried_until_it_succeeds() {
    fails_and_is_retried(&failures()[..4]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_aws_or_its_set_up_breaks_says_so_and_is_retried_until_it_succeeds() {
    fails_and_is_retried(&failures()[4..8]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_early_or_is_not_known_says_so_and_is_retried_until_it_succeeds() {
    fails_and_is_retried(&failures()[8..]).await;
}

type Case = (Value, FailureKind, &'static str, &'static str);

/// A release whose build fails in one way after the other.
async fn fails_and_is_retried(failures: &[Case]) {
    let stage = Stage::set(1).await;
    for (failure, ..) in failures.iter().cloned() {
        stage.order("/build/fail", failure).await;
    }
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    for (index, (order, kind, what, quote)) in failures.iter().cloned().enumerate() {
        let message = order["message"].as_str().unwrap_or_default();
        let (headline, place) = if message.starts_with("Error calling startBuild: ") {
            (
                "The build could not start",
                "AWS did not start docker-build.",
            )
        } else {
            ("The build failed", "docker-build failed after")
        };
        let told = |view: &ReleaseView| {
            let failure = view.build.failure.as_ref();
            failure.is_some_and(|it| it.what == what && it.quote.contains(quote))
                && view.build.retry.is_some()
        };
        let view = walk.see(what, told).await;
        let failure = view.build.failure.as_ref().expect("it was waited for");
        assert_eq!(state(&view, StepId::Build), StepState::Failed);
        assert_eq!(view.build.headline, headline);
        assert_eq!(failure.kind, kind, "{failure:?}");
        assert!(failure.place.starts_with(place), "{failure:?}");
        assert!(
            failure.means.contains("Production still runs"),
            "{failure:?}"
        );
        assert!(
            failure.support.contains("action docker-build"),
            "{failure:?}"
        );
        assert!(!view.afloat);
        let recommended = |id: RemedyId| {
            let mut remedies = failure.remedies.iter();
            remedies.any(|it| it.id == id && it.recommended)
        };
        assert_eq!(
            recommended(RemedyId::StartHotfix),
            kind == FailureKind::Code
        );
        let (stage, execution) = view.build.retry.clone().expect("it was waited for");
        // The one mode and the other: AWS starts the stage's only action again either way.
        let mode = [RetryMode::FailedActions, RetryMode::AllActions][index % 2];
        walk.press(Intent::RetryStage {
            release: id(&view),
            stage,
            execution,
            mode,
        })
        .await
        .expect("it can be retried");
    }
    walk.until_the_end().await;
    stage.assert_released_once(1, failures.len());
    stage.assert_in_production(&stage.master());
    for mode in ["FAILED_ACTIONS", "ALL_ACTIONS"] {
        let requests = stage.sim.requests();
        let sent = requests
            .iter()
            .filter(|it| it.operation == RETRY && it.body.contains(mode));
        assert_eq!(sent.count(), failures.len() / 2, "{mode}");
    }
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
    let failure = view.build.failure.as_ref().expect("it failed");
    let start = failure.remedies.iter();
    let mut start = start.filter(|it| it.id == RemedyId::StartAgain);
    let permission = start.next().map(|it| it.permission.as_str());
    assert_eq!(permission, Some(START), "{failure:?}");
    let problem = engine.dispatch(retry).await.expect_err("it is edited");
    assert_eq!(problem.code, Code::NotOffered);
    assert_eq!(stage.effects(RETRY), 0);

    let start = view.control.start.clone().expect("it can be started");
    let failed = start.after.clone();
    walk.press(Intent::StartPipeline {
        release: id(&view),
        commit: start.commit.clone(),
        after: start.after,
    })
    .await
    .expect("it starts anew");
    let gate = walk.until_the_gate().await;
    assert_ne!(Some(&gate.execution), failed.as_ref());
    assert_eq!(gate.commit, start.commit);
    assert_eq!(stage.effects(START), 1);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}
