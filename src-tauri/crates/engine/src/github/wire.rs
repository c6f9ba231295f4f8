//! Requests to GitHub's REST API: conditional, paged, and each sent once.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use octocrab::service::middleware::{base_uri::BaseUriLayer, reqwest_connector::ReqwestConnector};
use octocrab::{AuthState, Octocrab, OctocrabBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use slipway_core::problem::{Code, Problem};

use super::cache::{Answer, Cache};
use super::error::GitHubError;
use crate::endpoints::Door;
use crate::outcome::{Heard, Pause};

/// No list that a release needs is longer; a server that never ends one is not believed.
const PAGES: usize = 200;
const MEDIA: &str = "application/vnd.github+json";
const BODY: usize = 32 << 20;

/// One sign-in at one GitHub.
pub(super) struct Wire {
    crab: Octocrab,
    door: Door,
    cache: Cache,
    pub(super) pause: Pause,
    pub(super) heard: Heard,
}

impl Wire {
    pub(super) fn open(door: Door, token: &SecretString) -> Result<Self, Problem> {
        if HeaderValue::from_str(token.expose_secret()).is_err()
            || token.expose_secret().trim().is_empty()
        {
            return Err(Problem::new(
                Code::SignedOut,
                "The GitHub token is not usable.",
                "Slipway cannot sign in to GitHub with it.",
                "Copy the token again; it has no spaces or line ends.",
            ));
        }
        let base = door
            .base()
            .parse()
            .map_err(|_| GitHubError::NotSent(String::new()).problem("address"))?;
        let Ok(crab) = OctocrabBuilder::new_empty()
            .with_service(ReqwestConnector::new(door.client()?))
            .with_layer(&BaseUriLayer::new(base))
            .with_auth(AuthState::AccessToken {
                token: token.clone(),
            })
            .build();
        Ok(Self {
            crab,
            door,
            cache: Cache::default(),
            pause: Pause::default(),
            heard: Heard::default(),
        })
    }

    /// `GET`, with what is already known of the path.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, GitHubError> {
        parse(&self.answer(path).await?.body)
    }

    /// `GET`, asked anew, with the headers of the answer.
    pub(super) async fn fresh<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<(HeaderMap, T), GitHubError> {
        let request = http::Request::get(path).header(header::ACCEPT, MEDIA);
        let request = self
            .crab
            .build_request(request, None::<&()>)
            .map_err(|error| transport(&error))?;
        let (status, headers, body) = self.send(request).await?;
        if status.is_success() {
            return Ok((headers, parse(&body)?));
        }
        Err(self.refusal(status, &headers, &body))
    }

    /// `GET` with all pages ("Using pagination in the REST API").
    pub(super) async fn pages<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<Vec<T>, GitHubError> {
        let mut pages = Vec::new();
        let mut path = path.to_owned();
        while pages.len() < PAGES {
            let answer = self.answer(&path).await?;
            pages.push(parse(&answer.body)?);
            match &answer.next {
                Some(next) => path.clone_from(next),
                None => return Ok(pages),
            }
        }
        Err(GitHubError::Garbled(format!("more than {PAGES} pages")))
    }

    /// All pages of a plain list, as one.
    pub(super) async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<Vec<T>, GitHubError> {
        Ok(self
            .pages::<Vec<T>>(path)
            .await?
            .into_iter()
            .flatten()
            .collect())
    }

    /// A write. Sent once, whatever comes back.
    pub(super) async fn write<B, T>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<T, GitHubError>
    where
        B: Serialize + Sync,
        T: DeserializeOwned,
    {
        let request = http::Request::builder().method(method).uri(path);
        let request = self
            .crab
            .build_request(request, Some(body))
            .map_err(|error| transport(&error))?;
        let (status, headers, body) = self.send(request).await?;
        if status.is_success() {
            return parse(&body);
        }
        Err(self.refusal(status, &headers, &body))
    }

    /// A path out of an address that GitHub gave, when that address is this GitHub's.
    pub(super) fn path_of<'a>(&self, address: &'a str) -> Option<&'a str> {
        address
            .strip_prefix(self.door.base())
            .filter(|path| path.starts_with('/'))
    }

    async fn answer(&self, path: &str) -> Result<Arc<Answer>, GitHubError> {
        let known = self.cache.find(path);
        let mut request = http::Request::get(path).header(header::ACCEPT, MEDIA);
        if let Some(tag) = known
            .as_ref()
            .and_then(|known| HeaderValue::from_str(&known.etag).ok())
        {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let request = self
            .crab
            .build_request(request, None::<&()>)
            .map_err(|error| transport(&error))?;
        let (status, headers, body) = self.send(request).await?;
        match (status, known) {
            (StatusCode::NOT_MODIFIED, Some(known)) => {
                // The page is as it was, but one may have been added behind it.
                let next = if headers.contains_key(header::LINK) {
                    self.next(&headers)?
                } else {
                    known
                        .next
                        .clone()
                        .or_else(|| behind_full(path, &known.body))
                };
                if next == known.next {
                    return Ok(known);
                }
                let answer = Answer {
                    next,
                    ..Answer::clone(&known)
                };
                Ok(Arc::new(answer))
            }
            (status, _) if status.is_success() => {
                let next = self.next(&headers)?;
                let etag = headers
                    .get(header::ETAG)
                    .and_then(|tag| tag.to_str().ok())
                    .map(ToOwned::to_owned);
                let answer = Arc::new(Answer {
                    etag: etag.unwrap_or_default(),
                    body,
                    next,
                });
                if !answer.etag.is_empty() {
                    self.cache.keep(path, Arc::clone(&answer));
                }
                Ok(answer)
            }
            (status, _) => Err(self.refusal(status, &headers, &body)),
        }
    }

    async fn send(
        &self,
        request: http::Request<octocrab::OctoBody>,
    ) -> Result<(StatusCode, HeaderMap, Vec<u8>), GitHubError> {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self
            .crab
            .execute(request)
            .await
            .map_err(|error| transport(&error))?;
        let (parts, body) = response.into_parts();
        let date = parts.headers.get(header::DATE);
        self.heard.note(date.and_then(|date| date.to_str().ok()));
        tracing::debug!(%method, path, status = parts.status.as_u16(), "GitHub");
        let body = Limited::new(body, BODY)
            .collect()
            .await
            .map_err(|error| GitHubError::Lost(error.to_string()))?;
        Ok((parts.status, parts.headers, body.to_bytes().to_vec()))
    }

    fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> GitHubError {
        let error = GitHubError::read(status, headers, body);
        if let GitHubError::Throttled { wait, .. } = &error {
            self.pause.wish(*wait);
        }
        error
    }

    fn next(&self, headers: &HeaderMap) -> Result<Option<String>, GitHubError> {
        let Some(link) = headers
            .get(header::LINK)
            .and_then(|link| link.to_str().ok())
            .and_then(next_link)
        else {
            return Ok(None);
        };
        match self.path_of(link) {
            Some(path) => Ok(Some(path.to_owned())),
            None => Err(GitHubError::Garbled(format!(
                "the next page is elsewhere: {link}"
            ))),
        }
    }
}

