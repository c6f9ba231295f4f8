use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table, read};

#[tokio::test]
async fn the_control_endpoint_wants_its_token() {
    let table = Table::set().await;
    let url = format!("{}/world", table.sim.endpoints().control);
    assert_eq!(
        read(table.client().get(&url).send().await.unwrap())
            .await
            .status,
        401
    );
    let wrong = table
        .client()
        .get(&url)
        .bearer_auth("x")
        .send()
        .await
        .unwrap();
    assert_eq!(read(wrong).await.status, 401);
    assert_eq!(
        table
            .control(Method::GET, "/nothing", Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(
        table
            .control(Method::POST, "/pulls", json!({"base": 7}))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn every_request_is_in_the_log_without_secrets() {
    let table = Table::set().await;
    table.create_branch("maintenance-2026-11-24").await;
    table.create_branch("maintenance-2026-11-24").await;
    let log = table
        .control(
            Method::GET,
            "/requests?operation=git/create-ref",
            Value::Null,
        )
        .await
        .body;
    let log = log.as_array().unwrap();
    assert_eq!(log.len(), 2);
    assert_eq!(
        (&log[0]["status"], &log[0]["effect"]),
        (&json!(201), &json!(true))
    );
    assert_eq!(
        (&log[1]["status"], &log[1]["effect"]),
        (&json!(422), &json!(false))
    );
    assert!(
        log[0]["body"]
            .as_str()
            .unwrap()
            .contains("maintenance-2026-11-24")
    );

    let url = format!("{}/api/auth.test", table.sim.endpoints().slack);
    table
        .client()
        .post(url)
        .form(&[("token", "xoxb-secret"), ("x", "1")])
        .send()
        .await
        .unwrap();
    table.pipeline("GetPipelineState", json!({})).await;
    let all = table
        .control(Method::GET, "/requests", Value::Null)
        .await
        .body;
    let operations: Vec<&str> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["operation"].as_str().unwrap())
        .collect();
    assert_eq!(
        operations,
        [
            "git/get-ref",
            "git/create-ref",
            "git/get-ref",
            "git/create-ref",
            "auth.test",
            "codepipeline:GetPipelineState"
        ]
    );
    assert!(!all.to_string().contains("secret") && !all.to_string().contains("ghp_"));
}

#[tokio::test]
async fn a_colleagues_pull_request_is_opened_and_changed() {
    let table = Table::set().await;
    table
        .order(
            "/branches",
            json!({"name": "maintenance-2026-11-24", "by": "marcus-oyelaran"}),
        )
        .await;
    let order =
        json!({"base": "maintenance-2026-11-24", "title": "Añadir condado 🌵", "checks": ["unit"]});
    let number = table.order("/pulls", order).await["number"].clone();
    let path = format!("{REPO}/pulls/{number}");
    let before = table.get(&path).await.body;
    assert_eq!(before["title"], "Añadir condado 🌵");

    let change =
        json!({"push": "One more", "checks": "fail", "review": {"state": "CHANGES_REQUESTED"}});
    let got = table
        .control(Method::PATCH, &format!("/pulls/{number}"), change)
        .await;
    assert_eq!(got.status, 200, "{}", got.text);
    let after = table.get(&path).await.body;
    assert_ne!(after["head"]["sha"], before["head"]["sha"]);
    let runs = table
        .get(&format!(
            "{REPO}/commits/{}/check-runs",
            after["head"]["sha"].as_str().unwrap()
        ))
        .await
        .body;
    assert_eq!(runs["check_runs"][0]["conclusion"], "failure");
    assert_eq!(table.get(&path).await.body["mergeable_state"], "unstable");

    let change = json!({"merge": {"by": "tomas-herrera", "method": "squash"}});
    assert_eq!(
        table
            .control(Method::PATCH, &format!("/pulls/{number}"), change.clone())
            .await
            .status,
        200
    );
    let merged = table.get(&path).await.body;
    assert_eq!(
        (&merged["merged"], &merged["merged_by"]["login"]),
        (&json!(true), &json!("tomas-herrera"))
    );
    assert_eq!(
        table.head_of("maintenance-2026-11-24").await,
        merged["merge_commit_sha"].as_str().unwrap()
    );
    assert_eq!(
        table
            .control(Method::PATCH, &format!("/pulls/{number}"), change)
            .await
            .status,
        422
    );
}

#[tokio::test]
async fn expired_credentials_are_refused_by_each_service() {
    let table = Table::set().await;
    for service in ["github", "slack"] {
        table
            .order("/credentials/expire", json!({"service": service}))
            .await;
    }
    let got = table.get("/user").await;
    assert_eq!((got.status, got.message()), (401, "Bad credentials"));
    assert_eq!(
        table.slack("auth.test", json!({})).await["error"],
        "token_revoked"
    );
    for service in ["github", "slack"] {
        table
            .order("/credentials/restore", json!({"service": service}))
            .await;
    }
    assert_eq!(table.get("/user").await.status, 200);
}

#[tokio::test]
async fn what_is_not_permitted_is_refused_in_each_services_own_way() {
    let table = Table::set().await;
    let denied = [
        "git/create-ref",
        "codepipeline:PutApprovalResult",
        "conversations.history",
    ];
    table.order("/permissions", json!({"denied": denied})).await;
    let got = table.create_branch("maintenance-2026-11-24").await;
    assert_eq!(
        (got.status, got.header("x-accepted-github-permissions")),
        (403, "contents=write")
    );
    let token = table.bring_to_approval("Fix it").await;
    let got = table.answer(&token, "Approved", "").await;
    assert_eq!(got.body["__type"], "AccessDeniedException");
    let got = table
        .slack("conversations.history", json!({"channel": "C00SIMDEPLOY"}))
        .await;
    assert_eq!(
        (&got["error"], &got["needed"]),
        (&json!("missing_scope"), &json!("groups:history"))
    );
    table.order("/permissions", json!({"denied": []})).await;
    assert_eq!(table.answer(&token, "Approved", "").await.status, 200);
}
