//! Arbitrary releases: an evening up to some moment, each part of it told in one of several ways, then disturbances.

use super::seen::{
    has_branch, has_gate, has_ours, is_asked, is_building, message, pulls, sees_pipeline,
    sees_source,
};
use crate::world::{EXECUTION, HEAD, LAST_WEEK, OURS, World, action, sha};
use proptest::collection::vec;
use proptest::prelude::*;
use slipway_core::action::Action;
use slipway_core::facts::{
    Checks, ExecutionStatus, Mergeability, Pull, PullState, Relation, Review, Verdict,
};
use slipway_core::problem::Code;
use slipway_core::record::Record;
use slipway_core::view::StepId;

/// How one world came about. Small numbers are the plain evening, so that a failure shrinks to one.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    hotfix: bool,
    /// How many parts of the evening happened.
    moment: usize,
    /// How each part happened.
    ways: Vec<u8>,
    /// What came in between or after: before which part, what, how.
    disturbances: Vec<(usize, u8, u8)>,
    noted: bool,
    /// The program was started again at the end: nothing, only some services, or everything is seen again.
    again: u8,
}

pub(crate) fn stories() -> impl Strategy<Value = Story> {
    let disturbance = (0..=PARTS.len(), any::<u8>(), any::<u8>());
    let ways = vec(prop_oneof![3 => Just(0u8), 2 => any::<u8>()], PARTS.len());
    let disturbances = vec(disturbance, 0..4);
    let again = prop_oneof![9 => Just(0u8), 1 => 1u8..8];
    let moment = prop_oneof![0..=PARTS.len(), PARTS.len() - 4..=PARTS.len()];
    let story = (
        any::<bool>(),
        moment,
        ways,
        disturbances,
        any::<bool>(),
        again,
    );
    story.prop_map(|(hotfix, moment, ways, disturbances, noted, again)| Story {
        hotfix,
        moment,
        ways,
        disturbances,
        noted,
        again,
    })
}

impl Story {
    pub(crate) fn world(&self) -> World {
        let mut world = if self.hotfix {
            World::hotfix("login-timeout")
        } else {
            World::maintenance()
        };
        let happened = PARTS.iter().zip(&self.ways).enumerate().take(self.moment);
        for (part, (tell, way)) in happened {
            world = self.disturbed_when(world, |at| at == part);
            world = tell(world, *way);
            if self.noted {
                world = world.noted();
            }
        }
        world = self.disturbed_when(world, |at| at >= self.moment);
        started_again(world, self.again)
    }

    fn disturbed_when(&self, world: World, is_time: impl Fn(usize) -> bool) -> World {
        let disturbances = self.disturbances.iter().filter(|(at, ..)| is_time(*at));
        disturbances.fold(world, |world, (_, what, how)| disturbed(world, *what, *how))
    }
}

const PARTS: [fn(World, u8) -> World; 14] = [
    branch,
    announcement,
    work,
    work,
    close,
    database,
    database,
    pull_request,
    landing,
    picking_up,
    question,
    answer,
    building,
    wrapping_up,
];

fn branch(world: World, way: u8) -> World {
    match way % 5 {
        4 => world,
        _ => world.branch(),
    }
}

fn announcement(world: World, way: u8) -> World {
    match way % 6 {
        0 | 1 => world.announced(),
        2 => world.told_another_way(),
        3 => world.message("Somebody posted it"),
        4 => {
            let mut world = world;
            world
                .facts
                .workspace
                .last
                .iter_mut()
                .for_each(|seen| seen.value.channel = None);
            world
        }
        _ => world,
    }
}

fn work(world: World, way: u8) -> World {
    if !has_branch(&world) {
        return world;
    }
    let number = 412 + pulls(&world);
    match way % 8 {
        0 | 1 => world.pull(number).merged(number),
        2 => world.pull(number),
        3 => world.pushed(),
        4 => world.pull_that(number, |pull| hindered(pull, way / 8)),
        5 => world.pull_that(number, |pull| pull.state = PullState::Closed),
        _ => world,
    }
}

fn hindered(pull: &mut Pull, way: u8) {
    match way % 8 {
        0 => pull.draft = true,
        1 => pull.mergeability = Mergeability::Conflict,
        2 => pull.mergeability = Mergeability::Behind,
        3 => pull.mergeability = Mergeability::Computing,
        4 => pull.mergeability = Mergeability::Blocked,
        5 => pull.checks.failed = vec!["test".into()],
        6 => {
            pull.checks = Checks {
                pending: vec!["test".into()],
                ..Checks::default()
            }
        }
        _ => {
            pull.reviews = vec![Review {
                by: "kim".into(),
                verdict: Verdict::ChangesRequested,
            }]
        }
    }
}

