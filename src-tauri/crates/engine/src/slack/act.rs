//! The writes of a bot (`chat.postMessage`, `chat.update`). Names and links in a message stay text: nothing is
//! looked up in it, and nobody is called by it.

use serde::{Deserialize, Serialize};
use slipway_core::action::{Action, Outcome};
use slipway_core::ids::{ChannelId, MessageTs, ReleaseId};

use super::api::Api;
use super::error::SlackError;
use super::{CHANGE_EVENT, RELEASE_EVENT, RESULT_EVENT, SLACK};
use crate::outcome::{self, Effect};

#[derive(Serialize)]
struct MessageJson<'a> {
    channel: &'a ChannelId,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ts: Option<&'a MessageTs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_ts: Option<&'a MessageTs>,
    /// Only a reply has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_broadcast: Option<bool>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    shown: Option<ShownJson>,
    link_names: bool,
    parse: &'static str,
    metadata: MetadataJson<'a>,
}

/// How a message is shown; `chat.update` knows none of it.
#[derive(Serialize)]
struct ShownJson {
    mrkdwn: bool,
    unfurl_links: bool,
    unfurl_media: bool,
}

#[derive(Serialize)]
struct MetadataJson<'a> {
    event_type: &'static str,
    event_payload: PayloadJson<'a>,
}

#[derive(Serialize)]
struct PayloadJson<'a> {
    release: &'a ReleaseId,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'a str>,
}

#[derive(Deserialize)]
struct PostedJson {
    #[serde(rename = "ts")]
    _ts: String,
}

pub(super) async fn send(api: &Api, release: &ReleaseId, action: &Action) -> Outcome {
    let message = |channel, text, event_type| MessageJson {
        channel,
        text,
        ts: None,
        thread_ts: None,
        reply_broadcast: None,
        shown: Some(ShownJson {
            mrkdwn: true,
            unfurl_links: false,
            unfurl_media: false,
        }),
        link_names: false,
        parse: "none",
        metadata: MetadataJson {
            event_type,
            event_payload: PayloadJson {
                release,
                change: None,
            },
        },
    };
    let (method, doing, message) = match action {
        Action::PostAnnouncement { channel, text } => (
            "chat.postMessage",
            "post the announcement",
            message(channel, text, RELEASE_EVENT),
        ),
        Action::UpdateAnnouncement { channel, ts, text } => {
            let message = MessageJson {
                ts: Some(ts),
                shown: None,
                ..message(channel, text, RELEASE_EVENT)
            };
            ("chat.update", "change the announcement", message)
        }
        Action::PostResult {
            channel,
            thread,
            text,
            broadcast,
            ..
        } => {
            let message = MessageJson {
                thread_ts: Some(thread),
                reply_broadcast: broadcast.then_some(true),
                ..message(channel, text, RESULT_EVENT)
            };
            ("chat.postMessage", "post the result", message)
        }
        Action::TellChange {
            channel,
            thread,
            change,
            text,
            broadcast,
        } => {
            let mut message = MessageJson {
                thread_ts: Some(thread),
                reply_broadcast: broadcast.then_some(true),
                ..message(channel, text, CHANGE_EVENT)
            };
            message.metadata.event_payload.change = Some(change);
            ("chat.postMessage", "tell the team what changed", message)
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
    let sent: Result<PostedJson, SlackError> = api.write(method, &message).await;
    match sent {
        Ok(_) => Outcome::Done,
        Err(error) => {
            tracing::debug!(method, %error, "{SLACK}: a write failed");
            let problem = match error.effect() {
                Effect::Possible => outcome::lost(SLACK, doing, &error.to_string()),
                Effect::None => error.problem(doing, Some(message.channel), &api.names()),
            };
            outcome::failed(error.effect(), problem)
        }
    }
}
