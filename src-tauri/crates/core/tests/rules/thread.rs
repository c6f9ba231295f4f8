//! What is told in the announcement's thread: each change that people must see, once, by the desktop that leads.

use crate::table::check;
use crate::world::{Then, World, action};
use insta::assert_snapshot;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{Channel, ExecutionStatus};
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::record::Record;
use slipway_core::rules::{self, settle, watched};
use slipway_core::view::StepId;

/// Merged and picked up; the message says so.
fn landed() -> World {
    let world = World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .at(25)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
        .noted();
    said(world.picked_up())
}

/// The message is true; what its thread has to tell is seen.
fn said(mut world: World) -> World {
    while let Some(update @ Action::UpdateAnnouncement { .. }) = world.follow_up() {
        world = world.did(update);
    }
    world
}

/// What is told next by itself: its first line, with a star where the channel sees it too.
fn tells(world: &World) -> String {
    match said(world.clone()).follow_up() {
        None => "nothing".to_owned(),
        Some(Action::TellChange {
            text, broadcast, ..
        }) => {
            let star = if broadcast { " *" } else { "" };
            let first = text.lines().next().unwrap().trim_matches('*').to_owned();
            format!("{first}{star}")
        }
        Some(other) => format!("{other:?}"),
    }
}

/// It is told by this desktop, and shows.
fn told(world: World) -> World {
    let world = said(world);
    let action @ Action::TellChange { .. } = world.follow_up().unwrap() else {
        panic!("nothing is told");
    };
    let change = change(&action);
    world.did(action).thread_tells(&change)
}

fn change(action: &Action) -> String {
    let Action::TellChange { change, .. } = action else {
        panic!("{action:?}")
    };
    change.clone()
}

/// On another desktop: it did not post the message, but sees it.
fn elsewhere(world: World) -> World {
    let mut world = world;
    world.entries.clear();
    world.release.done.clear();
    world
}

fn offers(world: &World) -> String {
    let tell = world.view().announce.tell;
    tell.map_or("nothing".to_owned(), |tell| tell.problem.what)
}

#[test]
#[rustfmt::skip]
fn a_failure_and_its_retry_are_told_in_order_and_each_once() {
    let steps: Vec<(&str, Then, &str)> = vec![
        ("picked up", |it| it, "nothing"),
        ("asks", World::asks, "Waiting for approval"),
        ("approved", World::approved, "nothing"),
        ("failed", World::build_failed, "The build failed"),
        ("retried", World::retried, "The build runs again"),
        ("failed again", World::build_failed, "The build failed"),
    ];
    let mut world = landed();
    for (row, step, should) in steps {
        world = said(step(world));
        assert_eq!(tells(&world), should, "{row}");
        if should != "nothing" {
            world = told(world);
        }
        assert_eq!(tells(&world), "nothing", "{row}, once more");
        // Looks show nothing new.
        assert_eq!(tells(&world.clone().looked(90).at(90)), "nothing", "{row}, looked again");
    }
}

#[test]
#[rustfmt::skip]
fn only_what_is_so_now_is_told_and_the_result_is_broadcast() {
    use ExecutionStatus::{Cancelled, Stopped};
    let asks = || landed().asks();
    let approved = || asks().approved();
    let rows = [
        ("asks", asks(), "Waiting for approval"),
        ("answered before it was told", approved(), "nothing"),
        ("rejected", asks().rejected(), "lee rejected the deploy"),
        ("expired", asks().expired(), "The approval expired"),
        ("failed", approved().build_failed(), "The build failed"),
        ("retried before the failure was told", approved().build_failed().retried(), "The build runs again"),
        ("out, and nothing was told on the way", approved().build_failed().retried().deployed(), "Deployed to production *"),
        ("stopped", approved().stopped_as(Stopped), "The deploy was stopped"),
        ("edited", approved().stopped_as(Cancelled), "The deploy was stopped"),
        ("the source failed", landed().source_failed(), "The source could not be fetched"),
        ("half deployed", asks().with_deploy_stage().approved().deploy_failed(), "The deploy failed"),
        ("the result is in the thread already", approved().deployed().result_in_thread(), "nothing"),
        ("out two days ago", approved().deployed().at(3 * 24 * 60), "nothing"),
        ("asks for two days", asks().at(2 * 24 * 60), "Waiting for approval"),
        ("AWS cannot be seen", asks().aws_down(), "nothing"),
        ("what ran cannot be read", asks().details_down(), "nothing"),
        ("what ran was not read since", approved().build_failed().details_as_asked(), "nothing"),
        ("Slack cannot be seen", asks().slack_down(), "nothing"),
        ("nobody is signed in to Slack", asks().signed_out_of_slack(), "nothing"),
        ("the message was deleted", gone(asks()), "nothing"),
        ("put aside", asks().record(Record::Closed), "nothing"),
        ("another action is pending", asks().lost(action::merge_release()), "nothing"),
        ("posted by another desktop", elsewhere(asks()), "nothing"),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), tells(&world), should.to_owned())));
}

