//! The world's things as GitHub's JSON.

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{merges, repository_json};
use crate::world::{
    Activity, CheckRun, Comment, Commit, Conclusion, FileChange, Person, PullRequest, PullState,
    Repository, Review, World, ids,
};

/// Base of the repository's API addresses.
pub(super) fn api(world: &World) -> String {
    format!(
        "{}/repos/{}",
        world.github_url(),
        world.repository.full_name()
    )
}

/// Base of the repository's web pages.
pub(super) fn web(world: &World) -> String {
    format!("{}/{}", world.github_url(), world.repository.full_name())
}

/// ISO 8601 in whole seconds.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) fn user(world: &World, login: &str) -> Value {
    account(
        world,
        login,
        Person::named(login).map_or(9_999_999, |it| it.id),
        "User",
    )
}

pub(super) fn reference(world: &World, branch: &str, sha: &str) -> Value {
    let api = api(world);
    json!({
        "ref": format!("refs/heads/{branch}"),
        "node_id": format!("REF_{branch}"),
        "url": format!("{api}/git/refs/heads/{branch}"),
        "object": {"type": "commit", "sha": sha, "url": format!("{api}/git/commits/{sha}")},
    })
}

pub(super) fn commit(world: &World, commit: &Commit) -> Value {
    let (api, web, sha) = (api(world), web(world), &commit.sha);
    let committer = commit.committer.as_ref().unwrap_or(&commit.author);
    let parents: Vec<Value> = commit
        .parents
        .iter()
        .map(|it| json!({"sha": it, "url": format!("{api}/commits/{it}"), "html_url": format!("{web}/commit/{it}")}))
        .collect();
    json!({
        "sha": sha,
        "node_id": format!("C_{sha}"),
        "commit": {
            "author": signature(&commit.author, commit.written_at.unwrap_or(commit.at)),
            "committer": signature(committer, commit.at),
            "message": commit.message,
            "tree": {"sha": commit.tree, "url": format!("{api}/git/trees/{}", commit.tree)},
            "url": format!("{api}/git/commits/{sha}"),
            "comment_count": 0,
            "verification": {"verified": false, "reason": "unsigned", "signature": null, "payload": null,
                "verified_at": null},
        },
        "url": format!("{api}/commits/{sha}"),
        "html_url": format!("{web}/commit/{sha}"),
        "comments_url": format!("{api}/commits/{sha}/comments"),
        "author": user(world, &commit.author),
        "committer": user(world, committer),
        "parents": parents,
    })
}

/// Who did something to a commit, and when.
fn signature(login: &str, at: Timestamp) -> Value {
    let (name, email) = match Person::named(login) {
        Some(person) => (person.name, format!("{login}@users.noreply.github.com")),
        None if login == Person::GITHUB => ("GitHub", "noreply@github.com".to_owned()),
        None => (login, format!("{login}@users.noreply.github.com")),
    };
    json!({"name": name, "email": email, "date": time(at)})
}

pub(super) fn file(world: &World, sha: &str, file: &FileChange) -> Value {
    let (api, web, name) = (api(world), web(world), &file.filename);
    json!({
        "sha": ids::sha([sha, name.as_str()]), "filename": name, "status": "modified",
        "additions": file.additions, "deletions": file.deletions, "changes": file.additions + file.deletions,
        "blob_url": format!("{web}/blob/{sha}/{name}"), "raw_url": format!("{web}/raw/{sha}/{name}"),
        "contents_url": format!("{api}/contents/{name}?ref={sha}"),
    })
}

/// One file with its content, in lines of 60 characters as GitHub has it.
pub(super) fn content(world: &World, path: &str, reference: &str, text: &str) -> Value {
    let mut body = entry(world, path, reference, text);
    let encoded = STANDARD.encode(text);
    let mut lines = String::new();
    for (index, letter) in encoded.chars().enumerate() {
        lines.push(letter);
        if index % 60 == 59 {
            lines.push('\n');
        }
    }
    if !lines.is_empty() && !lines.ends_with('\n') {
        lines.push('\n');
    }
    body["encoding"] = json!("base64");
    body["content"] = json!(lines);
    body
}

/// One file in its folder.
pub(super) fn entry(world: &World, path: &str, reference: &str, text: &str) -> Value {
    let sha = ids::blob(text);
    let mut body = thing(world, path, reference, "file", "blobs", &sha);
    body["size"] = json!(text.len());
    body
}

/// One folder in its folder.
pub(super) fn folder(world: &World, path: &str, reference: &str) -> Value {
    let sha = ids::sha(["tree", path]);
    thing(world, path, reference, "dir", "trees", &sha)
}

