use serde_json::{Value, json};

use super::{Answer, Fault, Input, Operation, Output, codebuild::LOG_GROUP};
use crate::world::{Build, LogEvent, PhaseKind, Pipeline, World};

const MOST_EVENTS: u64 = 10_000;

pub(super) fn find(name: &str) -> Option<Operation> {
    (name == "GetLogEvents").then_some(get_log_events)
}

/// Tokens name a place in the stream: `f/12` goes on from the 12th event, `b/12` goes back from it.
fn get_log_events(world: &mut World, input: &Input) -> Answer {
    let events = stream(world, input)?;
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
    let limit = limit as usize;
    let from_head = input
        .at("startFromHead")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let (start, end) = match input.text("nextToken") {
        Some(token) => match (
            token.split_at_checked(2),
            token.get(2..).and_then(|it| it.parse::<usize>().ok()),
        ) {
            (Some(("f/", _)), Some(place)) => (place, place.saturating_add(limit)),
            (Some(("b/", _)), Some(place)) => (place.saturating_sub(limit), place),
            _ => {
                let message = "The specified nextToken is invalid.";
                return Err(Fault::new("InvalidParameterException", message));
            }
        },
        None if from_head => (0, limit),
        None => (events.len().saturating_sub(limit), events.len()),
    };
    let (start, end) = (start.min(events.len()), end.min(events.len()));
    let (since, until) = (time_of(input, "startTime"), time_of(input, "endTime"));
    let here: Vec<Value> = events
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(|event| (event.at.as_millisecond(), &event.message))
        .filter(|(at, _)| since.is_none_or(|since| *at >= since) && until.is_none_or(|until| *at < until))
        .map(|(at, message)| json!({"timestamp": at, "ingestionTime": at, "message": format!("{message}\n")}))
        .collect();
    let (forward, backward) = (format!("f/{end}"), format!("b/{start}"));
    Ok(Output::told(
        json!({"events": here, "nextForwardToken": forward, "nextBackwardToken": backward}),
    ))
}

fn stream<'a>(world: &'a World, input: &Input) -> Result<&'a [LogEvent], Fault> {
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
    let has_stream =
        |build: &&Build| build.stream() == name && build.current_phase() >= PhaseKind::Provisioning;
    world
        .builds
        .iter()
        .find(has_stream)
        .map(|build| build.log.as_slice())
        .ok_or_else(|| missing("log stream"))
}

fn time_of(input: &Input, name: &str) -> Option<i64> {
    input.at(name).and_then(Value::as_i64)
}
