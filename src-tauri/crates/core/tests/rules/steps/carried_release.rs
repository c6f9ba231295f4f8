//! Several releases in one pipeline: what the approval card says first.

use super::approval::merged;
use crate::world::{OURS, World};
use slipway_core::facts::{ExecutionStatus, Relation};
use slipway_core::view::Tone;

fn warnings(world: &World) -> Vec<String> {
    world.view().approval.warnings
}

#[test]
fn the_card_of_our_own_commit_warns_of_nothing() {
    let world = merged().picked_up().asks();
    let card = world.view().approval.card.unwrap();
    assert_eq!(warnings(&world), Vec::<String>::new());
    assert_eq!(card.commit_verdict, "Exactly what Dana merged at 7:38 pm");
    assert_eq!(card.commit_tone, Tone::Good);
    assert_eq!(card.headline, "1 pull request goes to production");
    assert_eq!(
        card.object,
        "Release 1 pull request, commit 4be19d2, to docker-production"
    );
}

#[test]
fn a_deploy_that_carries_more_says_so_first() {
    let mut world = merged().picked_up().asks().related(
        "d00d",
        Relation::Descendant(vec![World::other_commit("Drop the cache")]),
    );
    world.ours().revisions[0].sha = Some(crate::world::sha("d00d"));
    let card = world.view().approval.card.unwrap();
    assert_eq!(
        warnings(&world),
        ["It also carries 1 commit that is not in this release: Drop the cache (kim)."]
    );
    assert_eq!(card.commit_verdict, "Carries this release and more");
    assert_eq!(card.commit_tone, Tone::Wait);
}

#[test]
fn a_deploy_over_an_unreleased_merge_carries_that_too() {
    let world = merged()
        .execution("before", Some("fade"), 10, ExecutionStatus::Failed)
        .picked_up()
        .asks();
    assert_eq!(
        warnings(&world),
        [
            "It also carries what was merged before and never released: fade000 before has a summary."
        ]
    );
}

#[test]
fn our_own_commit_is_nothing_that_was_merged_before() {
    let world = merged()
        .execution("first-try", Some(OURS), 39, ExecutionStatus::Stopped)
        .picked_up()
        .asks();
    assert_eq!(warnings(&world), Vec::<String>::new());
}

#[test]
fn a_newer_execution_behind_the_gate_is_told() {
    let mut world = merged().picked_up().asks();
    world.pipeline().stages[1].waiting = Some("newer".into());
    let card = world.view().approval.card.unwrap();
    let behind = card
        .facts
        .iter()
        .find(|it| it.label == "Waiting behind")
        .unwrap();
    assert_eq!(behind.text, "A newer execution. Rejecting lets it in.");
}

#[test]
fn of_several_sources_the_gate_and_the_card_name_the_one_that_carries_ours() {
    use slipway_core::facts::Revision;
    let mut world = merged().picked_up().asks();
    let other = Revision {
        action: "Config".into(),
        sha: Some(crate::world::sha("c0f1")),
        summary: "Another repository".into(),
    };
    world.ours().revisions.insert(0, other);
    let screen = world.view().approval;
    assert_eq!(screen.gate.unwrap().commit, crate::world::sha(OURS));
    assert_eq!(screen.card.unwrap().commit, OURS);
}