fn thing(
    world: &World,
    path: &str,
    reference: &str,
    kind: &str,
    objects: &str,
    sha: &str,
) -> Value {
    let (api, web) = (api(world), web(world));
    let url = format!("{api}/contents/{path}?ref={reference}");
    let page = if kind == "file" { "blob" } else { "tree" };
    let html = format!("{web}/{page}/{reference}/{path}");
    let git = format!("{api}/git/{objects}/{sha}");
    let download = (kind == "file").then(|| format!("{web}/raw/{reference}/{path}"));
    json!({
        "type": kind, "size": 0, "name": path.rsplit('/').next(), "path": path, "sha": sha, "url": url,
        "git_url": git, "html_url": html, "download_url": download,
        "_links": {"self": url, "git": git, "html": html},
    })
}

pub(super) fn activity(world: &World, activity: &Activity) -> Value {
    json!({
        "id": activity.id, "node_id": node("PSH", activity.id), "before": activity.before, "after": activity.after,
        "ref": activity.reference, "timestamp": time(activity.at), "activity_type": activity.kind,
        "actor": user(world, &activity.actor),
    })
}

/// A pull request as it stands in a list.
pub(super) fn pull(world: &World, pull: &PullRequest) -> Value {
    let (api, web, number) = (api(world), web(world), pull.number);
    let (url, html, issue) = (
        format!("{api}/pulls/{number}"),
        format!("{web}/pull/{number}"),
        format!("{api}/issues/{number}"),
    );
    let side = |branch: &str, sha: &str| {
        json!({
            "label": format!("{}:{branch}", Repository::OWNER), "ref": branch, "sha": sha,
            "user": account(world, Repository::OWNER, 11_870_334, "Organization"), "repo": repository_json::whole(world),
        })
    };
    let (closed_at, merged_at, merge_commit) = match &pull.state {
        PullState::Open => (None, None, test_merge(world, pull)),
        PullState::Closed { at } => (Some(time(*at)), None, None),
        PullState::Merged { at, sha, .. } => (Some(time(*at)), Some(time(*at)), Some(sha.clone())),
    };
    let reviewers: Vec<Value> = pull
        .requested_reviewers
        .iter()
        .map(|it| user(world, it))
        .collect();
    json!({
        "url": url, "id": 1_700_000_000 + number, "node_id": node("PR", number), "html_url": html,
        "diff_url": format!("{html}.diff"), "patch_url": format!("{html}.patch"), "issue_url": issue,
        "number": number, "state": if pull.is_open() { "open" } else { "closed" }, "locked": false,
        "title": pull.title, "user": user(world, &pull.author), "body": pull.body,
        "created_at": time(pull.created_at), "updated_at": time(pull.updated_at), "closed_at": closed_at,
        "merged_at": merged_at, "merge_commit_sha": merge_commit, "assignee": null, "assignees": [],
        "requested_reviewers": reviewers, "requested_teams": [], "labels": [], "milestone": null,
        "draft": pull.draft, "commits_url": format!("{url}/commits"),
        "review_comments_url": format!("{url}/comments"),
        "review_comment_url": format!("{api}/pulls/comments{{/number}}"), "comments_url": format!("{issue}/comments"),
        "statuses_url": format!("{api}/statuses/{}", pull.head_sha),
        "head": side(&pull.head, &pull.head_sha), "base": side(&pull.base, &pull.base_sha),
        "_links": {
            "self": {"href": url}, "html": {"href": html}, "issue": {"href": issue},
            "comments": {"href": format!("{issue}/comments")}, "review_comments": {"href": format!("{url}/comments")},
            "review_comment": {"href": format!("{api}/pulls/comments{{/number}}")},
            "commits": {"href": format!("{url}/commits")},
            "statuses": {"href": format!("{api}/statuses/{}", pull.head_sha)},
        },
        "author_association": "MEMBER", "auto_merge": null, "active_lock_reason": null,
    })
}

/// A pull request as it is shown alone.
pub(super) fn whole_pull(world: &World, it: &PullRequest) -> Value {
    let mut body = pull(world, it);
    let files = world.repository.pull_files(it);
    let (mergeable, state) = mergeability(world, it);
    body["merged"] = json!(matches!(it.state, PullState::Merged { .. }));
    body["mergeable"] = json!(mergeable);
    body["rebaseable"] = json!(mergeable);
    body["mergeable_state"] = json!(state);
    body["merged_by"] = match &it.state {
        PullState::Merged { by, .. } => user(world, by),
        PullState::Open | PullState::Closed { .. } => Value::Null,
    };
    body["comments"] = json!(it.comments.len());
    body["review_comments"] = json!(0);
    body["maintainer_can_modify"] = json!(false);
    body["commits"] = json!(world.repository.pull_commits(it).len());
    body["additions"] = json!(files.iter().map(|file| file.additions).sum::<u64>());
    body["deletions"] = json!(files.iter().map(|file| file.deletions).sum::<u64>());
    body["changed_files"] = json!(files.len());
    body
}

