use serde_json::Value;

use super::limits;
use crate::world::{Message, World};
use crate::{Service, reply::Reply, request::Request};

pub(super) fn is_for(request: &Request) -> bool {
    request.path.starts_with("/services/")
}

pub(super) fn answer(world: &mut World, request: &Request) -> Reply {
    if world.expired.contains(&Service::Slack)
        && world.access.word(Service::Slack) == "invalid_token"
    {
        return text(403, "invalid_token");
    }
    let accepted = &world.credentials.slack_webhook_path;
    if request.path != *accepted || world.expired.contains(&Service::Slack) {
        return text(404, "no_service");
    }
    if world.channel.is_archived {
        return text(410, "channel_is_archived");
    }
    let form = request
        .form()
        .into_iter()
        .find(|(key, _)| key == "payload")
        .map(|(_, value)| value);
    let payload = match form {
        Some(payload) => serde_json::from_str(&payload).ok(),
        None => request.json(),
    };
    let Some(Value::Object(payload)) = payload else {
        return text(400, "invalid_payload");
    };
    let words = payload
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let blocks = match limits::check_blocks(payload.get("blocks").cloned().map(Some)) {
        Ok(blocks) => blocks,
        Err(refusal) => return text(400, refusal.error),
    };
    if words.is_empty() && blocks.is_none() {
        return text(400, "no_text");
    }
    world.post(Message {
        ts: String::new(),
        text: words,
        blocks,
        metadata: None,
        thread_ts: payload
            .get("thread_ts")
            .and_then(Value::as_str)
            .map(str::to_owned),
        reply_broadcast: false,
        by_webhook: true,
        edited_ts: None,
    });
    text(200, "ok").effect()
}

fn text(status: u16, body: &str) -> Reply {
    Reply::typed(status, "text/html", body.to_owned())
}
