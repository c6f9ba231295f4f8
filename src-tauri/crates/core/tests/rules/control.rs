//! What can be done about the execution that carries a release, in words, and when it is offered.

use crate::steps::approval::merged;
use crate::table::check;
use crate::world::{LAST_WEEK, OURS, World, action, sha};
use slipway_core::facts::{Category, ExecutionStatus, Failing, Look, Relation};
use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};
use slipway_core::view::{Answer, Control, RemedyId};

fn building() -> World {
    merged().picked_up().asks().approved()
}

fn stopped() -> World {
    building().stopped_as(ExecutionStatus::Stopped)
}

fn control(world: &World) -> Control {
    world.view().control
}

/// What is offered, by name.
fn offered(world: &World) -> String {
    let control = control(world);
    let mut names = Vec::new();
    names.extend(control.stop.map(|it| {
        if it.wait.is_empty() {
            "abandon"
        } else {
            "stop"
        }
    }));
    names.extend(control.start.map(|_| "start"));
    names.extend(control.transition.map(|_| "enable"));
    names.extend(control.roll_back.map(|_| "back"));
    names.join(" ")
}

#[test]
#[rustfmt::skip]
fn each_is_offered_where_it_helps() {
    let ended = |status| building().stopped_as(status);
    let closed = |status| merged().picked_up().held_before("Approval", "Frozen").stopped_as(status);
    let nameless = |world: World| {
        let mut world = world.execution("newer", Some(OURS), 65, ExecutionStatus::InProgress);
        world.pipeline().executions[0].revisions.clear();
        world
    };
    let by_image = |mut world: World| {
        for one in &mut world.pipeline().executions {
            one.revisions.iter_mut().for_each(|it| it.sha = None);
        }
        world
    };
    let older = |mut world: World| {
        world.pipeline().rolls_back = false;
        world
    };
    let first = |mut world: World| {
        world.pipeline().executions.retain(|it| it.id.as_str() != "last-week");
        world
    };
    let edited = || {
        let mut world = building().build_failed();
        world.pipeline().stages[2].execution = Some("newer".into());
        world
    };
    let rows = [
        ("before the merge", World::maintenance().branch(), ""),
        ("may be picked up", merged(), ""),
        ("not picked up", merged().at(50), "start"),
        ("not picked up, AWS unseen", merged().at(50).aws_down(), ""),
        ("not picked up, from an image", by_image(merged().at(50)), ""),
        ("not picked up, one has just begun", nameless(merged().at(50)), ""),
        ("asks", merged().picked_up().asks(), ""),
        ("stopped while it asked", merged().picked_up().asks().stopped_as(ExecutionStatus::Stopped), "start"),
        ("held before the gate", merged().picked_up().held_before("Approval", "Frozen"), "enable"),
        ("stopped in front of a closed gate", closed(ExecutionStatus::Stopped), "start"),
        ("superseded in front of a closed gate", closed(ExecutionStatus::Superseded), "start"),
        ("cancelled in front of a closed gate", closed(ExecutionStatus::Cancelled), "start"),
        ("stopped in front of a closed build", building().held_before("docker-build", "Frozen").stopped_as(ExecutionStatus::Stopped), "start"),
        ("building", building(), "stop"),
        ("held before the build", building().held_before("docker-build", "Frozen"), "stop enable"),
        ("stopping", ended(ExecutionStatus::Stopping), "abandon"),
        ("stopping, and a newer one was stopped", ended(ExecutionStatus::Stopping).execution("again", Some(OURS), 65, ExecutionStatus::Stopped), "abandon"),
        ("stopped", stopped(), "start"),
        ("cancelled", ended(ExecutionStatus::Cancelled), "start"),
        ("superseded", ended(ExecutionStatus::Superseded), "start"),
        ("stopped, and one has just begun", nameless(stopped()), ""),
        ("stopped, and another one carries it", stopped().execution("again", Some(OURS), 65, ExecutionStatus::InProgress), ""),
        ("stopped, and a newer one of something else runs", stopped().related("beef", Relation::WithoutOurs).execution("other", Some("beef"), 65, ExecutionStatus::InProgress), "start"),
        ("stopped, and of a newer one nobody has asked yet what it carries", stopped().execution("other", Some("beef"), 65, ExecutionStatus::InProgress), ""),
        ("rejected", merged().picked_up().asks().rejected(), ""),
        ("failed, can be retried", building().build_failed(), "back"),
        ("failed, of a pipeline that cannot", older(building().build_failed()), ""),
        ("failed, and nothing went out before", first(building().build_failed()), ""),
        ("failed, being rolled back", building().build_failed().rolled_back(ExecutionStatus::InProgress), ""),
        ("rolled back", building().build_failed().rolled_back(ExecutionStatus::Succeeded), ""),
        ("the roll-back failed", building().build_failed().rolled_back(ExecutionStatus::Failed), "back"),
        ("just rolled back, not seen yet", building().build_failed().did(action::roll_back(40)), ""),
        ("failed, cannot be retried", edited(), "start"),
        ("failed, and what ran cannot be read", edited().details_down(), ""),
        ("out", building().deployed(), ""),
        ("just stopped, not seen yet", building().did(action::stop(false, false)), "abandon"),
        ("just abandoned, not seen yet", building().did(action::stop(true, false)), ""),
        ("just switched on, not seen yet", building().held_before("docker-build", "Frozen").did(action::enable("docker-build")), "stop"),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), offered(&world), should.to_owned())));
}

