//! Stopping an execution, starting one at a commit, and switching on the way into a stage.

use serde_json::{Value, json};
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::ExecutionStatus;
use slipway_core::ids::{ExecutionId, Sha};
use slipway_core::problem::Code;
use slipway_engine::aws::Aws;

use crate::aws_look::TO_THE_GATE;
use crate::stage::{Stage, not_done, unknown};

const STOP: &str = "codepipeline:StopPipelineExecution";
const START: &str = "codepipeline:StartPipelineExecution";
const ENABLE: &str = "codepipeline:EnableStageTransition";

/// A commit whose build is under way, and its execution.
async fn building(stage: &Stage) -> (Aws, Sha, ExecutionId) {
    stage
        .order("/story", json!({"pace": {"build": 3600}}))
        .await;
    let commit = stage.push("master", "Release").await;
    stage.advance(TO_THE_GATE);
    stage
        .order("/approval/answer", json!({"status": "Approved"}))
        .await;
    let aws = stage.aws();
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    let ours = seen.executions.first().expect("it runs").id.clone();
    (aws, commit, ours)
}

fn stop(execution: &ExecutionId, abandon: bool, reason: &str) -> Action {
    Action::StopExecution {
        execution: execution.clone(),
        abandon,
        was_stopping: false,
        reason: reason.to_owned(),
    }
}

fn start(commit: &Sha, token: &str) -> Action {
    Action::StartExecution {
        source: "Source".to_owned(),
        commit: commit.clone(),
        token: token.to_owned(),
        newest: None,
    }
}

async fn status(aws: &Aws, stage: &Stage, execution: &ExecutionId) -> ExecutionStatus {
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    let mut executions = seen.executions.into_iter();
    executions
        .find(|it| it.id == *execution)
        .expect("is listed")
        .status
}

#[tokio::test]
async fn stops_and_waits_then_abandons_with_the_reason() {
    let stage = Stage::set().await;
    let (aws, _, ours) = building(&stage).await;
    let long = format!("Wrong week {}", "é".repeat(300));
    assert_eq!(
        aws.act(&stage.team, &stop(&ours, false, &long)).await,
        Outcome::Done
    );
    assert_eq!(status(&aws, &stage, &ours).await, ExecutionStatus::Stopping);
    let sent = &stage.asked(STOP)[0].body;
    let sent: Value = serde_json::from_str(sent).expect("JSON");
    let reason = sent["reason"].as_str().expect("a reason");
    assert_eq!(reason.chars().count(), 200);

    let twice = unknown(aws.act(&stage.team, &stop(&ours, false, "Again")).await);
    assert_eq!(twice.what, "It was told to stop already.");
    assert_eq!(
        aws.act(&stage.team, &stop(&ours, true, "Hangs")).await,
        Outcome::Done
    );
    assert_eq!(status(&aws, &stage, &ours).await, ExecutionStatus::Stopped);
    let late = not_done(aws.act(&stage.team, &stop(&ours, true, "Again")).await);
    assert_eq!(late.code, Code::Changed);
    assert_eq!(late.what, "This deploy cannot be stopped any more.");
}

#[tokio::test]
async fn starts_one_execution_for_a_token_at_exactly_this_commit() {
    let stage = Stage::set().await;
    let (aws, commit, ours) = building(&stage).await;
    assert_eq!(
        aws.act(&stage.team, &stop(&ours, true, "Wrong week")).await,
        Outcome::Done
    );
    let newer = stage.push("master", "Something newer").await;
    for _ in 0..2 {
        let sent = aws.act(&stage.team, &start(&commit, "slipway-1")).await;
        assert_eq!(sent, Outcome::Done);
    }
    stage.advance(TO_THE_GATE);
    let seen = aws.pipeline(&stage.team).await.expect("is seen").executions;
    let of = |wanted: &Sha| {
        let shas = seen.iter().flat_map(|it| &it.revisions);
        shas.filter(|it| it.sha.as_ref() == Some(wanted)).count()
    };
    assert_eq!(of(&commit), 2, "the one that was stopped, and one for both");
    assert_eq!(of(&newer), 1);
}

