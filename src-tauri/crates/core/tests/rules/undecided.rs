//! An action whose outcome looks do not tell: a person is asked, and says what they saw.

use crate::table::check;
use crate::world::{EXECUTION, World, action, at};
use slipway_core::action::{Action, Answer};
use slipway_core::facts::ExecutionStatus;
use slipway_core::ids::ActionSeq;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::record::Record;
use slipway_core::view::{StepId, StepState};
use slipway_core::words::report;

const LOST_AT: i64 = 60;

fn told() -> World {
    World::maintenance().branch().announced()
}

/// The reply was lost at 8 pm; everything was looked at a minute later and showed nothing new.
fn lost(world: World, action: Action) -> World {
    world.at(LOST_AT).lost(action).looked(LOST_AT + 1)
}

fn asked(world: &World) -> String {
    match world.view().undecided {
        Some(it) => format!("{} {}", it.problem.what, it.problem.remedy),
        None => "nothing".to_owned(),
    }
}

fn say(world: &World, happened: bool) -> Intent {
    let pending = world.release.pending.as_ref();
    Intent::DeclareOutcome {
        release: world.id(),
        seq: pending.map_or(ActionSeq(1), |pending| pending.seq),
        happened,
    }
}

/// What the person said is in the journal.
fn said(world: World, happened: bool) -> World {
    let decision = world.decide(&say(&world, happened)).expect("it is asked");
    assert_eq!(decision.action, None, "nothing is sent");
    decision.records.into_iter().fold(world, World::record)
}

/// Signed in with what can only post.
fn blind(mut world: World) -> World {
    world
        .facts
        .workspace
        .last
        .as_mut()
        .unwrap()
        .value
        .reads_back = false;
    world.facts.announcement.last = None;
    world
}

#[test]
#[rustfmt::skip]
fn a_person_is_asked_what_became_of_it_and_told_where_to_look() {
    let asks = || told().pushed().no_more().no_database().release_pull().landed().picked_up().asks();
    let answer = |answer| action::answer(asks().gate(), answer);
    let unread = |world: World| world.aws_down();
    let then = "Then say what you saw; nothing is sent for that.";
    let rows: Vec<(&str, World, String)> = vec![
        ("branch", lost(World::maintenance(), action::create_branch()).github_down(), format!("Was the branch created? Look for maintenance-2026-11-24 on GitHub. {then}")),
        ("message", lost(World::maintenance().branch(), action::post_announcement()).slack_down(), format!("Was the message posted? Look in #production-deployment whether it is there. {then}")),
        ("pull request", lost(told().pull(412), action::merge_pull(412)).github_down(), format!("Was #412 merged? Look at #412 on GitHub. {then}")),
        ("release pull request", lost(told().pushed(), action::open_release_pull()).github_down(), format!("Was the pull request opened? Look on GitHub for a pull request into master. {then}")),
        ("release", lost(told().pushed().release_pull(), action::merge_release()).github_down(), format!("Was #420 merged? Look at #420 on GitHub. {then}")),
        ("approval", unread(lost(asks(), answer(Answer::Approved))), format!("Did your approval count? Look at the history of Approval in the AWS console. {then}")),
        ("rejection", unread(lost(asks(), answer(Answer::Rejected))), format!("Did your rejection count? Look at the history of Approval in the AWS console. {then}")),
        ("retry", unread(lost(asks().approved().build_failed(), action::retry("docker-build", EXECUTION, 65))), format!("Was docker-build started again? Look at the history of docker-build in the AWS console. {then}")),
        ("abandon", lost(asks().approved(), action::stop(true, false)).stopped_as(ExecutionStatus::Stopping).looked(LOST_AT + 1), format!("Was the deploy abandoned? Look at the executions of the pipeline in the AWS console. {then}")),
        ("result", lost(told(), action::post_result()).slack_down(), format!("Was the result posted? Look in #production-deployment, in the thread of the announcement. {then}")),
    ];
    check(rows.into_iter().map(|(row, world, should)| {
        let view = world.view();
        assert!(view.problem.is_none() && view.busy.is_some(), "{row}");
        assert_eq!(view.undecided.as_ref().unwrap().problem.code, Code::Unknown);
        (row.to_owned(), asked(&world), should)
    }));
}

