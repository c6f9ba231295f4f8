//! What a person is told: one notice a change, each once, and its words.

mod asked_for;
mod once;
mod opening;
mod reminders;

use crate::table::check;
use crate::world::{Then, World, at};
use slipway_core::desktop::{DesktopEntry, DesktopRecord, Event, Notice, Preference, TestNotice};
use slipway_core::facts::{Category, ExecutionStatus, Failing, RunStatus};
use slipway_core::problem::{Code, Problem};
use slipway_core::record::Record;
use slipway_core::rules::notices;
use slipway_core::text;
use slipway_core::view::{self, Mode};
use slipway_core::words;

fn landed() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .pull(415)
        .merged(415)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
        .noted()
}

fn due(world: &World) -> Vec<Notice> {
    notices(&world.situation(), &world.desktop)
}

fn entry(world: &World, record: DesktopRecord) -> DesktopEntry {
    DesktopEntry {
        at: world.now,
        record,
    }
}

/// Takes a look: what is due is written down, as the engine does.
fn told(world: &mut World) -> Vec<Notice> {
    let due = due(world);
    for notice in &due {
        let told = DesktopRecord::Told {
            notice: notice.clone(),
        };
        let entry = entry(world, told);
        world.desktop.apply(&entry);
    }
    due
}

/// "event", with a star when it goes to the desktop.
fn short(notices: &[Notice]) -> String {
    let one = |notice: &Notice| {
        let star = if notice.shows { "*" } else { "" };
        format!("{}{star}", notice.event.word())
    };
    notices.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn muted(mut world: World, event: Event) -> World {
    let preference = Preference::Notices { event, on: false };
    let entry = entry(&world, DesktopRecord::Prefers { preference });
    world.desktop.apply(&entry);
    world
}

fn forbidden(mut world: World) -> World {
    let problem = Problem::new(Code::Forbidden, "You may not list what ran.", "", "");
    world.facts.pipeline.last.as_mut().unwrap().at = world.now;
    world.facts.execution.last = None;
    world.facts.execution.failing = Some(Failing {
        problem,
        since: world.now,
    });
    world
}

/// What is told at each look of an evening.
fn looks(world: World, steps: &[Then]) -> Vec<String> {
    let mut world = world;
    let look = |step: &Then| {
        let desktop = world.desktop.clone();
        world = step(world.clone());
        world.desktop = desktop;
        short(&told(&mut world))
    };
    steps.iter().map(look).collect()
}

const PLAIN: [Then; 5] = [
    |it| it,
    World::picked_up,
    World::asks,
    World::approved,
    World::deployed,
];

#[test]
fn each_change_is_told_when_it_is_seen() {
    let rows: [(&str, Vec<Then>, &[&str]); 7] = [
        (
            "plain",
            PLAIN.to_vec(),
            &["", "", "approval-needed*", "building*", "succeeded*"],
        ),
        (
            "rejected, then offered again",
            vec![
                World::picked_up,
                World::asks,
                World::rejected,
                |it| it.asks_with("second", 60),
                World::approved,
            ],
            &[
                "",
                "approval-needed*",
                "rejected*",
                "approval-needed*",
                "building*",
            ],
        ),
        (
            "expired",
            vec![|it| it.picked_up().asks(), World::expired],
            &["approval-needed*", "expired*"],
        ),
        (
            "failed, then run again",
            vec![
                |it| it.picked_up().asks(),
                World::approved,
                World::build_failed,
                World::retried,
                World::deployed,
            ],
            &[
                "approval-needed*",
                "building*",
                "failed*",
                "building*",
                "succeeded*",
            ],
        ),
        (
            "stopped",
            vec![|it| it.picked_up().asks().approved(), |it| {
                it.stopped_as(ExecutionStatus::Stopped)
            }],
            &["approval-needed building*", "stopped*"],
        ),
        (
            "its source failed",
            vec![|it| it.picked_up().source_failed()],
            &["failed*"],
        ),
        (
            "a newer one took its place",
            vec![|it| it.picked_up().asks(), |it| {
                it.stopped_as(ExecutionStatus::Superseded)
            }],
            &["approval-needed*", ""],
        ),
    ];
    check(rows.map(|(row, steps, should)| {
        let should = should.iter().map(|it| (*it).to_owned()).collect();
        (row.to_owned(), looks(landed(), &steps), should)
    }));
}

#[test]
fn what_happened_meanwhile_is_told_in_its_order_and_the_newest_goes_to_the_desktop() {
    let rows: [(&str, World, &str); 5] = [
        (
            "asleep all evening",
            landed().picked_up().asks().approved().deployed(),
            "approval-needed building succeeded*",
        ),
        (
            "asleep over a failure and a retry",
            landed()
                .picked_up()
                .asks()
                .approved()
                .build_failed()
                .retried(),
            "approval-needed building failed building*",
        ),
        (
            "taken up after it was out",
            landed()
                .picked_up()
                .asks()
                .approved()
                .deployed()
                .opened_at(120),
            "approval-needed building succeeded",
        ),
        (
            "taken up after it failed",
            landed()
                .picked_up()
                .asks()
                .approved()
                .build_failed()
                .opened_at(120),
            "approval-needed building failed*",
        ),
        (
            "back after two weeks",
            landed()
                .picked_up()
                .asks()
                .approved()
                .deployed()
                .at(14 * 24 * 60),
            "approval-needed building succeeded",
        ),
    ];
    check(
        rows.map(|(row, world, should)| (row.to_owned(), short(&due(&world)), should.to_owned())),
    );
}

#[test]
fn nothing_is_told_from_what_cannot_be_relied_on() {
    let world = || landed().picked_up().asks();
    let rows: [(&str, World); 8] = [
        ("AWS does not answer", world().aws_down()),
        ("what ran cannot be read now", world().details_down()),
        ("signed out", world().signed_out_of_aws()),
        ("started again", world().noted().restarted()),
        ("what ran was not read yet", world().details_never_read()),
        (
            "what ran was read before it ended",
            world().approved().deployed().details_as_asked(),
        ),
        (
            "before the merge",
            World::maintenance().branch().announced(),
        ),
        (
            "last week's",
            World::maintenance().execution(
                "older",
                Some("0ddba11"),
                -50,
                ExecutionStatus::Succeeded,
            ),
        ),
    ];
    check(rows.map(|(row, world)| (row.to_owned(), short(&due(&world)), String::new())));
}

#[test]
fn a_person_who_may_not_list_what_ran_is_told_what_the_stages_show() {
    let forbid: Then = forbidden;
    let steps: [Then; 6] = [
        |it| it.picked_up(),
        World::asks,
        World::approved,
        World::build_failed,
        World::retried,
        World::deployed,
    ];
    let mut told_so_far = Vec::new();
    let mut world = landed();
    for step in steps {
        let desktop = world.desktop.clone();
        world = step(world);
        world.desktop = desktop;
        let mut seen = forbid(world.clone());
        told_so_far.push(short(&told(&mut seen)));
        assert_eq!(due(&seen), [], "told once");
        world.desktop = seen.desktop;
    }
    let should = [
        "",
        "approval-needed*",
        "building*",
        "failed*",
        "building*",
        "succeeded*",
    ];
    assert_eq!(told_so_far, should);
    assert_eq!(
        short(&due(&world)),
        "",
        "nothing is told again once they may"
    );
    let rejected = forbid(landed().picked_up().asks().rejected());
    assert_eq!(due(&rejected)[0].title, "The deploy was not approved");
}

#[test]
fn a_switch_keeps_an_event_off_the_desktop_and_in_the_list() {
    for event in Event::ALL {
        for world in every_state() {
            let plain = due(&world);
            let quiet = due(&muted(world, event));
            for (one, other) in plain.iter().zip(&quiet) {
                assert_eq!(one.key, other.key);
                assert_eq!(other.shows, one.shows && one.event != event);
            }
        }
    }
}

#[test]
fn two_releases_in_one_execution_are_each_told() {
    let world = landed().picked_up().asks();
    let mut other = world.clone();
    other.release.id = "hotfix-2026-11-24-login".into();
    let desktop = {
        let mut world = world;
        told(&mut world);
        world.desktop
    };
    other.desktop = desktop;
    assert_eq!(short(&due(&other)), "approval-needed*");
}

#[test]
fn two_actions_that_fail_in_one_stage_are_one_change() {
    let mut world = landed().picked_up().asks().approved();
    world = world.run("Source", Category::Source, RunStatus::Succeeded, 40, 41);
    told(&mut world);
    let mut one = world.clone().build_failed();
    let mut second = one.newest_run().clone();
    second.id = "lint-52".into();
    second.action = "lint".into();
    second.status = RunStatus::InProgress;
    push_run(&mut one, second.clone());
    assert_eq!(short(&told(&mut one)), "failed*");
    second.status = RunStatus::Failed;
    second.updated_at = at(66);
    pop_run(&mut one);
    push_run(&mut one, second);
    assert_eq!(short(&due(&one)), "");
}

fn push_run(world: &mut World, run: slipway_core::facts::ActionRun) {
    let seen = world.facts.execution.last.as_mut().unwrap();
    seen.value.as_mut().unwrap().runs.push(run);
}

fn pop_run(world: &mut World) {
    let seen = world.facts.execution.last.as_mut().unwrap();
    seen.value.as_mut().unwrap().runs.pop();
}

fn every_state() -> Vec<World> {
    let asked = || landed().picked_up().asks();
    vec![
        asked(),
        asked().looked(71),
        asked().looked(41 + 6 * 24 * 60),
        asked().approved(),
        asked().approved().deployed(),
        asked().approved().build_failed(),
        asked().approved().build_turned_down(),
        asked().approved().build_failed().retried(),
        asked().rejected(),
        asked().expired(),
        asked().approved().stopped_as(ExecutionStatus::Stopped),
        asked()
            .approved()
            .build_failed()
            .rolled_back(ExecutionStatus::Succeeded),
        asked().approved().stopped_as(ExecutionStatus::Cancelled),
        landed().picked_up().source_failed(),
        landed()
            .with_deploy_stage()
            .picked_up()
            .asks()
            .approved()
            .deploy_failed(),
        forbidden(asked().rejected()),
        forbidden(asked().approved()),
    ]
}

#[test]
fn the_words_of_every_notice() {
    let mut said = String::new();
    for world in every_state() {
        let notice = due(&world).pop().unwrap();
        let (title, body) = (notice.title.chars().count(), notice.body.chars().count());
        assert!(title <= 40 && body <= 120, "{notice:?}");
        said.push_str(&format!(
            "{} → {:?}\n{title:>3} {}\n{body:>3} {}\n\n",
            notice.event.word(),
            notice.step,
            notice.title,
            notice.body
        ));
    }
    insta::assert_snapshot!(said.trim_end());
}

#[test]
fn times_are_told_on_the_teams_clock() {
    for mut world in [
        landed().picked_up().asks(),
        landed().picked_up().asks().approved().deployed(),
    ] {
        world.team.window.zone = "Europe/Berlin".to_owned();
        let notice = due(&world).pop().unwrap();
        assert!(notice.body.contains("Berlin"), "{}", notice.body);
    }
}

#[test]
fn hostile_text_stays_text_and_short() {
    let hostile = "<b>x</b>\u{202e} @channel ".repeat(400);
    let mut world = landed().picked_up().asks().rejected();
    world.newest_run().summary = hostile.clone();
    world.newest_run().updated_by = Some(format!("arn:aws:sts::1:assumed-role/A/{hostile}"));
    world.release.id = hostile.as_str().into();
    world.release.milestones.clear();
    for notice in due(&world.noted()) {
        assert!(notice.title.chars().count() <= 40, "{}", notice.title);
        assert!(notice.body.chars().count() <= 120, "{}", notice.body);
        assert!(text::is_plain(&notice.title) && text::is_plain(&notice.body));
    }
}

#[test]
fn what_is_said_of_a_test_notice() {
    let taken = |clicks| TestNotice::Taken {
        server: "dunst".into(),
        version: "1.9.0 (2022-06-27)".into(),
        clicks,
    };
    let raw = "org.freedesktop.DBus.Error.LimitsExceeded: Too many.".into();
    let tests = [
        taken(true),
        taken(false),
        TestNotice::HandedOver,
        TestNotice::Absent,
        TestNotice::Silent,
        TestNotice::Refused { raw },
    ];
    let said = tests
        .each_ref()
        .map(|test| {
            let said = words::notice::tested(test);
            format!("{}\n{}", said.text, said.raw).trim_end().to_owned()
        })
        .join("\n\n");
    insta::assert_snapshot!(said);
    let world = World::maintenance();
    let mut scene = world.scene();
    assert_eq!(view::view(&scene).view.settings.test, None);
    scene.tested = Some(&tests[3]);
    let shown = view::view(&scene).view.settings.test.unwrap();
    assert_eq!(shown, words::notice::tested(&tests[3]));
}

#[test]
fn practice_says_so_on_the_desktop() {
    let title = |mode| words::notice::on_desktop(mode, "The build failed");
    assert_eq!(title(Mode::Practice), "Practice: The build failed");
    assert_eq!(title(Mode::Real), "The build failed");
}

impl World {
    /// It was taken up here only then.
    fn opened_at(mut self, minutes: i64) -> Self {
        self.release.opened.as_mut().unwrap().at = at(minutes);
        self.now = at(minutes);
        self.record(Record::Opened {
            kind: slipway_core::kind::Kind::Maintenance,
            date: "2026-11-24".parse().unwrap(),
            fix_name: None,
            adopted: true,
        })
    }
}