#[test]
fn the_confirmations_name_the_object_and_say_what_follows() {
    let stop = control(&building()).stop.unwrap();
    assert_eq!(
        stop.object,
        "Execution tonight of docker-production, commit 4be19d2, for maintenance-2026-11-24"
    );
    assert_eq!(
        stop.wait,
        "docker-build is let finish, and nothing begins after it. What has gone out by then stays out."
    );
    assert_eq!(
        stop.abandon,
        "AWS does not wait. docker-build goes on by itself and may still change production, and a later deploy can be overtaken by it."
    );
    assert_eq!(stop.reason_max, 200 - " (Dana, with Slipway)".len() as u32);
    let start = control(&stopped()).start.unwrap();
    assert_eq!(start.commit, sha(OURS));
    assert_eq!(
        start.object,
        "Commit 4be19d2 through docker-production, for maintenance-2026-11-24"
    );
    assert_eq!(
        start.text,
        "Execution tonight stays as it ended. A new one begins with exactly this commit. It asks for approval again: nothing goes out before somebody says yes."
    );
    let held = building().held_before("docker-build", "Freeze until\u{202e} Monday");
    let transition = control(&held).transition.unwrap();
    assert_eq!(
        transition.object,
        "The way into docker-build of docker-production"
    );
    assert_eq!(transition.reason, "Freeze until\u{202e} Monday");
    assert!(
        transition
            .text
            .starts_with("The reason given for switching it off: “Freeze until Monday”."),
        "{}",
        transition.text
    );
}

#[test]
fn the_report_tells_who_did_what_and_why() {
    let did = stopped()
        .at(62)
        .did(action::stop(true, false))
        .did(action::start(40));
    let markdown = did.view().finish.markdown;
    assert!(
        markdown.contains(
            "## Stopped, rolled back, started again\n\n- Tue 24 Nov, 8:02 pm, Dana abandoned the deploy: Wrong week \\(Dana, with Slipway\\)\n- Tue 24 Nov, 8:02 pm, Dana started the pipeline again at 4be19d2\n"
        ),
        "{markdown}"
    );
    assert!(!building().view().finish.markdown.contains("## Stopped"));
}

#[test]
fn each_names_its_permission_and_who_lacks_it_reads_who_can() {
    let rows = [
        (
            stopped(),
            RemedyId::StartAgain,
            "codepipeline:StartPipelineExecution",
        ),
        (
            building().held_before("docker-build", ""),
            RemedyId::EnableTransition,
            "codepipeline:EnableStageTransition",
        ),
    ];
    for (world, id, permission) in rows {
        let remedies = control(&world).remedies;
        let [remedy] = remedies.as_slice() else {
            panic!("{remedies:?}");
        };
        assert_eq!((remedy.id, remedy.permission.as_str()), (id, permission));
        assert_eq!((remedy.may, remedy.who.as_str()), (Answer::Unknown, ""));
    }
    let mut world = stopped();
    world.refuse_power(slipway_core::account::Power::AwsStart);
    let remedy = &control(&world).remedies[0];
    assert_eq!(remedy.may, Answer::No);
    assert_eq!(remedy.who, "Somebody else has to, who has this permission.");
}

