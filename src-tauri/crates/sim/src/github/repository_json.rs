//! The repository, in the three sizes in which GitHub shows one.

use serde_json::{Map, Value, json};

use super::render::{account, api, node, time, web};
use crate::world::{Repository, World};

/// Addresses below the repository's own, name and rest.
const BELOW: &[(&str, &str)] = &[
    ("archive_url", "/{archive_format}{/ref}"),
    ("assignees_url", "/assignees{/user}"),
    ("blobs_url", "/git/blobs{/sha}"),
    ("branches_url", "/branches{/branch}"),
    ("collaborators_url", "/collaborators{/collaborator}"),
    ("comments_url", "/comments{/number}"),
    ("commits_url", "/commits{/sha}"),
    ("compare_url", "/compare/{base}...{head}"),
    ("contents_url", "/contents/{+path}"),
    ("contributors_url", "/contributors"),
    ("deployments_url", "/deployments"),
    ("downloads_url", "/downloads"),
    ("events_url", "/events"),
    ("forks_url", "/forks"),
    ("git_commits_url", "/git/commits{/sha}"),
    ("git_refs_url", "/git/refs{/sha}"),
    ("git_tags_url", "/git/tags{/sha}"),
    ("hooks_url", "/hooks"),
    ("issue_comment_url", "/issues/comments{/number}"),
    ("issue_events_url", "/issues/events{/number}"),
    ("issues_url", "/issues{/number}"),
    ("keys_url", "/keys{/key_id}"),
    ("labels_url", "/labels{/name}"),
    ("languages_url", "/languages"),
    ("merges_url", "/merges"),
    ("milestones_url", "/milestones{/number}"),
    (
        "notifications_url",
        "/notifications{?since,all,participating}",
    ),
    ("pulls_url", "/pulls{/number}"),
    ("releases_url", "/releases{/id}"),
    ("stargazers_url", "/stargazers"),
    ("statuses_url", "/statuses/{sha}"),
    ("subscribers_url", "/subscribers"),
    ("subscription_url", "/subscription"),
    ("tags_url", "/tags"),
    ("teams_url", "/teams"),
    ("trees_url", "/git/trees{/sha}"),
];

/// As it stands in a commit's status.
pub(super) fn minimal(world: &World) -> Value {
    Value::Object(basic(world))
}

/// As it stands at either end of a pull request.
pub(super) fn whole(world: &World) -> Value {
    let mut body = basic(world);
    extend(&mut body, settings(world));
    Value::Object(body)
}

/// As it stands alone.
pub(super) fn full(world: &World) -> Value {
    let mut body = basic(world);
    extend(&mut body, settings(world));
    let owner = owner(world);
    extend(
        &mut body,
        json!({"network_count": 0, "subscribers_count": 4, "organization": owner}),
    );
    Value::Object(body)
}

fn basic(world: &World) -> Map<String, Value> {
    let (api, web) = (api(world), web(world));
    let full_name = world.repository.full_name();
    let latest = world
        .repository
        .activities
        .last()
        .map_or(world.now, |it| it.at);
    let open = world.repository.pulls.iter().filter(|it| it.is_open());
    let open = open.count();
    let push = !world.access.github_token.read_only;
    let mut body: Map<String, Value> = BELOW
        .iter()
        .map(|(name, rest)| ((*name).to_owned(), json!(format!("{api}{rest}"))))
        .collect();
    let known = json!({
        "id": Repository::ID, "node_id": node("R", Repository::ID), "name": world.repository.name, "full_name": full_name,
        "private": true, "owner": owner(world), "html_url": web,
        "description": "Listings, extracted, transformed and loaded", "fork": false, "url": api,
        "git_url": format!("git://github.com/{full_name}.git"), "ssh_url": format!("git@github.com:{full_name}.git"),
        "clone_url": format!("https://github.com/{full_name}.git"), "svn_url": web, "mirror_url": null,
        "homepage": null, "size": 48_213, "stargazers_count": 0, "watchers_count": 0, "language": "Python",
        "has_issues": true, "has_projects": true, "has_wiki": false, "has_pages": false, "has_downloads": true,
        "has_discussions": false, "forks_count": 0, "archived": false, "disabled": false, "visibility": "private",
        "open_issues_count": open, "open_issues": open, "forks": 0, "watchers": 0, "topics": [], "license": null,
        "is_template": false, "allow_forking": false, "web_commit_signoff_required": false,
        "default_branch": Repository::DEFAULT_BRANCH, "created_at": "2016-05-10T02:11:09Z",
        "pushed_at": time(latest), "updated_at": time(latest),
        "permissions": {"admin": false, "maintain": push, "push": push, "triage": push, "pull": true},
        "delete_branch_on_merge": world.repository.allowed.delete_branch,
    });
    extend(&mut body, known);
    body
}

/// How one may merge.
fn settings(world: &World) -> Value {
    // A fine-grained token is shown these only with the permission to write.
    if world.access.github_token.fine_grained && world.denied.contains("git/create-ref") {
        return json!({});
    }
    let allowed = world.repository.allowed;
    json!({
        "allow_merge_commit": allowed.merge, "allow_squash_merge": allowed.squash,
        "allow_rebase_merge": allowed.rebase, "allow_auto_merge": false, "allow_update_branch": false,
        "squash_merge_commit_title": "COMMIT_OR_PR_TITLE", "squash_merge_commit_message": "COMMIT_MESSAGES",
        "merge_commit_title": "MERGE_MESSAGE", "merge_commit_message": "PR_TITLE",
    })
}

fn owner(world: &World) -> Value {
    account(world, Repository::OWNER, 11_870_334, "Organization")
}

fn extend(body: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        body.extend(more);
    }
}
