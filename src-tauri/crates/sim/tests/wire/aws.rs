use reqwest::Method;
use serde_json::{Value, json};
use slipway_sim::Sim;
use slipway_sim::world::BulkLog;

use crate::table::{Table, read, signed_by};

#[tokio::test]
async fn the_declaration_names_stages_actions_and_categories() {
    let table = Table::set().await;
    let got = table.pipeline("GetPipeline", json!({})).await;
    assert_eq!(got.header("content-type"), "application/x-amz-json-1.1");
    assert!(!got.header("x-amzn-requestid").is_empty());
    let pipeline = &got.body["pipeline"];
    assert_eq!(
        (&pipeline["pipelineType"], &pipeline["executionMode"]),
        (&json!("V2"), &json!("SUPERSEDED"))
    );
    let approval = &pipeline["stages"][1]["actions"][0];
    assert_eq!(approval["name"], "ManualApproval");
    assert_eq!(approval["actionTypeId"]["category"], "Approval");
    assert!(approval.get("timeoutInMinutes").is_none());
}

#[tokio::test]
async fn another_pipeline_or_region_is_not_found() {
    let table = Table::set().await;
    let got = table
        .pipeline("GetPipelineState", json!({"name": "other"}))
        .await;
    assert_eq!(
        (got.status, &got.body["__type"]),
        (400, &json!("PipelineNotFoundException"))
    );
    let elsewhere =
        signed_by(&Sim::credentials().aws_access_key_id).replace("us-east-2", "eu-west-1");
    let request = table.aws_request(
        "CodePipeline_20150709.GetPipelineState",
        json!({"name": "docker-production"}),
    );
    let mut request = request.build().unwrap();
    request
        .headers_mut()
        .insert("authorization", elsewhere.parse().unwrap());
    let got = read(table.client().execute(request).await.unwrap()).await;
    assert_eq!(got.body["__type"], "PipelineNotFoundException");
}

