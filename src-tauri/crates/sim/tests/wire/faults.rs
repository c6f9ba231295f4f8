use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table, read};

fn branch_order(sha: &str) -> Value {
    json!({"ref": "refs/heads/maintenance-2026-11-24", "sha": sha})
}

#[tokio::test]
async fn a_held_reply_comes_when_it_is_released() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    table
        .order(
            "/faults",
            json!({"operation": "git/create-ref", "kind": "hold"}),
        )
        .await;
    let request = table.github_request(
        Method::POST,
        &format!("{REPO}/git/refs"),
        branch_order(&sha),
    );
    let asking = tokio::spawn(request.send());

    let held = table.until("/faults", |it| it["held"] != json!([])).await;
    assert_eq!(held["held"][0]["operation"], "git/create-ref");
    assert_eq!(
        table.head_of("maintenance-2026-11-24").await,
        sha,
        "the effect does not wait"
    );
    assert!(!asking.is_finished());
    table.control(Method::DELETE, "/faults", Value::Null).await;
    assert_eq!(read(asking.await.unwrap().unwrap()).await.status, 201);
}

#[tokio::test]
async fn a_parked_request_takes_effect_when_it_is_released() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    let fault = json!({"operation": "git/create-ref", "kind": "park"});
    table.order("/faults", fault).await;
    let path = format!("{REPO}/git/refs");
    let request = table.github_request(Method::POST, &path, branch_order(&sha));
    let asking = tokio::spawn(request.send());

    let held = table.until("/faults", |it| it["held"] != json!([])).await;
    assert_eq!(held["held"][0]["operation"], "git/create-ref");
    let by_hand = json!({"name": "maintenance-2026-11-24"});
    table.order("/branches", by_hand).await;
    assert!(!asking.is_finished());
    table.control(Method::DELETE, "/faults", Value::Null).await;
    let answer = read(asking.await.unwrap().unwrap()).await;
    assert_eq!(answer.status, 422, "somebody was faster");
}

#[tokio::test]
async fn a_held_reply_is_forgotten_when_the_client_goes_away() {
    let table = Table::set().await;
    table
        .order("/faults", json!({"service": "aws", "kind": "hold"}))
        .await;
    let request = table.aws_request(
        "CodePipeline_20150709.GetPipelineState",
        json!({"name": "docker-production"}),
    );
    let asking = tokio::spawn(request.send());
    table.until("/faults", |it| it["held"] != json!([])).await;
    asking.abort();
    table.until("/faults", |it| it["held"] == json!([])).await;
}

#[tokio::test]
async fn a_lost_reply_has_had_its_effect_and_a_reset_has_not() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    let create = || {
        table
            .github_request(
                Method::POST,
                &format!("{REPO}/git/refs"),
                branch_order(&sha),
            )
            .send()
    };

    table
        .order(
            "/faults",
            json!({"operation": "git/create-ref", "kind": "reset"}),
        )
        .await;
    assert!(create().await.is_err());
    assert_eq!(
        table
            .get(&format!("{REPO}/git/ref/heads/maintenance-2026-11-24"))
            .await
            .status,
        404
    );

    table
        .order(
            "/faults",
            json!({"operation": "git/create-ref", "kind": "reply-lost"}),
        )
        .await;
    assert!(create().await.is_err());
    assert_eq!(table.head_of("maintenance-2026-11-24").await, sha);

    let log = table
        .control(
            Method::GET,
            "/requests?operation=git/create-ref",
            Value::Null,
        )
        .await
        .body;
    let seen: Vec<(&Value, &Value)> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["status"], &it["effect"]))
        .collect();
    assert_eq!(
        seen,
        [(&Value::Null, &json!(false)), (&Value::Null, &json!(true))]
    );
}

#[tokio::test]
async fn a_status_may_come_instead_of_the_effect_or_after_it() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    let refs = format!("{REPO}/git/refs");
    let create = || table.post(&refs, branch_order(&sha));
    let fault = json!({"service": "github", "operation": "git/create-ref", "kind": "status", "code": 403,
        "body": {"message": "You have exceeded a secondary rate limit"}, "headers": {"retry-after": "60"}});
    table.order("/faults", fault).await;
    let got = create().await;
    assert_eq!((got.status, got.header("retry-after")), (403, "60"));
    assert!(got.message().contains("secondary rate limit"));
    assert_eq!(
        table
            .get(&format!("{REPO}/git/ref/heads/maintenance-2026-11-24"))
            .await
            .status,
        404
    );

    let fault = json!({"operation": "git/create-ref", "kind": "status-after", "code": 502, "body": "<h1>Unicorn</h1>"});
    table.order("/faults", fault).await;
    let got = create().await;
    assert_eq!((got.status, got.text.as_str()), (502, "<h1>Unicorn</h1>"));
    assert_eq!(table.head_of("maintenance-2026-11-24").await, sha);
}

#[tokio::test]
async fn faults_come_in_order_count_down_and_may_begin_later() {
    let table = Table::set().await;
    let fault = |code: u16, times: u32, after: u32| json!({"operation": "users/get-authenticated", "kind": "status", "code": code, "times": times, "after": after});
    table.order("/faults", fault(500, 2, 1)).await;
    table.order("/faults", fault(503, 1, 0)).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(table.get("/user").await.status);
    }
    assert_eq!(seen, [200, 500, 500, 503, 200]);
    assert_eq!(
        table
            .control(Method::GET, "/faults", Value::Null)
            .await
            .body["faults"],
        json!([])
    );
}

#[tokio::test]
async fn a_timeout_never_answers_and_changes_nothing() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    table
        .order(
            "/faults",
            json!({"operation": "git/create-ref", "kind": "timeout"}),
        )
        .await;
    let request = table.github_request(
        Method::POST,
        &format!("{REPO}/git/refs"),
        branch_order(&sha),
    );
    let asking = tokio::spawn(request.send());
    table
        .until("/requests?operation=git/create-ref", |it| it != &json!([]))
        .await;
    assert!(!asking.is_finished());
    asking.abort();
    assert_eq!(
        table
            .get(&format!("{REPO}/git/ref/heads/maintenance-2026-11-24"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_slow_reply_comes_all_the_same() {
    let table = Table::set().await;
    table
        .order("/faults", json!({"kind": "slow", "ms": 30}))
        .await;
    let began = std::time::Instant::now();
    assert_eq!(table.get("/user").await.status, 200);
    assert!(began.elapsed().as_millis() >= 30);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let table = Table::set().await;
    let url = format!("{}/api/auth.test", table.sim.endpoints().slack);
    match table
        .client()
        .post(url)
        .body(vec![b'x'; 5 * 1024 * 1024])
        .send()
        .await
    {
        Ok(response) => assert_eq!(response.status(), 413),
        // The connection may be closed while the rest of the body is still on its way.
        Err(error) => assert!(error.is_request(), "{error:?}"),
    }
}

#[tokio::test]
async fn a_fault_may_wait_until_something_was_changed() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    let fault = json!({"operation": "users/get-authenticated", "kind": "status", "code": 500, "effects": 1});
    table.order("/faults", fault).await;
    let me = async || table.get("/user").await.status;
    assert_eq!(me().await, 200);
    let path = format!("{REPO}/git/refs");
    let request = table.github_request(Method::POST, &path, branch_order(&sha));
    assert_eq!(read(request.send().await.unwrap()).await.status, 201);
    assert_eq!((me().await, me().await), (500, 200));
}
