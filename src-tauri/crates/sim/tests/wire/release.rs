use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table};

#[tokio::test]
async fn a_maintenance_release_goes_from_branch_to_finished_build() {
    let table = Table::set().await;
    assert_eq!(
        table.create_branch("maintenance-2026-11-24").await.status,
        201
    );
    let posted = json!({"channel": "production-deployment", "text": "Branch `maintenance-2026-11-24` is ready"});
    assert_eq!(table.slack("chat.postMessage", posted).await["ok"], true);

    table.advance(6);
    let pulls = table
        .get(&format!("{REPO}/pulls?base=maintenance-2026-11-24"))
        .await
        .body;
    let pull = &pulls[0];
    assert_eq!(pulls.as_array().unwrap().len(), 1);
    assert_eq!(pull["title"], "Import Maricopa county tax rolls");
    assert_eq!(pull["user"]["login"], "priya-raman");
    assert_eq!(pull["head"]["ref"], "etl/maricopa-tax-rolls-2026-11-24");
    let (number, head) = (
        pull["number"].as_u64().unwrap(),
        pull["head"]["sha"].as_str().unwrap(),
    );

    let checks = format!("{REPO}/commits/{head}/check-runs");
    let running = table.get(&checks).await.body;
    assert_eq!(
        (
            &running["total_count"],
            &running["check_runs"][0]["conclusion"]
        ),
        (&json!(2), &Value::Null)
    );
    table.advance(5);
    assert_eq!(
        table.get(&checks).await.body["check_runs"][1]["conclusion"],
        "success"
    );

    let one = format!("{REPO}/pulls/{number}");
    assert_eq!(table.get(&one).await.body["mergeable"], Value::Null);
    let known = table.get(&one).await.body;
    assert_eq!(
        (&known["mergeable"], &known["mergeable_state"]),
        (&json!(true), &json!("clean"))
    );
    assert_eq!(
        (
            &known["additions"],
            &known["deletions"],
            &known["changed_files"]
        ),
        (&json!(412), &json!(87), &json!(14))
    );
    let reviews = table.get(&format!("{one}/reviews")).await.body;
    assert_eq!(
        (&reviews[0]["user"]["login"], &reviews[0]["state"]),
        (&json!("tomas-herrera"), &json!("APPROVED"))
    );

    let merged = table
        .put(&format!("{one}/merge"), json!({"sha": head}))
        .await;
    assert_eq!((merged.status, &merged.body["merged"]), (200, &json!(true)));
    let order = json!({"title": "Release maintenance-2026-11-24", "head": "maintenance-2026-11-24", "base": "master"});
    let release = table.post(&format!("{REPO}/pulls"), order).await;
    assert_eq!(release.status, 201);
    let merge = format!("{REPO}/pulls/{}/merge", release.body["number"]);
    let merged = table
        .put(&merge, json!({"merge_method": "merge"}))
        .await
        .body;
    let ours = merged["sha"].as_str().unwrap();
    assert_eq!(table.head_of("master").await, ours);

    table.advance(8);
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    let approval = &state["stageStates"][1];
    let execution = approval["latestExecution"]["pipelineExecutionId"]
        .as_str()
        .unwrap();
    let got = table
        .pipeline(
            "GetPipelineExecution",
            json!({"pipelineExecutionId": execution}),
        )
        .await
        .body;
    let revision = &got["pipelineExecution"]["artifactRevisions"][0];
    assert_eq!(revision["revisionId"], ours);
    let summary: Value =
        serde_json::from_str(revision["revisionSummary"].as_str().unwrap()).unwrap();
    assert_eq!(summary["ProviderType"], "GitHub");

    let token = approval["actionStates"][0]["latestExecution"]["token"]
        .as_str()
        .unwrap();
    let answered = table.answer(token, "Approved", "").await;
    assert_eq!(answered.status, 200);
    assert!(answered.body["approvedAt"].is_f64());

    table.advance(15);
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    assert!(
        state["stageStates"][1]["actionStates"][0]["latestExecution"]
            .get("token")
            .is_none()
    );
    let build_id =
        &state["stageStates"][2]["actionStates"][0]["latestExecution"]["externalExecutionId"];
    let got = table
        .aws(
            "CodeBuild_20161006.BatchGetBuilds",
            json!({"ids": [build_id, "docker-production:0"]}),
        )
        .await;
    let build = &got.body["builds"][0];
    assert_eq!(
        (&build["buildStatus"], &build["currentPhase"]),
        (&json!("IN_PROGRESS"), &json!("BUILD"))
    );
    assert_eq!(build["resolvedSourceVersion"], ours);
    assert_eq!(got.body["buildsNotFound"], json!(["docker-production:0"]));

    let logs = json!({"logGroupName": build["logs"]["groupName"], "logStreamName": build["logs"]["streamName"],
        "startFromHead": true});
    let early = table
        .aws("Logs_20140328.GetLogEvents", logs.clone())
        .await
        .body;
    table.advance(60);
    let mut later = logs;
    later["nextToken"] = early["nextForwardToken"].clone();
    let later = table.aws("Logs_20140328.GetLogEvents", later).await.body;
    assert!(!early["events"].as_array().unwrap().is_empty());
    assert!(!later["events"].as_array().unwrap().is_empty());

    let newest = &table.executions().await[0];
    assert_eq!(
        (&newest["status"], &newest["pipelineExecutionId"]),
        (&json!("Succeeded"), &json!(execution))
    );
    let world = table.control(Method::GET, "/world", Value::Null).await.body;
    assert_eq!(
        world["builds"].as_array().unwrap().last().unwrap()["status"],
        "SUCCEEDED"
    );
}

