//! How a release ends: it is finished and no longer looked at, or it is put aside.

use crate::table::check;
use crate::world::{World, action};
use slipway_core::action::Action;
use slipway_core::facts::ExecutionStatus;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::rules::{SourceId, watched};
use slipway_core::view::Tone;

fn told() -> World {
    World::maintenance().branch().announced()
}

fn landed() -> World {
    told()
        .pushed()
        .no_more()
        .no_database()
        .release_pull()
        .landed()
}

fn deployed() -> World {
    landed().picked_up().asks().approved().deployed()
}

fn empty() -> World {
    told().no_etl().no_database()
}

fn update(world: &World) -> Action {
    let update = world.follow_up().unwrap();
    assert!(matches!(update, Action::UpdateAnnouncement { .. }));
    update
}

fn kept_true(world: World) -> World {
    let update = update(&world);
    let world = world.did(update);
    match world.follow_up() {
        Some(told @ Action::TellChange { .. }) => world.did(told),
        _ => world,
    }
}

#[test]
#[rustfmt::skip]
fn a_finished_release_is_not_looked_at_once_its_message_says_so() {
    let all = "Source Announcement Execution";
    let refused = |world: World, code| {
        let update = update(&world);
        world.tried(update, code, "No.")
    };
    let deleted = |mut world: World| {
        world.facts.announcement.last.as_mut().unwrap().value = None;
        world
    };
    let another_way = || {
        let told = World::maintenance().branch().told_another_way();
        told.no_etl().no_database()
    };
    let finished = || deployed().result_shared();
    let rows = [
        ("taken up", World::maintenance(), all),
        ("building", landed().picked_up().asks().approved(), all),
        ("stopped for good", landed().picked_up().ended(ExecutionStatus::Stopped), all),
        ("deployed, not shared", deployed(), all),
        ("shared", finished(), "Announcement"),
        ("shared and said", kept_true(finished()), ""),
        ("shared and said, started again", kept_true(finished()).noted().restarted(), ""),
        ("shared, started again before it was said", finished().noted().restarted(), "Announcement"),
        ("shared, the message is gone", deleted(finished()), ""),
        ("shared, the message may not be changed, the thread is not told", refused(finished(), Code::Refused), "Announcement"),
        ("shared, Slack did not answer", refused(finished(), Code::Unreachable), "Announcement"),
        ("shared, being said", finished().sending(action::update_announcement()), all),
        ("nothing to release", empty(), "Announcement"),
        ("nothing to release and said", kept_true(empty()), ""),
        ("nothing to release, told another way", another_way(), ""),
        ("nothing to release, but that is not in the journal", kept_true(empty()).noted().restarted(), all),
    ];
    check(rows.map(|(row, world, should)| {
        let sources: Vec<String> = watched(&world.course()).iter().map(|it| format!("{it:?}")).collect();
        (row.to_owned(), sources.join(" "), should.to_owned())
    }));
    assert_eq!(watched(&World::maintenance().course())[0], SourceId::Source);
}

#[test]
fn a_finished_release_leaves_no_failed_look_in_the_waterline() {
    let tone = |world: &World| {
        let viewed = slipway_core::view::view(&world.scene());
        viewed.view.waterline.tone
    };
    let failed = |mut world: World| {
        world = world.slack_down().details_down();
        world.facts.workspace.failing = None;
        world
    };
    assert_eq!(tone(&failed(deployed())), Tone::Wait);
    assert_eq!(
        tone(&failed(kept_true(deployed().result_shared()))),
        Tone::Good
    );
}

#[test]
#[rustfmt::skip]
fn a_release_can_be_put_aside_unless_something_is_being_sent() {
    let rejected = || landed().picked_up().asks().rejected();
    let rows = [
        ("taken up", World::maintenance(), true),
        ("the branch was deleted", told().pushed().noted().branch_deleted(), true),
        ("rejected for good", rejected(), true),
        ("stopped", landed().picked_up().ended(ExecutionStatus::Stopped), true),
        ("superseded", landed().picked_up().ended(ExecutionStatus::Superseded), true),
        ("building", landed().picked_up().asks().approved(), true),
        ("finished", deployed().result_shared(), true),
        ("nothing answers", rejected().noted().github_down().slack_down().aws_down(), true),
        ("being sent", told().sending(action::merge_pull(412)), false),
        ("the reply was lost", told().lost(action::merge_pull(412)), true),
    ];
    check(rows.into_iter().flat_map(|(row, world, should)| {
        let close = Intent::CloseRelease { release: world.id() };
        [
            (format!("{row}: offered"), world.view().aside.is_some(), should),
            (format!("{row}: taken"), world.decide(&close).is_ok(), should),
        ]
    }));
}

