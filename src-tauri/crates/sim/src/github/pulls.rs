use serde_json::Value;

use super::{Call, error, page::Page, render};
use crate::reply::Reply;
use crate::world::{DANA, PEOPLE, PullRequest, Repository, World};

pub(super) fn list(world: &mut World, call: &Call<'_>) -> Reply {
    let state = call.query("state").unwrap_or_else(|| "open".to_owned());
    let (base, head) = (call.query("base"), call.query("head"));
    let mut pulls: Vec<&PullRequest> = world
        .repository
        .pulls
        .iter()
        .filter(|pull| match state.as_str() {
            "open" => pull.is_open(),
            "closed" => !pull.is_open(),
            _ => true,
        })
        .filter(|pull| base.as_ref().is_none_or(|base| *base == pull.base))
        // Without `owner:` in front, GitHub does not filter at all.
        .filter(
            |pull| match head.as_deref().and_then(|it| it.split_once(':')) {
                Some((owner, branch)) => {
                    owner.eq_ignore_ascii_case(Repository::OWNER) && branch == pull.head
                }
                None => true,
            },
        )
        .collect();
    let sort = call.query("sort").unwrap_or_else(|| "created".to_owned());
    match sort.as_str() {
        "updated" => pulls.sort_by_key(|pull| (pull.updated_at, pull.number)),
        _ => pulls.sort_by_key(|pull| (pull.created_at, pull.number)),
    }
    // By date of creation, GitHub shows the newest first unless told otherwise; else the oldest.
    let descending = call
        .query("direction")
        .map_or(sort == "created", |it| it == "desc");
    if descending {
        pulls.reverse();
    }
    let page = Page::of(call);
    let total = pulls.len();
    let here = page
        .cut(pulls)
        .into_iter()
        .map(|it| render::pull(world, it))
        .collect();
    page.link(
        world.github_url(),
        call,
        total,
        Reply::json(200, &Value::Array(here)),
    )
}

pub(super) fn get(world: &mut World, call: &Call<'_>) -> Reply {
    let number = call.number();
    let Some(pull) = world.repository.pull(number) else {
        return error::not_found();
    };
    let body = render::whole_pull(world, pull);
    // Asking is what makes GitHub work out whether it can be merged; the next answer has it.
    let known = render::mergeability_key(world, pull);
    if let Some(pull) = world.repository.pull_mut(number).filter(|it| it.is_open()) {
        pull.mergeability_known_for = known;
    }
    Reply::json(200, &body)
}

pub(super) fn create(world: &mut World, call: &Call<'_>) -> Reply {
    let Some(head) = call.text("head") else {
        return error::missing_field("PullRequest", "head");
    };
    let Some(base) = call.text("base") else {
        return error::missing_field("PullRequest", "base");
    };
    let Some(title) = call.text("title").filter(|it| !it.trim().is_empty()) else {
        return error::missing_field("PullRequest", "title");
    };
    let head = head.strip_prefix("gitMLS:").unwrap_or(head);
    let branches = &world.repository.branches;
    let Some(head_sha) = branches.get(head) else {
        return error::invalid_field("PullRequest", "head");
    };
    let Some(base_sha) = branches.get(base) else {
        return error::invalid_field("PullRequest", "base");
    };
    let mut open = world.repository.pulls.iter().filter(|pull| pull.is_open());
    if open.any(|pull| pull.head == head && pull.base == base) {
        return error::custom(
            "PullRequest",
            &format!("A pull request already exists for gitMLS:{head}."),
        );
    }
    if world
        .repository
        .compare(base_sha, head_sha)
        .is_none_or(|it| it.ahead.is_empty())
    {
        return error::custom(
            "PullRequest",
            &format!("No commits between {base} and {head}"),
        );
    }
    let body = call.text("body").map(str::to_owned);
    let draft = call
        .body()
        .get("draft")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let opened = world.open_pull(base, head, title, body, DANA.login, draft);
    match opened.and_then(|number| world.repository.pull(number)) {
        Some(pull) => {
            let opened = render::whole_pull(world, pull);
            let location = opened["url"].as_str().unwrap_or_default().to_owned();
            Reply::json(201, &opened)
                .header("location", location)
                .effect()
        }
        None => error::invalid_field("PullRequest", "base"),
    }
}

pub(super) fn reviews(world: &mut World, call: &Call<'_>) -> Reply {
    part(world, call, |world, pull| {
        pull.reviews
            .iter()
            .map(|it| render::review(world, pull, it))
            .collect()
    })
}

pub(super) fn files(world: &mut World, call: &Call<'_>) -> Reply {
    part(world, call, |world, pull| {
        let files = world.repository.pull_files(pull);
        files
            .iter()
            .map(|it| render::file(world, &pull.head_sha, it))
            .collect()
    })
}

pub(super) fn commits(world: &mut World, call: &Call<'_>) -> Reply {
    part(world, call, |world, pull| {
        world
            .repository
            .pull_commits(pull)
            .into_iter()
            .map(|it| render::commit(world, it))
            .collect()
    })
}

pub(super) fn request_reviewers(world: &mut World, call: &Call<'_>) -> Reply {
    let number = call.number();
    let Some(pull) = world.repository.pull(number) else {
        return error::not_found();
    };
    let asked: Vec<String> = call.body()["reviewers"]
        .as_array()
        .map(|it| {
            it.iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect()
        })
        .unwrap_or_default();
    if asked.contains(&pull.author) {
        return error::simple(422, "Review cannot be requested from pull request author.");
    }
    if asked
        .iter()
        .any(|login| PEOPLE.iter().all(|person| person.login != login))
    {
        let name = world.repository.full_name();
        let message = format!(
            "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not \
             a collaborator of the {name} repository."
        );
        return error::simple(422, &message);
    }
    let now = world.now;
    if let Some(pull) = world.repository.pull_mut(number) {
        for login in asked {
            if !pull.requested_reviewers.contains(&login) {
                pull.requested_reviewers.push(login);
            }
        }
        pull.updated_at = now;
    }
    match world.repository.pull(number) {
        Some(pull) => Reply::json(201, &render::pull(world, pull)).effect(),
        None => error::not_found(),
    }
}

fn part(world: &World, call: &Call<'_>, of: impl Fn(&World, &PullRequest) -> Vec<Value>) -> Reply {
    let Some(pull) = world.repository.pull(call.number()) else {
        return error::not_found();
    };
    let all = of(world, pull);
    let page = Page::of(call);
    let total = all.len();
    page.link(
        world.github_url(),
        call,
        total,
        Reply::json(200, &Value::Array(page.cut(all))),
    )
}