#[test]
fn each_start_has_a_token_of_its_own_that_fits_aws() {
    let token = |world: &World| {
        let start = control(world).start.unwrap();
        let decided = world.decide(&Intent::StartPipeline {
            release: world.id(),
            commit: start.commit,
            after: start.after,
        });
        match decided.unwrap().action {
            Some(slipway_core::action::Action::StartExecution { token, .. }) => token,
            other => panic!("{other:?}"),
        }
    };
    let first = token(&stopped());
    assert_eq!(first, token(&stopped()), "the same is sent once");
    let again = stopped().execution("again", Some(OURS), 65, ExecutionStatus::Superseded);
    assert_ne!(
        token(&again),
        first,
        "after another end it is another start"
    );
    let long = "x".repeat(100);
    let world = stopped().related("beef", Relation::WithoutOurs).execution(
        &long,
        Some("beef"),
        65,
        ExecutionStatus::InProgress,
    );
    assert_eq!(token(&world).len(), 128);
}

#[test]
fn of_several_sources_the_one_that_brought_our_commit_is_started() {
    let mut world = stopped();
    let mut second = world.stage("Source").actions[0].clone();
    second.name = "Image".into();
    second.category = Category::Source;
    world.stage("Source").actions.insert(0, second);
    assert!(control(&world).start.is_some());
    let picked = merged().at(50);
    let mut unpicked = picked;
    let mut second = unpicked.stage("Source").actions[0].clone();
    second.name = "Image".into();
    unpicked.stage("Source").actions.push(second);
    assert_eq!(control(&unpicked).start, None, "nothing says which");
}

#[test]
fn what_is_forbidden_to_look_at_is_not_guessed() {
    let problem = Problem::new(Code::Forbidden, "You may not list what ran.", "", "");
    let mut world = building().build_failed();
    world.facts.execution = Look {
        last: None,
        failing: Some(Failing {
            problem,
            since: world.now,
        }),
        ..world.facts.execution
    };
    assert_eq!(control(&world).start, None);
}

#[test]
fn a_roll_back_names_what_production_returns_to_and_is_never_our_success() {
    let back = control(&building().build_failed()).roll_back.unwrap();
    assert_eq!(
        back.object,
        "docker-build of docker-production to commit 0ddba11, deployed Tue 17 Nov, 8:06 pm Pacific"
    );
    assert_eq!(
        back.text,
        "AWS runs docker-build again with what went out then; nobody is asked for approval. maintenance-2026-11-24 is not out then, and what was merged stays in master."
    );
    // Back to an execution of our own commit, by somebody who rolled back something newer.
    let mut world = building()
        .build_failed()
        .rolled_back(ExecutionStatus::Succeeded);
    world.pipeline().executions[0].revisions[0].sha = Some(sha(OURS));
    let view = world.view();
    assert!(!view.afloat);
    assert_eq!(view.build.headline, "Rolled back");
    assert_eq!(
        building()
            .build_failed()
            .rolled_back(ExecutionStatus::Succeeded)
            .view()
            .build
            .text,
        "Rolled back to 0ddba11. Production runs 0ddba11 again. What was merged stays in master and goes out with the next deploy."
    );
}

#[test]
fn it_goes_back_to_what_production_ran_not_to_what_was_taken_back() {
    let back_from = |target: Option<&str>| {
        let mut world = building().build_failed();
        world = world.execution("broken", Some("beef"), -60, ExecutionStatus::Succeeded);
        if let Some(target) = target {
            world = world.execution("back", Some(LAST_WEEK), -30, ExecutionStatus::Succeeded);
            world.pipeline().executions[0].rolls_back = Some(target.into());
        }
        let newest_first = |it: &slipway_core::facts::Execution| std::cmp::Reverse(it.started_at);
        world.pipeline().executions.sort_by_key(newest_first);
        control(&world).roll_back.map(|it| it.target.to_string())
    };
    assert_eq!(back_from(None).as_deref(), Some("broken"));
    assert_eq!(back_from(Some("last-week")).as_deref(), Some("last-week"));
    assert_eq!(back_from(Some("")), None);
}
