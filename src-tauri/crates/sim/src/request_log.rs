use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Service, reply::Reply, request::Request};

const KEPT: usize = 20_000;

/// A request that was received. Headers are not kept, for they hold secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedRequest {
    /// Place in the order of arrival, from 1.
    pub seq: u64,
    /// The world's time.
    pub at: Timestamp,
    /// Who was asked.
    pub service: Service,
    /// What for: `git/create-ref`, `chat.postMessage`, `codepipeline:PutApprovalResult`.
    pub operation: String,
    /// HTTP method.
    pub method: String,
    /// As sent.
    pub path: String,
    /// As sent.
    pub query: String,
    /// As sent, if it is text. A webhook's address or a token in a form is a secret, too, and is left out.
    pub body: String,
    /// What was answered; absent if nothing was.
    pub status: Option<u16>,
    /// Whether it changed the world.
    pub effect: bool,
}

/// The requests received, newest last; the oldest go when there are too many.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    kept: VecDeque<Arc<LoggedRequest>>,
    received: u64,
    effects: u64,
}

impl RequestLog {
    /// Keeps a request and what came of it: the answer given, and whether the world changed.
    pub(crate) fn keep(
        &mut self,
        at: Timestamp,
        (service, operation): (Service, &str),
        request: &Request,
        (answer, effect): (Option<&Reply>, bool),
    ) {
        self.received += 1;
        self.effects += u64::from(effect);
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(Arc::new(LoggedRequest {
            seq: self.received,
            at,
            service,
            operation: operation.to_owned(),
            method: request.method.to_string(),
            path: without_secret(&request.path),
            query: without_tokens(&request.raw_query),
            body: without_tokens(&String::from_utf8_lossy(&request.body)),
            status: answer.map(|it| it.status),
            effect,
        }));
    }

    /// How many changed the world, also of those that are not kept any more.
    pub(crate) fn effects(&self) -> u64 {
        self.effects
    }

    pub(crate) fn last(&self) -> Option<&LoggedRequest> {
        self.kept.back().map(Arc::as_ref)
    }

    pub(crate) fn of(&self, operation: Option<&str>) -> Vec<Arc<LoggedRequest>> {
        self.kept
            .iter()
            .filter(|it| operation.is_none_or(|wanted| it.operation == wanted))
            .cloned()
            .collect()
    }
}

/// A webhook's path without its last part, which is its password.
fn without_secret(path: &str) -> String {
    match path
        .strip_prefix("/services/")
        .and_then(|rest| rest.rsplit_once('/'))
    {
        Some((hook, _)) => format!("/services/{hook}/…"),
        None => path.to_owned(),
    }
}

fn without_tokens(text: &str) -> String {
    if !text.contains("token=") || text.trim_start().starts_with('{') {
        return text.to_owned();
    }
    let pairs = text.split('&').map(|pair| {
        if pair.starts_with("token=") {
            "token=…"
        } else {
            pair
        }
    });
    pairs.collect::<Vec<_>>().join("&")
}
