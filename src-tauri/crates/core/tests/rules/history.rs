//! What is over: what came of it, how it is found, how its report reads.

use crate::table::check;
use crate::world::{World, action, at};
use insta::assert_snapshot;
use slipway_core::facts::ExecutionStatus;
use slipway_core::history::{
    Approver, Ending, History, HistoryPage, HistoryQuery, Opened, PastRelease, PastResult, Tally,
    search_text,
};
use slipway_core::kind::Kind;
use slipway_core::record::{Milestone, Record};
use slipway_core::rules::{Course, is_at_rest};
use slipway_core::view::{self, HistoryScreen, PastScreen, StepState};
use slipway_core::words::{history as words, report};

fn told() -> World {
    World::maintenance().branch().announced()
}

fn landed() -> World {
    let merged = told().pull(412).merged(412).no_more();
    merged
        .statement("UPDATE feeds\nSET active = 1")
        .ran(1)
        .release_pull()
        .landed()
}

fn asked() -> World {
    landed().picked_up().asks()
}

fn deployed() -> World {
    asked().approved().deployed().at(80).result_shared().noted()
}

fn retried() -> World {
    let failed = asked().approved().build_failed().noted();
    let again = failed.did(action::retry("Build", "ours", 60)).retried();
    again.deployed().at(100).result_shared().noted()
}

fn aside(world: World) -> World {
    world.noted().at(2000).record(Record::Closed)
}

fn nothing() -> World {
    told().at(9).no_etl().no_database().noted()
}

fn row(world: &World) -> PastRelease {
    PastRelease::of(&world.release).unwrap()
}

fn open(world: &World) -> World {
    let mut shown = world.clone();
    shown.history = History {
        shown: Some((HistoryQuery::default(), Ok(HistoryPage::default()))),
        opened: Some(Opened {
            release: world.release.clone(),
            row: row(world),
        }),
        ..History::default()
    };
    shown
}

fn screen(world: &World) -> HistoryScreen {
    view::view(&world.scene()).view.history.unwrap()
}

fn report_of(world: &World) -> PastScreen {
    screen(&open(world)).report.unwrap()
}

/// At 8:15 pm, to last week's, after the build had failed.
fn rolled_back(status: ExecutionStatus) -> World {
    let failed = asked().approved().build_failed().noted();
    failed.rolled_back(status)
}

#[test]
#[rustfmt::skip]
fn what_came_of_a_release_is_told_by_its_records_alone() {
    let stopped = || asked().approved().stopped_as(ExecutionStatus::Stopped);
    let rows = [
        ("in progress", told(), "-"),
        ("building", asked().approved().noted(), "-"),
        ("rejected, not put aside", asked().rejected().noted(), "-"),
        ("deployed, not shared", asked().approved().deployed().noted(), "-"),
        ("deployed and shared", deployed(), "Deployed after 68"),
        ("posted by another desktop", asked().approved().deployed().result_in_thread().noted(), "Deployed after 68"),
        ("after a retry", retried(), "Deployed, 1 retry after 86"),
        ("rejected", aside(asked().rejected()), "Rejected after 52"),
        ("expired", aside(asked().expired()), "Expired after 10121"),
        ("the build failed", aside(asked().approved().build_failed()), "Failed after 65"),
        ("stopped", aside(stopped()), "Stopped after 60"),
        ("rolled back, not put aside", rolled_back(ExecutionStatus::Succeeded).noted(), "-"),
        ("rolled back", aside(rolled_back(ExecutionStatus::Succeeded)), "Rolled back after 76"),
        ("the roll-back failed", aside(rolled_back(ExecutionStatus::Failed)), "Failed after 65"),
        ("rolled back, then out", aside(rolled_back(ExecutionStatus::Succeeded).noted().retried().deployed()), "Deployed, 1 retry after 86"),
        ("before anything came of it", aside(told()), "Put aside after 2000"),
        ("put aside when it was out", aside(asked().approved().deployed()), "Deployed after 68"),
        ("nothing to deploy", nothing(), "Nothing to deploy after 9"),
        ("nothing to deploy, put aside", aside(nothing()), "Nothing to deploy after 9"),
    ];
    check(rows.map(|(name, world, should)| {
        let is = PastRelease::of(&world.release).map_or("-".to_owned(), |row| {
            let minutes = (row.ended.0 - at(0).0) / 60_000;
            format!("{} after {minutes}", words::result(&row))
        });
        (name.to_owned(), is, should.to_owned())
    }));
}

