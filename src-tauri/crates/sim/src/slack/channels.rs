use serde_json::{Value, json};

use super::{Answer, Arguments, Refusal};
use crate::world::{Channel, DANA, Message, PEOPLE, World};

pub(super) fn list(world: &mut World, arguments: &Arguments) -> Answer {
    // A private channel is listed only where it is asked for, and only to members.
    let types = arguments.text("types").unwrap_or("public_channel");
    let ours = match world.channel.is_public {
        true => "public_channel",
        false => "private_channel",
    };
    let listed = (world.channel.bot_is_member || world.channel.is_public)
        && types.split(',').any(|kind| kind.trim() == ours)
        && !(world.channel.is_archived && arguments.flag("exclude_archived"));
    let channels: Vec<Value> = listed.then(|| channel(world)).into_iter().collect();
    Ok(json!({"channels": channels, "response_metadata": {"next_cursor": ""}}))
}

/// Each kind of conversation takes a scope of its own
/// (<https://docs.slack.dev/reference/methods/conversations.list>).
pub(super) fn scopes_for(arguments: &Arguments) -> Vec<&'static str> {
    let types = arguments.text("types").unwrap_or("public_channel");
    let scopes = types.split(',').filter_map(|kind| match kind.trim() {
        "public_channel" => Some("channels:read"),
        "private_channel" => Some("groups:read"),
        "mpim" => Some("mpim:read"),
        "im" => Some("im:read"),
        _ => None,
    });
    scopes.collect()
}

/// As [`list`], with less about each: that the bot is a member of its own channels goes without saying.
pub(super) fn own(world: &mut World, arguments: &Arguments) -> Answer {
    let mut body = list(world, arguments)?;
    if !world.channel.bot_is_member {
        body["channels"] = json!([]);
    }
    for channel in body["channels"].as_array_mut().into_iter().flatten() {
        without(channel, &["is_member", "num_members"]);
    }
    Ok(body)
}

pub(super) fn info(world: &mut World, arguments: &Arguments) -> Answer {
    find(world, arguments)?;
    Ok(json!({"channel": channel(world)}))
}

pub(super) fn history(world: &mut World, arguments: &Arguments) -> Answer {
    find_own(world, arguments)?;
    let shown = world
        .channel
        .messages
        .iter()
        .rev()
        .filter(|it| it.thread_ts.is_none() || it.reply_broadcast);
    let mut body = page(world, arguments, shown.collect());
    body["pin_count"] = json!(0);
    Ok(body)
}

pub(super) fn replies(world: &mut World, arguments: &Arguments) -> Answer {
    find_own(world, arguments)?;
    let ts = arguments
        .text("ts")
        .ok_or(Refusal::from("thread_not_found"))?;
    let parent = world
        .channel
        .message(ts)
        .ok_or(Refusal::from("thread_not_found"))?;
    let thread = world.channel.messages.iter();
    let thread = thread.filter(|it| it.ts == parent.ts || it.thread_ts.as_deref() == Some(ts));
    let mut body = page(world, arguments, thread.collect());
    for message in body["messages"].as_array_mut().into_iter().flatten() {
        without(message, &["subtype"]);
    }
    Ok(body)
}

/// The channel that the arguments name. To who is not a member of a private one, it does not exist.
pub(super) fn find(world: &World, arguments: &Arguments) -> Result<(), Refusal> {
    let name = arguments
        .text("channel")
        .ok_or(Refusal::from("channel_not_found"))?;
    let named = name == Channel::ID || name.trim_start_matches('#') == Channel::NAME;
    if named && (world.channel.bot_is_member || world.channel.is_public) {
        Ok(())
    } else {
        Err("channel_not_found".into())
    }
}

/// The same, and the bot is in it.
pub(super) fn find_own(world: &World, arguments: &Arguments) -> Result<(), Refusal> {
    find(world, arguments)?;
    match world.channel.bot_is_member {
        true => Ok(()),
        false => Err("not_in_channel".into()),
    }
}