#[tokio::test]
async fn lets_into_a_stage_what_waits_there() {
    let stage = Stage::set().await;
    let (aws, _, ours) = building(&stage).await;
    stage
        .order(
            "/transitions",
            json!({"stage": "Build", "enabled": false, "reason": "Frozen"}),
        )
        .await;
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert!(
        seen.stages
            .iter()
            .any(|it| it.disabled.as_deref() == Some("Frozen"))
    );
    let enable = Action::EnableTransition {
        stage: "Build".to_owned(),
    };
    for _ in 0..2 {
        assert_eq!(aws.act(&stage.team, &enable).await, Outcome::Done);
    }
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert!(seen.stages.iter().all(|it| it.disabled.is_none()));
    assert_eq!(
        status(&aws, &stage, &ours).await,
        ExecutionStatus::InProgress
    );
    let gone = Action::EnableTransition {
        stage: "Gone".to_owned(),
    };
    assert_eq!(
        not_done(aws.act(&stage.team, &gone).await).code,
        Code::Changed
    );
}

#[tokio::test]
async fn each_says_which_permission_it_needs_and_repeats_nothing() {
    let stage = Stage::set().await;
    let (aws, commit, ours) = building(&stage).await;
    let enable = Action::EnableTransition {
        stage: "Build".to_owned(),
    };
    for (operation, action) in [
        (STOP, stop(&ours, false, "Wrong week")),
        (START, start(&commit, "slipway-1")),
        (ENABLE, enable),
    ] {
        stage
            .order("/permissions", json!({"denied": [operation]}))
            .await;
        let problem = not_done(aws.act(&stage.team, &action).await);
        assert_eq!(problem.code, Code::Forbidden);
        assert!(problem.remedy.contains(operation), "{}", problem.remedy);
        stage.order("/permissions", json!({"denied": []})).await;
        for fault in [
            json!({"kind": "reply-lost"}),
            json!({"kind": "status", "code": 409, "body": {"__type": "ConflictException", "message": ""}}),
        ] {
            let before = stage.asked(operation).len();
            stage.fault(operation, fault).await;
            unknown(aws.act(&stage.team, &action).await);
            assert_eq!(stage.asked(operation).len(), before + 1, "{operation}");
        }
    }
}

#[tokio::test]
async fn rolls_a_stage_back_and_sees_that_it_is_a_roll_back() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert!(seen.rolls_back);
    let before = seen.executions[0].clone();
    assert_eq!(before.rolls_back, None);
    let fails = json!({"message": "exit status 1"});
    stage.order("/build/fail", fails).await;
    stage.push("master", "Release").await;
    stage.advance(TO_THE_GATE);
    let approve = json!({"status": "Approved"});
    stage.order("/approval/answer", approve).await;
    stage.advance(600);
    let back = |target: &ExecutionId| Action::RollBack {
        stage: "Build".to_owned(),
        target: target.clone(),
        commit: Sha(String::new()),
        newest: None,
    };
    let sent = aws.act(&stage.team, &back(&before.id)).await;
    assert_eq!(sent, Outcome::Done);
    let running = not_done(aws.act(&stage.team, &back(&before.id)).await);
    assert_eq!(running.what, "The stage Build cannot be rolled back.");
    let seen = aws.pipeline(&stage.team).await.expect("is seen").executions;
    assert_eq!(seen[0].rolls_back, Some(before.id.clone()));
    assert_eq!(seen[0].revisions, before.revisions);
    let detail = aws.execution(&stage.team, &seen[0].id).await;
    let detail = detail.expect("is seen").execution;
    assert_eq!(detail.rolls_back, Some(before.id));
    stage.order("/pipeline", json!({"kind": "V1"})).await;
    let aws = stage.aws();
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert!(!seen.rolls_back);
}
