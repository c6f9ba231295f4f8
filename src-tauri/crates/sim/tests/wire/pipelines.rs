//! Pipelines that are set up otherwise, or edited while they run.

use serde_json::{Value, json};

use crate::table::Table;

/// Long enough to get from one stage to the next.
const A_WHILE: u64 = 60;

async fn start(table: &Table) -> String {
    let started = table.pipeline(
        "StartPipelineExecution",
        json!({"name": "docker-production"}),
    );
    let id = started.await.body["pipelineExecutionId"].clone();
    id.as_str().unwrap().to_owned()
}

async fn state(table: &Table) -> Value {
    table.pipeline("GetPipelineState", json!({})).await.body
}

async fn status(table: &Table, id: &str) -> Value {
    let asked = json!({"pipelineExecutionId": id});
    let got = table.pipeline("GetPipelineExecution", asked).await.body;
    got["pipelineExecution"]["status"].clone()
}

#[tokio::test]
async fn in_a_queue_executions_enter_a_stage_in_their_order() {
    let table = Table::set().await;
    table.order("/pipeline", json!({"mode": "QUEUED"})).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(start(&table).await);
        table.advance(A_WHILE);
    }
    let gate = state(&table).await["stageStates"][1].clone();
    let waiting: Vec<&Value> = gate["inboundExecutions"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    assert_eq!(gate["latestExecution"]["pipelineExecutionId"], ids[0]);
    assert_eq!(gate["inboundExecution"]["pipelineExecutionId"], ids[1]);
    let waiting: Vec<&Value> = waiting
        .iter()
        .map(|it| &it["pipelineExecutionId"])
        .collect();
    assert_eq!(waiting, [&json!(ids[1]), &json!(ids[2])]);

    table
        .order("/approval/answer", json!({"status": "Rejected"}))
        .await;
    let gate = state(&table).await["stageStates"][1].clone();
    assert_eq!(gate["latestExecution"]["pipelineExecutionId"], ids[1]);
    assert_eq!(gate["inboundExecution"]["pipelineExecutionId"], ids[2]);
    let stop = json!({"execution": ids[2], "abandon": true});
    table.order("/executions/stop", stop).await;
    assert_eq!(status(&table, &ids[2]).await, "Stopped");
    assert!(state(&table).await["stageStates"][1]["inboundExecution"].is_null());
}

#[tokio::test]
async fn side_by_side_nobody_waits_and_only_the_runs_tell_the_tokens() {
    let table = Table::set().await;
    table.order("/pipeline", json!({"mode": "PARALLEL"})).await;
    let (first, second) = (start(&table).await, start(&table).await);
    table.advance(A_WHILE);
    let gate = state(&table).await["stageStates"][1].clone();
    let action = &gate["actionStates"][0]["latestExecution"];
    assert_eq!(action["status"], "InProgress");
    assert!(action["token"].is_null(), "{action}");
    assert_eq!(gate["latestExecution"]["pipelineExecutionId"], second);

    let runs = json!({"filter": {"pipelineExecutionId": first}});
    let runs = table.pipeline("ListActionExecutions", runs).await.body;
    let token =
        &runs["actionExecutionDetails"][0]["output"]["executionResult"]["externalExecutionId"];
    let got = table.answer(token.as_str().unwrap(), "Approved", "").await;
    assert_eq!(got.status, 200, "{}", got.text);
    table.advance(600);
    assert_eq!(status(&table, &first).await, "Succeeded");
    assert_eq!(status(&table, &second).await, "InProgress");
    let listed = table
        .pipeline("ListPipelineExecutions", json!({}))
        .await
        .body;
    assert_eq!(
        listed["pipelineExecutionSummaries"][0]["executionMode"],
        "PARALLEL"
    );
}

#[tokio::test]
async fn an_image_and_a_file_are_known_by_what_they_are() {
    for (source, provider, begins) in [("ecr", "ECR", "sha256:"), ("s3", "S3", "")] {
        let table = Table::set().await;
        table.order("/pipeline", json!({"source": source})).await;
        start(&table).await;
        table.advance(A_WHILE);
        let listed = table
            .pipeline("ListPipelineExecutions", json!({}))
            .await
            .body;
        let revision = &listed["pipelineExecutionSummaries"][0]["sourceRevisions"][0];
        let id = revision["revisionId"].as_str().unwrap();
        assert!(id.starts_with(begins) && id.len() != 40, "{id}");
        assert!(revision["revisionUrl"].is_null(), "{revision}");
        let declared = table
            .pipeline("GetPipeline", json!({"name": "docker-production"}))
            .await
            .body;
        let source = &declared["pipeline"]["stages"][0]["actions"][0]["actionTypeId"];
        assert_eq!(source["provider"], provider);
    }
}

#[tokio::test]
async fn an_edited_pipeline_cancels_what_runs_and_cannot_retry_it() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    let id =
        state(&table).await["stageStates"][1]["latestExecution"]["pipelineExecutionId"].clone();
    let id = id.as_str().unwrap();
    let rename = json!({"rename": {"stage": "Approval", "to": "Go-live"}});
    table.order("/pipeline", rename).await;
    let now = state(&table).await;
    assert_eq!(
        (&now["pipelineVersion"], &now["stageStates"][1]["stageName"]),
        (&json!(5), &json!("Go-live"))
    );
    assert!(now["stageStates"][1]["latestExecution"].is_null());
    assert_eq!(status(&table, id).await, "Cancelled");
    let late = table.answer(&token, "Approved", "").await;
    assert_eq!(late.body["__type"], "StageNotFoundException");
    let retry =
        json!({"stageName": "Go-live", "pipelineExecutionId": id, "retryMode": "FAILED_ACTIONS"});
    let refused = table.pipeline("RetryStageExecution", retry).await;
    assert_eq!(refused.body["__type"], "StageNotRetryableException");

    table
        .order("/pipeline", json!({"remove": "Approval"}))
        .await;
    let anew = start(&table).await;
    table.advance(600);
    assert_eq!(status(&table, &anew).await, "Succeeded");
}

#[tokio::test]
async fn a_state_that_lags_shows_the_action_of_the_execution_before() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    table.order("/pipeline", json!({"lag": true})).await;
    table
        .order("/approval/answer", json!({"status": "Rejected"}))
        .await;
    let newer = start(&table).await;
    table.advance(A_WHILE);
    let gate = state(&table).await["stageStates"][1].clone();
    assert_eq!(gate["latestExecution"]["pipelineExecutionId"], newer);
    assert_eq!(gate["actionStates"][0]["latestExecution"]["token"], token);
    table.order("/pipeline", json!({"lag": false})).await;
    let gate = state(&table).await["stageStates"][1].clone();
    let told = &gate["actionStates"][0]["latestExecution"]["token"];
    assert!(told.is_string() && *told != token, "{told}");
}

#[tokio::test]
async fn a_stage_is_retried_by_somebody_in_the_console() {
    let table = Table::set().await;
    table.bring_to_approval("Fix it").await;
    table
        .order("/approval/answer", json!({"status": "Rejected"}))
        .await;
    table
        .order("/stages/retry", json!({"stage": "Approval"}))
        .await;
    let gate = state(&table).await["stageStates"][1].clone();
    assert_eq!(gate["latestExecution"]["status"], "InProgress");
    assert!(gate["actionStates"][0]["latestExecution"]["token"].is_string());
}
