use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use serde_json::{Value, json};
use slipway_sim::Endpoints;
use tempfile::TempDir;

/// The program, killed when it is dropped.
struct Running {
    child: Child,
    endpoints: Endpoints,
}

impl Running {
    fn start(state: &Path) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_slipway-sim"))
            .args(["--port", "0", "--state"])
            .arg(state)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Running {
            child,
            endpoints: serde_json::from_str(&line).unwrap(),
        }
    }

    async fn order(&self, path: &str, body: Value) {
        let url = format!("{}{path}", self.endpoints.control);
        let request = Client::new()
            .post(url)
            .bearer_auth(&self.endpoints.control_token)
            .json(&body);
        assert_eq!(request.send().await.unwrap().status(), 200);
    }

    async fn world(&self) -> Value {
        let request = Client::new().get(format!("{}/world", self.endpoints.control));
        let text = request
            .bearer_auth(&self.endpoints.control_token)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn the_program_says_where_it_listens_and_its_world_survives_a_kill() {
    let folder = TempDir::new().unwrap();
    let state = folder.path().join("world.json");
    let running = Running::start(&state);
    running
        .order("/branches", json!({"name": "hotfix-2026-11-23-x"}))
        .await;
    drop(running);
    let world = Running::start(&state).world().await;
    assert!(world["repository"]["branches"]["hotfix-2026-11-23-x"].is_string());
}

#[test]
fn the_program_refuses_what_it_does_not_know() {
    let output = Command::new(env!("CARGO_BIN_EXE_slipway-sim"))
        .args(["--prot", "0"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--prot"));
}
