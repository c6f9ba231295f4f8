//! The clock, the credentials, the channel, the story and what goes wrong on the wire.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Done, Mistake, read};
use crate::recording::Recording;
use crate::stage::Stage;
use crate::world::{Access, GithubToken, World};
use crate::{Fault, Pace, Service, request::Request};

#[derive(Debug, Deserialize)]
struct Advance {
    seconds: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Record {
    keep: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct Credentials {
    service: Service,
    #[serde(rename = "as")]
    word: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Permissions {
    denied: BTreeSet<String>,
    #[serde(default)]
    masked: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct SingleSignOn {
    required: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Scopes {
    scopes: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Home {
    account: Option<String>,
    region: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SetChannel {
    member: Option<bool>,
    archived: Option<bool>,
    public: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetStory {
    etl_pulls: Option<u32>,
    #[serde(default)]
    pace: serde_json::Map<String, Value>,
}

const MOST_PULLS: u32 = 1_000;

pub(super) fn advance(stage: &Stage, request: &Request) -> Done {
    let order: Advance = read(request)?;
    let by = SignedDuration::try_from_secs_f64(order.seconds)
        .ok()
        .filter(|it| !it.is_negative());
    stage.advance(by.ok_or_else(|| Mistake::of(422, "the clock only goes forward"))?);
    stage.with(|inner| (Ok(json!({"now": inner.world.now})), false))
}

pub(super) fn faults(stage: &Stage, request: &Request) -> Done {
    match request.method.as_str() {
        "GET" => stage.with(|inner| {
            (
                Ok(json!({"faults": inner.faults.ordered(), "held": stage.held().now()})),
                false,
            )
        }),
        "POST" => {
            let fault: Fault = read(request)?;
            if fault.times == 0 {
                return Err(Mistake::of(422, "a fault happens at least once"));
            }
            stage.with(|inner| (inner.faults.order(fault), false));
            Ok(json!({}))
        }
        "DELETE" => {
            stage.with(|inner| (inner.faults.clear(), false));
            stage.held().release();
            Ok(json!({}))
        }
        _ => Err(Mistake::of(404, "there is no such route")),
    }
}

pub(super) fn record(recording: &mut Recording, Record { keep }: Record) -> Done {
    *recording = Recording::of(keep);
    Ok(json!({}))
}

pub(super) fn expire(world: &mut World, order: Credentials) -> Done {
    let words = Access::words(order.service);
    match order.word {
        Some(word) if !words.contains(&word.as_str()) => {
            let words = words.join(", ");
            return Err(Mistake::of(422, format!("it says one of {words}")));
        }
        Some(word) => world.access.refused_as.insert(order.service, word),
        None => world.access.refused_as.remove(&order.service),
    };
    world.expired.insert(order.service);
    Ok(json!({}))
}

pub(super) fn restore(world: &mut World, order: Credentials) -> Done {
    world.expired.remove(&order.service);
    Ok(json!({}))
}

pub(super) fn deny(world: &mut World, order: Permissions) -> Done {
    world.denied = order.denied;
    world.access.masked = order.masked;
    Ok(json!({}))
}

pub(super) fn want_single_sign_on(world: &mut World, order: SingleSignOn) -> Done {
    world.access.single_sign_on = order.required;
    Ok(json!({}))
}

pub(super) fn set_github_token(world: &mut World, order: GithubToken) -> Done {
    world.access.github_token = order;
    Ok(json!({}))
}

pub(super) fn set_slack_scopes(world: &mut World, order: Scopes) -> Done {
    world.access.slack_scopes = order.scopes;
    Ok(json!({}))
}

pub(super) fn set_aws_home(world: &mut World, order: Home) -> Done {
    world.access.aws_account = order.account;
    world.access.aws_region = order.region;
    Ok(json!({}))
}

pub(super) fn set_channel(world: &mut World, order: SetChannel) -> Done {
    let channel = &mut world.channel;
    channel.bot_is_member = order.member.unwrap_or(channel.bot_is_member);
    channel.is_archived = order.archived.unwrap_or(channel.is_archived);
    channel.is_public = order.public.unwrap_or(channel.is_public);
    Ok(json!({}))
}

pub(super) fn delete_message(world: &mut World, ts: &str) -> Done {
    let before = world.channel.messages.len();
    world.channel.messages.retain(|message| message.ts != ts);
    if world.channel.messages.len() == before {
        return Err(Mistake::of(404, "there is no such message"));
    }
    Ok(json!({}))
}

pub(super) fn set_story(world: &mut World, order: SetStory) -> Done {
    let mut pace = json!(world.pace);
    if let Some(pace) = pace.as_object_mut() {
        pace.extend(order.pace);
    }
    world.pace = serde_json::from_value::<Pace>(pace)
        .map_err(|error| Mistake::of(422, error.to_string()))?;
    if let Some(etl_pulls) = order.etl_pulls {
        world.story.etl_pulls = etl_pulls.min(MOST_PULLS);
    }
    Ok(json!({}))
}
