//! A maintenance window that opens soon.

use super::*;
use crate::world::HEAD;
use slipway_core::facts::BranchHead;
use slipway_core::ids::ReleaseId;
use slipway_core::rules::opening;
use slipway_core::view::StepId;

const BRANCH: &str = "maintenance-2026-11-24";

/// What is told of Tuesday's window, when everything was looked at so many minutes before 7 pm.
fn told_at(minutes: i64, change: impl FnOnce(World) -> World) -> Option<Notice> {
    let world = change(World::maintenance().looked(minutes));
    told_of(&world, Mode::Real, false)
}

fn told_of(world: &World, mode: Mode, here: bool) -> Option<Notice> {
    let now = (&world.team, mode, world.now);
    let is_here = |release: &ReleaseId| here && release.as_str() == BRANCH;
    opening(now, &world.facts.repository, is_here, &world.desktop)
}

#[test]
#[rustfmt::skip]
fn it_is_told_half_an_hour_before_while_nobody_has_begun() {
    let made = |mut world: World| {
        let head = BranchHead { name: BRANCH.into(), sha: crate::world::sha(HEAD) };
        world.repository().branches.push(head);
        world
    };
    let merged = |mut world: World| {
        let merged = World::merged_release(BRANCH, HEAD);
        world.repository().merged.push(merged);
        world
    };
    let said = |notice: Option<Notice>| notice.map_or_else(String::new, |it| short(&[it]));
    let here = || World::maintenance().looked(-20);
    let rows: [(&str, Option<Notice>, &str); 12] = [
        ("31 minutes before", told_at(-31, |it| it), ""),
        ("half an hour before", told_at(-30, |it| it), "maintenance-soon*"),
        ("a minute before", told_at(-1, |it| it), "maintenance-soon*"),
        ("when it opens", told_at(0, |it| it), ""),
        ("the branch is there", told_at(-20, made), ""),
        ("it is out already", told_at(-20, merged), ""),
        ("slept since four minutes", told_at(-24, |it| it.at(-20)), ""),
        ("GitHub cannot be seen", told_at(-20, World::github_down), ""),
        ("nobody is signed in", told_at(-20, World::signed_out_of_github), ""),
        ("its release is here", told_of(&here(), Mode::Real, true), ""),
        ("in practice", told_of(&here(), Mode::Practice, false), ""),
        ("switched off", told_at(-20, |it| muted(it, Event::MaintenanceSoon)), "maintenance-soon"),
    ];
    check(rows.map(|(row, notice, should)| (row.to_owned(), said(notice), should.to_owned())));
}

#[test]
fn it_is_told_once_a_window_and_names_it() {
    let mut world = World::maintenance().looked(-30);
    let notice = told_of(&world, Mode::Real, false).unwrap();
    assert_eq!(notice.title, "The maintenance window opens soon");
    assert_eq!(
        notice.body,
        "maintenance-2026-11-24: opens 7:00 pm Pacific. Its branch is not made yet."
    );
    assert_eq!((notice.step, notice.at), (StepId::Branch, at(-30)));
    let told = entry(&world, DesktopRecord::Told { notice });
    world.desktop.apply(&told);
    assert_eq!(told_of(&world.clone().looked(-10), Mode::Real, false), None);
    let week = 7 * 24 * 60;
    let next = told_of(&world.looked(week - 20), Mode::Real, false);
    assert_eq!(next.unwrap().release.as_str(), "maintenance-2026-12-01");
}