/// What a pull request's mergeability is worked out for.
pub(super) fn mergeability_key(world: &World, pull: &PullRequest) -> Option<(String, String)> {
    Some((
        world.repository.branches.get(&pull.base)?.clone(),
        pull.head_sha.clone(),
    ))
}

pub(super) fn review(world: &World, pull: &PullRequest, review: &Review) -> Value {
    let html = format!(
        "{}/pull/{}#pullrequestreview-{}",
        web(world),
        pull.number,
        review.id
    );
    let pull_url = format!("{}/pulls/{}", api(world), pull.number);
    json!({
        "id": review.id, "node_id": node("PRR", review.id), "user": user(world, &review.author), "body": "",
        "state": review.state, "html_url": html, "pull_request_url": pull_url,
        "_links": {"html": {"href": html}, "pull_request": {"href": pull_url}}, "submitted_at": time(review.at),
        "commit_id": review.commit, "author_association": "MEMBER",
    })
}

pub(super) fn comment(world: &World, number: u64, comment: &Comment) -> Value {
    let (api, id) = (api(world), comment.id);
    json!({
        "id": id, "node_id": node("IC", id), "url": format!("{api}/issues/comments/{id}"),
        "html_url": format!("{}/pull/{number}#issuecomment-{id}", web(world)),
        "issue_url": format!("{api}/issues/{number}"), "body": comment.body, "user": user(world, &comment.author),
        "created_at": time(comment.at), "updated_at": time(comment.at), "author_association": "MEMBER",
        "performed_via_github_app": null,
    })
}

pub(super) fn check_run(world: &World, run: &CheckRun) -> Value {
    let (api, web, id) = (api(world), web(world), run.id);
    let conclusion = run.completed.map(|(_, conclusion)| conclusion);
    let title = match conclusion {
        None => None,
        Some(Conclusion::Success) => Some("Passed"),
        Some(Conclusion::Failure) => Some("Failed"),
    };
    json!({
        "id": id, "node_id": node("CR", id), "name": run.name, "head_sha": run.head_sha, "external_id": "",
        "url": format!("{api}/check-runs/{id}"), "html_url": format!("{web}/runs/{id}"),
        "details_url": format!("{web}/runs/{id}"),
        "status": if run.completed.is_some() { "completed" } else { "in_progress" }, "conclusion": conclusion,
        "started_at": time(run.started_at), "completed_at": run.completed.map(|(at, _)| time(at)),
        "output": {"title": title, "summary": null, "text": null, "annotations_count": 0,
            "annotations_url": format!("{api}/check-runs/{id}/annotations")},
        "check_suite": {"id": id}, "app": null, "pull_requests": [],
    })
}

fn mergeability(world: &World, pull: &PullRequest) -> (Option<bool>, &'static str) {
    let known =
        mergeability_key(world, pull).is_some_and(|key| pull.mergeability_known_for == Some(key));
    if !pull.is_open() || !known {
        return (None, "unknown");
    }
    let mut checks = world.repository.checks_of(&pull.head_sha);
    let state = if pull.conflict {
        "dirty"
    } else if pull.draft {
        "draft"
    } else if merges::missing_by_rules(world, pull).is_some() {
        "blocked"
    } else if merges::is_behind(world, pull) {
        "behind"
    } else if checks.any(|run| !run.passed()) {
        "unstable"
    } else {
        "clean"
    };
    (Some(!pull.conflict), state)
}

/// The merge commit that GitHub made to see whether it can be made.
fn test_merge(world: &World, pull: &PullRequest) -> Option<String> {
    let key = mergeability_key(world, pull)
        .filter(|key| pull.mergeability_known_for.as_ref() == Some(key))?;
    (!pull.conflict).then(|| ids::sha(["test merge", key.0.as_str(), key.1.as_str()]))
}

pub(super) fn account(world: &World, login: &str, id: u64, kind: &str) -> Value {
    let base = world.github_url();
    let api = format!("{base}/users/{login}");
    json!({
        "login": login, "id": id, "node_id": node("U", id), "avatar_url": format!("{base}/avatars/{id}"),
        "gravatar_id": "", "url": api, "html_url": format!("{base}/{login}"),
        "followers_url": format!("{api}/followers"), "following_url": format!("{api}/following"),
        "gists_url": format!("{api}/gists"), "starred_url": format!("{api}/starred"),
        "subscriptions_url": format!("{api}/subscriptions"), "organizations_url": format!("{api}/orgs"),
        "repos_url": format!("{api}/repos"), "events_url": format!("{api}/events"),
        "received_events_url": format!("{api}/received_events"), "type": kind, "user_view_type": "public",
        "site_admin": false,
    })
}

pub(super) fn node(kind: &str, id: u64) -> String {
    format!("{kind}_sim{id:010}")
}
