//! What is seen of the pipeline and of one execution.

use serde_json::json;
use slipway_core::facts::{Category, ExecutionStatus, RunStatus};
use slipway_core::ids::ExecutionId;
use slipway_core::problem::Code;

use crate::stage::Stage;

/// Until the approval waits, and until the build has ended.
pub(crate) const TO_THE_GATE: u64 = 60;
const TO_THE_END: u64 = 600;

pub(crate) async fn start(stage: &Stage) -> ExecutionId {
    let made = stage
        .order("/executions", json!({"by": "tomas-herrera"}))
        .await;
    let id = made["pipelineExecutionId"]
        .as_str()
        .or(made["id"].as_str())
        .expect("an id");
    stage.advance(TO_THE_GATE);
    ExecutionId::from(id)
}

pub(crate) async fn answer(stage: &Stage, status: &str) {
    stage
        .order(
            "/approval/answer",
            json!({"status": status, "summary": "As agreed"}),
        )
        .await;
}

#[tokio::test]
async fn sees_the_gate_and_what_waits_at_it() {
    let stage = Stage::set().await;
    let commit = stage.push("master", "Release 1 pull request\n\nBody").await;
    stage.advance(TO_THE_GATE);

    let seen = stage.aws().pipeline(&stage.team).await.expect("is seen");

    assert_eq!(
        (seen.name.as_str(), seen.region.as_str()),
        ("docker-production", "us-east-2")
    );
    assert_eq!(seen.account, "418295017734");
    assert!(
        seen.caller_arn.ends_with("/dana.whitfield"),
        "{}",
        seen.caller_arn
    );
    assert_eq!(seen.executions[0].status, ExecutionStatus::InProgress);
    assert_eq!(seen.executions[0].revisions[0].sha.as_ref(), Some(&commit));
    assert_eq!(
        seen.executions[0].revisions[0].summary,
        "Release 1 pull request"
    );
    let gate = seen.stages.iter().find(|it| {
        it.actions
            .iter()
            .any(|it| it.category == Category::Approval)
    });
    let gate = gate.expect("there is a gate");
    assert_eq!(
        (gate.status, gate.execution.as_ref()),
        (Some(RunStatus::InProgress), Some(&seen.executions[0].id))
    );
    let approval = &gate.actions[0];
    assert_eq!(approval.status, Some(RunStatus::InProgress));
    assert!(approval.token.is_some() && approval.changed_at.is_some());
    assert_eq!(seen.stages[0].actions[0].category, Category::Source);
    assert!(
        seen.stages
            .iter()
            .flat_map(|it| &it.actions)
            .filter(|it| it.token.is_some())
            .count()
            == 1
    );
}

#[tokio::test]
async fn shows_no_token_once_the_gate_is_answered() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    start(&stage).await;
    answer(&stage, "Rejected").await;
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert!(
        seen.stages
            .iter()
            .flat_map(|it| &it.actions)
            .all(|it| it.token.is_none())
    );
    assert_eq!(seen.executions[0].status, ExecutionStatus::Failed);
}

#[tokio::test]
async fn shows_no_token_that_an_older_execution_left_behind() {
    let stage = Stage::set().await;
    let seen = stage.aws().pipeline(&stage.team).await.expect("is seen");
    let is_gate = |it: &&slipway_core::facts::Stage| it.actions[0].category == Category::Approval;
    let gate = seen.stages.iter().find(is_gate).expect("there is a gate");
    let token = "0b9c4d1e-2f3a-4b5c-8d6e-7f8091a2b3c4";
    for (of_the_stage, of_the_action, shown) in [
        ("InProgress", "InProgress", true),
        ("Failed", "InProgress", false),
        ("InProgress", "Succeeded", false),
    ] {
        let action = json!({"status": of_the_action, "token": token, "lastStatusChange": 1.5});
        let state = json!({"pipelineName": "docker-production", "pipelineVersion": 1, "stageStates": [{
            "stageName": gate.name,
            "latestExecution": {"pipelineExecutionId": token, "status": of_the_stage},
            "actionStates": [{"actionName": gate.actions[0].name, "latestExecution": action}],
        }]});
        let canned = json!({"kind": "status", "code": 200, "body": state});
        stage.fault("codepipeline:GetPipelineState", canned).await;
        let seen = stage.aws().pipeline(&stage.team).await.expect("is seen");
        let action = &seen.stages[0].actions[0];
        assert_eq!(
            action.token.is_some(),
            shown,
            "{of_the_stage} {of_the_action}"
        );
        assert_eq!(action.changed_at, Some(slipway_core::time::At(1_500)));
    }
}

#[tokio::test]
async fn costs_one_call_while_nothing_changes() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let first = aws.pipeline(&stage.team).await.expect("is seen");
    let calls = stage.sim.requests().len();
    for _ in 0..5 {
        assert_eq!(aws.pipeline(&stage.team).await.expect("is seen"), first);
    }
    assert_eq!(stage.sim.requests().len(), calls + 5);

    start(&stage).await;
    let moved = aws.pipeline(&stage.team).await.expect("is seen");
    assert_eq!(moved.executions.len(), first.executions.len() + 1);
}

