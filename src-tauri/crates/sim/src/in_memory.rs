//! A world without servers: for whoever wants the services' answers and a script's orders without a socket between, on
//! a clock of their own ([`World::settle`]).

use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{HeaderMap, Method};
use serde_json::Value;

use crate::request::Request;
use crate::world::{Pipeline, World};
use crate::{Service, aws, control, github, slack};

impl World {
    /// What a service answers to a request with the credentials that it accepts, and the HTTP status of it. GitHub is
    /// asked by method and path, Slack by a method's name, AWS by a target such as
    /// `CodePipeline_20150709.PutApprovalResult`.
    pub fn receive(
        &mut self,
        service: Service,
        (verb, name): (&str, &str),
        body: &Value,
    ) -> (u16, Value) {
        let credentials = self.credentials.clone();
        let (path, authorization, target) = match service {
            Service::Github => (
                name.to_owned(),
                format!("Bearer {}", credentials.github_token),
                None,
            ),
            Service::Slack => (
                format!("/api/{name}"),
                format!("Bearer {}", credentials.slack_bot_token),
                None,
            ),
            Service::Aws => (
                "/".to_owned(),
                format!(
                    "AWS4-HMAC-SHA256 Credential={}/20260101/{}/codepipeline/aws4_request",
                    credentials.aws_access_key_id,
                    Pipeline::REGION
                ),
                Some(name),
            ),
        };
        let mut request = plain(verb, &path, body);
        for (header, value) in [
            (AUTHORIZATION, Some(authorization.as_str())),
            (HeaderName::from_static("x-amz-target"), target),
        ] {
            if let Some(value) = value.and_then(|it| HeaderValue::from_str(it).ok()) {
                request.headers.insert(header, value);
            }
        }
        let reply = match service {
            Service::Github => github::answer(self, &request),
            Service::Slack => slack::answer(self, &request),
            Service::Aws => aws::answer(self, &request),
        };
        let body = serde_json::from_slice(&reply.body).unwrap_or(Value::Null);
        (reply.status, body)
    }

    /// Does what a script orders, by the routes of [`control`] that are about the world alone.
    ///
    /// # Errors
    /// What was wrong with the order.
    pub fn order(&mut self, verb: &str, path: &str, body: &Value) -> Result<Value, String> {
        control::order_alone(self, &plain(verb, path, body))
    }
}

fn plain(verb: &str, path: &str, body: &Value) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let json = HeaderValue::from_static("application/json");
    Request {
        method: Method::from_bytes(verb.as_bytes()).unwrap_or(Method::GET),
        path: path.to_owned(),
        raw_query: query.to_owned(),
        headers: HeaderMap::from_iter([(CONTENT_TYPE, json)]),
        body: match body {
            Value::Null => Vec::new().into(),
            Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => body.to_string().into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::Pace;

    #[test]
    fn answers_and_obeys_without_a_server() {
        let start: Timestamp = "2026-11-24T03:00:00Z".parse().expect("a time");
        let mut world = World::fresh(start, Pace::practice());
        let sha = world.repository.branches["master"].clone();
        let body = json!({"ref": "refs/heads/hotfix-1", "sha": sha});
        let create = ("POST", "/repos/gitMLS/etl/git/refs");
        assert_eq!(world.receive(Service::Github, create, &body).0, 201);
        assert_eq!(world.receive(Service::Github, create, &body).0, 422);
        assert_eq!(world.repository.branches["hotfix-1"], sha);

        let message = json!({"channel": "C00SIMDEPLOY", "text": "Hello"});
        let post = ("POST", "chat.postMessage");
        assert_eq!(
            world.receive(Service::Slack, post, &message).1["ok"],
            json!(true)
        );

        let retry = ("POST", "CodePipeline_20150709.RetryStageExecution");
        let (status, refusal) = world.receive(Service::Aws, retry, &json!({}));
        assert_eq!(
            (status, refusal["__type"].as_str()),
            (400, Some("ValidationException"))
        );

        world
            .order("DELETE", "/branches/hotfix-1", &Value::Null)
            .expect("it is there");
        assert!(!world.repository.branches.contains_key("hotfix-1"));
        assert!(
            world
                .order("DELETE", "/branches/hotfix-1", &Value::Null)
                .is_err()
        );
    }
}
