//! Which execution carries a release, which revisions have to be related, and how often to look.

use crate::table::check;
use crate::world::{OURS, World, sha};
use slipway_core::facts::{ExecutionStatus, Relation};
use slipway_core::rules::{look_every, revisions_to_relate};
use slipway_core::view::Mode;

use ExecutionStatus::{Cancelled, Failed, InProgress, Other, Stopped, Succeeded, Superseded};

fn landed() -> World {
    World::maintenance()
        .branch()
        .pushed()
        .release_pull()
        .landed()
}

fn descendant(world: World, revision: &str) -> World {
    world.related(
        revision,
        Relation::Descendant(vec![World::other_commit("More")]),
    )
}

#[test]
#[rustfmt::skip]
fn our_execution_is_one_that_contains_our_commit_and_began_after_the_merge() {
    let one = |status| landed().execution("a", Some(OURS), 40, status);
    let two = |first, second| {
        descendant(landed(), "d00d")
            .execution("a", Some(OURS), 40, first)
            .execution("b", Some("d00d"), 60, second)
    };
    let rows: Vec<(&str, World, &str)> = vec![
        ("nothing merged", World::maintenance().branch().pushed(), "none"),
        ("nothing started", landed(), "none"),
        ("ours moves", one(InProgress), "a"),
        ("ours succeeded", one(Succeeded), "a"),
        ("ours failed", one(Failed), "a"),
        ("ours stopped", one(Stopped), "a"),
        ("ours superseded and nothing else", one(Superseded), "a"),
        ("ours cancelled and nothing else", one(Cancelled), "a"),
        ("a status this program does not know", one(Other), "a"),
        ("older green never counts", landed().execution("old", Some(OURS), -60, Succeeded), "none"),
        ("four minutes before the merge is a clock", landed().execution("a", Some(OURS), 34, InProgress), "a"),
        ("six minutes before the merge is another time", landed().execution("a", Some(OURS), 32, Succeeded), "none"),
        ("a descendant carries us", descendant(landed(), "d00d").execution("b", Some("d00d"), 60, Succeeded), "b"),
        ("a commit not related yet", landed().execution("b", Some("d00d"), 60, Succeeded), "none"),
        ("a commit on another line", landed().related("d00d", Relation::WithoutOurs).execution("b", Some("d00d"), 60, Succeeded), "none"),
        ("the same commit, told as the same", landed().related("5a3e", Relation::Same).execution("b", Some("5a3e"), 60, InProgress), "b"),
        ("of two that move, the first", two(InProgress, InProgress), "a"),
        ("the first succeeded", two(Succeeded, InProgress), "a"),
        ("both succeeded: the first brought it", two(Succeeded, Succeeded), "a"),
        ("failed, then a later one moves", two(Failed, InProgress), "b"),
        ("failed, then a later one succeeded", two(Failed, Succeeded), "b"),
        ("failed, then a later one failed", two(Failed, Failed), "b"),
        ("superseded by one that moves", two(Superseded, InProgress), "b"),
        ("superseded by one that failed", two(Superseded, Failed), "b"),
        ("failed, and the later one was superseded", two(Failed, Superseded), "a"),
        ("stopped, then cancelled", two(Stopped, Cancelled), "a"),
        ("moves, and a later one failed", two(InProgress, Failed), "a"),
        ("moves, and a later one succeeded", two(InProgress, Succeeded), "b"),
    ];
    check(rows.into_iter().map(|(row, world, should)| {
        let is = world
            .our_execution()
            .map_or_else(|| "none".to_owned(), |id| id.to_string());
        (row.to_owned(), is, should.to_owned())
    }));
}

#[test]
fn our_execution_is_known_from_the_journal_when_github_is_not() {
    let world = landed().noted().execution("a", Some(OURS), 40, InProgress);
    let restarted = World {
        facts: slipway_core::facts::Facts {
            source: Default::default(),
            ..world.facts.clone()
        },
        ..world
    };
    assert_eq!(restarted.our_execution(), Some("a".into()));
}

#[test]
fn revisions_since_the_merge_are_related_once() {
    let world = landed()
        .execution("a", Some("d00d"), 60, InProgress)
        .execution("b", Some("d00d"), 61, InProgress)
        .execution("c", Some(OURS), 62, InProgress)
        .execution("d", None, 63, InProgress)
        .execution("e", Some("beef"), 64, InProgress);
    assert_eq!(
        revisions_to_relate(&world.release, &world.facts),
        [sha("beef"), sha("d00d")]
    );
    let world = world.related("d00d", Relation::WithoutOurs);
    assert_eq!(
        revisions_to_relate(&world.release, &world.facts),
        [sha("beef")]
    );
    let before =
        World::maintenance()
            .branch()
            .pushed()
            .execution("a", Some("d00d"), 60, InProgress);
    assert_eq!(revisions_to_relate(&before.release, &before.facts), []);
}

#[test]
#[rustfmt::skip]
fn looks_are_close_while_something_moves_and_far_apart_when_nothing_does() {
    let asks = || landed().picked_up().asks();
    let empty = || World::maintenance().branch().announced().no_etl().no_database();
    let rows: Vec<(&str, Vec<World>, Mode, u32)> = vec![
        ("nothing open", vec![], Mode::Real, 60),
        ("nothing open in practice", vec![], Mode::Practice, 2),
        ("before the merge", vec![World::maintenance().branch()], Mode::Real, 15),
        ("just merged", vec![landed()], Mode::Real, 15),
        ("execution moves", vec![landed().picked_up()], Mode::Real, 10),
        ("approval waits", vec![asks()], Mode::Real, 15),
        ("almost a quarter of an hour", vec![asks().at(55)], Mode::Real, 15),
        ("a quarter of an hour", vec![asks().at(56)], Mode::Real, 60),
        ("building", vec![asks().approved()], Mode::Real, 10),
        ("failed", vec![asks().approved().build_failed()], Mode::Real, 60),
        ("deployed", vec![asks().approved().deployed()], Mode::Real, 60),
        ("nothing to release", vec![empty()], Mode::Real, 60),
        ("nothing to release, but that was not seen", vec![empty().restarted()], Mode::Real, 15),
        ("finished", vec![asks().approved().deployed().result_shared()], Mode::Real, 60),
        ("finished, an action is looked up", vec![empty().lost(crate::world::action::update_announcement())], Mode::Real, 10),
        ("an action is looked up", vec![asks().at(60).lost(crate::world::action::update_announcement())], Mode::Real, 10),
        ("two releases: the shorter one", vec![asks().at(60), landed().picked_up()], Mode::Real, 10),
        ("practice is quick", vec![asks().at(60)], Mode::Practice, 2),
    ];
    check(rows.into_iter().map(|(row, worlds, mode, should)| {
        let releases: Vec<_> = worlds.iter().map(World::course).collect();
        (row.to_owned(), look_every(mode, &releases), should)
    }));
}