#[tokio::test]
async fn lists_are_paged_by_token() {
    let table = Table::set().await;
    let first = table
        .pipeline("ListPipelineExecutions", json!({"maxResults": 3}))
        .await
        .body;
    assert_eq!(
        first["pipelineExecutionSummaries"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let next = json!({"maxResults": 3, "nextToken": first["nextToken"]});
    let second = table.pipeline("ListPipelineExecutions", next).await.body;
    assert_eq!(
        second["pipelineExecutionSummaries"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(second.get("nextToken").is_none());
    let wrong = table
        .pipeline("ListPipelineExecutions", json!({"nextToken": "x"}))
        .await;
    assert_eq!(wrong.body["__type"], "InvalidNextTokenException");
    let wrong = table
        .pipeline("ListPipelineExecutions", json!({"maxResults": 101}))
        .await;
    assert_eq!(wrong.body["__type"], "ValidationException");
}

#[tokio::test]
async fn an_execution_is_stopped_after_its_action_or_at_once() {
    let table = Table::set().await;
    let token = table.bring_to_approval("Fix it").await;
    let id = table.executions().await[0]["pipelineExecutionId"].clone();
    let stop = |abandon: bool| json!({"pipelineExecutionId": id, "abandon": abandon, "reason": "wrong commit"});
    assert_eq!(
        table
            .pipeline("StopPipelineExecution", stop(false))
            .await
            .status,
        200
    );
    let twice = table.pipeline("StopPipelineExecution", stop(false)).await;
    assert_eq!(twice.body["__type"], "DuplicatedStopRequestException");
    assert_eq!(table.executions().await[0]["status"], "Stopping");

    assert_eq!(
        table
            .pipeline("StopPipelineExecution", stop(true))
            .await
            .status,
        200
    );
    let stopped = table.executions().await[0].clone();
    assert_eq!(
        (&stopped["status"], &stopped["stopTrigger"]["reason"]),
        (&json!("Stopped"), &json!("wrong commit"))
    );
    let over = table.pipeline("StopPipelineExecution", stop(true)).await;
    assert_eq!(
        over.body["__type"],
        "PipelineExecutionNotStoppableException"
    );
    assert_eq!(
        table.answer(&token, "Approved", "").await.body["__type"],
        "InvalidApprovalTokenException"
    );

    let retry =
        json!({"stageName": "Approval", "pipelineExecutionId": id, "retryMode": "ALL_ACTIONS"});
    assert_eq!(
        table.pipeline("RetryStageExecution", retry).await.status,
        200
    );
    assert!(table.approval_token().await.is_some());
}

#[tokio::test]
async fn the_pipeline_is_started_for_a_commit_once_per_token() {
    let table = Table::set().await;
    let old = table.executions().await[2]["sourceRevisions"][0]["revisionId"].clone();
    let start = json!({"clientRequestToken": "roll-back-1", "sourceRevisions": [
        {"actionName": "Source", "revisionType": "COMMIT_ID", "revisionValue": old}]});
    let first = table
        .pipeline("StartPipelineExecution", start.clone())
        .await
        .body;
    let again = table.pipeline("StartPipelineExecution", start).await.body;
    assert_eq!(first, again);
    table.advance(10);
    let newest = table.executions().await[0].clone();
    assert_eq!(newest["sourceRevisions"][0]["revisionId"], old);
    assert_eq!(newest["trigger"]["triggerType"], "StartPipelineExecution");
}

#[tokio::test]
async fn a_closed_transition_holds_executions_back() {
    let table = Table::set().await;
    let transition = json!({"stageName": "Build", "transitionType": "Inbound"});
    let mut close = transition.clone();
    close["reason"] = json!("it's late: no");
    assert_eq!(
        table
            .pipeline("DisableStageTransition", close.clone())
            .await
            .body["__type"],
        "ValidationException"
    );
    close["reason"] = json!("Frozen (audit)");
    assert_eq!(
        table.pipeline("DisableStageTransition", close).await.status,
        200
    );

    let token = table.bring_to_approval("Fix it").await;
    table.answer(&token, "Approved", "").await;
    table.advance(120);
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    let build = &state["stageStates"][2];
    assert_eq!(
        build["inboundTransitionState"]["disabledReason"],
        "Frozen (audit)"
    );
    assert!(build["inboundExecution"]["pipelineExecutionId"].is_string());
    assert_eq!(
        table
            .pipeline("EnableStageTransition", transition)
            .await
            .status,
        200
    );
    table.advance(60);
    assert_eq!(table.executions().await[0]["status"], "Succeeded");
}

#[tokio::test]
async fn a_build_fails_as_ordered() {
    let table = Table::set().await;
    let order = json!({"message": "Unable to pull image", "code": "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE",
        "phase": "PROVISIONING", "times": 2});
    table.order("/build/fail", order).await;
    let token = table.bring_to_approval("Fix it").await;
    table.answer(&token, "Approved", "").await;
    for _ in 0..2 {
        table.advance(60);
        let failed = table.executions().await[0].clone();
        assert_eq!(failed["status"], "Failed");
        let retry = json!({"stageName": "Build", "pipelineExecutionId": failed["pipelineExecutionId"],
            "retryMode": "FAILED_ACTIONS"});
        table.pipeline("RetryStageExecution", retry).await;
    }
    table.advance(60);
    assert_eq!(table.executions().await[0]["status"], "Succeeded");
    let world = table.control(Method::GET, "/world", Value::Null).await.body;
    let builds = world["builds"].as_array().unwrap();
    assert_eq!(builds[builds.len() - 2]["status"], "FAILED");
    let id = builds[builds.len() - 2]["id"].clone();
    let got = table
        .aws("CodeBuild_20161006.BatchGetBuilds", json!({"ids": [id]}))
        .await
        .body;
    let phase = &got["builds"][0]["phases"][2];
    assert_eq!(
        (&phase["phaseType"], &phase["phaseStatus"]),
        (&json!("PROVISIONING"), &json!("FAILED"))
    );
    assert_eq!(
        phase["contexts"][0]["statusCode"],
        "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE"
    );
}

#[tokio::test]
async fn a_log_is_read_from_its_end_and_then_onwards() {
    let table = Table::set().await;
    let id = table
        .sim
        .with_world(|world| world.builds.last().map(|build| build.id.clone()))
        .unwrap();
    let stream = id.split_once(':').unwrap().1;
    let read = |more: Value| {
        let mut body =
            json!({"logGroupName": "/aws/codebuild/docker-production", "logStreamName": stream});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        table.aws("Logs_20140328.GetLogEvents", body)
    };
    let tail = read(json!({"limit": 2})).await.body;
    assert_eq!(tail["events"].as_array().unwrap().len(), 2);
    let after = read(json!({"nextToken": tail["nextForwardToken"]}))
        .await
        .body;
    assert_eq!(
        (&after["events"], &after["nextForwardToken"]),
        (&json!([]), &tail["nextForwardToken"])
    );
    let before = read(json!({"nextToken": tail["nextBackwardToken"], "limit": 1}))
        .await
        .body;
    assert_eq!(before["events"].as_array().unwrap().len(), 1);
    let got = table
        .aws(
            "Logs_20140328.GetLogEvents",
            json!({"logGroupName": "/aws/x", "logStreamName": "y"}),
        )
        .await;
    assert_eq!(got.body["__type"], "ResourceNotFoundException");
}

#[tokio::test]
async fn a_long_log_is_read_page_by_page_and_grows_and_goes() {
    let table = Table::set().await;
    let order = async |body: Value| table.order("/build/log", body).await;
    let before = table
        .sim
        .with_world(|world| world.builds.last().unwrap().logged());
    order(json!({"megabytes": 3, "gaps": true})).await;
    let all = before + 30_000;
    let stream = table
        .sim
        .with_world(|world| world.builds.last().unwrap().stream().to_owned());
    let read = async |token: Option<String>| {
        let mut body = json!({"logGroupName": "/aws/codebuild/docker-production", "logStreamName": stream,
            "startFromHead": true});
        if let Some(token) = token {
            body["nextToken"] = json!(token);
        }
        table.aws("Logs_20140328.GetLogEvents", body).await
    };
    let (mut token, mut sizes, mut needles) = (None, Vec::new(), 0);
    loop {
        let page = read(token.clone()).await.body;
        let events = page["events"].as_array().unwrap();
        let bytes: usize = events
            .iter()
            .map(|it| it["message"].as_str().unwrap().len())
            .sum();
        assert!(events.len() <= 10_000 && bytes <= 1024 * 1024);
        needles += page.to_string().matches(BulkLog::NEEDLE).count();
        sizes.push(events.len());
        let next = page["nextForwardToken"].as_str().unwrap().to_owned();
        if token.replace(next.clone()) == Some(next) {
            break;
        }
    }
    assert_eq!(sizes.iter().sum::<usize>(), all);
    assert_eq!(
        sizes[..4],
        [10_000, 0, 10_000, 0],
        "a page without a line is not the end"
    );
    assert_eq!(needles, 30);

    order(json!({"lines": ["one more"], "gaps": false})).await;
    let page = read(token.clone()).await.body;
    assert_eq!(page["events"][0]["message"], "one more\n");
    let tail = table
        .aws(
            "Logs_20140328.GetLogEvents",
            json!({"logGroupName": "/aws/codebuild/docker-production",
            "logStreamName": stream, "limit": 2}),
        )
        .await
        .body;
    assert_eq!(tail["events"][1]["message"], "one more\n");
    assert!(
        tail["events"][0]["message"]
            .as_str()
            .unwrap()
            .contains(BulkLog::NEEDLE)
    );

    order(json!({"deleted": true})).await;
    let gone = read(token).await;
    assert_eq!(gone.body["__type"], "ResourceNotFoundException");
}

#[tokio::test]
async fn credentials_are_looked_at() {
    let table = Table::set().await;
    let get = |key: &str| {
        let mut request = table
            .aws_request(
                "CodePipeline_20150709.GetPipelineState",
                json!({"name": "docker-production"}),
            )
            .build()
            .unwrap();
        request
            .headers_mut()
            .insert("authorization", signed_by(key).parse().unwrap());
        table.client().execute(request)
    };
    let got = read(get("AKIAOTHER").await.unwrap()).await;
    assert_eq!(
        (got.status, &got.body["__type"]),
        (400, &json!("UnrecognizedClientException"))
    );
    table
        .order("/credentials/expire", json!({"service": "aws"}))
        .await;
    let got = table.pipeline("GetPipelineState", json!({})).await;
    assert_eq!(got.body["__type"], "ExpiredTokenException");
    table
        .order("/credentials/restore", json!({"service": "aws"}))
        .await;
    assert_eq!(
        table.pipeline("GetPipelineState", json!({})).await.status,
        200
    );
}

#[tokio::test]
async fn sts_tells_who_calls_in_xml() {
    let table = Table::set().await;
    let ask = |key: String| {
        table
            .client()
            .post(&table.sim.endpoints().aws)
            .header("authorization", signed_by(&key))
            .form(&[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")])
            .send()
    };
    let got = read(ask(Sim::credentials().aws_access_key_id).await.unwrap()).await;
    let arn = "<Arn>arn:aws:sts::418295017734:assumed-role/ReleaseApprover/dana.whitfield</Arn>";
    assert!(got.status == 200 && got.text.contains(arn), "{}", got.text);
    let got = read(ask("AKIAOTHER".to_owned()).await.unwrap()).await;
    assert!(
        got.status == 403 && got.text.contains("<Code>InvalidClientTokenId</Code>"),
        "{}",
        got.text
    );
}

#[tokio::test]
async fn nonsense_is_answered_and_not_died_of() {
    let table = Table::set().await;
    for target in [
        "CodePipeline_20150709.Nothing",
        "Nothing",
        "",
        "CodeBuild_20161006.",
    ] {
        assert_eq!(table.aws(target, json!({})).await.status, 400, "{target}");
    }
    for body in [
        json!([]),
        json!(null),
        json!({"name": 7}),
        json!({"name": "x".repeat(200)}),
    ] {
        assert_eq!(
            table
                .aws("CodePipeline_20150709.GetPipelineState", body)
                .await
                .status,
            400
        );
    }
}

#[tokio::test]
async fn a_stage_is_rolled_back_to_an_execution_that_went_through_it() {
    let table = Table::set().await;
    let before = table.executions().await;
    let went_out = before[0]["pipelineExecutionId"].clone();
    let broken = json!({"message": "exit status 1"});
    table.order("/build/fail", broken).await;
    let token = table.bring_to_approval("Fix it").await;
    table.answer(&token, "Approved", "").await;
    table.advance(60);
    let failed = table.executions().await[0].clone();
    assert_eq!(failed["status"], "Failed");
    let back = |stage: &str, target: &Value| json!({"stageName": stage, "targetPipelineExecutionId": target});
    for wrong in [
        back("Build", &failed["pipelineExecutionId"]),
        back("Source", &went_out),
    ] {
        let refused = table.pipeline("RollbackStage", wrong).await;
        assert_eq!(refused.body["__type"], "UnableToRollbackStageException");
    }
    let rolled = table
        .pipeline("RollbackStage", back("Build", &went_out))
        .await;
    assert_eq!(rolled.status, 200);
    let running = table
        .pipeline("RollbackStage", back("Build", &went_out))
        .await;
    assert_eq!(running.body["__type"], "UnableToRollbackStageException");
    table.advance(60);
    let newest = table.executions().await[0].clone();
    assert_eq!(
        newest["pipelineExecutionId"],
        rolled.body["pipelineExecutionId"]
    );
    assert_eq!(
        (
            &newest["status"],
            &newest["executionType"],
            &newest["trigger"]["triggerType"]
        ),
        (
            &json!("Succeeded"),
            &json!("ROLLBACK"),
            &json!("ManualRollback")
        )
    );
    assert_eq!(
        newest["rollbackMetadata"]["rollbackTargetPipelineExecutionId"],
        went_out
    );
    assert_eq!(newest["sourceRevisions"], before[0]["sourceRevisions"]);
    let twice = back("Build", &newest["pipelineExecutionId"]);
    let refused = table.pipeline("RollbackStage", twice).await;
    assert_eq!(refused.body["__type"], "UnableToRollbackStageException");
}
