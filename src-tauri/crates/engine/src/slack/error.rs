//! What can come back instead of an answer ("Rate limits", and the errors of each method's page).

use std::time::Duration;

use slipway_core::ids::ChannelId;
use slipway_core::problem::{Code, Problem};
use slipway_core::text::{cut, line};

use super::SLACK;
use super::api::Names;
use crate::outcome::{self, Effect};

const USUAL_WAIT: u64 = 30;

/// A call to Slack that did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum SlackError {
    /// No connection, so nothing was sent.
    #[error("no connection: {0}")]
    NotSent(String),
    /// The connection broke or time ran out after the request may have left.
    #[error("no answer: {0}")]
    Lost(String),
    /// An answer that is not Slack's own, or says that Slack itself failed.
    #[error("not understood: {0}")]
    Broken(String),
    /// 429, or the error `ratelimited`.
    #[error("ratelimited")]
    Throttled { wait: Duration },
    /// `"ok": false`.
    #[error("{error}")]
    Said {
        error: String,
        needed: Option<String>,
    },
}

impl SlackError {
    /// A reqwest error shows the address, which is a webhook's secret, so it is taken out.
    pub(super) fn transport(error: reqwest::Error) -> Self {
        let never_left = error.is_connect() || error.is_builder();
        let error = error.without_url();
        let mut text = error.to_string();
        let mut next = std::error::Error::source(&error);
        while let Some(source) = next {
            text = format!("{text}: {source}");
            next = source.source();
        }
        if never_left {
            Self::NotSent(text)
        } else {
            Self::Lost(text)
        }
    }

    /// Only 200 and 429 have a meaning in the Web API.
    pub(super) fn of_status(
        status: reqwest::StatusCode,
        retry_after: Option<u64>,
        body: &[u8],
    ) -> Option<Self> {
        match status {
            reqwest::StatusCode::OK => None,
            reqwest::StatusCode::TOO_MANY_REQUESTS => Some(Self::throttled(retry_after)),
            status => {
                let body = cut(
                    &String::from_utf8_lossy(body.get(..2000).unwrap_or(body)),
                    300,
                );
                Some(Self::Broken(format!("status {} {body}", status.as_u16())))
            }
        }
    }

    pub(super) fn said(error: String, needed: Option<String>, retry_after: Option<u64>) -> Self {
        match error.as_str() {
            "ratelimited" | "rate_limited" => Self::throttled(retry_after),
            _ => Self::Said {
                error: line(&error, 100),
                needed: needed.map(|it| line(&it, 200)),
            },
        }
    }

    fn throttled(retry_after: Option<u64>) -> Self {
        Self::Throttled {
            wait: Duration::from_secs(retry_after.unwrap_or(USUAL_WAIT)),
        }
    }

    /// Whether a write that ended so may have had an effect. Slack says of two errors that a part may have succeeded.
    pub(super) fn effect(&self) -> Effect {
        match self {
            Self::Lost(_) | Self::Broken(_) => Effect::Possible,
            Self::Said { error, .. } if error == "fatal_error" || error == "internal_error" => {
                Effect::Possible
            }
            Self::NotSent(_) | Self::Throttled { .. } | Self::Said { .. } => Effect::None,
        }
    }

    /// Whether Slack refuses the sign-in itself.
    pub(super) fn is_about_the_sign_in(&self) -> bool {
        match self {
            Self::Said { error, .. } => matches!(
                error.as_str(),
                "not_authed"
                    | "invalid_auth"
                    | "account_inactive"
                    | "token_revoked"
                    | "token_expired"
                    | "user_removed_from_team"
                    | "team_disabled"
            ),
            Self::NotSent(_) | Self::Lost(_) | Self::Broken(_) | Self::Throttled { .. } => false,
        }
    }

    /// Whether Slack wants another scope for this very call.
    pub(super) fn is_missing_scope(&self) -> bool {
        matches!(self, Self::Said { error, .. } if error == "missing_scope")
    }

    /// The scope that Slack says is missing.
    pub(super) fn needed(&self) -> Option<&str> {
        match self {
            Self::Said { needed, .. } => needed.as_deref(),
            Self::NotSent(_) | Self::Lost(_) | Self::Broken(_) | Self::Throttled { .. } => None,
        }
    }

