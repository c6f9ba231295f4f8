use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table};

#[tokio::test]
async fn what_is_due_happens_in_order_and_at_its_own_time() {
    let table = Table::set().await;
    table
        .order("/push", json!({"branch": "master", "message": "Fix it"}))
        .await;
    let pushed = table.control(Method::GET, "/clock", Value::Null).await.body["now"].clone();
    table
        .order("/clock/advance", json!({"seconds": 3_600}))
        .await;
    let newest = table.executions().await[0].clone();
    let pushed: jiff::Timestamp = serde_json::from_value(pushed).unwrap();
    let waited = newest["startTime"].as_f64().unwrap() - pushed.as_millisecond() as f64 / 1_000.0;
    assert!((3.0..=4.1).contains(&waited), "picked up after {waited} s");
    let took = newest["lastUpdateTime"].as_f64().unwrap() - newest["startTime"].as_f64().unwrap();
    assert!((3.9..=4.1).contains(&took), "the source took {took} s");
}

#[tokio::test]
async fn replies_carry_the_worlds_time() {
    let table = Table::set().await;
    assert!(
        table
            .get("/user")
            .await
            .header("date")
            .starts_with("Mon, 23 Nov 2026 20:00:")
    );
    table.advance(24 * 3_600);
    assert!(
        table
            .get("/user")
            .await
            .header("date")
            .starts_with("Tue, 24 Nov 2026 20:00:")
    );
    table.order("/branches", json!({"name": "later"})).await;
    let log = table.get(&format!("{REPO}/activity?ref=later")).await.body;
    assert!(
        log[0]["timestamp"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-24T20:00:")
    );
}

#[tokio::test]
async fn the_clock_only_goes_forward() {
    let table = Table::set().await;
    for seconds in [json!(-1), json!(1e300)] {
        assert_eq!(
            table
                .control(Method::POST, "/clock/advance", json!({"seconds": seconds}))
                .await
                .status,
            422
        );
    }
    assert_eq!(
        table
            .control(Method::POST, "/clock/advance", json!({"seconds": 1e15}))
            .await
            .status,
        200
    );
    assert!(
        table
            .get("/user")
            .await
            .header("date")
            .starts_with("Mon, 23 Nov 2026")
    );
}