fn close(world: World, way: u8) -> World {
    match way % 4 {
        // The list of a branch that is not there is not on screen.
        _ if !world.course().settled(StepId::Branch) => world,
        0 | 1 => world.no_more(),
        2 => world.no_etl(),
        _ => world,
    }
}

fn database(world: World, way: u8) -> World {
    let next = u32::try_from(world.release.statements.len()).unwrap();
    match way % 6 {
        0 | 1 if next == 0 => world.no_database(),
        2 => world.statement("UPDATE feeds SET on = 1"),
        3 => world.statement("DELETE FROM cache").ran(next + 1),
        4 => world.without_database(),
        _ => world,
    }
}

fn pull_request(world: World, way: u8) -> World {
    match way % 5 {
        0 | 1 => world.release_pull(),
        2 => world.release_pull_that(|pull| hindered(pull, way / 5)),
        3 => world.release_pull_that(|pull| pull.state = PullState::Closed),
        _ => world,
    }
}

fn landing(world: World, way: u8) -> World {
    let holds_work = has_branch(&world) && world.course().holds_work();
    match way % 5 {
        0..=2 if holds_work => world.landed(),
        3 if holds_work => world.landed_as(HEAD, None),
        _ => world,
    }
}

fn picking_up(world: World, way: u8) -> World {
    match way % 6 {
        _ if world.course().landed().is_none() || has_ours(&world) => world,
        5 => world,
        4 => no_gate(world).picked_up(),
        _ => world.picked_up(),
    }
}

fn question(world: World, way: u8) -> World {
    match way % 6 {
        _ if !has_ours(&world) || !has_gate(&world) => world,
        4 => world.ended(status(way / 6)),
        5 => world,
        _ => world.asks(),
    }
}

fn answer(world: World, way: u8) -> World {
    match way % 6 {
        _ if !is_asked(&world) => world,
        0 | 1 => world.approved(),
        2 => world.rejected(),
        3 => world.expired(),
        4 => world.rejected().asks_with("second", 60),
        _ => world,
    }
}

fn building(world: World, way: u8) -> World {
    match way % 6 {
        _ if !is_building(&world) => world,
        0 | 1 => world.deployed(),
        2 => world.build_failed(),
        3 => world.build_failed().retried(),
        4 => world.build_failed().retried().deployed(),
        _ => world.stopped_as(status(way / 6)),
    }
}

fn wrapping_up(world: World, way: u8) -> World {
    let has_message = message(&world);
    match way % 4 {
        0 => world.result_shared(),
        1 => world.did(action::post_result()),
        2 if has_message => world.result_in_thread(),
        _ => world,
    }
}

fn disturbed(world: World, what: u8, how: u8) -> World {
    match what % 24 {
        0 => world.github_down(),
        1 => world.slack_down(),
        2 => world.aws_down(),
        3 => world.details_down(),
        4 => world.all_answer(),
        5 => match how % 3 {
            0 => world.signed_out_of_github(),
            1 => world.signed_out_of_slack(),
            _ => world.signed_out_of_aws(),
        },
        6 => world.noted(),
        7 => world.at(i64::from(how) * 40),
        8 if has_branch(&world) => {
            let landed = world.course().landed().is_some();
            let looked = if landed && how.is_multiple_of(2) {
                world
            } else {
                world.noted()
            };
            looked.branch_deleted()
        }
        9 | 10 => pending_or_not(world, how),
        11 | 12 => {
            let world = pending_or_not(world, 0);
            let action = action_in(&world, how);
            world.tried(action, code(how / 9), "It did not work.")
        }
        13 => world.did(any_action(how)),
        14 => world.record(Record::Closed),
        15 => off(world, how),
        16 => newer(world, how),
        17 => older(world),
        18 => waiting_behind(world),
        19 => with_queue(world),
        20 => moved(world),
        21 => no_details(world),
        _ => world,
    }
}

/// An action is being sent, or its reply is lost, unless one is pending already: that is looked up first.
fn pending_or_not(world: World, how: u8) -> World {
    let world = match world.release.pending.clone() {
        Some(pending) => {
            let sent = Record::Sent {
                seq: pending.seq,
                outcome: slipway_core::action::Outcome::Done,
            };
            world.record(sent)
        }
        None => world,
    };
    match how % 3 {
        0 => world,
        1 => {
            let action = action_in(&world, how / 3);
            world.sending(action)
        }
        _ => {
            let action = action_in(&world, how / 3);
            world.lost(action)
        }
    }
}