#[tokio::test]
async fn sees_who_waits_and_a_closed_transition() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let first = start(&stage).await;
    let second = start(&stage).await;
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    let gate = seen
        .stages
        .iter()
        .find(|it| it.waiting.is_some())
        .expect("somebody waits");
    assert_eq!(
        (gate.execution.as_ref(), gate.waiting.as_ref()),
        (Some(&first), Some(&second))
    );

    let last = seen.stages.last().expect("a stage").name.clone();
    let close =
        json!({"stage": last, "enabled": false, "reason": "Freeze", "by": "marcus-oyelaran"});
    stage.order("/transitions", close).await;
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert_eq!(
        seen.stages.last().and_then(|it| it.disabled.as_deref()),
        Some("Freeze")
    );
}

#[tokio::test]
async fn follows_an_execution_to_its_end() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let id = start(&stage).await;
    answer(&stage, "Approved").await;
    stage.advance(TO_THE_END);
    aws.pipeline(&stage.team).await.expect("is seen");

    let detail = aws.execution(&stage.team, &id).await.expect("is seen");

    assert_eq!(
        (&detail.execution.id, detail.execution.status),
        (&id, ExecutionStatus::Succeeded)
    );
    let categories: Vec<_> = detail.runs.iter().map(|it| it.category).collect();
    assert_eq!(
        categories,
        [Category::Source, Category::Approval, Category::Work],
        "oldest first"
    );
    assert!(
        detail
            .runs
            .iter()
            .all(|it| it.status == RunStatus::Succeeded)
    );
    assert_eq!(detail.runs[1].summary, "As agreed");
    assert!(
        detail.runs[1]
            .updated_by
            .as_deref()
            .is_some_and(|by| by.ends_with("marcus.oyelaran"))
    );
    assert!(
        detail.runs[2]
            .external_id
            .as_deref()
            .is_some_and(|id| id.contains(':'))
    );
    let phases: Vec<_> = detail.phases.iter().map(|it| it.name.as_str()).collect();
    assert!(
        phases.contains(&"PRE_BUILD") && phases.contains(&"BUILD"),
        "{phases:?}"
    );
    assert!(!detail.log.is_empty() && detail.log.len() <= 40);
    assert!(
        detail
            .log
            .iter()
            .all(|it| !it.text.contains('\u{1b}') && !it.text.ends_with('\n'))
    );
}

#[tokio::test]
async fn tells_why_a_build_failed() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    stage
        .order(
            "/build/fail",
            json!({"message": "Error while executing command: make. Reason: exit status 2"}),
        )
        .await;
    let id = start(&stage).await;
    answer(&stage, "Approved").await;
    stage.advance(TO_THE_END);
    let detail = aws.execution(&stage.team, &id).await.expect("is seen");
    assert_eq!(detail.execution.status, ExecutionStatus::Failed);
    let build = detail.runs.last().expect("a run");
    let error = build.error.as_ref().expect("an error");
    assert_eq!(error.code, "JobFailed");
    assert!(error.message.contains("exit status 2"), "{}", error.message);
    assert!(
        detail
            .phases
            .iter()
            .any(|it| it.status == Some(RunStatus::Failed))
    );
}

#[tokio::test]
async fn keeps_the_newest_hundred_executions_and_finds_older_ones_by_their_id() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let first = start(&stage).await;
    for _ in 0..105 {
        stage
            .order("/executions", json!({"by": "tomas-herrera"}))
            .await;
    }
    stage.advance(TO_THE_GATE);
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert_eq!(seen.executions.len(), 100);
    assert!(
        seen.executions
            .is_sorted_by(|one, next| one.started_at >= next.started_at),
        "newest first"
    );
    assert!(seen.executions.iter().all(|it| it.id != first));

    let detail = aws.execution(&stage.team, &first).await.expect("is seen");
    assert_eq!(
        (&detail.execution.id, detail.execution.status),
        (&first, ExecutionStatus::InProgress)
    );
    assert_eq!(
        detail.execution.revisions[0].sha.as_ref(),
        Some(&stage.head("master"))
    );
    assert_eq!(detail.execution.started_at, detail.runs[0].started_at);
}

#[tokio::test]
async fn reads_every_page_of_runs() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let id = start(&stage).await;
    for _ in 0..102 {
        answer(&stage, "Rejected").await;
        let retry = slipway_core::action::Action::RetryStage {
            stage: aws.pipeline(&stage.team).await.expect("is seen").stages[1]
                .name
                .clone(),
            execution: id.clone(),
            failed_at: slipway_core::time::At(0),
            mode: slipway_core::action::RetryMode::FailedActions,
        };
        assert_eq!(
            aws.act(&stage.team, &retry).await,
            slipway_core::action::Outcome::Done
        );
        stage.advance(1);
    }
    let detail = aws.execution(&stage.team, &id).await.expect("is seen");
    assert_eq!(detail.runs.len(), 104);
    assert!(
        detail.runs.is_sorted_by_key(|it| it.started_at),
        "oldest first"
    );
    assert_eq!(
        detail.runs.last().map(|it| it.status),
        Some(RunStatus::InProgress)
    );
}

