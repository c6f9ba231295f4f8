//! Our message in the channel, found by its metadata ("Using message metadata").

use serde::Deserialize;
use slipway_core::facts::{Channel, Message};
use slipway_core::ids::{MessageTs, ReleaseId};
use slipway_core::problem::Problem;
use slipway_core::text::cut;
use slipway_core::time::At;

use super::api::{Api, More};
use super::error::SlackError;
use super::{CHANGE_EVENT, RELEASE_EVENT, RESULT_EVENT};

const PAGES: usize = 100;
/// Slack's own limit for a message.
const LONGEST: usize = 40_000;

#[derive(Deserialize)]
struct MessagesJson {
    #[serde(default)]
    messages: Vec<MessageJson>,
    #[serde(default)]
    response_metadata: More,
}

#[derive(Deserialize)]
struct MessageJson {
    ts: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    reply_count: u32,
    metadata: Option<MetadataJson>,
}

#[derive(Deserialize)]
struct MetadataJson {
    #[serde(default)]
    event_type: String,
    #[serde(default)]
    event_payload: serde_json::Value,
}

#[derive(Deserialize)]
struct PermalinkJson {
    permalink: String,
}

impl MessageJson {
    fn is(&self, event: &str, release: &ReleaseId) -> bool {
        self.metadata.as_ref().is_some_and(|metadata| {
            metadata.event_type == event
                && metadata
                    .event_payload
                    .get("release")
                    .and_then(serde_json::Value::as_str)
                    == Some(release.as_str())
        })
    }

    /// The change of that release that it tells.
    fn change_of(&self, release: &ReleaseId) -> Option<String> {
        let metadata = self.metadata.as_ref()?;
        let change = metadata.event_payload.get("change")?.as_str()?;
        self.is(CHANGE_EVENT, release).then(|| cut(change, 1000))
    }
}

pub(super) async fn read(
    api: &Api,
    channel: &Channel,
    release: &ReleaseId,
    since: At,
) -> Result<Option<Message>, Problem> {
    find(api, channel, release, since)
        .await
        .map_err(|error| error.problem("read the channel", Some(&channel.id), &api.names()))
}

async fn find(
    api: &Api,
    channel: &Channel,
    release: &ReleaseId,
    since: At,
) -> Result<Option<Message>, SlackError> {
    let id = channel.id.as_str();
    let oldest = format!(
        "{}.{:03}000",
        since.0.div_euclid(1000),
        since.0.rem_euclid(1000)
    );
    let newest_first = messages(
        api,
        "conversations.history",
        &[("channel", id), ("oldest", &oldest)],
    )
    .await?;
    let Some(found) = newest_first
        .into_iter()
        .rev()
        .find(|message| message.is(RELEASE_EVENT, release))
    else {
        return Ok(None);
    };
    let thread = if found.reply_count > 0 {
        let about = [("channel", id), ("ts", &found.ts)];
        messages(api, "conversations.replies", &about).await?
    } else {
        Vec::new()
    };
    let permalink = api
        .read(
            "chat.getPermalink",
            &[("channel", id), ("message_ts", &found.ts)],
        )
        .await;
    Ok(Some(Message {
        channel: channel.id.clone(),
        text: cut(&found.text, LONGEST),
        permalink: permalink
            .ok()
            .map(|it: PermalinkJson| cut(&it.permalink, 500)),
        result_posted: thread.iter().any(|reply| reply.is(RESULT_EVENT, release)),
        told: thread
            .iter()
            .filter_map(|reply| reply.change_of(release))
            .collect(),
        ts: MessageTs(found.ts),
    }))
}

async fn messages(
    api: &Api,
    method: &str,
    about: &[(&str, &str)],
) -> Result<Vec<MessageJson>, SlackError> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    for _ in 0..PAGES {
        let mut arguments = about.to_vec();
        arguments.extend([
            ("include_all_metadata", "true"),
            ("limit", "200"),
            ("cursor", &cursor),
        ]);
        let page: MessagesJson = api.read(method, &arguments).await?;
        found.extend(page.messages);
        cursor = page.response_metadata.next_cursor;
        if cursor.is_empty() {
            return Ok(found);
        }
    }
    Err(SlackError::Broken(format!(
        "more than {PAGES} pages of messages"
    )))
}
