//! Slack's Web API, as far as an app that posts needs it, and the incoming webhook.

mod arguments;
mod channels;
mod chat;
mod limits;
mod webhook;

use serde_json::{Value, json};

use crate::{
    Service, practice_page, reply::Reply, request::Request, world::Channel, world::World,
    world::ids,
};
use arguments::Arguments;

/// A method's answer: what goes beside `"ok": true`, or the error.
type Answer = Result<Value, Refusal>;

/// Slack's `"ok": false`.
#[derive(Debug)]
struct Refusal {
    error: &'static str,
    messages: Vec<String>,
}

const SCOPES: &str = "chat:write,groups:read,groups:history";

type Method = fn(&mut World, &Arguments) -> Answer;

/// Name, the scope it needs (said in a header), whether it changes the world.
const METHODS: &[(&str, &str, bool, Method)] = &[
    ("auth.test", "", false, auth_test),
    ("conversations.list", "groups:read", false, channels::list),
    ("conversations.info", "groups:read", false, channels::info),
    (
        "conversations.history",
        "groups:history",
        false,
        channels::history,
    ),
    (
        "conversations.replies",
        "groups:history",
        false,
        channels::replies,
    ),
    ("users.conversations", "groups:read", false, channels::own),
    ("chat.postMessage", "chat:write", true, chat::post_message),
    ("chat.update", "chat:write", true, chat::update),
    ("chat.getPermalink", "", false, chat::get_permalink),
];

/// The method's name, or `webhook`.
pub(crate) fn operation(request: &Request) -> String {
    if webhook::is_for(request) {
        return "webhook".to_owned();
    }
    let segments = request.segments();
    match (segments.first().map(String::as_str), segments.get(1)) {
        (Some("api"), Some(method)) => method.clone(),
        (Some("archives"), _) => "web".to_owned(),
        (Some(_) | None, _) => "unknown".to_owned(),
    }
}

pub(crate) fn answer(world: &mut World, request: &Request) -> Reply {
    if webhook::is_for(request) {
        return webhook::answer(world, request);
    }
    if request.method == hyper::Method::GET && request.path.starts_with("/archives/") {
        return practice_page::instead_of("Slack", request);
    }
    let name = operation(request);
    let Some((_, scope, changes, method)) = METHODS.iter().find(|(known, ..)| *known == name)
    else {
        return Reply::json(200, &body(Err("unknown_method".into())));
    };
    let mut needed = String::new();
    let answer = Arguments::read(request).and_then(|arguments| {
        check_token(world, &arguments)?;
        let provided = scopes(world);
        let has = |scope: &&str| provided.split(',').any(|it| it == *scope);
        let wanted = match (*scope, name.as_str()) {
            ("", _) => Vec::new(),
            (_, "conversations.list" | "users.conversations") => channels::scopes_for(&arguments),
            ("groups:read", _) if world.channel.is_public => vec!["channels:read"],
            ("groups:history", _) if world.channel.is_public => vec!["channels:history"],
            (scope, _) => vec![scope],
        };
        needed = wanted
            .iter()
            .filter(|it| !has(it))
            .copied()
            .collect::<Vec<_>>()
            .join(",");
        if world.denied.contains(&name) || !needed.is_empty() {
            return Err("missing_scope".into());
        }
        method(world, &arguments)
    });
    let effect = *changes && answer.is_ok();
    let request_id = ids::sha([name.as_str(), &world.now.to_string()]);
    let mut body = body(answer);
    if body["error"] == "missing_scope" {
        body["needed"] = json!(if needed.is_empty() {
            scope
        } else {
            needed.as_str()
        });
        body["provided"] = json!(scopes(world));
    }
    let reply = Reply {
        effect,
        ..Reply::json(200, &body)
    }
    .header("x-slack-req-id", &request_id[..32])
    .header("x-oauth-scopes", scopes(world));
    if scope.is_empty() {
        reply
    } else {
        reply.header("x-accepted-oauth-scopes", *scope)
    }
}

fn body(answer: Answer) -> Value {
    match answer {
        Ok(mut body) => {
            body["ok"] = json!(true);
            body
        }
        Err(refusal) if refusal.messages.is_empty() => json!({"ok": false, "error": refusal.error}),
        Err(refusal) => json!({
            "ok": false, "error": refusal.error, "errors": refusal.messages,
            "response_metadata": {"messages": refusal.messages},
        }),
    }
}

fn scopes(world: &World) -> String {
    let ordered = world.access.slack_scopes.as_ref();
    ordered.map_or_else(|| SCOPES.to_owned(), |scopes| scopes.join(","))
}

fn check_token(world: &World, arguments: &Arguments) -> Result<(), Refusal> {
    let accepted = &world.credentials.slack_bot_token;
    match arguments.token.as_ref() {
        None => Err("not_authed".into()),
        Some(token) if token == accepted && world.expired.contains(&Service::Slack) => {
            Err(world.access.word(Service::Slack).into())
        }
        Some(token) if token == accepted => Ok(()),
        Some(_) => Err("invalid_auth".into()),
    }
}

fn auth_test(world: &mut World, _: &Arguments) -> Answer {
    Ok(json!({
        "url": format!("{}/", world.slack_url()), "team": "gitMLS", "user": "slipway", "team_id": Channel::TEAM_ID,
        "user_id": Channel::BOT_USER_ID, "bot_id": Channel::BOT_ID, "is_enterprise_install": false,
    }))
}

impl From<&'static str> for Refusal {
    fn from(error: &'static str) -> Refusal {
        Refusal {
            error,
            messages: Vec::new(),
        }
    }
}