pub(super) fn message(world: &World, message: &Message, with_metadata: bool) -> Value {
    let replies: Vec<&Message> = world
        .channel
        .messages
        .iter()
        .filter(|it| it.thread_ts.as_ref() == Some(&message.ts))
        .collect();
    let mut shown = json!({
        "type": "message", "ts": message.ts, "text": message.text, "bot_id": Channel::BOT_ID,
        "app_id": Channel::APP_ID, "team": Channel::TEAM_ID,
    });
    if message.by_webhook {
        shown["subtype"] = json!("bot_message");
    } else {
        shown["user"] = json!(Channel::BOT_USER_ID);
        shown["bot_profile"] = json!({"id": Channel::BOT_ID, "app_id": Channel::APP_ID, "name": "Slipway",
            "deleted": false, "team_id": Channel::TEAM_ID});
    }
    if let Some(blocks) = &message.blocks {
        shown["blocks"] = blocks.clone();
    }
    if let Some(metadata) = message.metadata.as_ref().filter(|_| with_metadata) {
        shown["metadata"] = metadata.clone();
    }
    if let Some(edited) = &message.edited_ts {
        shown["edited"] = json!({"user": Channel::BOT_ID, "ts": edited});
    }
    if let Some(thread) = &message.thread_ts {
        shown["thread_ts"] = json!(thread);
    }
    if message.reply_broadcast {
        shown["subtype"] = json!("thread_broadcast");
    }
    if let Some(last) = replies.last() {
        shown["thread_ts"] = json!(message.ts);
        shown["reply_count"] = json!(replies.len());
        shown["latest_reply"] = json!(last.ts);
    }
    shown
}

/// Drops what a method does not show.
pub(super) fn without(shown: &mut Value, members: &[&str]) {
    if let Some(shown) = shown.as_object_mut() {
        shown.retain(|name, _| !members.contains(&name.as_str()));
    }
}

fn channel(world: &World) -> Value {
    let (created, public) = (world.pipeline.created.as_second(), world.channel.is_public);
    json!({
        "id": Channel::ID, "name": Channel::NAME, "name_normalized": Channel::NAME, "is_channel": public,
        "is_group": !public, "is_im": false, "is_mpim": false, "is_private": !public, "is_archived": world.channel.is_archived,
        "is_member": world.channel.bot_is_member, "is_general": false, "created": created,
        "creator": DANA.slack_id, "context_team_id": Channel::TEAM_ID,
        "topic": {"value": "Tuesdays at 7 pm Pacific", "creator": DANA.slack_id, "last_set": created},
        "purpose": {"value": "Deploys to production", "creator": DANA.slack_id, "last_set": created},
        "num_members": PEOPLE.len() + usize::from(world.channel.bot_is_member),
    })
}

/// Cuts a list of messages by `oldest`, `latest`, `limit` and `cursor`.
fn page(world: &World, arguments: &Arguments, messages: Vec<&Message>) -> Value {
    let limit = arguments.number("limit").map_or(100, |it| it.clamp(1, 999)) as usize;
    let start = arguments
        .text("cursor")
        .and_then(|it| it.strip_prefix("sim:")?.parse().ok())
        .unwrap_or(0);
    let (oldest, latest) = (arguments.text("oldest"), arguments.text("latest"));
    let inclusive = arguments.flag("inclusive");
    let wanted: Vec<&Message> = messages
        .into_iter()
        .filter(|it| {
            oldest.is_none_or(|oldest| it.ts.as_str() > oldest || inclusive && it.ts == oldest)
        })
        .filter(|it| {
            latest.is_none_or(|latest| it.ts.as_str() < latest || inclusive && it.ts == latest)
        })
        .collect();
    let with_metadata = arguments.flag("include_all_metadata");
    let here: Vec<Value> = wanted
        .iter()
        .skip(start)
        .take(limit)
        .map(|it| message(world, it, with_metadata))
        .collect();
    let end = start.saturating_add(here.len());
    let more = end < wanted.len();
    let cursor = if more {
        format!("sim:{end}")
    } else {
        String::new()
    };
    json!({"messages": here, "has_more": more, "response_metadata": {"next_cursor": cursor}})
}