/// The action of the step that the release stands at, or any other one.
fn action_in(world: &World, how: u8) -> Action {
    if how.is_multiple_of(2) {
        return any_action(how / 2);
    }
    any_action(match world.course().current() {
        StepId::Branch => 0,
        StepId::Announce => 1,
        StepId::Etl => 3,
        StepId::Database => 2,
        StepId::Merge if how.is_multiple_of(3) => 4,
        StepId::Merge => 5,
        StepId::Approval => 6,
        StepId::Build => 7,
        StepId::Finish => 8,
    })
}

fn any_action(which: u8) -> Action {
    match which % 10 {
        0 => action::create_branch(),
        1 => action::post_announcement(),
        2 => action::update_announcement(),
        3 => action::merge_pull(412),
        4 => action::open_release_pull(),
        5 => action::merge_release(),
        6 => action::answer(
            World::maintenance().gate(),
            slipway_core::action::Answer::Approved,
        ),
        7 => action::retry("docker-build", EXECUTION, 65),
        8 => action::tell_change(),
        _ => action::post_result(),
    }
}

fn code(which: u8) -> Code {
    match which % 4 {
        0 => Code::Refused,
        1 => Code::Unreachable,
        2 => Code::Forbidden,
        _ => Code::Changed,
    }
}

fn status(which: u8) -> ExecutionStatus {
    match which % 5 {
        0 => ExecutionStatus::Stopped,
        1 => ExecutionStatus::Superseded,
        2 => ExecutionStatus::Cancelled,
        3 => ExecutionStatus::Failed,
        _ => ExecutionStatus::Other,
    }
}

fn off(mut world: World, how: u8) -> World {
    if sees_pipeline(&world) {
        let stages = &mut world.pipeline().stages;
        let stage = usize::from(how) % stages.len();
        stages[stage].disabled = Some("Freeze".into());
    }
    world
}

/// A later execution that carries this release, too.
fn newer(world: World, how: u8) -> World {
    if world.course().landed().is_none() || !sees_pipeline(&world) || !sees_source(&world) {
        return world;
    }
    let statuses = [
        ExecutionStatus::InProgress,
        ExecutionStatus::Succeeded,
        status(how / 8),
    ];
    let more = Relation::Descendant(vec![World::other_commit("More")]);
    let world = if how.is_multiple_of(2) {
        world.related("d00d", more)
    } else {
        world
    };
    world.execution(
        "newer",
        Some("d00d"),
        90,
        statuses[usize::from(how / 2) % 3],
    )
}

/// Green, and from before the merge: it proves nothing.
fn older(world: World) -> World {
    if !sees_pipeline(&world) {
        return world;
    }
    let revision = if world.release.statements.is_empty() {
        OURS
    } else {
        LAST_WEEK
    };
    world.execution("older", Some(revision), -50, ExecutionStatus::Succeeded)
}

fn waiting_behind(mut world: World) -> World {
    if sees_pipeline(&world) {
        let stages = &mut world.pipeline().stages;
        stages
            .iter_mut()
            .for_each(|stage| stage.waiting = Some("behind".into()));
    }
    world
}

fn with_queue(mut world: World) -> World {
    world
        .facts
        .repository
        .last
        .iter_mut()
        .for_each(|seen| seen.value.merge_queue = true);
    world
}

/// Somebody pushed to what people look at.
fn moved(mut world: World) -> World {
    if let Some(seen) = &mut world.facts.source.last {
        let source = &mut seen.value;
        source
            .branch
            .iter_mut()
            .for_each(|branch| branch.sha = sha("5e3d"));
        source
            .pulls
            .iter_mut()
            .for_each(|pull| pull.head_sha = sha("5e3d"));
        source
            .release_pull
            .iter_mut()
            .for_each(|pull| pull.head_sha = sha("5e3d"));
    }
    world
}

fn no_details(mut world: World) -> World {
    world
        .facts
        .execution
        .last
        .iter_mut()
        .for_each(|seen| seen.value = None);
    world
}

/// The program was started again; so far only some services were looked at.
fn started_again(world: World, which: u8) -> World {
    if which == 0 {
        return world;
    }
    let seen = world.facts.clone();
    let mut world = world.noted().restarted();
    if which & 1 == 0 {
        world.facts.repository = seen.repository;
        world.facts.source = seen.source;
    }
    if which & 2 == 0 {
        world.facts.workspace = seen.workspace;
        world.facts.announcement = seen.announcement;
    }
    if which & 4 == 0 {
        world.facts.pipeline = seen.pipeline;
        world.facts.execution = seen.execution;
    }
    world
}

fn no_gate(mut world: World) -> World {
    let stages = &mut world.pipeline().stages;
    stages.retain(|stage| stage.name != "Approval");
    world
}