fn gone(mut world: World) -> World {
    world.facts.announcement.last.as_mut().unwrap().value = None;
    world
}

#[test]
fn a_change_has_the_same_name_on_every_desktop() {
    let here = said(landed().asks());
    let action = here.follow_up().unwrap();
    let there = elsewhere(here).at(60);
    assert_eq!(
        there.view().announce.tell.unwrap().change,
        change(&action),
        "else it is told twice"
    );
    assert_eq!(offers(&there.thread_tells(&change(&action))), "nothing");
}

#[test]
#[rustfmt::skip]
fn what_the_leader_has_not_told_for_two_minutes_is_offered_to_others() {
    let asks = || elsewhere(said(landed().asks()));
    let refused = |code| {
        let world = said(landed().asks());
        let action = world.follow_up().unwrap();
        world.tried(action, code, "No.")
    };
    let waits = "A deploy waits for your approval.";
    let rows = [
        ("a minute after", asks().at(42), "nothing"),
        ("two minutes after", asks().at(43), waits),
        ("answered meanwhile", elsewhere(said(landed().asks().approved())).at(60), "nothing"),
        ("on the desktop that leads", said(landed().asks()).at(60), "nothing"),
        ("there, and Slack refused it", refused(Code::Refused), waits),
        ("there, and Slack was away", refused(Code::Unreachable), "nothing"),
        ("the message is gone", gone(asks()).at(60), "nothing"),
        ("Slack cannot be seen", asks().at(60).slack_down(), "nothing"),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), offers(&world), should.to_owned())));

    let world = asks().at(60);
    let press = |change: &str| Intent::TellChange { release: world.id(), change: change.to_owned() };
    let shown = world.view().announce.tell.unwrap().change;
    let sent = world.decide(&press(&shown)).unwrap().action.unwrap();
    assert_eq!(change(&sent), shown);
    assert_eq!(world.decide(&press("another")).unwrap_err().code, Code::Changed);
    let told = world.clone().thread_tells(&shown);
    assert_eq!(told.decide(&press(&shown)).unwrap_err().code, Code::Changed);
    let early = asks().at(42);
    assert_eq!(early.decide(&press(&shown)).unwrap_err().code, Code::Changed);
}

#[test]
fn a_lost_reply_holds_nothing_up_and_is_looked_up_before_anything_is_told() {
    let world = said(landed().asks());
    let action = world.follow_up().unwrap();
    let change = change(&action);
    let lost = world.lost(action);
    assert_eq!(lost.release.pending, None, "people go on");
    assert_eq!(tells(&lost), "nothing");
    let approve = Intent::Approve {
        release: lost.id(),
        gate: lost.view().approval.gate.expect("it can be answered"),
        comment: String::new(),
    };
    assert!(lost.decide(&approve).unwrap().action.is_some());
    assert!(lost.view().undecided.is_none() && lost.view().busy.is_none());

    let doubt = lost.release.in_doubt.clone().unwrap();
    let outcome = |world: &World| settle(&doubt, &world.facts, world.now);
    assert_eq!(outcome(&lost), None, "nobody looked since");
    let shows = lost.clone().thread_tells(&change).looked(43);
    assert_eq!(outcome(&shows), Some(Outcome::Done));
    let missing = lost.clone().looked(43);
    let Some(Outcome::NotDone { problem }) = outcome(&missing) else {
        panic!("it is not there");
    };
    let seq = doubt.seq;
    let outcome = Outcome::NotDone { problem };
    let again = missing.record(Record::Sent { seq, outcome });
    assert_eq!(tells(&again), "Waiting for approval");
    assert_eq!(again.release.last_problem, None, "nobody asked for it");
    // What was looked up in vain for ever stands in nobody's way either.
    assert_eq!(tells(&lost.approved().slack_down()), "nothing");
}

#[test]
fn a_finished_release_with_a_message_in_doubt_is_still_looked_at() {
    let mut world = said(landed().asks().approved().deployed());
    let action = world.follow_up().unwrap();
    world = world.lost(action).result_shared();
    world = said(world);
    assert_eq!(watched(&world.course()).len(), 1);
    let known = world.release.in_doubt.take().is_some();
    assert!(known);
}

#[test]
fn the_result_is_broadcast_unless_the_thread_told_it() {
    let broadcasts = |world: &World| {
        let post = Intent::PostResult {
            release: world.id(),
            note: String::new(),
        };
        let action = world.decide(&post).unwrap().action;
        matches!(action, Some(Action::PostResult { broadcast, .. }) if broadcast)
    };
    let out = said(landed().asks().approved().deployed());
    assert!(broadcasts(&out));
    assert!(!broadcasts(&told(out)));
}