#[test]
fn an_older_journal_did_not_note_that_it_was_over() {
    let older = asked().approved().deployed().noted().at(80).result_shared();
    assert_eq!(
        Ending::of(&older.release).map(|it| it.result),
        Some(PastResult::Deployed)
    );
    assert_eq!(row(&older), row(&deployed()));
}

#[test]
fn that_it_is_over_is_noted_once_and_forgotten_when_it_goes_on() {
    let over = nothing();
    assert_eq!(over.clone().noted().entries, over.entries);
    let adopted = Record::Opened {
        kind: Kind::Maintenance,
        date: over.release.date,
        fix_name: None,
        adopted: true,
    };
    let goes_on = aside(over).record(adopted);
    assert_eq!(Ending::of(&goes_on.release), None);
}

#[test]
fn a_branch_of_the_same_name_made_anew_is_another_release() {
    let anew = Record::Opened {
        kind: Kind::Maintenance,
        date: "2026-11-24".parse().unwrap(),
        fix_name: None,
        adopted: false,
    };
    let world = deployed().record(anew);
    assert!(world.release.milestones.is_empty() && Ending::of(&world.release).is_none());
}

#[test]
fn who_began_it_and_who_approved_it() {
    let here = row(&deployed());
    assert_eq!(
        (here.started_by.as_str(), here.approved_by.name()),
        ("Dana", Some("lee"))
    );
}

#[test]
#[rustfmt::skip]
fn nobody_approved_it_only_where_nobody_did() {
    let without = |mut world: World, drop: fn(&Milestone) -> bool| {
        world.release.milestones.retain(|it| !drop(it));
        world
    };
    let unnamed = |mut world: World| {
        for it in &mut world.release.milestones {
            if let Milestone::ApprovalAnswered { by, .. } = it { *by = None; }
        }
        world
    };
    let answer = |it: &Milestone| matches!(it, Milestone::ApprovalAnswered { .. });
    let any = |it: &Milestone| matches!(it, Milestone::ApprovalAnswered { .. } | Milestone::ApprovalAsked { .. });
    let again = |mut world: World| {
        let answered = world.release.milestones.iter().find(|it| answer(it)).cloned();
        world.release.milestones.extend(answered.map(|mut it| { if let Milestone::ApprovalAnswered { by, .. } = &mut it { *by = None; } it }));
        world
    };
    let rows = [
        ("somebody", deployed(), "lee"),
        ("somebody, though nobody may know who", unnamed(deployed()), "Not known"),
        ("approved again by one nobody may know", again(deployed()), "Not known"),
        ("it was asked and went out, the answer was not seen", without(deployed(), answer), "Not known"),
        ("it went out and none was asked", without(deployed(), any), "Nobody"),
        ("approved by one nobody may know, and it failed", unnamed(aside(asked().approved().build_failed())), "Not known"),
        ("rejected", aside(asked().rejected()), "Nobody"),
        ("expired", aside(asked().expired()), "Nobody"),
        ("put aside while it asked", aside(asked()), "Nobody"),
        ("before anybody was asked", aside(told()), "Nobody"),
    ];
    check(rows.map(|(name, world, should)| {
        let row = row(&world);
        let mut shown = world;
        let page = HistoryPage { rows: vec![row.clone()], total: 1, all: 1, lately: vec![] };
        shown.history.shown = Some((HistoryQuery::default(), Ok(page)));
        let screen = screen(&shown);
        let drawn = &screen.months[0].rows[0];
        assert_eq!(drawn.approved_by.is_some(), drawn.approver == "lee", "{name}");
        assert!(screen.markdown.ends_with(&format!("| {} |\n", drawn.approver)), "{name}");
        let kept = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<PastRelease>(&kept).unwrap(), row, "{name}");
        (name.to_owned(), drawn.approver.clone(), should.to_owned())
    }));
}

#[test]
#[rustfmt::skip]
fn it_is_followed_until_nothing_is_left_and_the_evening_is_past() {
    let quiet = || deployed().message("").noted();
    let rest = |world: &World| is_at_rest(&world.course(), &row(world));
    let gone = |world: World| { let mut world = world; world.facts.announcement.last.as_mut().unwrap().value = None; world };
    let rows = [
        ("the same evening", gone(quiet().at(90)), false),
        ("the next evening", gone(quiet().at(1600)), true),
        ("the message does not say it yet", deployed().at(1600), false),
        ("something is being sent", gone(quiet().at(1600)).sending(action::update_announcement()), false),
    ];
    check(rows.map(|(name, world, should)| (name.to_owned(), rest(&world), should)));
}