/// The page behind one of a plain list that holds all it can.
fn behind_full(path: &str, body: &[u8]) -> Option<String> {
    let (address, query) = path.split_once('?')?;
    let number = |name: &str| {
        let parts = query.split('&');
        parts
            .filter_map(|part| part.split_once('='))
            .find(|(key, _)| *key == name)?
            .1
            .parse::<usize>()
            .ok()
    };
    let items: Vec<serde::de::IgnoredAny> = serde_json::from_slice(body).ok()?;
    if items.len() < number("per_page")? {
        return None;
    }
    let others = query.split('&').filter(|part| !part.starts_with("page="));
    let others = others.collect::<Vec<_>>().join("&");
    Some(format!(
        "{address}?{others}&page={}",
        number("page").unwrap_or(1) + 1
    ))
}

/// The address of `rel="next"` in a Link header.
fn next_link(header: &str) -> Option<&str> {
    header.split(',').find_map(|link| {
        let (address, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        parameters
            .split(';')
            .any(|it| it.trim() == "rel=\"next\"")
            .then_some(address)
    })
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, GitHubError> {
    serde_json::from_slice(body).map_err(|error| GitHubError::Garbled(error.to_string()))
}

/// Octocrab hands on what reqwest says; only a connection that was never made means that nothing was sent.
fn transport(error: &octocrab::Error) -> GitHubError {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut last = error.to_string();
    let mut connected = true;
    while let Some(here) = next {
        last = here.to_string();
        if let Some(http) = here.downcast_ref::<reqwest::Error>() {
            connected = !(http.is_connect() || http.is_builder());
        }
        next = here.source();
    }
    tracing::debug!(last, connected, "GitHub: no answer");
    if connected {
        GitHubError::Lost(last)
    } else {
        GitHubError::NotSent(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_behind_a_list_that_is_full() {
        let behind = |path, body: &str| behind_full(path, body.as_bytes());
        let first = "/x?state=all&per_page=2";
        assert_eq!(
            behind(first, "[{}, {}]").as_deref(),
            Some("/x?state=all&per_page=2&page=2")
        );
        assert_eq!(
            behind("/x?per_page=2&page=9&a=b", "[1, 2]").as_deref(),
            Some("/x?per_page=2&a=b&page=10")
        );
        assert_eq!(behind(first, "[{}]"), None);
        assert_eq!(behind(first, "{\"total_count\": 2}"), None);
        assert_eq!(behind("/x", "[1, 2]"), None);
    }

    #[test]
    fn finds_the_next_page() {
        let header = "<https://api.github.com/x?page=1>; rel=\"prev\", <https://api.github.com/x?page=3>; rel=\"next\"";
        assert_eq!(next_link(header), Some("https://api.github.com/x?page=3"));
        assert_eq!(
            next_link("<https://api.github.com/x?page=1>; rel=\"last\""),
            None
        );
    }
}
