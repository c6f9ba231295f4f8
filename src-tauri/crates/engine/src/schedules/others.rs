//! What people do elsewhere: on GitHub, in the AWS console, in Slack.

use fastrand::Rng;
use serde_json::{Value, json};
use slipway_sim::world::{PullState, Repository, World};

/// Somebody does something, if it can be done: tells what.
pub(super) fn act(world: &mut World, release: &str, rng: &mut Rng) -> Option<&'static str> {
    let (what, verb, path, body) = match rng.u32(..100) {
        0..4 => (
            "branch-made",
            "POST",
            "/branches".to_owned(),
            json!({"name": release}),
        ),
        4..5 => (
            "branch-deleted",
            "DELETE",
            format!("/branches/{release}"),
            Value::Null,
        ),
        5..13 => pull_opened(release, rng),
        13..38 => pull_changed(world, release, rng)?,
        38..43 => push("branch-pushed", release),
        43..51 => push("master-pushed", Repository::DEFAULT_BRANCH),
        51..56 => release_pull(world, release)?,
        56..60 => release_merged(world, release)?,
        60..68 => answered(rng),
        68..78 => started(world, rng)?,
        78..83 => stopped(world, rng)?,
        83..87 => retried(rng),
        87..90 => {
            let body = json!({"message": "no space left on device"});
            ("build-breaks", "POST", "/build/fail".to_owned(), body)
        }
        90..94 => transition(rng),
        94..97 => credentials("expired", "/credentials/expire", rng),
        97..99 => credentials("restored", "/credentials/restore", rng),
        _ => {
            let announced = world.channel.messages.last()?;
            let path = format!("/slack/messages/{}", announced.ts);
            ("message-deleted", "DELETE", path, Value::Null)
        }
    };
    world.order(verb, &path, &body).is_ok().then_some(what)
}

/// Everybody signs in again, and every way is open.
pub(super) fn calm(world: &mut World) {
    for service in ["github", "slack", "aws"] {
        let body = json!({"service": service});
        // It may not have expired.
        let _ = world.order("POST", "/credentials/restore", &body);
    }
}

type Order = (&'static str, &'static str, String, Value);

fn pull_opened(release: &str, rng: &mut Rng) -> Order {
    let body = json!({"base": release, "title": "Map lot size", "approved": rng.bool()});
    ("pull-opened", "POST", "/pulls".to_owned(), body)
}

fn pull_changed(world: &World, release: &str, rng: &mut Rng) -> Option<Order> {
    let pulls = world.repository.pulls.iter();
    let open: Vec<u64> = pulls
        .filter(|pull| pull.state == PullState::Open)
        .filter(|pull| pull.base == release || pull.head == release)
        .map(|pull| pull.number)
        .collect();
    let number = *rng.choice(&open)?;
    let (what, body) = match rng.u32(..12) {
        0..4 => ("pull-pushed", json!({"push": "One more thing"})),
        4..6 => ("pull-merged", json!({"merge": {}})),
        6 => ("pull-merged", json!({"merge": {"method": "squash"}})),
        7 => ("pull-closed", json!({"close": true})),
        8 => ("pull-draft", json!({"draft": rng.bool()})),
        9 => ("pull-conflict", json!({"conflict": rng.bool()})),
        10 => (
            "pull-reviewed",
            json!({"review": {"state": "CHANGES_REQUESTED"}}),
        ),
        _ => ("pull-reviewed", json!({"review": {"state": "APPROVED"}})),
    };
    Some((what, "PATCH", format!("/pulls/{number}"), body))
}

fn push(what: &'static str, branch: &str) -> Order {
    let body = json!({"branch": branch, "message": "By hand"});
    (what, "POST", "/push".to_owned(), body)
}

/// By hand, with the page's button.
fn release_pull(world: &mut World, release: &str) -> Option<Order> {
    let body = json!({
        "head": release, "base": Repository::DEFAULT_BRANCH, "title": format!("Release {release}"),
    });
    let name = ("POST", "/repos/gitMLS/etl/pulls");
    let (status, _) = world.receive(slipway_sim::Service::Github, name, &body);
    // Done already; what follows only looks.
    (status == 201).then(|| {
        (
            "release-pull-opened",
            "GET",
            "/world".to_owned(),
            Value::Null,
        )
    })
}

fn release_merged(world: &World, release: &str) -> Option<Order> {
    let mut pulls = world.repository.pulls.iter();
    let pull = pulls.find(|pull| {
        pull.is_open() && pull.head == release && pull.base == Repository::DEFAULT_BRANCH
    })?;
    let path = format!("/pulls/{}", pull.number);
    Some(("release-merged", "PATCH", path, json!({"merge": {}})))
}

fn answered(rng: &mut Rng) -> Order {
    let status = if rng.u32(..3) == 0 {
        "Rejected"
    } else {
        "Approved"
    };
    let body = json!({"status": status});
    (
        "approval-answered",
        "POST",
        "/approval/answer".to_owned(),
        body,
    )
}

/// Of what base holds, or of something older.
fn started(world: &World, rng: &mut Rng) -> Option<Order> {
    let base = world.repository.branches.get(Repository::DEFAULT_BRANCH)?;
    let log = world.repository.log(base);
    let commit = match rng.u32(..3) {
        0 => None,
        _ => Some(rng.choice(log.iter().take(12))?.sha.clone()),
    };
    let body = json!({"commit": commit});
    Some(("execution-started", "POST", "/executions".to_owned(), body))
}

fn stopped(world: &World, rng: &mut Rng) -> Option<Order> {
    let newest = world.pipeline.executions.last()?;
    let body = json!({"execution": newest.id, "abandon": rng.bool()});
    Some((
        "execution-stopped",
        "POST",
        "/executions/stop".to_owned(),
        body,
    ))
}

fn retried(rng: &mut Rng) -> Order {
    let stage = if rng.bool() { "Build" } else { "Approval" };
    (
        "stage-retried",
        "POST",
        "/stages/retry".to_owned(),
        json!({"stage": stage}),
    )
}

fn transition(rng: &mut Rng) -> Order {
    let stage = if rng.bool() { "Build" } else { "Approval" };
    let body = json!({"stage": stage, "enabled": rng.u32(..3) > 0});
    ("transition", "POST", "/transitions".to_owned(), body)
}

fn credentials(what: &'static str, path: &str, rng: &mut Rng) -> Order {
    let service = ["github", "slack", "aws"][rng.usize(..3)];
    (what, "POST", path.to_owned(), json!({"service": service}))
}
