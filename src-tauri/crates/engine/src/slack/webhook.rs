//! An incoming webhook ("Sending messages using incoming webhooks"): a secret address for one channel, chosen when it
//! was made. It answers `ok` or one word, and gives nothing to find the message by.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{Channel, Workspace};
use slipway_core::ids::ChannelId;
use slipway_core::problem::{Code, Problem};
use slipway_core::team::Team;
use slipway_core::text::line;

use super::SLACK;
use super::api::{Names, receive};
use super::error::SlackError;
use crate::endpoints::{Door, Endpoints};
use crate::outcome::{self, Effect, Pause};

/// Where Slack's own webhooks are.
const HOSTS: [&str; 2] = ["https://hooks.slack.com", "https://hooks.slack-gov.com"];

/// One webhook.
pub(super) struct Webhook {
    http: reqwest::Client,
    address: SecretString,
    pub(super) pause: Pause,
}

impl Webhook {
    /// A webhook is taken only where Slack has them, or where the settings say that Slack is.
    pub(super) fn open(slack: &Door, address: &SecretString) -> Result<Self, Problem> {
        let door = Door::to(SLACK, address.expose_secret().trim())?;
        if !is_webhook_of(slack, &door) {
            return Err(Problem::new(
                Code::Input,
                "The webhook's address is not Slack's.",
                "Nothing is sent to it.",
                "Copy the webhook URL again; it begins with https://hooks.slack.com/services/.",
            ));
        }
        let address = SecretString::from(address.expose_secret().trim());
        Ok(Self {
            http: door.client()?,
            address,
            pause: Pause::default(),
        })
    }

    /// Whether it works. What is sent has no words, so nothing is posted.
    pub(super) async fn check(&self) -> Result<(), Problem> {
        let answer = receive(
            self.http
                .post(self.address.expose_secret())
                .json(&json!({})),
        )
        .await;
        let error = match answer.map(|it| read(it.status, it.retry_after, &it.body)) {
            Ok(None) => return Ok(()),
            Ok(Some(error)) | Err(error) => error,
        };
        tracing::debug!(%error, "{SLACK}: the webhook was asked");
        match error.to_string().as_str() {
            // <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>
            "no_text" | "invalid_payload" | "missing_text_or_fallback_or_attachments" => Ok(()),
            _ => Err(match error.effect() {
                Effect::Possible => outcome::no_answer(SLACK, &error.to_string()),
                Effect::None => words(&error, "post"),
            }),
        }
    }

    pub(super) async fn send(&self, action: &Action) -> Outcome {
        let (doing, text) = match action {
            Action::PostAnnouncement { text, .. } => ("post the announcement", text),
            Action::PostResult { text, .. } => ("post the result", text),
            Action::UpdateAnnouncement { .. } => {
                return Outcome::NotDone {
                    problem: cannot_change(),
                };
            }
            Action::TellChange { .. } => {
                return Outcome::NotDone {
                    problem: cannot_reply(),
                };
            }
            Action::CreateBranch { .. }
            | Action::MergePull { .. }
            | Action::OpenReleasePull { .. }
            | Action::MergeRelease { .. }
            | Action::AnswerApproval { .. }
            | Action::RetryStage { .. }
            | Action::StopExecution { .. }
            | Action::StartExecution { .. }
            | Action::RollBack { .. }
            | Action::EnableTransition { .. } => return outcome::not_ours(SLACK),
        };
        let body = json!({
            "text": text, "unfurl_links": false, "unfurl_media": false, "link_names": false,
        });
        let answer = receive(self.http.post(self.address.expose_secret()).json(&body)).await;
        let error = match answer.map(|it| read(it.status, it.retry_after, &it.body)) {
            Ok(None) => return Outcome::Done,
            Ok(Some(error)) | Err(error) => error,
        };
        tracing::debug!(%error, "{SLACK}: the webhook failed");
        if let SlackError::Throttled { wait } = &error {
            self.pause.wish(*wait);
        }
        let problem = match error.effect() {
            Effect::Possible => outcome::lost(SLACK, doing, &error.to_string()),
            Effect::None => words(&error, doing),
        };
        outcome::failed(error.effect(), problem)
    }
}

