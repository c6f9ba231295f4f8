//! What can come back instead of an answer ("Troubleshooting the REST API", "Rate limits for the REST API").

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use slipway_core::problem::{Code, Problem};
use slipway_core::text::{cut, line};

use crate::outcome::{self, Effect};

const SECONDARY_LIMIT: Duration = Duration::from_secs(60);

/// A call to GitHub that did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum GitHubError {
    /// No connection, so nothing was sent.
    #[error("no connection: {0}")]
    NotSent(String),
    /// The connection broke or time ran out after the request may have left.
    #[error("no answer: {0}")]
    Lost(String),
    /// An answer that is not GitHub's own, or says that GitHub itself failed.
    #[error("status {status}: {text}")]
    Broken { status: u16, text: String },
    /// Success, but not in the words that are documented.
    #[error("not understood: {0}")]
    Garbled(String),
    /// The repository has another name now.
    #[error("moved to {0}")]
    Moved(String),
    /// 429, or the 403 of a rate limit.
    #[error("throttled: {message}")]
    Throttled { wait: Duration, message: String },
    /// 401.
    #[error("signed out: {0}")]
    SignedOut(String),
    /// 403 of an organisation that wants the token authorised, and the page where that is done.
    #[error("single sign-on: {message} {header}")]
    SingleSignOn { message: String, header: String },
    /// Any other refusal in GitHub's own words.
    #[error("status {status}: {message}")]
    Refused {
        status: u16,
        message: String,
        permission: Option<String>,
    },
}

/// "Client errors": a message, and for 422 what is wrong with which field.
#[derive(Deserialize)]
struct Body {
    message: String,
    #[serde(default)]
    errors: Vec<serde_json::Value>,
}

impl GitHubError {
    /// Reads an answer that is neither success nor "not modified".
    pub(super) fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if status.is_redirection() {
            return Self::Moved(header("location").unwrap_or_default().to_owned());
        }
        let body = serde_json::from_slice::<Body>(body)
            .map(|body| body.in_one_line())
            .map_err(|_| {
                cut(
                    &String::from_utf8_lossy(body.get(..2000).unwrap_or(body)),
                    300,
                )
            });
        let (Ok(message) | Err(message)) = &body;
        if let Some(wait) = wish(status, &header, message) {
            return Self::Throttled {
                wait,
                message: message.clone(),
            };
        }
        match body {
            Ok(message) if status == StatusCode::UNAUTHORIZED => Self::SignedOut(message),
            Ok(message) if status == StatusCode::FORBIDDEN && header("x-github-sso").is_some() => {
                Self::SingleSignOn {
                    message,
                    header: cut(header("x-github-sso").unwrap_or_default(), 1000),
                }
            }
            Ok(message) if status.is_client_error() => Self::Refused {
                status: status.as_u16(),
                message,
                permission: header("x-accepted-github-permissions").map(|it| line(it, 200)),
            },
            Ok(text) | Err(text) => Self::Broken {
                status: status.as_u16(),
                text,
            },
        }
    }

    /// Whether a write that ended so may have had an effect.
    pub(super) fn effect(&self) -> Effect {
        match self {
            Self::Lost(_) | Self::Broken { .. } | Self::Garbled(_) => Effect::Possible,
            Self::NotSent(_)
            | Self::Moved(_)
            | Self::Throttled { .. }
            | Self::SignedOut(_)
            | Self::SingleSignOn { .. }
            | Self::Refused { .. } => Effect::None,
        }
    }

    /// GitHub knows us, and does not let us.
    pub(super) fn is_about_permission(&self) -> bool {
        match self {
            Self::SingleSignOn { .. } => true,
            Self::Refused { status, .. } => matches!(status, 403 | 404),
            Self::NotSent(_)
            | Self::Lost(_)
            | Self::Broken { .. }
            | Self::Garbled(_)
            | Self::Moved(_)
            | Self::Throttled { .. }
            | Self::SignedOut(_) => false,
        }
    }

    /// The page where a token is authorised for an organisation: `X-GitHub-SSO: required; url=…`
    /// (<https://docs.github.com/rest/authentication/authenticating-to-the-rest-api>).
    pub(super) fn page(&self) -> Option<&str> {
        let Self::SingleSignOn { header, .. } = self else {
            return None;
        };
        let url = header
            .split(';')
            .find_map(|it| it.trim().strip_prefix("url="))?;
        url.starts_with("https://").then_some(url)
    }

    /// The words for a look at `subject` that failed.
    pub(super) fn problem(&self, subject: &str) -> Problem {
        let raw = self.to_string();
        match self {
            Self::NotSent(_) => outcome::unreachable("GitHub", &raw),
            Self::Lost(_) | Self::Broken { .. } | Self::Garbled(_) => outcome::no_answer("GitHub", &raw),
            Self::Moved(_) => Problem::new(
                Code::Unreachable,
                "The repository has a new address.",
                "What is shown may be old.",
                "Wait; Slipway finds the new one by itself.",
            )
            .with_raw(&raw),
            Self::Throttled { wait, .. } => outcome::throttled("GitHub", *wait, &raw),
            Self::SignedOut(_) => {
                outcome::signed_out_as(
                    "GitHub",
                    "GitHub does not accept this token.",
                    "Copy the whole token again. If it is whole, it has expired or was revoked: make a new one on GitHub and sign in with it.",
                    &raw,
                )
            }
            Self::SingleSignOn { .. } => Problem::new(
                Code::Forbidden,
                "Your token is not authorised for this organisation's single sign-on.",
                "GitHub shows nothing of the organisation to it.",
                "On GitHub, open Settings, Developer settings, your token, \"Configure SSO\", and authorise it.",
            )
            .with_raw(&raw),
            Self::Refused { status: 404, .. } => Problem::new(
                Code::Forbidden,
                format!("GitHub shows no {subject} to your sign-in."),
                "It does not exist, or your token may not see it.",
                "Check repository in the team file, and that the token may read it.",
            )
            .with_raw(&raw),
            Self::Refused { status: 403, permission, .. } => forbidden(&format!("look at {subject}"), permission, &raw),
            Self::Refused { .. } => Problem::new(
                Code::Refused,
                format!("GitHub refuses to show {subject}."),
                "What is shown may be old.",
                "Look at the repository on GitHub.",
            )
            .with_raw(&raw),
        }
    }
}

