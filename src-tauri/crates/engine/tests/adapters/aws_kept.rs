//! What is kept of the pipeline between looks, as at AWS itself, and what makes it old.

use serde_json::json;
use slipway_core::facts::{Category, ExecutionStatus, RunStatus};

use crate::aws_look::{answer, start};
use crate::stage::Stage;

#[tokio::test]
async fn what_ran_is_read_again_when_only_the_list_shows_a_change() {
    let stage = Stage::set().await;
    // AWS itself counts calls, so what ran is kept between looks.
    let aws = stage.aws().frugal();
    let id = start(&stage).await;
    aws.pipeline(&stage.team).await.expect("is seen");
    answer(&stage, "Rejected").await;
    let canned = |body: serde_json::Value| json!({"kind": "status", "code": 200, "body": body});
    let moves = json!({"pipelineExecutionSummaries": [
        {"pipelineExecutionId": id.as_str(), "status": "InProgress", "startTime": 1.0, "lastUpdateTime": 2.0}]});
    let waits = json!({"actionExecutionDetails": [
        {"pipelineExecutionId": id.as_str(), "actionExecutionId": "a", "stageName": "Approval", "actionName": "Approval",
         "startTime": 1.0, "lastUpdateTime": 2.0, "status": "InProgress",
         "input": {"actionTypeId": {"category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}}}]});
    // The stages show the answer at once; both lists lag behind.
    stage
        .fault("codepipeline:ListPipelineExecutions", canned(moves))
        .await;
    stage
        .fault("codepipeline:ListActionExecutions", canned(waits))
        .await;
    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert_eq!(seen.executions[0].status, ExecutionStatus::InProgress);
    let detail = aws.execution(&stage.team, &id).await.expect("is seen");
    assert_eq!(detail.runs[0].status, RunStatus::InProgress);

    let seen = aws.pipeline(&stage.team).await.expect("is seen");
    assert_eq!(seen.executions[0].status, ExecutionStatus::Failed);
    let detail = aws.execution(&stage.team, &id).await.expect("is seen");
    assert_eq!(
        detail.runs.last().map(|run| (run.category, run.status)),
        Some((Category::Approval, RunStatus::Failed))
    );
}
