use serde_json::{Value, json};

use super::{Call, error, render};
use crate::reply::Reply;
use crate::world::{DANA, Repository, World, ids};

pub(super) fn get(world: &mut World, call: &Call<'_>) -> Reply {
    let branch = call.path("ref").strip_prefix("heads/");
    match branch.and_then(|branch| Some((branch, world.repository.branches.get(branch)?))) {
        Some((branch, sha)) => Reply::json(200, &render::reference(world, branch, sha)),
        None => error::not_found(),
    }
}

pub(super) fn matching(world: &mut World, call: &Call<'_>) -> Reply {
    let prefix = call.path("ref");
    let found: Vec<Value> = world
        .repository
        .branches
        .iter()
        .filter(|(branch, _)| format!("heads/{branch}").starts_with(prefix))
        .map(|(branch, sha)| render::reference(world, branch, sha))
        .collect();
    Reply::json(200, &Value::Array(found))
}

pub(super) fn create(world: &mut World, call: &Call<'_>) -> Reply {
    let Some(reference) = call.text("ref") else {
        return error::simple(422, "\"ref\" wasn't supplied.");
    };
    let Some(sha) = call.text("sha") else {
        return error::simple(422, "\"sha\" wasn't supplied.");
    };
    if !reference.starts_with("refs/") || reference.matches('/').count() < 2 {
        return error::simple(
            422,
            "Reference name must start with 'refs/' and contain at least two slashes.",
        );
    }
    let Some(branch) = reference
        .strip_prefix("refs/heads/")
        .filter(|name| is_valid(name))
    else {
        return error::simple(422, &format!("{reference} is not a valid ref name."));
    };
    if !ids::is_sha(sha) {
        let message = "The sha parameter must be exactly 40 characters and contain only [0-9a-f].";
        return error::simple(422, message);
    }
    let repository = &world.repository;
    if repository.branches.contains_key(branch) {
        return error::simple(422, "Reference already exists");
    }
    if !repository.commits.contains_key(sha) {
        return error::simple(422, "Object does not exist");
    }
    if repository.in_the_way_of(branch).is_some() {
        return error::simple(422, "Reference update failed");
    }
    if has_rule(repository, branch, "creation") {
        let message = "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n";
        return error::simple(422, message);
    }
    world.create_branch(branch, sha, DANA.login);
    let made = render::reference(world, branch, sha);
    let location = made["url"].as_str().unwrap_or_default().to_owned();
    Reply::json(201, &made)
        .header("location", location)
        .effect()
}

pub(super) fn delete(world: &mut World, call: &Call<'_>) -> Reply {
    let reference = call.path("ref");
    let Some(branch) = reference
        .strip_prefix("heads/")
        .filter(|it| world.repository.branches.contains_key(*it))
    else {
        return error::simple(422, "Reference does not exist");
    };
    if branch == Repository::DEFAULT_BRANCH {
        return error::simple(422, "Cannot delete the default branch");
    }
    if has_rule(&world.repository, branch, "deletion") {
        let message = "Repository rule violations found\n\nCannot delete this branch.\n\n";
        return error::simple(422, message);
    }
    world.delete_branch(branch, DANA.login);
    Reply::empty(204).effect()
}

pub(super) fn has_rule(repository: &Repository, branch: &str, kind: &str) -> bool {
    let rules = repository.rules.get(branch).into_iter().flatten();
    rules
        .into_iter()
        .any(|rule| rule.get("type") == Some(&json!(kind)))
}

/// The rules of `git check-ref-format`.
pub(crate) fn is_valid(branch: &str) -> bool {
    let component = |part: &str| {
        !part.is_empty() && part.len() <= 255 && !part.starts_with('.') && !part.ends_with(".lock")
    };
    !branch.starts_with('-')
        && !branch.ends_with('.')
        && branch != "@"
        && branch != "HEAD"
        && !branch.contains("..")
        && !branch.contains("@{")
        && !branch.contains(|char: char| char.is_control() || " ~^:?*[\\".contains(char))
        && !ids::is_sha(branch)
        && branch.split('/').all(component)
}
