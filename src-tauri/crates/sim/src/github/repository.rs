use serde_json::{Map, Value, json};

use super::{Call, error, page::Page, render, repository_json};
use crate::reply::Reply;
use crate::world::{Activity, Repository, World};

pub(super) fn get(world: &mut World, _: &Call<'_>) -> Reply {
    Reply::json(200, &repository_json::full(world))
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
    let full_name = world.repository.full_name();
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
                rule.entry("ruleset_source").or_insert(json!(full_name));
                rule.entry("ruleset_id").or_insert(json!(70_001));
                fill_up(rule);
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

/// GitHub shows every parameter of these rules, also those that nobody set.
fn fill_up(rule: &mut Map<String, Value>) {
    let unset = match rule.get("type").and_then(Value::as_str) {
        Some("pull_request") => json!({
            "dismiss_stale_reviews_on_push": false, "require_code_owner_review": false,
            "require_last_push_approval": false, "required_approving_review_count": 0,
            "required_review_thread_resolution": false,
        }),
        Some("required_status_checks") => {
            json!({"required_status_checks": [], "strict_required_status_checks_policy": false})
        }
        Some("merge_queue") => json!({
            "check_response_timeout_minutes": 60, "grouping_strategy": "ALLGREEN", "max_entries_to_build": 5,
            "max_entries_to_merge": 5, "merge_method": "MERGE", "min_entries_to_merge": 1,
            "min_entries_to_merge_wait_minutes": 5,
        }),
        _ => return,
    };
    let set = rule.entry("parameters").or_insert(json!({}));
    if let (Value::Object(set), Value::Object(unset)) = (set, unset) {
        for (name, value) in unset {
            set.entry(name).or_insert(value);
        }
    }
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

/// A file larger than this has no content in JSON.
const LARGEST: usize = 1 << 20;

/// The repository's files have no content here, except what a script committed.
pub(super) fn content(world: &mut World, call: &Call<'_>) -> Reply {
    let name = call.query("ref");
    let name = name.as_deref().unwrap_or(Repository::DEFAULT_BRANCH);
    let Some(commit) = world.repository.resolve(name) else {
        return error::simple(404, &format!("No commit found for the ref {name}"));
    };
    let path = call.path("path");
    let texts = world.repository.texts_at(commit);
    if let Some(text) = texts.get(path) {
        return file(world, call, name, path, text);
    }
    let folder = if path.is_empty() {
        String::new()
    } else {
        format!("{path}/")
    };
    let mut entries: Vec<Value> = Vec::new();
    for (file, text) in texts.range(folder.as_str()..) {
        let Some(rest) = file.strip_prefix(folder.as_str()) else {
            break;
        };
        let entry = match rest.split_once('/') {
            Some((inner, _)) => render::folder(world, &format!("{folder}{inner}"), name),
            None => render::entry(world, file, name, text),
        };
        // All that is in one folder stands together.
        if entries.last() != Some(&entry) {
            entries.push(entry);
        }
    }
    if entries.is_empty() && !path.is_empty() {
        return error::not_found();
    }
    if call
        .request
        .header("accept")
        .unwrap_or_default()
        .contains("object")
    {
        let mut body = render::folder(world, path, name);
        body["entries"] = Value::Array(entries);
        return Reply::json(200, &body);
    }
    Reply::json(200, &Value::Array(entries))
}

fn file(world: &World, call: &Call<'_>, name: &str, path: &str, text: &str) -> Reply {
    let media = call.request.header("accept").unwrap_or_default();
    if media.contains("raw") {
        return Reply::typed(
            200,
            "application/vnd.github.raw+json; charset=utf-8",
            text.to_owned(),
        );
    }
    if text.len() <= LARGEST {
        return Reply::json(200, &render::content(world, path, name, text));
    }
    if media.contains("object") {
        let mut body = render::content(world, path, name, text);
        body["encoding"] = json!("none");
        body["content"] = json!("");
        return Reply::json(200, &body);
    }
    let mut body = json!({"message": "This API returns blobs up to 1 MB in size. The requested blob is too large to \
        fetch via the API, but you can use the Git Data API to request blobs up to 100 MB in size."});
    body["errors"] = json!([{"resource": "Blob", "field": "data", "code": "too_large"}]);
    body["documentation_url"] =
        json!("https://docs.github.com/rest/repos/contents#get-repository-content");
    body["status"] = json!("403");
    Reply::json(403, &body)
}

fn is_protected(world: &World, branch: &str) -> bool {
    world
        .repository
        .rules
        .get(branch)
        .is_some_and(|rules| !rules.is_empty())
}
