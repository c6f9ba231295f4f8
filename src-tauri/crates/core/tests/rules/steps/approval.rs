//! The approval: who is asked, who answered, and everything that comes between.

use crate::table;
use crate::world::{World, action};
use slipway_core::action::Answer;
use slipway_core::facts::{Category, ExecutionStatus, Relation, RunStatus};
use slipway_core::view::StepId;

pub(crate) fn merged() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .at(25)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
}

fn answering(world: World) -> World {
    let gate = world.gate();
    world.sending(action::answer(gate, Answer::Approved))
}

fn transition_off(mut world: World) -> World {
    world.pipeline().stages[1].disabled = Some("Freeze (Kim)".into());
    world
}

fn source_off(mut world: World) -> World {
    world.pipeline().stages[0].disabled = Some("Freeze".into());
    world
}

fn no_gate(mut world: World) -> World {
    world.pipeline().stages.remove(1);
    world
}

#[test]
#[rustfmt::skip]
fn approval() {
    let asks = || merged().picked_up().asks();
    table::step(
        StepId::Approval,
        vec![
            ("before the merge", World::maintenance().branch(), "later | After the merge"),
            ("just merged", merged(), "waiting | Waiting for docker-production"),
            ("merged five minutes ago", merged().at(43), "waiting | Waiting for docker-production"),
            ("not picked up", merged().at(44), "blocked | The pipeline has not picked it up"),
            ("picked up", merged().picked_up(), "working | The pipeline fetches the source"),
            ("switched off in front of it", transition_off(merged().picked_up()), "blocked | Transition into Approval is switched off"),
            ("switched off behind us", transition_off(asks()), "ready | Waiting for you"),
            ("switched off behind the gate", merged().picked_up().held_before("docker-build", "Freeze"), "working | The pipeline fetches the source"),
            ("switched off in front of what is done", source_off(merged().picked_up()), "working | The pipeline fetches the source"),
            ("asks", asks(), "ready | Waiting for you"),
            ("answering", answering(asks()), "working | Answering"),
            ("approved", asks().approved(), "done | Approved 7:52 pm, lee"),
            ("rejected", asks().rejected(), "failed | Rejected 7:52 pm, lee"),
            ("expired", asks().expired(), "failed | Expired 7:41 pm"),
            ("offered again", asks().rejected().asks_with("second", 60), "ready | Waiting for you"),
            ("offered again and approved", asks().rejected().asks_with("second", 60).approved(), "done | Approved 7:52 pm, lee"),
            ("superseded", merged().picked_up().ended(ExecutionStatus::Superseded), "blocked | A newer execution took its place"),
            ("pipeline edited", merged().picked_up().ended(ExecutionStatus::Cancelled), "blocked | The pipeline was edited meanwhile"),
            ("stopping", merged().picked_up().ended(ExecutionStatus::Stopping), "working | Stopping"),
            ("being started", merged().at(50).sending(action::start(40)), "working | Starting the pipeline"),
            ("stopped", merged().picked_up().ended(ExecutionStatus::Stopped), "blocked | Stopped by somebody"),
            ("stopped while it asked", asks().stopped_as(ExecutionStatus::Stopped), "blocked | Stopped by somebody"),
            ("source failed", merged().picked_up().source_failed(), "failed | Source failed"),
            ("asks nobody", no_gate(merged().picked_up()).ended(ExecutionStatus::Succeeded), "skipped | This pipeline asks nobody"),
            ("nothing to release", World::maintenance().branch().announced().no_etl().no_database(), "skipped | Skipped, nothing to release"),
            ("AWS down", asks().noted().aws_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("AWS down after", asks().approved().noted().aws_down(), "done | Approved 7:52 pm, lee"),
            ("restarted after", asks().approved().noted().restarted(), "done | Approved 7:52 pm, lee"),
            ("not signed in", asks().noted().signed_out_of_aws(), "not-connected | Not signed in to AWS"),
            ("restarted while it asks", asks().noted().restarted(), "unknown | Not looked yet"),
        ],
    );
}

#[test]
#[rustfmt::skip]
fn what_cannot_be_seen_of_an_execution_is_unknown() {
    let asks = || merged().picked_up().asks();
    let gone = |mut world: World| {
        world.facts.execution.last.as_mut().unwrap().value = None;
        world
    };
    let elsewhere = |mut world: World| {
        world
            .pipeline()
            .stages
            .iter_mut()
            .for_each(|stage| stage.execution = Some("newer".into()));
        world
    };
    let passed = || gone(asks().approved().deployed());
    let unasked = || {
        let mut world = asks().approved().deployed();
        let seen = world.facts.execution.last.as_mut().unwrap();
        seen.value
            .as_mut()
            .unwrap()
            .runs
            .retain(|run| run.category != Category::Approval);
        world
    };
    table::step(
        StepId::Approval,
        vec![
            ("the gate is seen without details", asks().details_down(), "ready | Waiting for you"),
            ("answered, but by whom cannot be read", gone(asks().approved()).details_down(), "skipped | Passed over"),
            ("answered and built in vain, by whom cannot be read", gone(asks().approved().build_failed()).details_down(), "skipped | Passed over"),
            ("the same, stopped", gone(asks().approved().stopped_as(ExecutionStatus::Stopped)).details_down(), "skipped | Passed over"),
            ("built in vain, its details were not read yet", gone(asks().approved().build_failed()), "unknown | Not looked yet"),
            ("answered and built in vain since the details were read", asks().approved().build_failed().details_as_asked(), "unknown | Not looked yet"),
            ("rejected, but by whom cannot be read", gone(asks().rejected()).details_down(), "failed | Not approved"),
            ("rejected, its details were not read yet", gone(asks().rejected()), "unknown | Not looked yet"),
            ("stopped before it asked, its details cannot be read", gone(merged().picked_up().ended(ExecutionStatus::Stopped)).details_down(), "blocked | Stopped by somebody"),
            ("failed, and a newer one took its place in the stages", elsewhere(gone(asks().approved().build_failed())).details_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("no source, its details cannot be read", gone(merged().picked_up().source_failed()).details_down(), "failed | The execution failed"),
            ("succeeded, its details cannot be read", passed().details_down(), "skipped | Passed over"),
            ("succeeded, its details were not read yet", passed(), "skipped | Passed over"),
            ("succeeded, its details show no question", unasked(), "skipped | Passed over"),
            ("succeeded and noted, AWS down", unasked().noted().aws_down(), "skipped | Passed over"),
            ("at the gate, its details were not read yet", gone(asks().approved()), "unknown | Not looked yet"),
            ("asks nobody and moves", no_gate(merged().picked_up()), "skipped | This pipeline asks nobody"),
        ],
    );
}

#[test]
#[rustfmt::skip]
fn an_answer_counts_for_its_own_execution_only() {
    let failed = || {
        merged()
            .picked_up()
            .asks()
            .approved()
            .build_failed()
            .noted()
    };
    let next = |world: World| {
        world
            .related(
                "d00d",
                Relation::Descendant(vec![World::other_commit("Fix the feed")]),
            )
            .execution("next", Some("d00d"), 90, ExecutionStatus::InProgress)
            .at(91)
    };
    table::step(
        StepId::Approval,
        vec![
            ("the first one", failed(), "done | Approved 7:52 pm, lee"),
            ("a newer execution carries us now", next(failed()), "working | The pipeline fetches the source"),
            ("and was noted", next(failed()).noted(), "working | The pipeline fetches the source"),
            ("and was noted, then started again", next(failed()).noted().restarted(), "unknown | Not looked yet"),
            ("started again before it was seen", failed().restarted(), "done | Approved 7:52 pm, lee"),
        ],
    );
}

#[test]
fn the_token_of_an_older_execution_opens_nothing() {
    let mut world = merged().picked_up();
    let stage = &mut world.pipeline().stages[1];
    stage.execution = Some("last-week".into());
    stage.actions[0].status = Some(RunStatus::InProgress);
    stage.actions[0].token = Some("token-of-last-week".into());
    assert_eq!(
        world.says(StepId::Approval),
        "working | The pipeline fetches the source"
    );
    assert_eq!(world.view().approval.gate, None);
}

#[test]
fn an_approval_with_its_own_timeout_expires_by_it() {
    let mut world = merged().picked_up().asks();
    world.pipeline().stages[1].actions[0].timeout_minutes = Some(10);
    let card = world.view().approval.card.unwrap();
    assert_eq!(card.expires_at, Some(crate::world::at(51)));
    // AWS names who last touched it also when time ran out.
    let world = world.rejected();
    assert_eq!(world.says(StepId::Approval), "failed | Expired 7:52 pm");
}

#[test]
fn two_gates_are_answered_one_after_the_other() {
    let second = merged().picked_up().asks().approved().run(
        "docker-build",
        Category::Approval,
        RunStatus::InProgress,
        54,
        54,
    );
    assert_ne!(
        second.says(StepId::Approval),
        "done | Approved 7:52 pm, lee"
    );
    assert!(second.says(StepId::Build).starts_with("later"));
}