#[test]
#[rustfmt::skip]
fn it_is_found_by_any_words_in_it() {
    let mut world = deployed();
    world = world.pull_that(433, |pull| pull.title = "Größe der ÉTÉ-Tabelle".into()).merged(433).noted();
    let text = search_text(&world.release);
    let found = |typed: &str| {
        let query = HistoryQuery { text: typed.to_owned(), ..HistoryQuery::default() };
        query.words().iter().all(|word| text.contains(word.as_str()))
    };
    let rows = [
        ("", true), ("   ", true),
        ("maintenance-2026", true), ("MAINTENANCE", true), ("hotfix", false),
        ("#412", true), ("412", true), ("#413", false),
        ("dana", true), ("Kim", true), ("lee", true), ("nobody", false),
        ("grosse", true), ("GRÖSSE", true), ("größe", true), ("große", true), ("grösse x", false),
        ("ete", true), ("été tabelle", true), ("tabelle été", true), ("été hotfix", false),
        ("set active", true), ("4be19d2", true), ("set\u{202e} active", true),
    ];
    check(rows.into_iter().map(|(typed, should)| (format!("{typed:?}"), found(typed), should)));
}

#[test]
fn a_long_search_is_cut_and_a_huge_release_too() {
    let query = HistoryQuery {
        text: "a ".repeat(100_000),
        ..HistoryQuery::default()
    };
    assert!(query.words().len() <= 12 && !query.is_open());
    let huge = (0..40).fold(told(), |world, n| {
        world.statement(&format!("{n} {}", "x".repeat(50_000)))
    });
    assert!(search_text(&huge.release).chars().count() <= 200_000);
}

#[test]
fn a_page_reads_as_in_the_list() {
    let mut world = deployed().at(10_000);
    let earlier = PastRelease {
        release: "hotfix-2025-12-31-year-end".into(),
        kind: Kind::Hotfix,
        result: PastResult::Rejected,
        retries: 0,
        began: at(-480_000),
        ended: at(-479_949),
        started_by: "Tomás *Herrera* | x".into(),
        approved_by: Approver::Nobody,
        built_in: None,
        put_aside: true,
    };
    let page = HistoryPage {
        rows: vec![row(&retried()), row(&deployed()), earlier],
        total: 53,
        all: 60,
        lately: vec![
            Tally {
                result: PastResult::Rejected,
                count: 1,
            },
            Tally {
                result: PastResult::Deployed,
                count: 12,
            },
        ],
    };
    let query = HistoryQuery {
        text: "`dana`".into(),
        from: 50,
        ..HistoryQuery::default()
    };
    world.history.shown = Some((query, Ok(page)));
    let screen = screen(&world);
    let months: Vec<(&str, usize)> = screen
        .months
        .iter()
        .map(|month| (month.name.as_str(), month.rows.len()))
        .collect();
    assert_eq!(months, [("November", 2), ("December 2025", 1)]);
    assert_eq!((screen.newer, screen.earlier), (Some(0), None));
    assert_eq!(screen.lately, "Last 60 days: 12 deployed, 1 rejected");
    let first = &screen.months[0].rows[0];
    assert_eq!(
        (first.word.as_str(), first.state),
        ("Deployed, 1 retry", StepState::Done)
    );
    assert_snapshot!(screen.markdown);
}

#[test]
fn the_extent_and_the_last_days_in_words() {
    assert_eq!(words::extent(0, 3, 3), "3 deploys");
    assert_eq!(words::extent(0, 1, 1), "1 deploy");
    assert_eq!(words::extent(0, 50, 5000), "1 to 50 of 5000 deploys");
    assert_eq!(words::extent(50, 3, 53), "51 to 53 of 53 deploys");
    assert_eq!(words::lately(&[]), "Last 60 days: no deploys");
}

#[test]
fn the_report_of_what_is_over_reads_as_it_did_on_that_evening() {
    let world = deployed();
    let names = world.facts.names();
    let past = Course::past(&world.team, &world.release, &names);
    assert_eq!(report::rows(&past), report::rows(&world.course()));
    assert_snapshot!(report_of(&world).markdown);
}

