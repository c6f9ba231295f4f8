//! The build and the wrap-up.

use super::approval::merged;
use crate::table::{self, check};
use crate::world::{EXECUTION, World, action};
use slipway_core::facts::{Category, ExecutionStatus, Relation};
use slipway_core::view::StepId;

fn approved() -> World {
    merged().picked_up().asks().approved()
}

#[test]
#[rustfmt::skip]
fn build() {
    let retrying = || {
        approved()
            .build_failed()
            .sending(action::retry("docker-build", EXECUTION, 65))
    };
    let forgotten = || {
        let mut world = approved().noted();
        world.pipeline().executions.clear();
        world
    };
    let switched_off_only = || {
        let mut world = approved();
        world.pipeline().stages[2].disabled = Some("Freeze".into());
        world
    };
    table::step(
        StepId::Build,
        vec![
            ("before the merge", World::maintenance().branch(), "later | After the merge"),
            ("before the approval", merged().picked_up().asks(), "later | After approval"),
            ("rejected", merged().picked_up().asks().rejected(), "later | After approval"),
            ("building", approved(), "working | Working"),
            ("failed", approved().build_failed(), "failed | The build failed"),
            ("turned down", approved().build_turned_down(), "failed | The build could not start"),
            ("turned down, then failed", approved().build_turned_down().retried().build_failed(), "failed | The build failed"),
            ("failed, then turned down", approved().build_failed().retried().build_turned_down(), "failed | The build could not start"),
            ("starting again", retrying(), "working | Starting again"),
            ("runs again", approved().build_failed().retried(), "working | Working"),
            ("failed, then succeeded", approved().build_failed().retried().deployed(), "done | Done 8:26 pm"),
            ("failed twice", approved().build_failed().retried().build_failed(), "failed | The build failed"),
            ("being rolled back", approved().build_failed().sending(action::roll_back(40)), "working | Rolling back"),
            ("rolling back", approved().build_failed().rolled_back(ExecutionStatus::InProgress), "working | Rolling back to 0ddba11"),
            ("rolled back", approved().build_failed().rolled_back(ExecutionStatus::Succeeded), "blocked | Rolled back to 0ddba11"),
            ("the roll-back failed", approved().build_failed().rolled_back(ExecutionStatus::Failed), "failed | The build failed"),
            ("rolled back, and out since", approved().build_failed().rolled_back(ExecutionStatus::Succeeded).retried().deployed(), "done | Done 8:26 pm"),
            ("stopping", approved().stopped_as(ExecutionStatus::Stopping), "working | Stopping"),
            ("being started again", approved().stopped_as(ExecutionStatus::Stopped).sending(action::start(40)), "working | Starting again"),
            ("stopped", approved().stopped_as(ExecutionStatus::Stopped), "blocked | Stopped by somebody"),
            ("pipeline edited", approved().stopped_as(ExecutionStatus::Cancelled), "blocked | The pipeline was edited meanwhile"),
            ("superseded", approved().stopped_as(ExecutionStatus::Superseded), "blocked | A newer execution took its place"),
            ("held in front of it", approved().held_before("docker-build", "Freeze"), "blocked | Transition into docker-build is switched off"),
            ("switched off behind us", switched_off_only(), "working | Working"),
            ("the deploy behind it failed", approved().with_deploy_stage().deploy_failed(), "failed | The deploy failed"),
            ("built in vain, and what ran cannot be read", approved().build_failed().details_never_read().details_down(), "failed | The build failed"),
            ("something new", approved().stopped_as(ExecutionStatus::Other), "working | Working"),
            ("deployed", approved().deployed(), "done | Done 8:08 pm"),
            ("forgotten", forgotten(), "unknown | The pipeline forgot this execution"),
            ("nothing to release", World::maintenance().branch().announced().no_etl().no_database(), "skipped | Skipped, nothing to release"),
            ("AWS down", approved().noted().aws_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("AWS down after", approved().deployed().noted().aws_down(), "done | Done 8:08 pm"),
            ("AWS down after, not noted", approved().deployed().aws_down(), "unknown | Unknown, last seen 7:00 pm"),
            ("restarted after", approved().deployed().noted().restarted(), "done | Done 8:08 pm"),
            ("not signed in", approved().noted().signed_out_of_aws(), "not-connected | Not signed in to AWS"),
        ],
    );
}

#[test]
#[rustfmt::skip]
fn finish() {
    let deployed = || approved().deployed();
    table::step(
        StepId::Finish,
        vec![
            ("before the build", approved(), "later | After the build"),
            ("deployed", deployed(), "ready | Ready, share the report"),
            ("being posted", deployed().sending(action::post_result()), "working | Posting"),
            ("posted here", deployed().at(70).did(action::post_result()), "done | Done 8:10 pm, Dana"),
            ("posted elsewhere", deployed().result_in_thread(), "done | Done 7:00 pm"),
            ("shared another way", deployed().at(72).result_shared(), "done | Done 8:12 pm, Dana"),
            ("nothing to release", World::maintenance().branch().announced().no_etl().no_database(), "skipped | Skipped, nothing to release"),
            ("Slack down", deployed().noted().slack_down(), "ready | Ready, share the report"),
            ("everything down after", deployed().at(70).did(action::post_result()).noted().restarted(), "done | Done 8:10 pm, Dana"),
        ],
    );
}

#[test]
fn a_hotfix_that_went_out_later_carries_a_failed_release() {
    let world = approved()
        .build_failed()
        .noted()
        .related(
            "d00d",
            Relation::Descendant(vec![World::other_commit("Fix the feed")]),
        )
        .execution("next", Some("d00d"), 90, ExecutionStatus::Succeeded)
        .at(120);
    assert_eq!(world.says(StepId::Build), "done | Done 8:31 pm");
}

#[test]
#[rustfmt::skip]
fn what_production_runs_is_said_only_when_it_is_certain() {
    let deploying = || approved().with_deploy_stage();
    let invoked = || {
        let mut world = approved().build_failed();
        let stage = &mut world.pipeline().stages[2];
        stage.actions[0].category = Category::Deploy;
        world
    };
    let still = "Production still runs the version from Tue 17 Nov, 8:06 pm.";
    let begun = "A deploy action had begun, so production may have changed in part.";
    let hidden = "Slipway cannot see whether a deploy action had begun, so production may have changed in part.";
    let rows = [
        ("the build failed", approved().build_failed(), still),
        ("the build failed in front of a deploy", deploying().build_failed(), still),
        ("the deploy failed", deploying().deploy_failed(), begun),
        ("the stages show more than the list of runs", invoked(), begun),
        ("what ran cannot be read", deploying().build_failed().noted().details_never_read().details_down(), hidden),
        ("what ran cannot be read, and nothing deploys", approved().build_failed().noted().details_never_read().details_down(), still),
    ];
    check(rows.map(|(row, world, should)| {
        let means = world.view().build.failure.unwrap().means;
        // Said only where the stage can be retried, so not where nobody can read what ran.
        let stays = " The approval stays valid, so nobody has to approve again.";
        let said = means.strip_suffix(stays).unwrap_or(&means).to_owned();
        (row.to_owned(), said, should.to_owned())
    }));
}

#[test]
fn a_deploy_that_is_held_up_says_why_and_who_can_help() {
    let screen = approved()
        .held_before("docker-build", "Freeze (Kim)\nuntil Monday")
        .view()
        .build;
    assert_eq!(screen.headline, "The deploy is held up");
    assert_eq!(
        screen.text,
        "Transition into docker-build is switched off. The reason given: Freeze (Kim). Somebody who may switch it on again (codepipeline:EnableStageTransition) can do so, here or in the AWS console; then the deploy goes on by itself."
    );
    assert_eq!(screen.hint, "");
}
