use serde_json::json;

use crate::table::Table;

#[tokio::test]
async fn an_approval_is_answered_once() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    assert_eq!(
        table.answer(&token, "Approved", "Dana: go").await.status,
        200
    );
    let again = table.answer(&token, "Approved", "Dana: go").await;
    assert_eq!(
        (again.status, &again.body["__type"]),
        (400, &json!("ApprovalAlreadyCompletedException"))
    );
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_said() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    let cases = [
        (
            "00000000-0000-0000-0000-000000000000",
            "Approved",
            "x".repeat(10),
            "InvalidApprovalTokenException",
        ),
        (
            "no token",
            "Approved",
            "x".repeat(10),
            "ValidationException",
        ),
        (&token, "Approved", "x".repeat(513), "ValidationException"),
        (&token, "approved", "x".repeat(10), "ValidationException"),
    ];
    for (token, status, summary, error) in cases {
        let got = table.answer(token, status, &summary).await;
        assert_eq!(
            (got.status, &got.body["__type"]),
            (400, &json!(error)),
            "{}",
            got.text
        );
    }
    let elsewhere = json!({"stageName": "Gate", "actionName": "ManualApproval", "token": token,
        "result": {"status": "Approved", "summary": ""}});
    let got = table.pipeline("PutApprovalResult", elsewhere).await;
    assert_eq!(got.body["__type"], "StageNotFoundException");
    assert_eq!(
        table
            .answer(&token, "Approved", &"é".repeat(512))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_rejected_stage_is_retried_with_a_new_token() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    table
        .order(
            "/approval/answer",
            json!({"status": "Rejected", "summary": "Not tonight"}),
        )
        .await;
    let late = table.answer(&token, "Approved", "").await;
    assert_eq!(late.body["__type"], "ApprovalAlreadyCompletedException");

    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    let latest = &state["stageStates"][1]["actionStates"][0]["latestExecution"];
    assert_eq!(
        (&latest["status"], &latest["summary"]),
        (&json!("Failed"), &json!("Not tonight"))
    );
    assert_eq!(latest["errorDetails"]["code"], "JobFailed");
    assert!(
        latest["lastUpdatedBy"]
            .as_str()
            .unwrap()
            .ends_with("marcus.oyelaran")
    );

    let id = state["stageStates"][1]["latestExecution"]["pipelineExecutionId"].clone();
    let retry =
        json!({"stageName": "Approval", "pipelineExecutionId": id, "retryMode": "ALL_ACTIONS"});
    assert_eq!(
        table
            .pipeline("RetryStageExecution", retry.clone())
            .await
            .status,
        200
    );
    let twice = table.pipeline("RetryStageExecution", retry).await;
    assert_eq!(
        (twice.status, &twice.body["__type"]),
        (409, &json!("ConflictException"))
    );
    let renewed = table.approval_token().await.unwrap();
    assert_ne!(renewed, token);
    assert_eq!(table.answer(&renewed, "Approved", "").await.status, 200);
}

#[tokio::test]
async fn an_approval_that_nobody_gives_times_out_after_a_week() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    table.advance(7 * 24 * 3_600);
    assert_eq!(table.executions().await[0]["status"], "Failed");
    assert_eq!(
        table.answer(&token, "Approved", "").await.body["__type"],
        "InvalidApprovalTokenException"
    );
}

#[tokio::test]
async fn newer_executions_wait_behind_the_gate_and_supersede_each_other() {
    let table = Table::set().await;
    let token = table.bring_to_approval("First").await;
    for message in ["Second", "Third"] {
        table
            .order("/push", json!({"branch": "master", "message": message}))
            .await;
        table.advance(20);
    }
    let executions = table.executions().await;
    let statuses: Vec<&str> = executions
        .iter()
        .take(3)
        .map(|it| it["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["InProgress", "Superseded", "InProgress"]);
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    let gate = &state["stageStates"][1];
    assert_eq!(
        gate["inboundExecution"]["pipelineExecutionId"],
        executions[0]["pipelineExecutionId"]
    );
    assert_eq!(
        gate["latestExecution"]["pipelineExecutionId"],
        executions[2]["pipelineExecutionId"]
    );

    table.answer(&token, "Rejected", "no").await;
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    let gate = &state["stageStates"][1];
    assert_eq!(
        gate["latestExecution"]["pipelineExecutionId"],
        executions[0]["pipelineExecutionId"]
    );
    assert!(gate.get("inboundExecution").is_none());
    let first = executions[2]["pipelineExecutionId"].clone();
    let retry = json!({"stageName": "Approval", "pipelineExecutionId": first, "retryMode": "FAILED_ACTIONS"});
    let late = table.pipeline("RetryStageExecution", retry).await;
    assert_eq!(late.body["__type"], "NotLatestPipelineExecutionException");
}
