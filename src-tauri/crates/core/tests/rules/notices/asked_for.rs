//! A failure that a person wanted to be told of once more.

use super::*;
use slipway_core::rules::{look_every, next_reminder};

/// The build failed at 8:05 pm, which was told.
fn failed() -> World {
    let mut world = landed().picked_up().asks().approved().build_failed();
    told(&mut world);
    world
}

#[test]
#[rustfmt::skip]
fn a_failure_is_told_once_more_when_a_person_asked_for_it_unless_it_is_over() {
    let set = || failed().reminded_at(75);
    let dropped = set().record(Record::DropReminder);
    let another = |mut world: World| {
        let reminder = world.release.reminder.as_mut().unwrap();
        reminder.execution = "earlier".into();
        world
    };
    let rows: [(&str, World, &str); 11] = [
        ("before it is due", set().looked(74), ""),
        ("due", set().looked(75), "failed*"),
        ("due, and not looked at since", set().at(76), ""),
        ("slept over it", set().looked(75 + 600), "failed*"),
        ("taken back", dropped.looked(75), ""),
        ("set anew", set().reminded_at(90).looked(80), ""),
        ("AWS cannot be seen", set().looked(75).aws_down(), ""),
        ("it runs again", set().retried().looked(75), "building*"),
        ("it is out", set().retried().deployed().looked(80), "building succeeded*"),
        ("it failed anew since", set().retried().build_failed().looked(90), "building failed*"),
        ("of another execution", another(set()).looked(75), ""),
    ];
    check(rows.map(|(row, world, should)| (row.to_owned(), short(&due(&world)), should.to_owned())));
}

#[test]
fn it_is_told_once_and_whatever_is_switched_off() {
    let mut world = muted(failed().reminded_at(75).looked(75), Event::Failed);
    let notices = told(&mut world);
    assert_eq!(short(&notices), "failed*");
    assert_eq!(notices[0].title, "You wanted to be reminded");
    assert_eq!(
        notices[0].body,
        "maintenance-2026-11-24: docker-build failed at 8:05 pm and has not run since."
    );
    assert_eq!(short(&due(&world.looked(76))), "", "once");
}

#[test]
fn the_card_says_when_and_offers_it_again_once_it_was_told() {
    let text = |world: &World| {
        let failure = world.view().build.failure.unwrap();
        failure.reminding.unwrap().text
    };
    let world = failed().reminded_at(75);
    assert_eq!(text(&failed()), "");
    assert_eq!(text(&world), "Slipway reminds you at 8:15 pm Pacific.");
    assert_eq!(text(&world.looked(75)), "");
}

#[test]
fn what_is_due_is_looked_at_at_once_and_then_no_more_often_than_before() {
    let world = || failed().reminded_at(75).looked(70);
    let every = |world: World| look_every(Mode::Real, &[world.course()]);
    assert_eq!(
        [
            every(world()),
            every(world().at(75)),
            every(world().looked(75))
        ],
        [60, 10, 60]
    );
    let next = |world: World| next_reminder(&world.release, world.now);
    assert_eq!([next(world()), next(world().at(75))], [Some(at(75)), None]);
}
