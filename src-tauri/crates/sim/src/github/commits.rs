use serde_json::{Value, json};

use super::{Call, error, page::Page, render, repository_json};
use crate::reply::Reply;
use crate::world::{CheckRun, Commit, FileChange, World};

/// Without being asked to page, a comparison shows this many commits.
const COMPARED: usize = 250;

pub(super) fn list(world: &mut World, call: &Call<'_>) -> Reply {
    let from = call.query("sha").unwrap_or_else(|| "master".to_owned());
    let Some(top) = world.repository.resolve(&from) else {
        return error::not_found();
    };
    let page = Page::of(call);
    let log = world.repository.log(&top.sha);
    let total = log.len();
    let commits = page
        .cut(log)
        .into_iter()
        .map(|it| render::commit(world, it))
        .collect();
    page.link(
        world.github_url(),
        call,
        total,
        Reply::json(200, &Value::Array(commits)),
    )
}

pub(super) fn get(world: &mut World, call: &Call<'_>) -> Reply {
    let name = call.path("ref");
    let Some(commit) = world.repository.resolve(name) else {
        return error::simple(422, &format!("No commit found for SHA: {name}"));
    };
    let mut body = render::commit(world, commit);
    let sum = |of: fn(&FileChange) -> u64| commit.files.iter().map(of).sum::<u64>();
    let (additions, deletions) = (sum(|it| it.additions), sum(|it| it.deletions));
    body["stats"] =
        json!({"total": additions + deletions, "additions": additions, "deletions": deletions});
    body["files"] = commit
        .files
        .iter()
        .map(|it| render::file(world, &commit.sha, it))
        .collect();
    Reply::json(200, &body)
}

pub(super) fn compare(world: &mut World, call: &Call<'_>) -> Reply {
    let basehead = call.path("basehead");
    let Some((base, head)) = basehead.split_once("...") else {
        return error::not_found();
    };
    let named = |name: &str| {
        world
            .repository
            .resolve(name.strip_prefix("gitMLS:").unwrap_or(name))
    };
    let (Some(base), Some(head)) = (named(base), named(head)) else {
        return error::not_found();
    };
    let Some(comparison) = world.repository.compare(&base.sha, &head.sha) else {
        return error::simple(404, "No common ancestor between base and head.");
    };
    let page = Page::with_default(call, COMPARED);
    let total = comparison.ahead.len();
    let is_paged = ["page", "per_page"]
        .iter()
        .any(|name| call.query(name).is_some());
    let web = format!("{}/compare/{basehead}", render::web(world));
    let rendered = |commit: &Commit| render::commit(world, commit);
    let files: Vec<Value> = comparison
        .files
        .iter()
        .map(|it| render::file(world, &head.sha, it))
        .collect();
    let mut body = json!({
        "url": format!("{}/compare/{basehead}", render::api(world)),
        "html_url": web,
        "permalink_url": web,
        "diff_url": format!("{web}.diff"),
        "patch_url": format!("{web}.patch"),
        "base_commit": rendered(base),
        "merge_base_commit": rendered(comparison.merge_base),
        "status": comparison.status(),
        "ahead_by": total,
        "behind_by": comparison.behind_by,
        "total_commits": total,
    });
    // Page by page they come from the oldest on; else the newest of all is the last.
    let shown = match is_paged {
        true => page.cut(comparison.ahead),
        false => comparison.ahead[total.saturating_sub(COMPARED)..].to_vec(),
    };
    body["commits"] = shown.into_iter().map(rendered).collect();
    // The files are all on the first page, 300 at most.
    body["files"] = if page.number == 1 {
        files.into_iter().take(300).collect()
    } else {
        json!([])
    };
    let reply = Reply::json(200, &body);
    match is_paged {
        true => page.link(world.github_url(), call, total, reply),
        false => reply,
    }
}

pub(super) fn combined_status(world: &mut World, call: &Call<'_>) -> Reply {
    let name = call.path("ref");
    let Some(commit) = world.repository.resolve(name) else {
        return error::not_found();
    };
    let url = format!("{}/commits/{}", render::api(world), commit.sha);
    // Nobody here reports statuses, only check runs; GitHub calls none at all "pending".
    let body = json!({
        "state": "pending",
        "statuses": [],
        "sha": commit.sha,
        "total_count": 0,
        "repository": repository_json::minimal(world),
        "commit_url": url,
        "url": format!("{url}/status"),
    });
    Reply::json(200, &body)
}

pub(super) fn check_runs(world: &mut World, call: &Call<'_>) -> Reply {
    let name = call.path("ref");
    let Some(commit) = world.repository.resolve(name) else {
        return error::simple(422, &format!("No commit found for SHA: {name}"));
    };
    let (status, check) = (call.query("status"), call.query("check_name"));
    let all = call.query("filter").as_deref() == Some("all");
    let runs: Vec<&CheckRun> = world.repository.checks_of(&commit.sha).collect();
    let is_latest = |index: usize, run: &CheckRun| {
        let mut later = runs.iter().skip(index + 1);
        all || !later.any(|it| it.name == run.name)
    };
    let runs: Vec<Value> = runs
        .iter()
        .enumerate()
        .filter(|(index, run)| is_latest(*index, run))
        .map(|(_, run)| *run)
        .map(|run| render::check_run(world, run))
        .filter(|run| {
            status
                .as_ref()
                .is_none_or(|status| run["status"] == **status)
        })
        .filter(|run| check.as_ref().is_none_or(|check| run["name"] == **check))
        .collect();
    let page = Page::of(call);
    let total = runs.len();
    let body = json!({"total_count": total, "check_runs": page.cut(runs)});
    page.link(world.github_url(), call, total, Reply::json(200, &body))
}

pub(super) fn pulls(world: &mut World, call: &Call<'_>) -> Reply {
    let name = call.path("ref");
    let Some(commit) = world.repository.resolve(name) else {
        return error::simple(422, &format!("No commit found for SHA: {name}"));
    };
    let holds = |pull: &&crate::world::PullRequest| {
        let merged_as = matches!(&pull.state, crate::world::PullState::Merged { sha, .. } if *sha == commit.sha);
        merged_as
            || pull.landed_commits.contains(&commit.sha)
            || world
                .repository
                .pull_commits(pull)
                .iter()
                .any(|it| it.sha == commit.sha)
    };
    let found: Vec<Value> = world
        .repository
        .pulls
        .iter()
        .rev()
        .filter(holds)
        .map(|it| render::pull(world, it))
        .collect();
    let page = Page::of(call);
    let total = found.len();
    page.link(
        world.github_url(),
        call,
        total,
        Reply::json(200, &Value::Array(page.cut(found))),
    )
}
