use serde_json::{Value, json};

use super::{Call, error, page::Page, render};
use crate::reply::Reply;
use crate::world::{Activity, World};

pub(super) fn get(world: &mut World, _: &Call<'_>) -> Reply {
    Reply::json(200, &render::repository(world))
}

pub(super) fn branches(world: &mut World, call: &Call<'_>) -> Reply {
    let page = Page::of(call);
    let all: Vec<Value> = world
        .repository
        .branches
        .iter()
        .map(|(name, sha)| {
            let url = format!("{}/commits/{sha}", render::api(world));
            json!({"name": name, "commit": {"sha": sha, "url": url}, "protected": is_protected(world, name)})
        })
        .collect();
    let total = all.len();
    page.link(
        world.github_url(),
        call,
        total,
        Reply::json(200, &Value::Array(page.cut(all))),
    )
}

pub(super) fn branch(world: &mut World, call: &Call<'_>) -> Reply {
    let name = call.path("branch");
    let tip = world
        .repository
        .branches
        .get(name)
        .and_then(|sha| world.repository.commits.get(sha));
    let Some(tip) = tip else {
        return error::simple(404, "Branch not found");
    };
    let protected = is_protected(world, name);
    let link = format!("{}/branches/{name}", render::api(world));
    let html = format!("{}/tree/{name}", render::web(world));
    let body = json!({
        "name": name,
        "commit": render::commit(world, tip),
        "_links": {"self": link, "html": html},
        "protected": protected,
        "protection": {"enabled": protected, "required_status_checks": {"enforcement_level": "off", "contexts": [],
            "checks": []}},
        "protection_url": format!("{link}/protection"),
    });
    Reply::json(200, &body)
}

pub(super) fn rules(world: &mut World, call: &Call<'_>) -> Reply {
    let page = Page::of(call);
    let rules = world
        .repository
        .rules
        .get(call.path("branch"))
        .cloned()
        .unwrap_or_default();
    let rules: Vec<Value> = rules
        .into_iter()
        .map(|mut rule| {
            if let Some(rule) = rule.as_object_mut() {
                rule.entry("ruleset_source_type")
                    .or_insert(json!("Repository"));
                rule.entry("ruleset_source").or_insert(json!("gitMLS/etl"));
                rule.entry("ruleset_id").or_insert(json!(70_001));
            }
            rule
        })
        .collect();
    let total = rules.len();
    page.link(
        world.github_url(),
        call,
        total,
        Reply::json(200, &Value::Array(page.cut(rules))),
    )
}

/// The activity log is paged by cursor: `after` names the last entry that was seen.
pub(super) fn activity(world: &mut World, call: &Call<'_>) -> Reply {
    let size = Page::of(call).size;
    let reference = call.query("ref").map(|it| {
        if it.starts_with("refs/") {
            it
        } else {
            format!("refs/heads/{it}")
        }
    });
    let (actor, kind) = (call.query("actor"), call.query("activity_type"));
    let wanted = |it: &&Activity| {
        reference
            .as_ref()
            .is_none_or(|reference| *reference == it.reference)
            && actor.as_ref().is_none_or(|actor| *actor == it.actor)
            && kind
                .as_ref()
                .is_none_or(|kind| json!(kind) == json!(it.kind))
    };
    let mut found: Vec<&Activity> = world.repository.activities.iter().filter(wanted).collect();
    if call.query("direction").as_deref() != Some("asc") {
        found.reverse();
    }
    let cursor = call.query("after").and_then(|it| it.parse::<u64>().ok());
    let start = cursor
        .and_then(|id| found.iter().position(|it| it.id == id))
        .map_or(0, |index| index + 1);
    let rest = found.get(start..).unwrap_or_default();
    let here: Vec<Value> = rest
        .iter()
        .take(size)
        .map(|it| render::activity(world, it))
        .collect();
    let reply = Reply::json(200, &Value::Array(here));
    match rest.get(size.saturating_sub(1)) {
        Some(last) if rest.len() > size => {
            let others = form_urlencoded::parse(call.request.raw_query.as_bytes())
                .filter(|(key, _)| key != "after");
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(others)
                .append_pair("after", &last.id.to_string())
                .finish();
            reply.header(
                "link",
                format!(
                    "<{}{}?{query}>; rel=\"next\"",
                    world.github_url(),
                    call.request.path
                ),
            )
        }
        Some(_) | None => reply,
    }
}

/// The repository's files have no content here, except what a script put there.
pub(super) fn content(world: &mut World, call: &Call<'_>) -> Reply {
    let known = call
        .query("ref")
        .is_none_or(|name| world.repository.resolve(&name).is_some());
    let path = call.path("path");
    match world.repository.texts.get(path) {
        Some(text) if known => {
            let media = call.request.header("accept").unwrap_or_default();
            if media.contains("raw") {
                return Reply::typed(
                    200,
                    "application/vnd.github.raw+json; charset=utf-8",
                    text.clone(),
                );
            }
            Reply::json(200, &render::content(world, path, text))
        }
        Some(_) => error::simple(404, "No commit found for the ref"),
        None => error::not_found(),
    }
}

fn is_protected(world: &World, branch: &str) -> bool {
    world
        .repository
        .rules
        .get(branch)
        .is_some_and(|rules| !rules.is_empty())
}
