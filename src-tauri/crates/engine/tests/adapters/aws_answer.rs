//! Answers to the approval, and retries.

use serde_json::json;
use slipway_core::action::{Action, Answer, Gate, Outcome};
use slipway_core::facts::{Category, RunStatus};
use slipway_core::problem::Code;
use slipway_core::time::At;
use slipway_engine::aws::Aws;

use crate::aws_look::TO_THE_GATE;
use crate::stage::{Stage, not_done, unknown};

/// A commit that waits at the gate, and the gate.
async fn at_the_gate(stage: &Stage) -> (Aws, Gate) {
    let commit = stage.push("master", "Release").await;
    stage.advance(TO_THE_GATE);
    let aws = stage.aws();
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    let (it, action) = seen
        .stages
        .iter()
        .find_map(|it| Some((it, it.actions.iter().find(|action| action.token.is_some())?)))
        .expect("something waits");
    let gate = Gate {
        stage: it.name.clone(),
        action: action.name.clone(),
        execution: it.execution.clone().expect("an execution"),
        token: action.token.clone().expect("a token"),
        commit,
    };
    (aws, gate)
}

fn say(gate: &Gate, answer: Answer, summary: &str) -> Action {
    Action::AnswerApproval {
        gate: gate.clone(),
        answer,
        summary: summary.to_owned(),
    }
}

const PUT: &str = "codepipeline:PutApprovalResult";

#[tokio::test]
async fn approves_once_with_the_persons_words() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    let long = format!("Dana Whitfield: {}", "é".repeat(600));
    assert_eq!(
        aws.act(&stage.team, &say(&gate, Answer::Approved, &long))
            .await,
        Outcome::Done
    );

    let detail = aws
        .execution(&stage.team, &gate.execution)
        .await
        .expect("is seen");
    let run = detail
        .runs
        .iter()
        .find(|it| it.category == Category::Approval)
        .expect("a run");
    assert_eq!(run.status, RunStatus::Succeeded);
    assert!(run.summary.starts_with("Dana Whitfield: é"));
    assert_eq!(run.summary.chars().count(), 512);
    assert!(
        run.updated_by
            .as_deref()
            .is_some_and(|by| by.ends_with("/dana.whitfield"))
    );

    let again = unknown(
        aws.act(&stage.team, &say(&gate, Answer::Approved, "Again"))
            .await,
    );
    assert_eq!(again.code, Code::Unknown);
    assert_eq!(stage.asked(PUT).len(), 2);
}

#[tokio::test]
async fn rejects_and_retries_with_a_new_request_for_approval() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    assert_eq!(
        aws.act(&stage.team, &say(&gate, Answer::Rejected, "Not tonight"))
            .await,
        Outcome::Done
    );
    let detail = aws
        .execution(&stage.team, &gate.execution)
        .await
        .expect("is seen");
    assert_eq!(
        detail.runs.last().map(|it| it.status),
        Some(RunStatus::Failed)
    );

    let (stage_name, execution) = (gate.stage.clone(), gate.execution.clone());
    let retry = Action::RetryStage {
        stage: stage_name,
        execution,
        failed_at: At(0),
        mode: slipway_core::action::RetryMode::FailedActions,
    };
    assert_eq!(aws.act(&stage.team, &retry).await, Outcome::Done);
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    let token = seen
        .stages
        .iter()
        .flat_map(|it| &it.actions)
        .find_map(|it| it.token.clone());
    assert_ne!(token.expect("waits again"), gate.token);

    let old = unknown(
        aws.act(&stage.team, &say(&gate, Answer::Approved, "To the old one"))
            .await,
    );
    assert!(
        old.raw.contains("InvalidApprovalToken") || old.raw.contains("AlreadyCompleted"),
        "{}",
        old.raw
    );
}

