use serde_json::{Value, json};

use super::{Call, error, refs::has_rule, render};
use crate::reply::Reply;
use crate::world::{DANA, MergeMethod, PullRequest, PullState, World};

const THROUGH_QUEUE: &str = "Changes must be made through the merge queue";
const THROUGH_PULL: &str = "Changes must be made through a pull request.";
const CHANGES_REQUESTED: &str = "Changes requested by reviewers with write access.";
const OUT_OF_DATE: &str = "Head branch is out of date. Review and try the merge again.";

pub(super) fn merge_pull(world: &mut World, call: &Call<'_>) -> Reply {
    let number = call.number();
    let Some(pull) = world.repository.pull(number) else {
        return error::not_found();
    };
    let method = match call.text("merge_method") {
        None | Some("merge") => MergeMethod::Merge,
        Some("squash") => MergeMethod::Squash,
        Some("rebase") => MergeMethod::Rebase,
        Some(_) => return error::invalid_field("PullRequest", "merge_method"),
    };
    if let Some(refusal) = refusal(world, pull, method, call.text("sha")) {
        return refusal;
    }
    let words = match (call.text("commit_title"), call.text("commit_message")) {
        (None, None) => None,
        (Some(title), None | Some("")) => Some(title.to_owned()),
        (title, Some(message)) => {
            let default = format!("Merge pull request #{number} from gitMLS/{}", pull.head);
            Some(format!("{}\n\n{message}", title.unwrap_or(&default)))
        }
    };
    match world.merge_pull(number, method, DANA.login, words.as_deref()) {
        Some(sha) => {
            let body =
                json!({"sha": sha, "merged": true, "message": "Pull Request successfully merged"});
            Reply::json(200, &body).effect()
        }
        None => error::not_found(),
    }
}

pub(super) fn is_merged(world: &mut World, call: &Call<'_>) -> Reply {
    match world.repository.pull(call.number()) {
        Some(PullRequest {
            state: PullState::Merged { .. },
            ..
        }) => Reply::empty(204),
        Some(_) | None => error::not_found(),
    }
}

pub(super) fn merge_branch(world: &mut World, call: &Call<'_>) -> Reply {
    let (Some(base), Some(head)) = (call.text("base"), call.text("head")) else {
        return error::simple(
            422,
            "Invalid request.\n\n\"base\", \"head\" weren't supplied.",
        );
    };
    if !world.repository.branches.contains_key(base) {
        return error::simple(404, "Base does not exist");
    }
    let Some(commit) = world.repository.resolve(head).map(|it| it.sha.clone()) else {
        return error::simple(404, "Head does not exist");
    };
    if has_rule(&world.repository, base, "pull_request")
        || has_rule(&world.repository, base, "merge_queue")
    {
        return error::simple(409, &violation(THROUGH_PULL));
    }
    let conflicts = |pull: &PullRequest| {
        pull.is_open()
            && pull.conflict
            && pull.base == base
            && (pull.head == head || pull.head_sha == commit)
    };
    if world.repository.pulls.iter().any(conflicts) {
        return error::simple(409, "Merge conflict");
    }
    let default = format!("Merge {head} into {base}");
    let message = call.text("commit_message").unwrap_or(&default);
    let merged = world.merge_commit(base, &commit, message, DANA.login);
    match merged.and_then(|sha| world.repository.commits.get(&sha)) {
        Some(commit) => Reply::json(201, &render::commit(world, commit)).effect(),
        None => Reply::empty(204),
    }
}

/// Why a pull request cannot be merged like this.
fn refusal(
    world: &World,
    pull: &PullRequest,
    method: MergeMethod,
    reviewed: Option<&str>,
) -> Option<Reply> {
    if !pull.is_open() {
        return Some(error::simple(405, "Pull Request is not mergeable"));
    }
    if reviewed.is_some_and(|sha| sha != pull.head_sha) {
        return Some(error::simple(
            409,
            "Head branch was modified. Review and try the merge again.",
        ));
    }
    if pull.draft {
        return Some(error::simple(405, "Pull Request is still a draft"));
    }
    if let Some(missing) = missing_by_rules(world, pull) {
        return Some(error::simple(405, &violation(&missing)));
    }
    if is_behind(world, pull) {
        return Some(error::simple(409, OUT_OF_DATE));
    }
    if pull.conflict {
        return Some(error::simple(405, "Pull Request is not mergeable"));
    }
    let allowed = world.repository.allowed;
    let (allowed, kind) = match method {
        MergeMethod::Merge => (allowed.merge, "Merge commits"),
        MergeMethod::Squash => (allowed.squash, "Squash merges"),
        MergeMethod::Rebase => (allowed.rebase, "Rebase merges"),
    };
    (!allowed).then(|| error::simple(405, &format!("{kind} are not allowed on this repository.")))
}

/// How a ruleset says what it wants.
fn violation(what: &str) -> String {
    format!("Repository rule violations found\n\n{what}\n\n")
}

/// The rules want the base branch's newest commit in the head, and it is not there.
pub(super) fn is_behind(world: &World, pull: &PullRequest) -> bool {
    let rules = world.repository.rules.get(&pull.base).into_iter().flatten();
    let mut strict = rules
        .filter(|rule| rule["parameters"]["strict_required_status_checks_policy"] == json!(true));
    let base = world.repository.branches.get(&pull.base);
    strict.any(|_| base.is_some_and(|base| !world.repository.contains(&pull.head_sha, base)))
}

/// What the rules of the base branch still want, in GitHub's words.
pub(super) fn missing_by_rules(world: &World, pull: &PullRequest) -> Option<String> {
    world.repository.rules.get(&pull.base).into_iter().flatten().find_map(|rule| {
        let parameters = rule.get("parameters").unwrap_or(&Value::Null);
        match rule.get("type").and_then(Value::as_str)? {
            "merge_queue" => Some(THROUGH_QUEUE.to_owned()),
            "pull_request" => {
                let needed = parameters["required_approving_review_count"].as_u64().unwrap_or(0);
                if needed > 0 && pull.wants_changes() {
                    return Some(CHANGES_REQUESTED.to_owned());
                }
                let (verb, noun) = if needed == 1 { ("is", "review") } else { ("are", "reviews") };
                ((pull.approvals() as u64) < needed).then(|| {
                    format!(
                        "At least {needed} approving {noun} {verb} required by reviewers with write access."
                    )
                })
            }
            "required_status_checks" => {
                let contexts = parameters["required_status_checks"].as_array()?;
                let lacks = |name: &str| {
                    let mut runs = world.repository.checks_of(&pull.head_sha);
                    match runs.by_ref().filter(|run| run.name == name).last() {
                        Some(run) if run.passed() => None,
                        Some(run) if run.completed.is_some() => Some("is failing"),
                        Some(_) => Some("is in progress"),
                        None => Some("is expected"),
                    }
                };
                let mut names = contexts.iter().filter_map(|it| it["context"].as_str());
                names.find_map(|name| Some(format!("Required status check \"{name}\" {}.", lacks(name)?)))
            }
            _ => None,
        }
    })
}
