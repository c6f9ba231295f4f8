use std::collections::{BTreeMap, VecDeque};

use hyper::HeaderMap;
use serde::{Deserialize, Serialize};

use crate::LoggedRequest;
use crate::reply::Reply;

/// The headers of a request that say what is asked; the others hold secrets or say nothing.
const TELLING: &[&str] = &[
    "accept",
    "content-type",
    "if-none-match",
    "user-agent",
    "x-amz-target",
    "x-github-api-version",
];

/// A request and its answer, whole, so that both can be held against what the service's own people wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// What was asked, as it stands in the log.
    #[serde(flatten)]
    pub request: LoggedRequest,
    /// The request's headers that say what is asked, in small letters; none that holds a secret.
    pub headers: BTreeMap<String, String>,
    /// What was answered; absent if nothing was.
    pub answer: Option<Answer>,
    /// Whether a [`Fault`](crate::Fault) decided about the answer: then it is not the service's.
    pub injected: bool,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// All headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body, if it is text.
    pub body: String,
}

/// The exchanges kept, newest last; the oldest go when there are too many.
#[derive(Debug, Default)]
pub(crate) struct Recording {
    most: usize,
    kept: VecDeque<Exchange>,
}

impl Recording {
    /// Keeps so many exchanges and no more; none if that is 0.
    pub(crate) fn of(most: usize) -> Recording {
        Recording {
            most,
            kept: VecDeque::new(),
        }
    }

    pub(crate) fn keep(
        &mut self,
        logged: Option<&LoggedRequest>,
        headers: &HeaderMap,
        answer: Option<&Reply>,
        injected: bool,
    ) {
        let Some(logged) = logged.filter(|_| self.most > 0) else {
            return;
        };
        if self.kept.len() == self.most {
            self.kept.pop_front();
        }
        self.kept.push_back(Exchange {
            request: logged.clone(),
            headers: telling(headers),
            answer: answer.map(Answer::of),
            injected,
        });
    }

    pub(crate) fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.kept.iter()
    }
}

impl Answer {
    fn of(reply: &Reply) -> Answer {
        let headers = reply.headers.iter();
        Answer {
            status: reply.status,
            headers: headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
                .collect(),
            body: String::from_utf8_lossy(&reply.body).into_owned(),
        }
    }
}

fn telling(headers: &HeaderMap) -> BTreeMap<String, String> {
    let told = TELLING.iter().filter_map(|name| {
        let value = headers.get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    told.collect()
}