#[tokio::test]
async fn takes_the_token_of_a_parallel_pipeline_from_its_run() {
    let stage = Stage::set().await;
    let id = start(&stage).await;
    let seen = stage.aws().pipeline(&stage.team).await.expect("is seen");
    let token = seen
        .stages
        .iter()
        .flat_map(|it| &it.actions)
        .find_map(|it| it.token.clone());
    let action = |name: &str, category: &str| json!({"name": name, "actionTypeId": {"category": category, "owner": "AWS", "provider": "x", "version": "1"}});
    let stages: Vec<_> = seen
        .stages
        .iter()
        .map(|stage| {
            let category = |it: &slipway_core::facts::ActionState| match it.category {
                Category::Source => "Source",
                Category::Approval => "Approval",
                Category::Work => "Build",
                Category::Deploy => "Deploy",
            };
            let actions: Vec<_> = stage
                .actions
                .iter()
                .map(|it| action(&it.name, category(it)))
                .collect();
            json!({"name": stage.name, "actions": actions})
        })
        .collect();
    let pipeline = json!({"pipeline": {"name": "docker-production", "roleArn": "arn:aws:iam::418295017734:role/x",
        "version": 1, "executionMode": "PARALLEL", "pipelineType": "V2", "stages": stages}});
    stage
        .fault(
            "codepipeline:GetPipeline",
            json!({"kind": "status", "code": 200, "body": pipeline}),
        )
        .await;

    let parallel = stage.aws().pipeline(&stage.team).await.expect("is seen");
    let tokens: Vec<_> = parallel
        .stages
        .iter()
        .flat_map(|it| &it.actions)
        .filter_map(|it| it.token.clone())
        .collect();
    let external = stage
        .aws()
        .execution(&stage.team, &id)
        .await
        .expect("is seen");
    let external = external
        .runs
        .last()
        .and_then(|it| it.external_id.clone())
        .expect("it has one");
    assert_eq!(tokens, [slipway_core::ids::ApprovalToken(external)]);
    assert!(token.is_some() && !stage.asked("codepipeline:ListActionExecutions").is_empty());
}

#[tokio::test]
async fn does_without_a_build_and_a_log_it_may_not_see() {
    let stage = Stage::set().await;
    let aws = stage.aws();
    let id = start(&stage).await;
    answer(&stage, "Approved").await;
    stage.advance(TO_THE_END);
    stage
        .order(
            "/permissions",
            json!({"denied": ["codebuild:BatchGetBuilds"]}),
        )
        .await;
    let detail = aws.execution(&stage.team, &id).await.expect("is seen");
    assert_eq!(
        (detail.runs.len(), detail.phases.len(), detail.log.len()),
        (3, 0, 0)
    );
    stage
        .order("/permissions", json!({"denied": ["logs:GetLogEvents"]}))
        .await;
    let detail = stage
        .aws()
        .execution(&stage.team, &id)
        .await
        .expect("is seen");
    assert!(!detail.phases.is_empty() && detail.log.is_empty());
}

#[tokio::test]
async fn says_why_it_could_not_look() {
    let mut stage = Stage::set().await;
    stage
        .order(
            "/permissions",
            json!({"denied": ["codepipeline:GetPipelineState"]}),
        )
        .await;
    let problem = stage
        .aws()
        .pipeline(&stage.team)
        .await
        .expect_err("is refused");
    assert_eq!(problem.code, Code::Forbidden);
    assert!(
        problem.remedy.contains("codepipeline:GetPipelineState"),
        "{}",
        problem.remedy
    );
    stage.order("/permissions", json!({"denied": []})).await;

    let throttled = json!({"kind": "status", "code": 400, "times": 2,
        "body": {"__type": "ThrottlingException", "message": "Rate exceeded"}});
    stage
        .fault("codepipeline:GetPipelineState", throttled)
        .await;
    let aws = stage.aws();
    let problem = aws.pipeline(&stage.team).await.expect_err("is refused");
    assert_eq!(
        (problem.code, problem.raw.as_str()),
        (Code::Throttled, "ThrottlingException: Rate exceeded")
    );
    assert!(aws.pause_left().is_some());

    let bad =
        json!({"kind": "status", "code": 502, "body": "<html>Bad Gateway</html>", "times": 2});
    stage.fault("codepipeline:GetPipelineState", bad).await;
    assert_eq!(
        stage
            .aws()
            .pipeline(&stage.team)
            .await
            .expect_err("fails")
            .code,
        Code::Unreachable
    );

    let unknown = stage.aws_with(&stage.endpoints(), "AKIANOTTHISONE");
    assert_eq!(
        unknown
            .pipeline(&stage.team)
            .await
            .expect_err("is refused")
            .code,
        Code::SignedOut
    );
    stage.team.pipeline = "elsewhere".to_owned();
    let problem = stage
        .aws()
        .pipeline(&stage.team)
        .await
        .expect_err("is not there");
    assert!(
        problem.what.contains("no pipeline elsewhere in us-east-2"),
        "{}",
        problem.what
    );
}