#[test]
fn putting_a_release_aside_is_said_in_its_message() {
    let close = |world: &World| {
        let intent = Intent::CloseRelease {
            release: world.id(),
        };
        let decision = world.decide(&intent).unwrap();
        assert_eq!(decision.records, [Record::Closed]);
        let said = decision.farewell.map(|action| match action {
            Action::UpdateAnnouncement { text, .. } => text
                .rsplit_once('\n')
                .unwrap()
                .1
                .trim_matches('_')
                .to_owned(),
            other => format!("{other:?}"),
        });
        said.unwrap_or_default()
    };
    let aside = "Put aside by Dana. This message is not kept up to date any more";
    let waits = said(landed().asks());
    assert_eq!(close(&waits), aside);
    assert_eq!(close(&said(landed().asks().rejected())), aside);
    assert_eq!(close(&landed().asks().approved().deployed()), "");
    assert_eq!(close(&elsewhere(waits.clone())), "");
    assert_eq!(close(&gone(waits.clone())), "");
    assert_eq!(close(&waits.lost(action::merge_release())), "");
}

#[test]
fn a_message_that_is_gone_is_said_and_may_be_posted_anew() {
    let world = gone(said(landed().asks())).at(60);
    let screen = world.view().announce;
    assert_eq!(
        screen.trouble.unwrap().what,
        "The message is not in #production-deployment any more."
    );
    assert!(screen.can_post && screen.anew && !screen.can_declare);
    let rail = &world.view().steps[StepId::Announce as usize].note;
    assert_eq!(rail, "Done 7:04 pm, Dana, message is gone");
    let post = Intent::PostAnnouncement {
        release: world.id(),
        text: "Ready".into(),
    };
    let Some(Action::PostAnnouncement { text, .. }) = world.decide(&post).unwrap().action else {
        panic!("it is posted");
    };
    assert_eq!(text, "Ready\n\n_Step 6 of 8: waiting for approval_");
    let there = said(landed().asks()).at(60);
    assert_eq!(there.decide(&post).unwrap_err().code, Code::Changed);
}

#[test]
fn what_slack_does_not_let_slipway_do_is_said_in_three_parts() {
    let asks = || said(landed().asks());
    let mut webhook = asks();
    webhook
        .facts
        .workspace
        .last
        .as_mut()
        .unwrap()
        .value
        .reads_back = false;
    let mut archived = asks();
    let workspace = &mut archived.facts.workspace.last.as_mut().unwrap().value;
    (workspace.archived, workspace.channel) = (true, None);
    let mut removed = asks();
    removed.facts.workspace.last.as_mut().unwrap().value.channel = None;
    let refused = {
        let world = landed().asks();
        let update = world.follow_up().unwrap();
        world.tried(
            update,
            Code::Refused,
            "The message cannot be changed any more.",
        )
    };
    let by_hand = World::maintenance().branch().told_another_way();
    let said = [
        ("nobody signed in", asks().signed_out_of_slack()),
        ("no answer", asks().slack_down()),
        ("webhook", webhook),
        ("archived", archived),
        ("removed", removed),
        ("refused", refused),
        ("by hand", by_hand),
    ]
    .map(|(case, world)| {
        let problem = world.view().announce.trouble.expect(case);
        format!(
            "{case}\n  {}\n  {}\n  {}",
            problem.what, problem.means, problem.remedy
        )
    });
    assert_snapshot!(said.join("\n"));
    assert_eq!(asks().view().announce.trouble, None);
    assert_eq!(World::maintenance().branch().view().announce.trouble, None);
}

#[test]
fn what_a_webhook_posted_is_not_called_deleted_by_a_bot_that_cannot_find_it() {
    let says = |channel: &str| {
        let post = Action::PostAnnouncement {
            channel: channel.into(),
            text: "The branch is ready".to_owned(),
        };
        let world = World::maintenance().branch().at(5).did(post).looked(6);
        world.view().announce.trouble.map(|it| it.what)
    };
    let gone = "The message is not in #production-deployment any more.";
    assert_eq!(says("C0DEPLOY").as_deref(), Some(gone));
    assert_ne!(says(Channel::OF_A_WEBHOOK).as_deref(), Some(gone));
}

#[test]
fn one_thing_that_waits_holds_up_nothing_behind_it() {
    let wanted = rules::follow_ups(&landed().asks().situation());
    assert!(
        matches!(
            wanted.as_slice(),
            [Action::UpdateAnnouncement { .. }, Action::TellChange { .. }]
        ),
        "{wanted:?}"
    );
}

#[test]
fn the_words_in_the_thread() {
    let asks = || landed().asks();
    let approved = || asks().approved();
    let said = [
        asks(),
        approved().build_failed(),
        approved().build_turned_down(),
        approved().build_failed().retried(),
        approved().deployed(),
        asks().rejected(),
        asks().expired(),
        approved().stopped_as(ExecutionStatus::Stopped),
        approved()
            .build_failed()
            .rolled_back(ExecutionStatus::Succeeded),
        asks().with_deploy_stage().approved().deploy_failed(),
    ]
    .map(|world| match said(world).follow_up() {
        Some(Action::TellChange { text, .. }) => text,
        other => format!("{other:?}"),
    });
    assert_snapshot!(said.join("\n\n"));
}
