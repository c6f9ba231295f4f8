//! Shapes as they were recorded at AWS: where a model says less, or says it otherwise.

use reqwest::Method;
use serde_json::{Value, json};

use crate::table::Table;

/// Longer than anything takes.
const A_WHILE: u64 = 60;

async fn state(table: &Table, stage: usize) -> Value {
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    state["stageStates"][stage].clone()
}

async fn runs(table: &Table) -> Vec<Value> {
    let newest = table.executions().await[0]["pipelineExecutionId"].clone();
    let filter = json!({"filter": {"pipelineExecutionId": newest}});
    let got = table.pipeline("ListActionExecutions", filter).await.body;
    got["actionExecutionDetails"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_connection_tells_of_a_commit_its_id_a_summary_in_json_and_a_way_through_the_console() {
    let table = Table::set().await;
    table.bring_to_approval("Fix \"it\"").await;
    let sha = table.head_of("master").await;
    let source = state(&table, 0).await;
    let action = &source["actionStates"][0];
    assert_eq!(action["currentRevision"], json!({"revisionId": sha}));
    assert_eq!(action["latestExecution"]["externalExecutionId"], sha);
    let redirect = "https://us-east-2.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=";
    for (url, ending) in [
        (
            &action["entityUrl"],
            "&referenceType=BRANCH&FullRepositoryId=gitMLS/etl&Branch=master".to_owned(),
        ),
        (
            &action["revisionUrl"],
            format!("&referenceType=COMMIT&FullRepositoryId=gitMLS/etl&Commit={sha}"),
        ),
    ] {
        let url = url.as_str().unwrap();
        assert!(url.starts_with(redirect) && url.ends_with(&ending), "{url}");
    }
    let listed = table.executions().await[0]["sourceRevisions"][0].clone();
    let summary: Value = serde_json::from_str(listed["revisionSummary"].as_str().unwrap()).unwrap();
    assert_eq!(
        summary,
        json!({"ProviderType": "GitHub", "CommitMessage": "Fix \"it\""})
    );
    assert_eq!(
        (
            &source["inboundExecutions"],
            &source["inboundTransitionState"]["enabled"]
        ),
        (&json!([]), &json!(true))
    );
}

#[tokio::test]
async fn an_answer_in_the_console_without_a_word_is_told_by_its_arn() {
    let table = Table::set().await;
    table.bring_to_approval("Fix it").await;
    let answer = json!({"status": "Rejected", "by": "marcus-oyelaran"});
    table.order("/approval/answer", answer).await;
    let arn = "arn:aws:sts::418295017734:assumed-role/ReleaseApprover/marcus.oyelaran";
    let latest = state(&table, 1).await["actionStates"][0]["latestExecution"].clone();
    assert_eq!(latest["summary"], format!("Rejected by {arn}"));
    assert_eq!(latest["lastUpdatedBy"], arn);
    assert_eq!(latest["errorDetails"]["code"], "JobFailed");
    assert!(latest.get("token").is_none(), "{latest}");
    assert_eq!(runs(&table).await[0]["updatedBy"], arn);
}

#[tokio::test]
async fn a_build_says_how_it_ended_in_the_actions_error_or_in_its_summary_alone() {
    let table = Table::set().await;
    let denied = "AccessDeniedException: not authorized to perform: ssm:GetParameters";
    let rows = [
        (
            json!({"phase": "DOWNLOAD_SOURCE", "code": "Decrypted Variables Error", "message": denied}),
            "FAILED",
            format!("Phase: DOWNLOAD_SOURCE, Code: Decrypted Variables Error, Message: {denied}"),
        ),
        (
            json!({"ends": "FAULT", "phase": "PROVISIONING", "code": "INTERNAL_SERVICE_ERROR", "message": "CodeBuild is down"}),
            "FAULT",
            "Phase: PROVISIONING, Code: INTERNAL_SERVICE_ERROR, Message: CodeBuild is down"
                .to_owned(),
        ),
        (
            json!({"ends": "TIMED_OUT", "code": "BUILD_TIMED_OUT", "message": "Build has timed out."}),
            "TIMED_OUT",
            "Phase: BUILD, Code: BUILD_TIMED_OUT, Message: Build has timed out.".to_owned(),
        ),
        (
            json!({"in_summary": true, "message": "exit status 1"}),
            "FAILED",
            "Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: exit status 1".to_owned(),
        ),
    ];
    for (order, ended, rest) in rows {
        table.order("/build/fail", order.clone()).await;
        let token = table.bring_to_approval("Fix it").await;
        table.answer(&token, "Approved", "").await;
        table.advance(A_WHILE);
        let said = format!("Build terminated with state: {ended}. {rest}");
        let latest = state(&table, 2).await["actionStates"][0]["latestExecution"].clone();
        let told = (&latest["errorDetails"]["message"], &latest["summary"]);
        let run = runs(&table).await[0].clone();
        let result = &run["output"]["executionResult"];
        assert_eq!(result["externalExecutionSummary"], said);
        match order.get("in_summary") {
            None => assert_eq!(told, (&json!(said), &Value::Null)),
            Some(_) => assert_eq!(told, (&Value::Null, &json!(said))),
        }
        let id = latest["externalExecutionId"].clone();
        let builds = json!({"ids": [id]});
        let got = table.aws("CodeBuild_20161006.BatchGetBuilds", builds).await;
        let build = &got.body["builds"][0];
        assert_eq!(build["buildStatus"], ended);
        let phases = build["phases"].as_array().unwrap();
        assert!(
            phases.iter().any(|it| it["phaseStatus"] == ended),
            "{ended}"
        );
    }
    let wrong = json!({"ends": "SUCCEEDED", "message": "x"});
    let got = table.control(Method::POST, "/build/fail", wrong).await;
    assert_eq!(got.status, 422);
}

#[tokio::test]
async fn a_stage_tells_how_often_it_was_retried() {
    let table = Table::set().await;
    table.bring_to_approval("Fix it").await;
    assert!(state(&table, 1).await.get("retryStageMetadata").is_none());
    for times in 1..3 {
        table
            .order("/approval/answer", json!({"status": "Rejected"}))
            .await;
        table
            .order("/stages/retry", json!({"stage": "Approval"}))
            .await;
        assert_eq!(
            state(&table, 1).await["retryStageMetadata"],
            json!({"manualStageRetryAttempt": times, "latestRetryTrigger": "ManualStageRetry"})
        );
    }
}

#[tokio::test]
async fn what_is_stopped_after_its_action_is_stopped_however_that_ended() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    let id = table.executions().await[0]["pipelineExecutionId"].clone();
    table
        .order("/executions/stop", json!({"execution": id}))
        .await;
    assert_eq!(table.answer(&token, "Rejected", "No").await.status, 200);
    assert_eq!(table.executions().await[0]["status"], "Stopped");
    let gate = state(&table, 1).await;
    assert_eq!(gate["latestExecution"]["status"], "Stopped");
    assert_eq!(
        gate["actionStates"][0]["latestExecution"]["status"],
        "Failed"
    );
}

#[tokio::test]
async fn a_refusal_names_what_it_is_about() {
    let table = Table::set().await;
    let pipeline = "arn:aws:codepipeline:us-east-2:418295017734:docker-production";
    let rows = [
        (
            "codepipeline:GetPipelineState",
            "CodePipeline_20150709.GetPipelineState",
            pipeline.to_owned(),
        ),
        (
            "codepipeline:PutApprovalResult",
            "CodePipeline_20150709.PutApprovalResult",
            format!("{pipeline}/Approval/ManualApproval"),
        ),
        (
            "codepipeline:RetryStageExecution",
            "CodePipeline_20150709.RetryStageExecution",
            format!("{pipeline}/Approval"),
        ),
        (
            "codebuild:BatchGetBuilds",
            "CodeBuild_20161006.BatchGetBuilds",
            "arn:aws:codebuild:us-east-2:418295017734:project/docker-production".to_owned(),
        ),
        (
            "logs:GetLogEvents",
            "Logs_20140328.GetLogEvents",
            "arn:aws:logs:us-east-2:418295017734:log-group:/aws/codebuild/docker-production:*"
                .to_owned(),
        ),
    ];
    for (operation, target, resource) in rows {
        table
            .order("/permissions", json!({"denied": [operation]}))
            .await;
        let body = match operation {
            "codepipeline:PutApprovalResult" => {
                json!({"stageName": "Approval", "actionName": "ManualApproval"})
            }
            "codepipeline:RetryStageExecution" => json!({"stageName": "Approval"}),
            _ => json!({}),
        };
        let got = table.aws(target, body).await;
        let said = format!("to perform: {operation} on resource: {resource} because");
        assert!(got.message().contains(&said), "{}", got.message());
    }
}

#[tokio::test]
async fn somebody_starts_the_pipeline_by_hand_of_the_newest_commit_or_of_another() {
    let table = Table::set().await;
    let old = table.executions().await[2]["sourceRevisions"][0]["revisionId"].clone();
    let newest = table.head_of("master").await;
    let arn = "arn:aws:sts::418295017734:assumed-role/ReleaseApprover/tomas.herrera";
    for (order, commit) in [
        (json!({"by": "tomas-herrera", "commit": old}), old.clone()),
        (json!({"by": "tomas-herrera"}), json!(newest)),
    ] {
        let started = table.order("/executions", order).await;
        table.advance(A_WHILE);
        let execution = table.executions().await[0].clone();
        assert_eq!(
            execution["pipelineExecutionId"],
            started["pipelineExecutionId"]
        );
        assert_eq!(execution["sourceRevisions"][0]["revisionId"], commit);
        assert_eq!(
            execution["trigger"],
            json!({"triggerType": "StartPipelineExecution", "triggerDetail": arn})
        );
    }
    let nowhere = json!({"commit": "0123456789012345678901234567890123456789"});
    let before = table.executions().await.len();
    let got = table.control(Method::POST, "/executions", nowhere).await;
    assert_eq!((got.status, table.executions().await.len()), (422, before));
}