#[test]
fn whatever_became_of_it_the_report_says_so() {
    let worlds = [
        ("rejected", aside(asked().rejected())),
        ("expired", aside(asked().expired())),
        ("failed", aside(asked().approved().build_failed())),
        ("after a retry", retried()),
        (
            "rolled back",
            aside(rolled_back(ExecutionStatus::Succeeded).did(action::roll_back(40))),
        ),
        (
            "stopped before anybody was asked",
            aside(landed().picked_up().ended(ExecutionStatus::Stopped)),
        ),
        ("put aside early", aside(told().statement("DROP TABLE a"))),
        ("nothing to deploy", nothing()),
    ];
    let said: Vec<String> = worlds
        .iter()
        .map(|(name, world)| {
            let screen = report_of(world);
            let row = |it: &view::ReportRow| {
                let state = crate::world::word(it.state);
                format!("{state} | {} | {} | {}", it.who, it.took, it.result)
            };
            let rows: Vec<String> = screen.rows.iter().map(row).collect();
            let sections = screen.sections.iter();
            let sections = sections.flat_map(|it| {
                let lines = it.lines.iter().map(|line| format!("  {}", line.text));
                std::iter::once(it.title.clone()).chain(lines)
            });
            let sections: Vec<String> = sections.collect();
            format!(
                "{name}: {}, {}\n{}\n{}\n",
                screen.word,
                screen.text,
                rows.join("\n"),
                sections.join("\n")
            )
        })
        .collect();
    assert_snapshot!(said.join("\n"));
}

#[test]
fn the_report_as_json() {
    let let_in = retried().did(action::enable("docker-build"));
    let posted = let_in.did(action::post_result());
    let names = posted.facts.names();
    let past = Course::past(&posted.team, &posted.release, &names);
    let json = report::json(&past, at(200));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["slipway_report"], 1);
    assert_snapshot!(json);
}

#[test]
fn it_tells_who_stopped_started_again_and_let_in() {
    let world = asked()
        .approved()
        .stopped_as(ExecutionStatus::Stopped)
        .at(62)
        .did(action::stop(false, false))
        .did(action::stop(true, true))
        .did(action::start(40))
        .did(action::enable("docker-build"));
    let screen = report_of(&aside(world.clone()));
    let mut sections = screen.sections.iter();
    let section = sections.find(|it| it.title == "Stopped, rolled back, started again");
    let lines = section.unwrap().lines.iter().map(|it| it.text.as_str());
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            "Tue 24 Nov, 8:02 pm, Dana told the deploy to stop: Wrong week (Dana, with Slipway)",
            "Tue 24 Nov, 8:02 pm, Dana abandoned the deploy: Wrong week (Dana, with Slipway)",
            "Tue 24 Nov, 8:02 pm, Dana started the pipeline again at 4be19d2",
            "Tue 24 Nov, 8:02 pm, Dana switched on the way into docker-build",
        ]
    );
    let json = report::document(&world.course());
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    let controlled = read["controlled"].as_array().unwrap();
    let of = |key: &str| {
        let values = controlled.iter().map(|it| it[key].as_str().unwrap_or("-"));
        values.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(of("did"), "told_to_stop, abandoned, started_again, let_in");
    assert_eq!(of("execution"), "tonight, tonight, -, -");
    let commit = "4be19d2000000000000000000000000000000000";
    assert_eq!(of("commit"), format!("-, -, {commit}, -"));
    assert_eq!(of("stage"), "-, -, -, docker-build");
    let why = "Wrong week (Dana, with Slipway)";
    assert_eq!(of("reason"), format!("{why}, {why}, -, -"));
    assert_eq!(of("by"), "Dana, Dana, Dana, Dana");
    assert_eq!(of("at").split(", ").next(), Some("2026-11-25T04:02:00Z"));
}

#[test]
fn two_reports_in_a_file_are_json_too() {
    let world = deployed();
    let one = report::document(&world.course());
    let file = format!("{}{one},\n{one}{}", report::beginning(at(0)), report::end());
    let read: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(read["releases"].as_array().map(Vec::len), Some(2));
    let none = format!("{}{}", report::beginning(at(0)), report::end());
    serde_json::from_str::<serde_json::Value>(&none).unwrap();
}

#[test]
fn nothing_hostile_gets_into_a_report() {
    let hostile = "a\u{202e}b\u{1b}[31m\u{0}<script>";
    let world = told()
        .pull_that(412, |pull| {
            pull.title = hostile.into();
            pull.author = hostile.into();
        })
        .merged(412)
        .no_more()
        .statement(hostile)
        .ran(1)
        .noted();
    let json = report::document(&world.course());
    assert!(!json.contains('\u{202e}') && !json.contains("\\u001b") && !json.contains("\\u0000"));
    let screen = report_of(&aside(world));
    let lines = screen.sections.iter().flat_map(|it| &it.lines);
    let mut texts = lines.flat_map(|it| std::iter::once(&it.text).chain(&it.sql));
    assert!(texts.all(|it| slipway_core::text::is_plain(it)));
}
