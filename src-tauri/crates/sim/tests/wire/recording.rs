use reqwest::Method;
use serde_json::{Value, json};
use slipway_sim::{Options, Sim};

use crate::table::Table;

#[tokio::test]
async fn nothing_is_recorded_unless_it_is_asked_for() {
    let table = Table::set().await;
    table.pipeline("GetPipelineState", json!({})).await;
    assert_eq!(table.sim.requests().len(), 1);
    assert!(table.sim.exchanges().is_empty());
}

#[tokio::test]
async fn the_last_exchanges_are_kept_whole_without_secrets() {
    let table = recording(2).await;
    for _ in 0..2 {
        table.pipeline("GetPipelineState", json!({})).await;
    }
    table.github(Method::GET, "/user", Value::Null).await;
    let kept = table.sim.exchanges();
    let seqs: Vec<u64> = kept.iter().map(|it| it.request.seq).collect();
    assert_eq!(seqs, [2, 3]);

    assert_eq!(
        kept[0].headers["x-amz-target"],
        "CodePipeline_20150709.GetPipelineState"
    );
    let answer = kept[1].answer.as_ref().unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.headers["content-type"],
        "application/json; charset=utf-8"
    );
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["login"], "dana-whitfield");

    let everything = serde_json::to_string(&kept).unwrap();
    let secrets = Sim::credentials();
    for secret in [secrets.github_token, secrets.aws_access_key_id] {
        assert!(!everything.contains(&secret), "{secret}");
    }
    let read = table
        .control(Method::GET, "/exchanges", Value::Null)
        .await
        .body;
    assert_eq!(read, json!(kept));
}

#[tokio::test]
async fn an_answer_that_a_fault_made_is_marked() {
    let faults = [
        (json!({"kind": "status", "code": 502}), true),
        (json!({"kind": "reply-lost"}), true),
        (json!({"kind": "slow", "ms": 1}), false),
    ];
    for (fault, injected) in faults {
        let table = recording(1).await;
        table.order("/faults", fault.clone()).await;
        let request = table.github_request(Method::GET, "/user", Value::Null);
        // A lost reply is an error to the client.
        let _ = request.send().await;
        assert_eq!(table.sim.exchanges()[0].injected, injected, "{fault}");
    }
}

async fn recording(record: usize) -> Table {
    Table::set_with(Options {
        record,
        ..Options::default()
    })
    .await
}