#[tokio::test]
async fn does_not_know_what_a_lost_reply_was_and_repeats_nothing() {
    for fault in [
        json!({"kind": "reply-lost"}),
        json!({"kind": "reset"}),
        json!({"kind": "status-after", "code": 502, "body": "<html>Bad Gateway</html>"}),
        json!({"kind": "status", "code": 500, "body": {"__type": "InternalFailure", "message": ""}}),
    ] {
        let stage = Stage::set().await;
        let (aws, gate) = at_the_gate(&stage).await;
        stage.fault(PUT, fault.clone()).await;
        let problem = unknown(
            aws.act(&stage.team, &say(&gate, Answer::Approved, "Yes"))
                .await,
        );
        assert_eq!(problem.code, Code::Unknown, "{fault}");
        assert_eq!(stage.asked(PUT).len(), 1, "{fault}");
        let seen = aws.pipeline(&stage.team).await.expect("is seen");
        let waits = seen
            .stages
            .iter()
            .flat_map(|it| &it.actions)
            .any(|it| it.token.is_some());
        let took_effect = matches!(fault["kind"].as_str(), Some("reply-lost" | "status-after"));
        assert_eq!(waits, !took_effect, "{fault}");
    }
}

#[tokio::test]
async fn asks_to_check_when_somebody_else_was_faster() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    stage
        .order(
            "/approval/answer",
            json!({"status": "Rejected", "summary": "No"}),
        )
        .await;
    let problem = unknown(
        aws.act(&stage.team, &say(&gate, Answer::Approved, "Yes"))
            .await,
    );
    assert!(problem.remedy.contains("looks up"), "{problem:?}");
}

#[tokio::test]
async fn says_which_permission_an_answer_needs() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    stage.order("/permissions", json!({"denied": [PUT]})).await;
    let problem = not_done(
        aws.act(&stage.team, &say(&gate, Answer::Approved, "Yes"))
            .await,
    );
    assert_eq!(problem.code, Code::Forbidden);
    assert!(problem.remedy.contains(PUT), "{}", problem.remedy);
}

#[tokio::test]
async fn says_that_the_sign_in_ended() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    stage
        .order("/credentials/expire", json!({"service": "aws"}))
        .await;
    let problem = not_done(
        aws.act(&stage.team, &say(&gate, Answer::Approved, "Yes"))
            .await,
    );
    assert_eq!(problem.code, Code::SignedOut);
    assert_eq!(stage.asked(PUT).len(), 1);
    stage
        .order("/credentials/restore", json!({"service": "aws"}))
        .await;
    assert_eq!(
        aws.act(&stage.team, &say(&gate, Answer::Approved, "Yes"))
            .await,
        Outcome::Done
    );
}

#[tokio::test]
async fn says_what_aws_refuses() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    for (name, status, outcome) in [
        ("ThrottlingException", 400, Some(Code::Throttled)),
        ("ConflictException", 409, None),
        ("StageNotRetryableException", 400, Some(Code::Refused)),
        (
            "NotLatestPipelineExecutionException",
            400,
            Some(Code::Changed),
        ),
        (
            "ConcurrentPipelineExecutionsLimitExceededException",
            400,
            Some(Code::Refused),
        ),
        ("ValidationException", 400, Some(Code::Refused)),
    ] {
        let body = json!({"__type": name, "message": "In AWS's words"});
        let fault = json!({"kind": "status", "code": status, "body": body});
        stage.fault("codepipeline:RetryStageExecution", fault).await;
        let retry = Action::RetryStage {
            stage: gate.stage.clone(),
            execution: gate.execution.clone(),
            failed_at: At(0),
            mode: slipway_core::action::RetryMode::FailedActions,
        };
        let problem = match (outcome, aws.act(&stage.team, &retry).await) {
            (Some(code), outcome) => {
                let problem = not_done(outcome);
                assert_eq!(problem.code, code, "{name}");
                problem
            }
            (None, outcome) => unknown(outcome),
        };
        assert_eq!(problem.raw, format!("{name}: In AWS's words"));
    }
    assert_eq!(stage.asked("codepipeline:RetryStageExecution").len(), 6);
}

#[tokio::test]
async fn knows_that_nothing_was_sent_where_nobody_listens() {
    let stage = Stage::set().await;
    let (aws, gate) = at_the_gate(&stage).await;
    let team = stage.team.clone();
    stage.sim.stop().await;
    let problem = not_done(aws.act(&team, &say(&gate, Answer::Approved, "Yes")).await);
    assert_eq!(problem.code, Code::Unreachable);
}