    /// The words for it, after trying to `doing`.
    pub(super) fn problem(
        &self,
        doing: &str,
        channel: Option<&ChannelId>,
        names: &Names,
    ) -> Problem {
        let raw = self.to_string();
        let Self::Said { error, needed } = self else {
            return match self {
                Self::NotSent(_) => outcome::unreachable(SLACK, &raw),
                Self::Throttled { wait } => outcome::throttled(SLACK, *wait, &raw),
                Self::Lost(_) | Self::Broken(_) | Self::Said { .. } => {
                    outcome::no_answer(SLACK, &raw)
                }
            };
        };
        if self.is_about_the_sign_in() {
            return sign_in(error, &raw);
        }
        let channel = match (&names.channel, channel) {
            (Some((name, _)), _) => format!("#{name}"),
            (None, Some(id)) => format!("the channel {id}"),
            (None, None) => "the channel".to_owned(),
        };
        match error.as_str() {
            "channel_not_found" | "not_in_channel" => {
                let bot = names.bot.as_deref().unwrap_or("Slipway");
                Problem::new(
                    Code::NotInChannel,
                    format!("The bot is not in {channel}."),
                    "It can neither read nor write there; nothing was changed.",
                    format!("In {channel}, type /invite @{bot}"),
                )
            }
            "missing_scope" | "not_allowed_token_type" | "no_permission" | "access_denied" => {
                Problem::new(
                    Code::Forbidden,
                    format!("The bot may not {doing}."),
                    "Nothing was changed.",
                    match needed {
                        Some(scope) => {
                            format!("Add the scope {scope} to the Slack app and install it again.")
                        }
                        None => "Ask who made the Slack app to let it.".to_owned(),
                    },
                )
            }
            "restricted_action" | "restricted_action_read_only_channel" | "ekm_access_denied" => {
                Problem::new(
                    Code::Forbidden,
                    format!("A setting of the workspace forbids the bot to {doing}."),
                    "Nothing was changed.",
                    "Ask an administrator of the workspace.",
                )
            }
            "is_archived" => refused(
                format!("{channel} is archived."),
                "Unarchive it in Slack, or change slack.channel in the team file.",
            ),
            "message_not_found" | "thread_not_found" => Problem::new(
                Code::Changed,
                format!("The message in {channel} is gone."),
                "Nothing was changed.",
                "Post it anew.",
            ),
            "cant_update_message" | "edit_window_closed" => refused(
                format!("The message in {channel} cannot be changed any more."),
                "Post what is new into its thread.",
            ),
            "msg_too_long" | "metadata_too_large" | "no_text" | "invalid_metadata_format" => {
                refused(
                    "Slack does not take this message.".to_owned(),
                    "Make it shorter, or copy it and post it yourself.",
                )
            }
            "service_unavailable" | "team_added_to_org" | "request_timeout" => {
                outcome::no_answer(SLACK, &raw)
            }
            _ => refused(
                format!("Slack refuses to {doing}."),
                "Read Slack’s own word in the details, or copy the message and post it yourself.",
            ),
        }
        .with_raw(&raw)
    }
}

fn refused(what: String, remedy: &str) -> Problem {
    Problem::new(Code::Refused, what, "Nothing was changed.", remedy)
}

/// Which of the wrongs it is (<https://docs.slack.dev/reference/methods/auth.test>, "Errors").
fn sign_in(error: &str, raw: &str) -> Problem {
    let (what, remedy) = match error {
        "token_revoked" => (
            "This Slack token was revoked.",
            "Install the Slack app again, then sign in with its new bot token.",
        ),
        "token_expired" => (
            "This Slack token has expired.",
            "Sign in with the newest bot token of the Slack app.",
        ),
        "account_inactive" | "user_removed_from_team" => (
            "The bot behind this token was removed from the workspace.",
            "Ask an administrator of the workspace to install the Slack app again.",
        ),
        "team_disabled" => (
            "This Slack workspace is closed.",
            "Sign in with a bot of the workspace that the team uses.",
        ),
        _ => (
            "Slack does not know this token.",
            "Copy the whole bot token again; it begins with xoxb-.",
        ),
    };
    outcome::signed_out_as(SLACK, what, remedy, raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(error: &str) -> SlackError {
        SlackError::said(error.to_owned(), Some("chat:write".to_owned()), Some(9))
    }

    #[test]
    fn says_what_to_do_about_each_error() {
        let names = Names {
            bot: Some("slipway".into()),
            channel: Some(("production-deployment".into(), "C1".into())),
        };
        for (error, code, remedy) in [
            (
                "channel_not_found",
                Code::NotInChannel,
                "In #production-deployment, type /invite @slipway",
            ),
            ("missing_scope", Code::Forbidden, "chat:write"),
            (
                "token_revoked",
                Code::SignedOut,
                "Install the Slack app again",
            ),
            ("ratelimited", Code::Throttled, "Wait 9 seconds."),
            ("message_not_found", Code::Changed, "Post it anew."),
            ("brand_new_error", Code::Refused, "copy the message"),
        ] {
            let problem = said(error).problem("post", None, &names);
            assert_eq!(problem.code, code, "{error}");
            assert!(
                problem.remedy.contains(remedy),
                "{error}: {}",
                problem.remedy
            );
        }
    }

    #[test]
    fn takes_only_slacks_word_for_nothing_having_happened() {
        assert_eq!(said("channel_not_found").effect(), Effect::None);
        assert_eq!(said("fatal_error").effect(), Effect::Possible);
        assert_eq!(
            SlackError::Broken("status 502".into()).effect(),
            Effect::Possible
        );
    }
}
