//! A process that is killed at the worst moment: after a service did what it was asked, before it could say so.

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::kind::Kind;

use crate::process::Process;
use crate::stage::Stage;
use crate::way::Way;

/// Every write that a release with a failing build takes, in order.
const WRITES: [&str; 8] = [
    "git/create-ref",
    "chat.postMessage",
    "pulls/merge",
    "pulls/create",
    "pulls/merge",
    "codepipeline:PutApprovalResult",
    "codepipeline:RetryStageExecution",
    "chat.postMessage",
];

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_write_in_turn_it_does_each_once() {
    let stage = Stage::set(1).await;
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    for operation in WRITES {
        stage
            .order("/faults", json!({"operation": operation, "kind": "hold"}))
            .await;
        let mut process = Process::start(&stage, Way::Straight(Kind::Maintenance));
        process.await_held(&stage, operation).await;
        process.kill();
        stage.control(Method::DELETE, "/faults", Value::Null).await;
    }
    let mut process = Process::start(&stage, Way::Straight(Kind::Maintenance));
    process.await_end().await;
    stage.assert_released_once(1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_a_message_left_it_is_posted_once() {
    let stage = Stage::set(1).await;
    stage
        .order(
            "/faults",
            json!({"operation": "chat.postMessage", "kind": "timeout"}),
        )
        .await;
    let mut process = Process::start(&stage, Way::Straight(Kind::Maintenance));
    process.await_asked(&stage, "chat.postMessage").await;
    process.kill();
    let mut process = Process::start(&stage, Way::Straight(Kind::Maintenance));
    process.await_end().await;
    stage.assert_released_once(1, 0);
}
