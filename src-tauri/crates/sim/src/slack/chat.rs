use serde_json::{Value, json};

use super::{Answer, Arguments, Refusal, channels, limits};
use crate::world::{Channel, Message, World};

pub(super) fn post_message(world: &mut World, arguments: &Arguments) -> Answer {
    require_membership(world, arguments)?;
    let text = arguments.text("text").unwrap_or_default().to_owned();
    limits::check_text(&text)?;
    let blocks = limits::check_blocks(arguments.structure("blocks"))?;
    let metadata = limits::check_metadata(arguments.structure("metadata"))?;
    if text.is_empty() && is_empty(blocks.as_ref()) {
        return Err("no_text".into());
    }
    // A reply's own ts is taken for its thread's, as Slack does; a ts that nothing has is not.
    let thread_ts = match arguments.text("thread_ts") {
        None => None,
        Some(ts) => {
            let parent = world
                .channel
                .message(ts)
                .ok_or(Refusal::from("thread_not_found"))?;
            Some(
                parent
                    .thread_ts
                    .clone()
                    .unwrap_or_else(|| parent.ts.clone()),
            )
        }
    };
    let ts = world.post(Message {
        ts: String::new(),
        text,
        blocks,
        metadata,
        reply_broadcast: thread_ts.is_some() && arguments.flag("reply_broadcast"),
        thread_ts,
        by_webhook: false,
        edited_ts: None,
    });
    let message = world
        .channel
        .message(&ts)
        .map_or(Value::Null, |it| channels::message(world, it, true));
    Ok(json!({"channel": Channel::ID, "ts": ts, "message": message}))
}

pub(super) fn update(world: &mut World, arguments: &Arguments) -> Answer {
    require_membership(world, arguments)?;
    let ts = arguments
        .text("ts")
        .ok_or(Refusal::from("message_not_found"))?
        .to_owned();
    let text = arguments.text("text").map(str::to_owned);
    limits::check_text(text.as_deref().unwrap_or_default())?;
    let blocks = limits::check_blocks(arguments.structure("blocks"))?;
    let metadata = limits::check_metadata(arguments.structure("metadata"))?;
    if text.is_none() && blocks.is_none() {
        return Err("no_text".into());
    }
    let edited_ts = world.channel.next_ts(world.now);
    let Some(message) = world.channel.messages.iter_mut().find(|it| it.ts == ts) else {
        return Err("message_not_found".into());
    };
    if message.by_webhook {
        return Err("cant_update_message".into());
    }
    // Blocks stay only where neither they nor a text are given
    // (<https://docs.slack.dev/reference/methods/chat.update>).
    if text.is_some() || blocks.is_some() {
        message.blocks = blocks.filter(|it| !is_empty(Some(it)));
    }
    if let Some(text) = text {
        message.text = text;
    }
    if metadata.is_some() {
        message.metadata = metadata;
    }
    message.edited_ts = Some(edited_ts);
    let message = message.clone();
    let mut shown = channels::message(world, &message, true);
    let elsewhere = ["ts", "thread_ts", "subtype", "reply_count", "latest_reply"];
    channels::without(&mut shown, &elsewhere);
    Ok(json!({"channel": Channel::ID, "ts": ts, "text": message.text, "message": shown}))
}

pub(super) fn get_permalink(world: &mut World, arguments: &Arguments) -> Answer {
    channels::find(world, arguments)?;
    let ts = arguments
        .text("message_ts")
        .and_then(|ts| world.channel.message(ts));
    let ts = ts
        .map(|message| message.ts.replace('.', ""))
        .ok_or(Refusal::from("message_not_found"))?;
    let permalink = format!("{}/archives/{}/p{ts}", world.slack_url(), Channel::ID);
    Ok(json!({"channel": Channel::ID, "permalink": permalink}))
}

fn require_membership(world: &World, arguments: &Arguments) -> Result<(), Refusal> {
    channels::find_own(world, arguments)?;
    if world.channel.is_archived {
        Err("is_archived".into())
    } else {
        Ok(())
    }
}

fn is_empty(blocks: Option<&Value>) -> bool {
    blocks.and_then(Value::as_array).is_none_or(Vec::is_empty)
}
