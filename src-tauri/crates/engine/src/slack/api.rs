//! Calls of the Web API ("Using the Slack Web API").

use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use slipway_core::problem::{Code, Problem};
use slipway_core::text::line;

use super::SLACK;
use super::error::SlackError;
use crate::endpoints::Door;
use crate::outcome::{Heard, Pause};

/// One bot at one Slack.
pub(super) struct Api {
    http: reqwest::Client,
    door: Door,
    token: SecretString,
    pub(super) pause: Pause,
    pub(super) heard: Heard,
    names: Mutex<Names>,
}

/// What Slack calls us and the channel, for the words of a problem and to find the channel again at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) bot: Option<String>,
    /// Name and id.
    pub(super) channel: Option<(String, String)>,
}

/// What is in every answer.
#[derive(Deserialize)]
struct Said {
    ok: bool,
    error: Option<String>,
    needed: Option<String>,
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize)]
pub(super) struct More {
    #[serde(default)]
    pub(super) next_cursor: String,
}

impl Api {
    pub(super) fn open(door: Door, token: &SecretString) -> Result<Self, Problem> {
        let text = token.expose_secret();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Problem::new(
                Code::SignedOut,
                "The Slack token is not usable.",
                "Slipway cannot sign in to Slack with it.",
                "Copy the bot token again; it begins with xoxb-.",
            ));
        }
        Ok(Self {
            http: door.client()?,
            door,
            token: token.clone(),
            pause: Pause::default(),
            heard: Heard::default(),
            names: Mutex::default(),
        })
    }

    /// A read, with its arguments as a form.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        method: &str,
        arguments: &[(&str, &str)],
    ) -> Result<T, SlackError> {
        self.call(method, self.request(method).form(arguments))
            .await
    }

    /// A read, with the scopes that Slack says the token has.
    pub(super) async fn read_with_scopes<T: DeserializeOwned>(
        &self,
        method: &str,
        arguments: &[(&str, &str)],
    ) -> Result<(T, Option<String>), SlackError> {
        self.call_with_scopes(method, self.request(method).form(arguments))
            .await
    }

    /// A write, with its arguments as JSON. Sent once, whatever comes back.
    pub(super) async fn write<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        method: &str,
        body: &B,
    ) -> Result<T, SlackError> {
        self.call(method, self.request(method).json(body)).await
    }

    pub(super) fn names(&self) -> Names {
        self.names
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn remember(&self, change: impl FnOnce(&mut Names)) {
        change(&mut self.names.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn request(&self, method: &str) -> reqwest::RequestBuilder {
        let address = format!("{}/{method}", self.door.base());
        self.http
            .post(address)
            .bearer_auth(self.token.expose_secret())
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        request: reqwest::RequestBuilder,
    ) -> Result<T, SlackError> {
        Ok(self.call_with_scopes(method, request).await?.0)
    }

    async fn call_with_scopes<T: DeserializeOwned>(
        &self,
        method: &str,
        request: reqwest::RequestBuilder,
    ) -> Result<(T, Option<String>), SlackError> {
        let answer = receive(request).await;
        match &answer {
            Ok(it) => {
                self.heard.note(it.date.as_deref());
                tracing::debug!(method, status = it.status.as_u16(), "{SLACK}");
            }
            Err(error) => tracing::debug!(method, %error, "{SLACK}: no answer"),
        }
        let result = answer.and_then(|it| {
            if let Some(error) = SlackError::of_status(it.status, it.retry_after, &it.body) {
                return Err(error);
            }
            let said: Said = parse(&it.body)?;
            if said.ok {
                return Ok((parse(&it.body)?, it.scopes));
            }
            Err(SlackError::said(
                said.error.unwrap_or_default(),
                said.needed,
                it.retry_after,
            ))
        });
        if let Err(SlackError::Throttled { wait }) = &result {
            self.pause.wish(*wait);
        }
        result
    }
}

/// A whole answer.
pub(super) struct Received {
    pub(super) status: reqwest::StatusCode,
    /// `Retry-After` in seconds.
    pub(super) retry_after: Option<u64>,
    /// `X-OAuth-Scopes`: what the token may do.
    scopes: Option<String>,
    /// `Date`.
    date: Option<String>,
    pub(super) body: Vec<u8>,
}

/// Sends a request and reads its whole answer.
pub(super) async fn receive(request: reqwest::RequestBuilder) -> Result<Received, SlackError> {
    let response = request.send().await.map_err(SlackError::transport)?;
    let header = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.trim());
    Ok(Received {
        status: response.status(),
        retry_after: header("retry-after").and_then(|it| it.parse().ok()),
        date: header("date").map(ToOwned::to_owned),
        scopes: header("x-oauth-scopes").map(|it| line(it, 1000)),
        body: response
            .bytes()
            .await
            .map_err(SlackError::transport)?
            .to_vec(),
    })
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, SlackError> {
    serde_json::from_slice(body).map_err(|error| SlackError::Broken(error.to_string()))
}
