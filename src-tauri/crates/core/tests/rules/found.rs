//! Releases that were begun elsewhere and are offered on the start screen.

use crate::table::check;
use crate::world::{HEAD, LAST_WEEK, World, pacific, sha};
use slipway_core::facts::{BranchHead, Look};
use slipway_core::view::view;

const TONIGHT: &str = "maintenance-2026-11-24";

/// The world of somebody who has taken up nothing.
fn elsewhere(mut world: World, branches: &[&str]) -> World {
    let head = |name: &&str| BranchHead {
        name: (*name).to_owned(),
        sha: sha(HEAD),
    };
    world.repository().branches = branches.iter().map(head).collect();
    world
}

fn found(world: &World) -> String {
    let mut scene = world.scene();
    scene.releases.clear();
    let found = view(&scene).view.home.found;
    let names: Vec<_> = found.iter().map(|it| it.name.as_str()).collect();
    names.join(" ")
}

fn merged(mut world: World, name: &str) -> World {
    let merged = World::merged_release(name, HEAD);
    world.repository().merged.push(merged);
    world
}

#[test]
#[rustfmt::skip]
fn by_their_dates_until_they_end() {
    let at = |wall: &str, branches: &[&str]| {
        let mut world = elsewhere(World::maintenance(), branches);
        world.now = pacific(wall);
        world
    };
    let asks = || World::maintenance().landed().picked_up().asks();
    let out = || asks().approved().deployed();
    let rows = [
        ("before it", at("2026-11-23 09:00", &[TONIGHT]), TONIGHT),
        ("after midnight", at("2026-11-25 00:10", &[TONIGHT]), TONIGHT),
        ("on Friday", at("2026-11-27 09:00", &[TONIGHT]), TONIGHT),
        ("a week later", at("2026-12-02 09:00", &[TONIGHT]), ""),
        ("a hotfix of yesterday", at("2026-11-24 09:00", &["hotfix-2026-11-23-login"]), "hotfix-2026-11-23-login"),
        (
            "the nearest first",
            at("2026-11-25 00:10", &["maintenance-2026-12-01", TONIGHT, "hotfix-2026-11-25-login"]),
            "hotfix-2026-11-25-login maintenance-2026-11-24 maintenance-2026-12-01",
        ),
        ("what is no release", at("2026-11-24 09:00", &["maintenance-soon"]), ""),
        ("merged, waiting for an approval", elsewhere(merged(asks(), TONIGHT), &[TONIGHT]), TONIGHT),
        ("merged and deleted, waiting", elsewhere(merged(asks(), TONIGHT), &[]), TONIGHT),
        ("merged, no pipeline seen", elsewhere(merged(World::maintenance().signed_out_of_aws(), TONIGHT), &[]), TONIGHT),
        ("in production", elsewhere(merged(out(), TONIGHT), &[TONIGHT]), ""),
        ("deleted, in production", elsewhere(merged(out(), TONIGHT), &[]), ""),
        ("in production, not looked at yet", not_looked(elsewhere(merged(out(), TONIGHT), &[TONIGHT])), ""),
        ("made again after that", with_head(elsewhere(merged(out(), TONIGHT), &[TONIGHT])), TONIGHT),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), found(&world), should.to_owned())));
}

fn with_head(mut world: World) -> World {
    world.repository().branches[0].sha = sha(LAST_WEEK);
    world
}

fn not_looked(mut world: World) -> World {
    world.facts.pipeline = Look::not_yet();
    world
}
