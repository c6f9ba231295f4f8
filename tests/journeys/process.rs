//! An engine in a process of its own, which is killed at a moment that the test chooses.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;
use slipway_engine::clock::System;
use slipway_sim::Endpoints;

use crate::appends::{Appends, STOPPED};
use crate::stage::{PATIENCE, Stage, start};
use crate::way::Way;

/// Tells the child where the world is.
const WORLD: &str = "SLIPWAY_JOURNEY_WORLD";
/// And which folder is its.
const DATA: &str = "SLIPWAY_JOURNEY_DATA";
/// And which way its release goes.
const WAY: &str = "SLIPWAY_JOURNEY_WAY";
/// And at which of the journal's boundaries it stops for good.
const STOP: &str = "SLIPWAY_JOURNEY_STOP";

const INTERVAL: Duration = Duration::from_millis(10);

/// Not a test: what the process that is killed does. It works through the release until there is nothing left of its way.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let (Ok(world), Ok(data)) = (std::env::var(WORLD), std::env::var(DATA)) else {
        return;
    };
    let way = std::env::var(WAY).expect("which way");
    let way: Way = serde_json::from_str(&way).expect("a way");
    let stop = std::env::var(STOP).ok().and_then(|it| it.parse().ok());
    let appends = Appends::watch(stop, Path::new(&data).to_owned());
    let world: Endpoints = serde_json::from_str(&world).expect("where the world is");
    let engine = start(Path::new(&data), &world, Arc::new(System));
    way.go(&engine, &world).await;
    engine.stop().await;
    appends.tell();
}

/// A process that works through the release.
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(stage: &Stage, way: Way) -> Self {
        Self::start_stopping(stage, way, None)
    }

    /// One that stops for good at a boundary of its journal, counted from 1.
    pub(crate) fn start_stopping(stage: &Stage, way: Way, at: Option<usize>) -> Self {
        let world = serde_json::to_string(stage.sim.endpoints()).expect("it can be told");
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command.args([
            "--exact",
            "process::child",
            "--nocapture",
            "--test-threads=1",
        ]);
        command.env(WORLD, world).env(DATA, stage.data.path());
        command.env(WAY, serde_json::to_string(&way).expect("it can be told"));
        if let Some(at) = at {
            command.env(STOP, at.to_string());
        }
        command.stdin(Stdio::null()).stdout(Stdio::null());
        Self(command.spawn().expect("it starts"))
    }

    /// Waits until the service has done this and holds its reply back.
    pub(crate) async fn await_held(&mut self, stage: &Stage, operation: &str) {
        let held = self.await_held_or_end(stage).await;
        assert!(held, "it ended before {operation}");
    }

    /// Whether a request came to where it is held; else the process has ended well.
    pub(crate) async fn await_held_or_end(&mut self, stage: &Stage) -> bool {
        let began = Instant::now();
        loop {
            let faults = stage.control(Method::GET, "/faults", Value::Null).await;
            let held = faults["held"].as_array();
            if held.is_some_and(|held| !held.is_empty()) {
                return true;
            }
            if self.has_ended(began) {
                return false;
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Whether it came to the boundary at which it stops; else it has ended well.
    pub(crate) async fn await_stopped_or_end(&mut self, stage: &Stage) -> bool {
        let began = Instant::now();
        let stopped = stage.data.path().join(STOPPED);
        loop {
            if stopped.exists() {
                return true;
            }
            if self.has_ended(began) {
                return false;
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    pub(crate) async fn await_asked(&mut self, stage: &Stage, operation: &str) {
        let began = Instant::now();
        let asked = || {
            let mut requests = stage.sim.requests().into_iter();
            requests.any(|it| it.operation == operation)
        };
        while !asked() {
            assert!(!self.has_ended(began), "it ended before {operation}");
            tokio::time::sleep(INTERVAL).await;
        }
    }

    pub(crate) async fn await_end(&mut self) {
        let began = Instant::now();
        while !self.has_ended(began) {
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// As with `kill -9`: it gets to do nothing more.
    pub(crate) fn kill(self) {
        drop(self);
    }

    fn has_ended(&mut self, began: Instant) -> bool {
        let Some(status) = self.0.try_wait().expect("it can be asked") else {
            assert!(began.elapsed() < PATIENCE, "it never came to it");
            return false;
        };
        assert!(status.success(), "{status}");
        true
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