/// Whether a webhook at that door is one of this Slack: Slack has its own at a host of their own.
pub(crate) fn is_webhook_of(slack: &Door, webhook: &Door) -> bool {
    if slack.base() != Endpoints::default().slack_api {
        return slack.same_origin(webhook);
    }
    HOSTS
        .iter()
        .any(|host| Door::to(SLACK, host).is_ok_and(|host| host.same_origin(webhook)))
}

/// What the settings say of the channel; the webhook itself tells nothing.
pub(super) fn workspace(team: &Team) -> Workspace {
    Workspace {
        team: SLACK.to_owned(),
        bot: "webhook".to_owned(),
        channel: Some(Channel {
            id: ChannelId(Channel::OF_A_WEBHOOK.to_owned()),
            name: line(&team.channel, 80),
            private: true,
            members: None,
        }),
        archived: false,
        reads_back: false,
    }
}

pub(super) fn cannot_read_back() -> Problem {
    Problem::new(
        Code::Refused,
        "A webhook cannot read the channel.",
        "Slipway cannot tell whether the message is there.",
        "Look in the channel, or sign in with a bot token.",
    )
}

fn cannot_change() -> Problem {
    Problem::new(
        Code::NotOffered,
        "A webhook cannot change a message.",
        "The message stays as it was posted.",
        "Post what is new, or sign in with a bot token.",
    )
}

fn cannot_reply() -> Problem {
    Problem::new(
        Code::NotOffered,
        "A webhook cannot reply in a thread.",
        "Nothing was posted.",
        "Tell the team yourself, or sign in with a bot token.",
    )
}

/// A refusal is one short word; anything else did not come from Slack.
fn read(status: reqwest::StatusCode, retry_after: Option<u64>, body: &[u8]) -> Option<SlackError> {
    let word = std::str::from_utf8(body).unwrap_or_default().trim();
    let is_word = !word.is_empty()
        && word.len() < 80
        && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    match status {
        status if status.is_success() && word == "ok" => None,
        status if status.is_client_error() && is_word => {
            Some(SlackError::said(word.to_owned(), None, retry_after))
        }
        reqwest::StatusCode::OK => Some(SlackError::Broken(line(word, 200))),
        status => SlackError::of_status(status, retry_after, body),
    }
}

/// Posting is all that a webhook is for.
fn unusable(what: &str, remedy: &str, raw: &str) -> Problem {
    Problem::new(
        Code::SignedOut,
        what,
        "Slipway cannot tell your team anything; nothing was posted.",
        remedy,
    )
    .with_raw(raw)
}

fn words(error: &SlackError, doing: &str) -> Problem {
    let raw = error.to_string();
    match raw.as_str() {
        "no_service" | "no_service_id" | "channel_not_found" => unusable(
            "This Slack webhook was revoked.",
            "Make a new webhook in Slack and sign in with its address.",
            &raw,
        ),
        "invalid_token" | "no_team" | "team_disabled" => unusable(
            "Slack does not know this webhook's address.",
            "Copy the webhook's whole address again.",
            &raw,
        ),
        "channel_is_archived" => Problem::new(
            Code::Refused,
            "The webhook's channel is archived.",
            "Nothing was posted.",
            "Make a webhook for another channel.",
        )
        .with_raw(&raw),
        "action_prohibited" | "posting_to_general_channel_denied" => Problem::new(
            Code::Forbidden,
            "A setting of the workspace forbids the webhook to post.",
            "Nothing was posted.",
            "Ask an administrator of the workspace.",
        )
        .with_raw(&raw),
        _ => error.problem(doing, None, &Names::default()),
    }
}