/// 403 without a rate limit: names the permission that a fine-grained token lacks, when GitHub does.
pub(super) fn forbidden(doing: &str, permission: &Option<String>, raw: &str) -> Problem {
    let remedy = match permission {
        Some(permission) => {
            format!("Use a token with the permission {permission}, or ask somebody who may.")
        }
        None => "Use a token that may, or ask somebody who may.".to_owned(),
    };
    Problem::new(
        Code::Forbidden,
        format!("You may not {doing}."),
        "Nothing was changed.",
        remedy,
    )
    .with_raw(raw)
}

impl Body {
    fn in_one_line(self) -> String {
        let details = self.errors.iter().filter_map(|error| {
            let text = |key: &str| error.get(key).and_then(serde_json::Value::as_str);
            match (error.as_str(), text("message"), text("field"), text("code")) {
                (Some(text), ..) | (None, Some(text), ..) => Some(text.to_owned()),
                (None, None, Some(field), Some(code)) => Some(format!("{field}: {code}")),
                (None, None, _, _) => None,
            }
        });
        let all: Vec<String> = std::iter::once(self.message).chain(details).collect();
        cut(&all.join("; "), 1000)
    }
}

/// How long GitHub wants to be left alone, when that is what an answer says.
fn wish<'a>(
    status: StatusCode,
    header: &impl Fn(&str) -> Option<&'a str>,
    message: &str,
) -> Option<Duration> {
    let used_up = header("x-ratelimit-remaining") == Some("0");
    let named = message.to_ascii_lowercase().contains("rate limit");
    let limited = match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::FORBIDDEN => used_up || named || header("retry-after").is_some(),
        _ => false,
    };
    if !limited {
        return None;
    }
    let number = |name: &str| header(name)?.trim().parse::<u64>().ok();
    let until_reset = || {
        let server = header("date")
            .and_then(|date| jiff::fmt::rfc2822::parse(date).ok())
            .map(|it| it.timestamp());
        let now = server.unwrap_or_else(jiff::Timestamp::now).as_second();
        let reset = i64::try_from(number("x-ratelimit-reset")?).ok()?;
        u64::try_from(reset.saturating_sub(now).max(1)).ok()
    };
    let wait = number("retry-after")
        .or_else(|| used_up.then(until_reset).flatten())
        .map(Duration::from_secs);
    Some(wait.unwrap_or(SECONDARY_LIMIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> GitHubError {
        let headers = headers.iter().map(|(name, value)| {
            (
                http::HeaderName::from_static(name),
                http::HeaderValue::from_static(value),
            )
        });
        let status = StatusCode::from_u16(status).expect("a status");
        GitHubError::read(status, &headers.collect(), body.as_bytes())
    }

    #[test]
    fn tells_a_rate_limit_from_a_missing_permission() {
        let limit = read(
            403,
            &[
                ("x-ratelimit-remaining", "0"),
                ("x-ratelimit-reset", "1767225660"),
                ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
            ],
            r#"{"message":"API rate limit exceeded"}"#,
        );
        assert!(
            matches!(limit, GitHubError::Throttled { wait, .. } if wait == Duration::from_secs(60)),
            "{limit:?}"
        );

        let secondary = read(
            403,
            &[("retry-after", "7")],
            r#"{"message":"You have exceeded a secondary rate limit"}"#,
        );
        assert!(
            matches!(secondary, GitHubError::Throttled { wait, .. } if wait == Duration::from_secs(7))
        );

        let missing = read(
            403,
            &[
                ("x-ratelimit-remaining", "4999"),
                ("x-accepted-github-permissions", "contents=write"),
            ],
            r#"{"message":"Resource not accessible by personal access token"}"#,
        );
        assert_eq!(missing.effect(), Effect::None);
        assert!(
            missing
                .problem("the branch")
                .remedy
                .contains("contents=write")
        );
    }

    #[test]
    fn takes_only_githubs_own_words_for_a_refusal() {
        assert_eq!(
            read(422, &[], r#"{"message":"Reference already exists"}"#).effect(),
            Effect::None
        );
        assert_eq!(
            read(403, &[], "<html>proxy</html>").effect(),
            Effect::Possible
        );
        assert_eq!(
            read(502, &[], r#"{"message":"Server Error"}"#).effect(),
            Effect::Possible
        );
    }

    #[test]
    fn says_what_is_wrong_with_which_field() {
        let error = read(
            422,
            &[],
            r#"{"message":"Validation Failed","errors":[{"field":"head","code":"invalid"},{"message":"No commits"}]}"#,
        );
        assert_eq!(
            error.to_string(),
            "status 422: Validation Failed; head: invalid; No commits"
        );
    }
}
