use serde_json::{Value, json};

use super::{Answer, Fault, Input, Operation, Output, codebuild::LOG_GROUP};
use crate::world::{Build, LogEvent, PhaseKind, Pipeline, World};

const MOST_EVENTS: u64 = 10_000;

pub(super) fn find(name: &str) -> Option<Operation> {
    (name == "GetLogEvents").then_some(get_log_events)
}

/// A page is cut off before it would get larger, in bytes of messages.
const LARGEST_PAGE: usize = 1024 * 1024;

/// Tokens name a place in the stream: `f/12/0` goes on from the 12th event, `b/12/0` goes back from it; `g/12/0` is
/// `f/12/0` after a page without an event. The last number is their age.
fn get_log_events(world: &mut World, input: &Input) -> Answer {
    let build = build_of(world, input)?;
    let limit = input
        .at("limit")
        .and_then(Value::as_u64)
        .unwrap_or(MOST_EVENTS);
    if !(1..=MOST_EVENTS).contains(&limit) {
        let wanted = "Member must have value between 1 and 10000";
        return Err(Fault::new(
            "InvalidParameterException",
            format!("limit: {wanted}"),
        ));
    }
    let (limit, all) = (limit as usize, build.logged());
    let from_head = input
        .at("startFromHead")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let age = build.token_age;
    let (forwards, place, after_gap) = match input.text("nextToken") {
        Some(token) => match place_of(token, age) {
            Some(("f", place)) => (true, place, false),
            Some(("g", place)) => (true, place, true),
            Some(("b", place)) => (false, place, false),
            _ => {
                let message = "The specified nextToken is invalid.";
                return Err(Fault::new("InvalidParameterException", message));
            }
        },
        None if from_head => (true, 0, false),
        None => (false, all, false),
    };
    let place = place.min(all);
    if build.gaps && forwards && !after_gap && place > 0 && place < all {
        let token = |kind: &str| format!("{kind}/{place}/{age}");
        return Ok(page(Vec::new(), &token("g"), &token("b")));
    }
    let (start, events) = take(build, (forwards, place), limit);
    let (since, until) = (time_of(input, "startTime"), time_of(input, "endTime"));
    let end = start + events.len();
    let here = events
        .into_iter()
        .map(|event| (event.at.as_millisecond(), event.message))
        .filter(|(at, _)| since.is_none_or(|since| *at >= since) && until.is_none_or(|until| *at < until))
        .map(|(at, message)| json!({"timestamp": at, "ingestionTime": at, "message": format!("{message}\n")}));
    // At the end the token that was sent comes back.
    let forward = match input.text("nextToken") {
        Some(token) if forwards && start == end => token.to_owned(),
        _ => format!("f/{end}/{age}"),
    };
    Ok(page(here.collect(), &forward, &format!("b/{start}/{age}")))
}

/// The kind and the place of a token, unless it is too old or none.
fn place_of(token: &str, age: u32) -> Option<(&str, usize)> {
    let mut parts = token.split('/');
    let (kind, place) = (parts.next()?, parts.next()?.parse().ok()?);
    let is_new = parts.next()?.parse() == Ok(age);
    is_new.then_some((kind, place))
}

fn page(events: Vec<Value>, forward: &str, backward: &str) -> Output {
    Output::told(
        json!({"events": events, "nextForwardToken": forward, "nextBackwardToken": backward}),
    )
}

/// As many events from there on, or up to there, as may be and as fit; and the place of the first.
fn take(build: &Build, (forwards, place): (bool, usize), limit: usize) -> (usize, Vec<LogEvent>) {
    let mut events = Vec::new();
    let mut bytes = 0;
    let mut fits = |event: &LogEvent| {
        bytes += event.message.len() + 1;
        bytes <= LARGEST_PAGE
    };
    if forwards {
        let from = (place..build.logged()).take(limit);
        events.extend(from.map_while(|it| build.logged_at(it).filter(&mut fits)));
        return (place, events);
    }
    let from = (0..place).rev().take(limit);
    events.extend(from.map_while(|it| build.logged_at(it).filter(&mut fits)));
    events.reverse();
    (place - events.len(), events)
}

fn build_of<'a>(world: &'a World, input: &Input) -> Result<&'a Build, Fault> {
    let missing = |what: &str| {
        Fault::new(
            "ResourceNotFoundException",
            format!("The specified {what} does not exist."),
        )
    };
    let group = input
        .text("logGroupName")
        .or(input.text("logGroupIdentifier"))
        .unwrap_or_default();
    let name = input.required("logStreamName")?;
    if !(group == LOG_GROUP || group.ends_with(&format!(":{LOG_GROUP}")))
        || input.region != Pipeline::REGION
    {
        return Err(missing("log group"));
    }
    let has_stream = |build: &&Build| {
        build.stream() == name
            && build.current_phase() >= PhaseKind::Provisioning
            && !build.log_deleted
    };
    world
        .builds
        .iter()
        .find(has_stream)
        .ok_or_else(|| missing("log stream"))
}

fn time_of(input: &Input, name: &str) -> Option<i64> {
    input.at(name).and_then(Value::as_i64)
}
