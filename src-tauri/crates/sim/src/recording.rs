use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// Headers that name this one exchange, moment or state of a resource.
const PASSING: &[&str] = &[
    "date",
    "etag",
    "if-none-match",
    "x-amzn-requestid",
    "x-github-request-id",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-ratelimit-used",
    "x-slack-req-id",
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

impl Exchange {
    /// The same for exchanges that differ in what is hardly ever the same twice and means little to who describes the
    /// service: figures and digests of the same length (times, ids, commits), and headers of the moment. A description
    /// that bounds a figure within its length, or says which dates there are, would tell them apart. What is asked for
    /// counts: the query whole, and figures of up to three digits in the body, for limits stand there.
    pub fn shape(&self) -> u64 {
        let mut shape = DefaultHasher::new();
        let asked = &self.request;
        (asked.service, &asked.operation, &asked.method, &asked.query).hash(&mut shape);
        (figures_out(&asked.path, 0), figures_out(&asked.body, 3)).hash(&mut shape);
        lasting(&self.headers).for_each(|it| it.hash(&mut shape));
        if let Some(answer) = &self.answer {
            (answer.status, figures_out(&answer.body, 0)).hash(&mut shape);
            lasting(&answer.headers).for_each(|it| it.hash(&mut shape));
        }
        self.injected.hash(&mut shape);
        shape.finish()
    }
}

/// What is left of headers once those of the moment have no value, and addresses no figures.
fn lasting(headers: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, Vec<u8>)> {
    headers.iter().map(|(name, value)| {
        let value = match name.as_str() {
            passing if PASSING.contains(&passing) => Vec::new(),
            "link" | "location" => figures_out(value, 0),
            _ => value.clone().into_bytes(),
        };
        (name, value)
    })
}

/// The text with the digits of figures and digests as nines. Figures that are as `short` stay, as do a lone 0 and names
/// such as `V2` and `s3Logs`.
fn figures_out(text: &str, short: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for word in bytes.split_mut(|byte| !byte.is_ascii_alphanumeric()) {
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_figure = digits == word.len();
        let is_of_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_digest = digits > 0 && word.len() >= 4 && word.iter().all(is_of_hex);
        let is_name = digits <= 2 && word.first().is_some_and(u8::is_ascii_alphabetic);
        let stays = if is_figure {
            word.len() <= short || word == b"0"
        } else {
            is_name && !is_digest
        };
        if stays {
            continue;
        }
        for byte in word {
            if is_digest || byte.is_ascii_digit() {
                *byte = b'9';
            }
        }
    }
    bytes
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Exchange;

    const ASKED: &str = r#"{"maxResults": 100}"#;
    const ANSWERED: &str =
        r#"{"at": 1795576004.781, "sha": "d98c1f66", "type": "V2", "s3Logs": 1}"#;

    fn shape(asked: &str, answered: &str) -> u64 {
        let exchange: Exchange = serde_json::from_value(json!({
            "seq": 1, "at": "2026-11-25T03:06:44Z", "service": "aws", "operation": "codepipeline:GetPipeline",
            "method": "POST", "path": "/", "query": "", "body": asked, "status": 200, "effect": false, "headers": {},
            "answer": {"status": 200, "headers": {}, "body": answered}, "injected": false,
        }))
        .expect("it is one");
        exchange.shape()
    }

    #[test]
    fn times_and_digests_make_no_other_shape() {
        let other = r#"{"at": 1795999999.002, "sha": "00c2e160", "type": "V2", "s3Logs": 7}"#;
        assert_eq!(shape(ASKED, other), shape(ASKED, ANSWERED));
    }

    #[test]
    fn names_limits_and_the_length_of_figures_do() {
        for (right, wrong) in [
            (r#""sha""#, r#""shb""#),
            ("V2", "V7"),
            ("s3Logs", "s4Logs"),
            ("d98c1f66", "D98C1F66"),
            ("d98c1f66", "d98c1f6"),
            ("1795576004.781", "179557600.4781"),
            ("1795576004.781", "0"),
        ] {
            let spoilt = ANSWERED.replace(right, wrong);
            assert_ne!(shape(ASKED, &spoilt), shape(ASKED, ANSWERED), "{wrong}");
        }
        assert_ne!(
            shape("{\"maxResults\": 999}", ANSWERED),
            shape(ASKED, ANSWERED)
        );
        assert_ne!(shape(ASKED, "[0]"), shape(ASKED, "[7]"));
    }
}