#[tokio::test]
async fn last_weeks_release_is_in_production() {
    let table = Table::set().await;
    let executions = table.executions().await;
    assert_eq!(executions.len(), 4);
    assert!(executions.iter().all(|it| it["status"] == "Succeeded"));
    let master = table.head_of("master").await;
    assert_eq!(
        executions[0]["sourceRevisions"][0]["revisionId"],
        master.as_str()
    );

    let found = table
        .get(&format!("{REPO}/git/matching-refs/heads/maintenance-"))
        .await
        .body;
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["ref"], "refs/heads/maintenance-2026-11-17");
    let pulls = table
        .get(&format!(
            "{REPO}/pulls?state=closed&head=gitMLS:maintenance-2026-11-17"
        ))
        .await
        .body;
    assert_eq!(pulls[0]["merge_commit_sha"], master.as_str());

    let filter = json!({"filter": {"pipelineExecutionId": executions[0]["pipelineExecutionId"]}});
    let actions = table.pipeline("ListActionExecutions", filter).await.body;
    let by = actions["actionExecutionDetails"][1]["updatedBy"]
        .as_str()
        .unwrap();
    assert!(by.ends_with("marcus.oyelaran"), "{by}");
}

#[tokio::test]
async fn an_announcement_is_answered_once_and_an_edit_not_at_all() {
    let table = Table::set().await;
    table.create_branch("hotfix-2026-11-23-login-timeout").await;
    let post = json!({"channel": "C00SIMDEPLOY", "text": "nothing yet"});
    let ts = table.slack("chat.postMessage", post).await["ts"].clone();
    let words = "hotfix-2026-11-23-login-timeout is out";
    table
        .slack(
            "chat.update",
            json!({"channel": "C00SIMDEPLOY", "ts": ts, "text": words}),
        )
        .await;
    table.advance(30);
    let pulls = format!("{REPO}/pulls?base=hotfix-2026-11-23-login-timeout");
    assert_eq!(table.get(&pulls).await.body, json!([]));

    for _ in 0..2 {
        table
            .slack(
                "chat.postMessage",
                json!({"channel": "C00SIMDEPLOY", "text": words}),
            )
            .await;
    }
    table.advance(30);
    let found = table.get(&pulls).await.body;
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["title"], "Fix login timeout");
}