#[test]
#[rustfmt::skip]
fn what_stays_is_said_before_a_release_is_put_aside() {
    let stays = "Slipway no longer follows it here. Nothing is undone: the branch, its pull requests and commits stay on GitHub";
    let again = "Until a week after its date you can take it over again from Home.";
    let changed = |ran: u32| (1..=ran).fold(told(), |world, number| world.statement("UPDATE feeds").ran(number));
    let rows = [
        ("nothing merged", told(), format!("{stays}. {again}")),
        ("one change", changed(1), format!("{stays}, and the database change already made stays too. {again}")),
        ("two changes", changed(2), format!("{stays}, and 2 database changes already made stay too. {again}")),
        ("rejected", landed().picked_up().asks().rejected(), format!("{stays}. What was merged stays in master and goes out with the next deploy. {again}")),
        ("building", landed().picked_up().asks().approved(), format!("{stays}. docker-production goes on with it. {again}")),
        ("deployed", deployed(), format!("{stays}.")),
        ("the branch was deleted", told().pushed().noted().branch_deleted(), format!("{stays}.")),
        ("the reply was lost", told().lost(action::merge_pull(412)), format!("{stays}. {again} What became of the last action stays open until then.")),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), world.view().aside.unwrap(), should)));
}

#[test]
#[rustfmt::skip]
fn what_is_blocked_says_what_to_do() {
    let start = "It can be started again at the same commit, by whoever may (codepipeline:StartPipelineExecution).";
    let ask = "Ask somebody who may start the pipeline (codepipeline:StartPipelineExecution) to do so in the AWS console; this page follows it by itself.";
    let sources = |mut world: World| {
        let mut second = world.stage("Source").actions[0].clone();
        second.name = "Image".into();
        world.stage("Source").actions.push(second);
        world
    };
    let aside = "Or put this release aside and start anew.";
    let approval = |world: World| world.view().approval.waiting;
    let build = |world: World| world.view().build.text;
    let ended = |status| landed().picked_up().ended(status);
    let gone = || told().pushed().noted().branch_deleted();
    let restore = "Restore the branch on GitHub, or put this release aside and start anew.";
    let rows = [
        ("not picked up", approval(landed().at(60)), format!("The pipeline has not picked it up. {start}")),
        ("not picked up, of two sources", approval(sources(landed()).at(60)), format!("The pipeline has not picked it up. {ask}")),
        ("stopped", approval(ended(ExecutionStatus::Stopped)), format!("Stopped by somebody. {start} {aside}")),
        ("stopped while it asked", approval(landed().picked_up().asks().stopped_as(ExecutionStatus::Stopped)), format!("Stopped by somebody. {start} {aside}")),
        ("edited", approval(ended(ExecutionStatus::Cancelled)), format!("The pipeline was edited meanwhile. {start} {aside}")),
        ("superseded", approval(ended(ExecutionStatus::Superseded)), "A newer execution took its place. If the newer one carries this merge too, this page follows it by itself. Otherwise it can be started again at the same commit, by whoever may (codepipeline:StartPipelineExecution).".to_owned()),
        ("held up", approval(landed().picked_up().held_before("Approval", "")), "Transition into Approval is switched off. Nobody wrote down why. Somebody who may switch it on again (codepipeline:EnableStageTransition) can do so, here or in the AWS console; then the deploy goes on by itself.".to_owned()),
        ("stopped in front of a closed gate", approval(landed().picked_up().held_before("Approval", "").stopped_as(ExecutionStatus::Stopped)), format!("Stopped by somebody. {start} {aside}")),
        ("build stopped", build(landed().picked_up().asks().approved().stopped_as(ExecutionStatus::Stopped)), format!("Stopped by somebody. {start} {aside}")),
        ("no branch to merge into", gone().view().etl.hint, restore.to_owned()),
        ("no branch to merge", gone().no_more().no_database().view().merge.hint, restore.to_owned()),
    ];
    check(rows.map(|(row, is, should)| (row.to_owned(), is, should)));
}
