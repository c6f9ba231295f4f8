//! The world that practice pretends, seen from behind the app's back.

use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use slipway_sim::Exchange;

use crate::desktop::Desktop;
use crate::passed;
use crate::wait;

/// The control endpoint of the sim inside the app.
pub(crate) struct Sim {
    client: reqwest::Client,
    endpoints: Endpoints,
    /// Whether it is the app's own, which was asked to record.
    records: bool,
}

#[derive(Clone, Deserialize)]
struct Endpoints {
    control: String,
    control_token: String,
}

impl From<&slipway_sim::Endpoints> for Endpoints {
    fn from(at: &slipway_sim::Endpoints) -> Self {
        Self {
            control: at.control.clone(),
            control_token: at.control_token.clone(),
        }
    }
}

impl Sim {
    /// The one that a test has started.
    pub(crate) fn at(endpoints: &slipway_sim::Endpoints) -> Self {
        Self {
            client: reqwest::Client::new(),
            endpoints: endpoints.into(),
            records: false,
        }
    }

    /// Finds the sim that the app started, by the file it left for exactly this.
    pub(crate) async fn of(desktop: &Desktop) -> Self {
        let file = desktop.data().join("practice").join("sim.json");
        let endpoints = wait::until(wait::LIMIT, async || {
            // A file that is being written is not yet JSON.
            serde_json::from_slice(&std::fs::read(&file).ok()?).ok()
        });
        let sim = Self {
            client: reqwest::Client::new(),
            endpoints: endpoints
                .await
                .unwrap_or_else(|| panic!("the app never wrote {}", file.display())),
            records: true,
        };
        sim.order("recording", json!({ "keep": 20_000 })).await;
        sim
    }

    /// The whole world, as the outside systems would tell it together.
    pub(crate) async fn world(&self) -> Value {
        self.get("world").await
    }

    /// Every request that the sim has received.
    pub(crate) async fn requests(&self) -> Vec<Request> {
        let requests = self.get("requests").await;
        serde_json::from_value(requests).expect("the request log has the documented shape")
    }

    /// Lets time pass in the world: teammates work, checks finish, builds move on.
    pub(crate) async fn advance(&self, by: Duration) {
        let body = json!({ "seconds": by.as_secs() });
        self.post("clock/advance", &body).await;
    }

    /// Has something happen in the world.
    pub(crate) async fn order(&self, path: &str, body: Value) {
        self.post(path, &body).await;
    }

    /// No request arrives any more, until [`Sim::restore_network`].
    pub(crate) async fn cut_network(&self) {
        self.order("faults", json!({ "kind": "reset", "times": u32::MAX }))
            .await;
    }

    pub(crate) async fn restore_network(&self) {
        let request = self.client.delete(self.url("faults"));
        self.send(request).await;
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let request = self.client.get(self.url(path));
        self.send(request).await
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(self.url(path)).json(body);
        self.send(request).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Value {
        let request = request.bearer_auth(&self.endpoints.control_token);
        let reply = request.send().await.expect("the sim answers");
        let status = reply.status();
        let body = reply.text().await.expect("the sim's answer is complete");
        assert!(status.is_success(), "the sim answered {status}: {body}");
        serde_json::from_str(&body).expect("the sim answers in JSON")
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.endpoints.control)
    }
}

/// What passed is left for the contract's test to judge. An app that has ended took it along.
impl Drop for Sim {
    fn drop(&mut self) {
        if !self.records || thread::panicking() {
            return;
        }
        let (url, token) = (self.url("exchanges"), self.endpoints.control_token.clone());
        // The test's own runtime waits for this.
        let asked = thread::spawn(move || exchanges(&url, &token)).join();
        if let Some(exchanges) = asked.expect("asking is no trouble") {
            passed::leave(&exchanges);
        }
    }
}

fn exchanges(url: &str, token: &str) -> Option<Vec<Exchange>> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let request = reqwest::Client::new().get(url).bearer_auth(token);
        let reply = request.timeout(wait::LIMIT).send().await.ok()?;
        let exchanges = reply.text().await.ok()?;
        Some(serde_json::from_str(&exchanges).expect("the exchanges have the documented shape"))
    })
}

/// One request that the sim received.
#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) operation: String,
    /// As it was sent.
    pub(crate) body: String,
    /// Whether it changed the world.
    pub(crate) effect: bool,
}
