//! The primary rate limit: 5,000 requests an hour.

use serde_json::json;

use super::{Call, error};
use crate::{reply::Reply, world::World};

const LIMIT: u64 = 5_000;
const HOUR: i64 = 3_600;

pub(super) fn refusal(world: &World) -> Option<Reply> {
    (used(world) >= LIMIT)
        .then(|| error::simple(403, "API rate limit exceeded for user ID 4108211."))
}

/// Counts a request, or only tells how many were, and gives the headers that say so.
pub(super) fn count(world: &mut World, counted: bool) -> [(&'static str, String); 5] {
    let used = (used(world) + u64::from(counted)).min(LIMIT);
    world.github_quota = (hour(world), used);
    [
        ("x-ratelimit-limit", LIMIT.to_string()),
        ("x-ratelimit-remaining", (LIMIT - used).to_string()),
        ("x-ratelimit-reset", reset(world).to_string()),
        ("x-ratelimit-used", used.to_string()),
        ("x-ratelimit-resource", "core".to_owned()),
    ]
}

pub(super) fn get(world: &mut World, _: &Call<'_>) -> Reply {
    let used = used(world);
    let rate =
        json!({"limit": LIMIT, "used": used, "remaining": LIMIT - used, "reset": reset(world)});
    // The search has a limit of its own, by the minute; nobody here uses it up.
    let reset = world.now.as_second() + 60;
    let search = json!({"limit": 30, "used": 0, "remaining": 30, "reset": reset});
    Reply::json(
        200,
        &json!({"resources": {"core": rate, "search": search}, "rate": rate}),
    )
}

fn used(world: &World) -> u64 {
    let (since, used) = world.github_quota;
    if since == hour(world) { used } else { 0 }
}

fn hour(world: &World) -> i64 {
    world.now.as_second().div_euclid(HOUR)
}

fn reset(world: &World) -> i64 {
    (hour(world) + 1) * HOUR
}
