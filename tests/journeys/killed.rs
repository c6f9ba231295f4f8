//! A process that is killed at the worst moment: after a service did what it was asked, before it could say so.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use slipway_engine::clock::System;
use slipway_sim::Endpoints;

use crate::stage::{PATIENCE, Stage, start};
use crate::walk::Walk;

/// Tells the child where the world is.
const WORLD: &str = "SLIPWAY_JOURNEY_WORLD";
/// And which folder is its.
const DATA: &str = "SLIPWAY_JOURNEY_DATA";

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
        let mut process = Process::start(&stage);
        process.await_held(&stage, operation).await;
        process.kill();
        stage.control(Method::DELETE, "/faults", Value::Null).await;
    }
    let mut process = Process::start(&stage);
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
    let mut process = Process::start(&stage);
    process.await_asked(&stage, "chat.postMessage").await;
    process.kill();
    let mut process = Process::start(&stage);
    process.await_end().await;
    stage.assert_released_once(1, 0);
}

/// Not a test: what the process that is killed does. It works through the release until it is wrapped up.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let (Ok(world), Ok(data)) = (std::env::var(WORLD), std::env::var(DATA)) else {
        return;
    };
    let world: Endpoints = serde_json::from_str(&world).expect("where the world is");
    let engine = start(Path::new(&data), &world, Arc::new(System));
    Walk::new(&engine).until_the_end_patiently().await;
    engine.stop().await;
}

/// A process that works through the release.
struct Process(Child);

impl Process {
    fn start(stage: &Stage) -> Self {
        let world = serde_json::to_string(stage.sim.endpoints()).expect("it can be told");
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command.args([
            "--exact",
            "killed::child",
            "--nocapture",
            "--test-threads=1",
        ]);
        command.env(WORLD, world).env(DATA, stage.data.path());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        Self(command.spawn().expect("it starts"))
    }

    /// Waits until the service has done this and holds its reply back.
    async fn await_held(&mut self, stage: &Stage, operation: &str) {
        let began = Instant::now();
        loop {
            let faults = stage.control(Method::GET, "/faults", Value::Null).await;
            if faults["held"]
                .as_array()
                .is_some_and(|held| !held.is_empty())
            {
                return;
            }
            self.assert_running(operation, began);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn await_asked(&mut self, stage: &Stage, operation: &str) {
        let began = Instant::now();
        while stage
            .sim
            .requests()
            .iter()
            .all(|it| it.operation != operation)
        {
            self.assert_running(operation, began);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn await_end(&mut self) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("it can be asked") {
                return assert!(status.success(), "{status}");
            }
            assert!(began.elapsed() < PATIENCE, "it never ended");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn assert_running(&mut self, what: &str, began: Instant) {
        assert_eq!(
            self.0.try_wait().expect("it can be asked"),
            None,
            "it ended before {what}"
        );
        assert!(began.elapsed() < PATIENCE, "it never came to {what}");
    }

    /// As with `kill -9`: it gets to do nothing more.
    fn kill(self) {
        drop(self);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
