//! A sim with a client for each of its services.

use std::time::Duration;

use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use slipway_sim::{Options, Sim};

pub(crate) const REPO: &str = "/repos/gitMLS/etl";
const DEADLINE: Duration = Duration::from_secs(20);

pub(crate) struct Table {
    pub(crate) sim: Sim,
    client: Client,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Table {
    pub(crate) async fn set() -> Table {
        // A Monday afternoon in Los Angeles, so that dates in names do not depend on the day of the run.
        let start = Some("2026-11-23T20:00:00Z".parse().unwrap());
        Table::set_with(Options {
            start,
            ..Options::default()
        })
        .await
    }

    pub(crate) async fn set_with(options: Options) -> Table {
        let client = Client::builder()
            .timeout(DEADLINE)
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Table {
            sim: Sim::start(options).await.unwrap(),
            client,
        }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.sim.advance(Duration::from_secs(seconds));
    }

    pub(crate) async fn github(&self, method: Method, path: &str, body: Value) -> Got {
        read(
            self.github_request(method, path, body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) fn github_request(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.sim.endpoints().github);
        let request = self
            .client
            .request(method, url)
            .bearer_auth(Sim::credentials().github_token);
        if body.is_null() {
            request
        } else {
            request.json(&body)
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.github(Method::GET, path, Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Got {
        self.github(Method::POST, path, body).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Got {
        self.github(Method::PUT, path, body).await
    }

    pub(crate) async fn slack(&self, method: &str, body: Value) -> Value {
        let url = format!("{}/api/{method}", self.sim.endpoints().slack);
        let request = self
            .client
            .post(url)
            .bearer_auth(Sim::credentials().slack_bot_token)
            .json(&body);
        let got = read(request.send().await.unwrap()).await;
        assert_eq!(got.status, 200);
        got.body
    }

    /// `target` as in `CodePipeline_20150709.GetPipelineState`.
    pub(crate) async fn aws(&self, target: &str, body: Value) -> Got {
        read(self.aws_request(target, body).send().await.unwrap()).await
    }

    pub(crate) fn aws_request(&self, target: &str, body: Value) -> reqwest::RequestBuilder {
        self.client
            .post(&self.sim.endpoints().aws)
            .header("x-amz-target", target)
            .header("content-type", "application/x-amz-json-1.1")
            .header(
                "authorization",
                signed_by(&Sim::credentials().aws_access_key_id),
            )
            .body(body.to_string())
    }

    pub(crate) async fn pipeline(&self, operation: &str, mut body: Value) -> Got {
        let name =
            if ["GetPipelineState", "GetPipeline", "StartPipelineExecution"].contains(&operation) {
                "name"
            } else {
                "pipelineName"
            };
        if body.get(name).is_none() {
            body[name] = json!("docker-production");
        }
        self.aws(&format!("CodePipeline_20150709.{operation}"), body)
            .await
    }

    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Got {
        let endpoints = self.sim.endpoints();
        let request = self
            .client
            .request(method, format!("{}{path}", endpoints.control));
        let request = request.bearer_auth(&endpoints.control_token);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn order(&self, path: &str, body: Value) -> Value {
        let got = self.control(Method::POST, path, body).await;
        assert_eq!(got.status, 200, "{path}: {}", got.text);
        got.body
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) async fn head_of(&self, branch: &str) -> String {
        let got = self.get(&format!("{REPO}/git/ref/heads/{branch}")).await;
        got.body["object"]["sha"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn create_branch(&self, name: &str) -> Got {
        let sha = self.head_of("master").await;
        self.post(
            &format!("{REPO}/git/refs"),
            json!({"ref": format!("refs/heads/{name}"), "sha": sha}),
        )
        .await
    }

    /// Pushes to master and lets time pass until the approval waits. Gives its token.
    pub(crate) async fn bring_to_approval(&self, message: &str) -> String {
        self.order("/push", json!({"branch": "master", "message": message}))
            .await;
        self.advance(20);
        self.approval_token().await.unwrap()
    }

    pub(crate) async fn approval_token(&self) -> Option<String> {
        let state = self.pipeline("GetPipelineState", json!({})).await.body;
        let latest = &state["stageStates"][1]["actionStates"][0]["latestExecution"];
        latest["token"].as_str().map(str::to_owned)
    }

    pub(crate) async fn answer(&self, token: &str, status: &str, summary: &str) -> Got {
        let body = json!({"stageName": "Approval", "actionName": "ManualApproval", "token": token,
            "result": {"status": status, "summary": summary}});
        self.pipeline("PutApprovalResult", body).await
    }

    pub(crate) async fn executions(&self) -> Vec<Value> {
        let got = self.pipeline("ListPipelineExecutions", json!({})).await;
        got.body["pipelineExecutionSummaries"]
            .as_array()
            .unwrap()
            .clone()
    }

    /// Asks until the answer is as wanted; panics if that takes too long.
    pub(crate) async fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let asking = async {
            loop {
                let body = self.control(Method::GET, path, Value::Null).await.body;
                if wanted(&body) {
                    return body;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(DEADLINE, asking).await.unwrap()
    }
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }
}

pub(crate) fn signed_by(access_key_id: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={access_key_id}/20261123/us-east-2/codepipeline/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature=0"
    )
}

pub(crate) async fn read(response: Response) -> Got {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Got {
        status,
        headers,
        text,
        body,
    }
}