#[test]
#[rustfmt::skip]
fn nobody_is_asked_while_a_look_may_still_tell() {
    let post = || action::post_announcement();
    let start = || World::maintenance().branch();
    let rows: Vec<(&str, World)> = vec![
        ("nothing is pending", start()),
        ("it is being sent", start().at(LOST_AT).sending(post()).at(70).slack_down()),
        ("not a minute ago", { let mut it = start().at(LOST_AT).lost(post()).slack_down(); it.now = at(LOST_AT).plus_seconds(59); it }),
        ("not looked yet, after a restart", start().at(LOST_AT).lost(post()).at(90).restarted()),
        ("only looked before", start().at(LOST_AT).lost(post()).at(90)),
        ("about to be settled", lost(start(), post())),
        ("a message that was being kept true", lost(told(), action::update_announcement()).slack_down()),
    ];
    check(rows.into_iter().map(|(row, world)| {
        let refused = world.decide(&say(&world, true)).is_err();
        (row.to_owned(), format!("{}, refused: {refused}", asked(&world)), "nothing, refused: true".to_owned())
    }));
}

#[test]
fn what_cannot_be_looked_for_is_asked_at_once() {
    let world = blind(
        World::maintenance()
            .branch()
            .at(LOST_AT)
            .lost(action::post_announcement()),
    );
    assert!(asked(&world).starts_with("Was the message posted?"));
}

#[test]
fn what_is_said_settles_it_and_stays_in_the_report() {
    let unknown = || lost(World::maintenance().branch(), action::post_announcement()).slack_down();
    let yes = said(unknown(), true);
    assert_eq!(yes.release.pending, None);
    assert_eq!(yes.state(StepId::Announce), StepState::Done);
    assert_eq!(yes.release.done.len(), 1);
    let line = "- Was the message posted? Dana looked and said yes, ";
    assert!(report::markdown(&yes.course()).contains(line));

    let no = said(unknown(), false).all_answer();
    assert_eq!(
        (no.release.pending.as_ref(), no.release.done.len()),
        (None, 0)
    );
    assert_eq!(no.state(StepId::Announce), StepState::Ready);
    assert!(no.view().announce.can_post, "it can be posted now");
    assert!(report::markdown(&no.course()).contains("looked and said no, "));

    let late = no.decide(&say(&unknown(), true)).unwrap_err();
    assert_eq!(late.code, Code::Changed, "it is about an action of before");
}

#[test]
fn a_release_can_be_put_aside_while_an_outcome_is_unknown() {
    let close = |world: &World| Intent::CloseRelease {
        release: world.id(),
    };
    let unknown = World::maintenance().branch().at(LOST_AT);
    let unknown = unknown.lost(action::post_announcement());
    assert_eq!(
        unknown.decide(&close(&unknown)).unwrap().records,
        [Record::Closed]
    );
    let closed = unknown.record(Record::Closed);
    assert!(closed.release.pending.is_some(), "it is looked up later");
    let sending = World::maintenance().sending(action::create_branch());
    assert!(sending.decide(&close(&sending)).is_err());
}

#[test]
fn a_sign_in_that_can_only_post_posts_and_is_believed() {
    let world = blind(World::maintenance().branch());
    assert_eq!(world.state(StepId::Announce), StepState::Ready);
    assert!(world.view().announce.can_post);
    let post = Intent::PostAnnouncement {
        release: world.id(),
        text: "Ready".into(),
    };
    let action = world.decide(&post).unwrap().action.expect("it is sent");
    let world = world.did(action);
    assert_eq!(world.state(StepId::Announce), StepState::Done);
    assert_eq!(world.decide(&post).unwrap_err().code, Code::Changed);
    let dark = world.slack_down();
    assert_eq!(dark.state(StepId::Announce), StepState::Done);
}
