//! Whose question it is that the gate asks, and what is in front of ours.

use crate::steps::approval::merged;
use crate::table;
use crate::world::World;
use slipway_core::facts::{Category, ExecutionStatus, RunStatus};
use slipway_core::view::StepId;
use slipway_core::words::announcement;

/// Ours has fetched its source and stands in front of the gate, where an older execution is.
fn taken() -> World {
    let mut world = merged()
        .execution("older", Some("beef"), 20, ExecutionStatus::InProgress)
        .picked_up()
        .run("Source", Category::Source, RunStatus::Succeeded, 40, 41);
    let stages = &mut world.pipeline().stages;
    stages[0].status = Some(RunStatus::Succeeded);
    stages[1].execution = Some("older".into());
    stages[1].status = Some(RunStatus::InProgress);
    world
}

/// Another one has entered the first stage since; ours is shown nowhere.
fn queued(mut world: World) -> World {
    world.pipeline().stages[0].execution = Some("newest".into());
    world
}

fn fetching(mut world: World) -> World {
    world.pipeline().stages[0].status = Some(RunStatus::InProgress);
    world
}

fn parallel(mut world: World) -> World {
    world.pipeline().parallel = true;
    world
}

/// The stage says that ours entered it; its action is still the one of the execution before.
fn lagging(mut world: World) -> World {
    world.pipeline().stages[1].actions[0].token = Some("of-the-one-before".into());
    world
}

/// Beside ours a newer execution entered the gate, and the state shows that one, without a token.
fn beside(mut world: World) -> World {
    let stage = &mut world.pipeline().stages[1];
    stage.execution = Some("newer".into());
    stage.actions[0].token = None;
    world
}

/// Two people are asked at the same time, in one stage.
fn twice(mut world: World) -> World {
    let stage = &mut world.pipeline().stages[1];
    let mut other = stage.actions[0].clone();
    other.name = "Security".into();
    other.token = Some("of-the-other".into());
    stage.actions.push(other);
    let seen = world.facts.execution.last.as_mut().unwrap();
    let runs = &mut seen.value.as_mut().unwrap().runs;
    let mut run = runs.last().unwrap().clone();
    run.id = "other".into();
    run.action = "Security".into();
    run.external_id = Some("of-the-other".into());
    runs.push(run);
    world
}

fn nameless() -> World {
    merged().execution("image", None, 40, ExecutionStatus::InProgress)
}

#[test]
#[rustfmt::skip]
fn a_question_is_ours_only_when_our_execution_asks_it() {
    let asks = || merged().picked_up().asks();
    table::step(
        StepId::Approval,
        vec![
            ("another one is at the gate", taken(), "waiting | Another execution is at the gate"),
            ("the same, and ours is in a queue", queued(taken()), "waiting | Another execution is at the gate"),
            ("the same, while ours still fetches", fetching(taken()), "working | The pipeline fetches the source"),
            ("side by side nobody waits for another", parallel(taken()), "working | The pipeline fetches the source"),
            ("the token is of the execution before", lagging(asks()), "working | The pipeline is at its gate"),
            ("the same, and what ran cannot be read", lagging(asks()).details_never_read().details_down(), "ready | Waiting for you"),
            ("two are asked at the same time", twice(asks()), "ready | Waiting for you"),
            ("side by side, and the state shows another one", parallel(beside(asks())), "ready | Waiting for you"),
            ("the same where they wait for each other", beside(asks()), "working | The pipeline fetches the source"),
            ("the source names no commit", nameless(), "blocked | The pipeline names no commit"),
            ("an image from before the merge", merged().execution("image", None, -60, ExecutionStatus::Succeeded), "waiting | Waiting for docker-production"),
            ("an image, and then a commit", nameless().picked_up(), "working | The pipeline fetches the source"),
        ],
    );
}

#[test]
fn who_waits_in_front_of_the_gate_is_told_what_is_there() {
    let said = taken().view().approval.waiting;
    assert_eq!(
        said,
        "Another execution, beef000 older has a summary, came to the gate before this one. This one is asked about once \
         that one is answered."
    );
    assert_eq!(announcement::status_line(&nameless().course()), None);
    let said = nameless().view().approval.waiting;
    assert!(
        said.starts_with("The pipeline names no commit. docker-production ran after the merge"),
        "{said}"
    );
}
