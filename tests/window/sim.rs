//! The world that practice pretends, seen from behind the app's back.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::desktop::Desktop;
use crate::wait;

/// The control endpoint of the sim inside the app.
pub(crate) struct Sim {
    client: reqwest::Client,
    endpoints: Endpoints,
}

#[derive(Deserialize)]
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
        }
    }

    /// Finds the sim that the app started, by the file it left for exactly this.
    pub(crate) async fn of(desktop: &Desktop) -> Self {
        let file = desktop.data().join("practice").join("sim.json");
        let endpoints = wait::until(wait::LIMIT, async || {
            // A file that is being written is not yet JSON.
            serde_json::from_slice(&std::fs::read(&file).ok()?).ok()
        });
        Self {
            client: reqwest::Client::new(),
            endpoints: endpoints
                .await
                .unwrap_or_else(|| panic!("the app never wrote {}", file.display())),
        }
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

/// One request that the sim received.
#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) operation: String,
    /// As it was sent.
    pub(crate) body: String,
    /// Whether it changed the world.
    pub(crate) effect: bool,
}