#[tokio::test]
async fn the_script_says_how_many_pull_requests_come() {
    let table = Table::set().await;
    table
        .order(
            "/story",
            json!({"etl_pulls": 3, "pace": {"etl_pull_after": 0.5}}),
        )
        .await;
    table.create_branch("maintenance-2026-11-24").await;
    table
        .slack(
            "chat.postMessage",
            json!({"channel": "C00SIMDEPLOY", "text": "maintenance-2026-11-24"}),
        )
        .await;
    table.advance(1);
    let found = table
        .get(&format!("{REPO}/pulls?base=maintenance-2026-11-24"))
        .await
        .body;
    assert_eq!(found.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_hotfix_named_sim_build_fails_fails_once() {
    let table = Table::set().await;
    let message = release_hotfix(&table, "hotfix-2026-11-23-sim-build-fails").await;
    assert!(message.starts_with(
        "Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR"
    ));
    retry_and_succeed(&table).await;
}

#[tokio::test]
async fn a_hotfix_named_sim_quota_meets_the_quota_once() {
    let table = Table::set().await;
    let message = release_hotfix(&table, "hotfix-2026-11-23-sim-quota").await;
    assert!(message.starts_with(
        "Error calling startBuild: Cannot have more than 20 active builds for the account"
    ));
    retry_and_succeed(&table).await;
}

#[tokio::test]
async fn a_hotfix_may_conflict_or_stay_empty() {
    let table = Table::set().await;
    for branch in [
        "hotfix-2026-11-23-sim-conflict",
        "hotfix-2026-11-23-sim-empty",
    ] {
        table.create_branch(branch).await;
        table
            .slack(
                "chat.postMessage",
                json!({"channel": "C00SIMDEPLOY", "text": branch}),
            )
            .await;
    }
    table.advance(30);
    let conflicting = table
        .get(&format!("{REPO}/pulls?base=hotfix-2026-11-23-sim-conflict"))
        .await
        .body;
    let path = format!("{REPO}/pulls/{}", conflicting[0]["number"]);
    table.get(&path).await;
    let known = table.get(&path).await.body;
    assert_eq!(
        (&known["mergeable"], &known["mergeable_state"]),
        (&json!(false), &json!("dirty"))
    );
    assert_eq!(
        table
            .get(&format!("{REPO}/pulls?base=hotfix-2026-11-23-sim-empty"))
            .await
            .body,
        json!([])
    );
}

/// Takes a hotfix through its approval and gives what its build failed with.
async fn release_hotfix(table: &Table, branch: &str) -> String {
    table.create_branch(branch).await;
    table
        .order("/push", json!({"branch": branch, "message": "Fix it"}))
        .await;
    let order = json!({"title": "Release", "head": branch, "base": "master"});
    let number = table.post(&format!("{REPO}/pulls"), order).await.body["number"].clone();
    table
        .put(
            &format!("{REPO}/pulls/{number}/merge"),
            json!({"merge_method": "squash"}),
        )
        .await;
    table.advance(20);
    let token = table.approval_token().await.unwrap();
    table.answer(&token, "Approved", "go").await;
    table.advance(60);
    let state = table.pipeline("GetPipelineState", json!({})).await.body;
    let latest = &state["stageStates"][2]["actionStates"][0]["latestExecution"];
    assert_eq!(latest["errorDetails"]["code"], "JobFailed");
    latest["errorDetails"]["message"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn retry_and_succeed(table: &Table) {
    let failed = table.executions().await[0].clone();
    assert_eq!(failed["status"], "Failed");
    let id = failed["pipelineExecutionId"].clone();
    let retry =
        json!({"stageName": "Build", "pipelineExecutionId": id, "retryMode": "FAILED_ACTIONS"});
    assert_eq!(
        table.pipeline("RetryStageExecution", retry).await.status,
        200
    );
    table.advance(60);
    let now = table.executions().await[0].clone();
    assert_eq!(
        (&now["status"], &now["pipelineExecutionId"]),
        (&json!("Succeeded"), &id)
    );
}
