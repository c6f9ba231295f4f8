//! What is said of a log that is open, and how often AWS is asked for it.

use slipway_core::facts::{Build, BuildPhase, BuildStatus, LogLine, LogStream, RunStatus};
use slipway_core::log::{BuildLog, Calls, Needle, Place, Reading, Search, pause};
use slipway_core::problem::{Code, Problem};
use slipway_core::rules;
use slipway_core::view::{self, LogScreen, Mode};

use crate::table;
use crate::world::{World, at};

fn building() -> World {
    let mut world = World::maintenance()
        .branch()
        .announced()
        .no_etl()
        .no_database()
        .release_pull()
        .landed()
        .picked_up()
        .asks()
        .approved();
    world.detail().build = Some(build("project:1", BuildStatus::InProgress));
    world
}

fn build(id: &str, status: BuildStatus) -> Build {
    Build {
        id: id.into(),
        status,
        stream: Some(LogStream {
            group: "/aws/codebuild/project".into(),
            name: "1".into(),
        }),
    }
}

fn log(world: &World) -> BuildLog {
    BuildLog {
        total: 12_345,
        bytes: 34_567_890,
        first: 200,
        lines: ["first", "An Error"]
            .map(|text| LogLine {
                at: at(60),
                text: text.into(),
            })
            .to_vec(),
        ..BuildLog::of(world.id(), "project:1".into())
    }
}

fn drawn(world: &World, log: &BuildLog) -> LogScreen {
    let mut scene = world.scene();
    scene.log = Some(log);
    view::view(&scene).view.log.expect("it is open")
}

#[test]
fn how_far_reading_is_is_said() {
    let world = building();
    let problem = || Problem::new(Code::Throttled, "AWS asks to slow down.", "", "");
    let until = at(61);
    let rows = [
        (Reading::Begins, "Asking AWS for the log."),
        (Reading::Reads, "Still reading, 34 MB so far."),
        (
            Reading::Follows,
            "34 MB so far. New lines appear by themselves.",
        ),
        (Reading::Whole, "This is the whole log, 34 MB."),
        (
            Reading::NotThere,
            "AWS has no log of this build yet. Its lines appear by themselves when there are some.",
        ),
        (
            Reading::Missing,
            "AWS has no log of this build. It wrote none, or it was deleted.",
        ),
        (
            Reading::Deleted,
            "The log was deleted in AWS. The 34 MB read before that stay here until you close it.",
        ),
        (
            Reading::Waits {
                problem: problem(),
                until,
            },
            "AWS asks to slow down. Slipway reads on at 8:01 pm Pacific.",
        ),
        (
            Reading::Rests { until },
            "34 MB so far. So that AWS is not asked too often, Slipway reads on at 8:01 pm Pacific.",
        ),
        (
            Reading::Stopped { problem: problem() },
            "34 MB so far. Reading has stopped.",
        ),
        (
            Reading::Full { most: 512_000_000 },
            "Slipway keeps no more than 512 MB of a log. Open it in AWS to see the rest.",
        ),
    ];
    table::check(rows.map(|(reading, should)| {
        let log = BuildLog {
            reading: reading.clone(),
            ..log(&world)
        };
        let screen = drawn(&world, &log);
        assert_eq!(
            screen.problem.is_some(),
            matches!(reading, Reading::Stopped { .. })
        );
        let ends = matches!(
            reading,
            Reading::NotThere | Reading::Missing | Reading::Deleted | Reading::Stopped { .. }
        );
        assert_eq!(screen.reads_on, ends, "{reading:?}");
        (format!("{reading:?}"), screen.text, should.to_owned())
    }));
}

#[test]
fn the_lines_that_are_shown_are_counted_from_one() {
    let world = building();
    let screen = drawn(&world, &log(&world));
    assert_eq!(screen.shown, "Lines 201 to 202 of 12,345");
    assert_eq!(
        (screen.first, screen.total, screen.lines.len()),
        (200, 12_345, 2)
    );
    let empty = BuildLog::of(world.id(), "project:1".into());
    assert_eq!(drawn(&world, &empty).shown, "No lines");
}

#[test]
fn what_is_found_is_counted_and_marked() {
    let world = building();
    let rows = [
        ((0, 0, None, Reading::Reads), "In no line so far"),
        ((0, 12_345, None, Reading::Reads), "In no line so far"),
        ((0, 12_345, None, Reading::Whole), "In no line"),
        (
            (1_400, 9_000, None, Reading::Whole),
            "In 1,400 lines so far",
        ),
        (
            (1_400, 12_345, Some((201, 3)), Reading::Whole),
            "3 of 1,400 lines",
        ),
        ((1, 12_345, Some((201, 1)), Reading::Follows), "1 of 1 line"),
        (
            (2, 12_345, Some((201, 1)), Reading::Reads),
            "1 of 2 lines so far",
        ),
    ];
    table::check(rows.map(|((found, searched, current, reading), should)| {
        let search = Search {
            needle: Needle::new("error").expect("a text"),
            searched,
            found,
            current,
        };
        let log = BuildLog {
            reading,
            search: Some(search),
            place: current.map(|(line, _)| Place { line, seq: 1 }),
            ..log(&world)
        };
        let screen = drawn(&world, &log);
        let marks: Vec<usize> = screen.lines.iter().map(|line| line.marks.len()).collect();
        assert_eq!(marks, [0, 1]);
        let said = screen.search.expect("it is looked for");
        assert_eq!(said.steps, found > 0);
        (
            format!("{found} {searched} {current:?}"),
            said.found,
            should.to_owned(),
        )
    }));
}

#[test]
fn the_whole_log_is_offered_once_there_is_one_and_a_newer_one_is_told() {
    let mut world = building();
    assert!(world.view().build.has_log);
    let open = log(&world);
    assert!(!drawn(&world, &open).newer);
    world.detail().build = Some(build("project:2", BuildStatus::InProgress));
    assert!(drawn(&world, &open).newer);
    world.detail().build = Some(Build {
        stream: None,
        ..build("project:2", BuildStatus::InProgress)
    });
    assert!(!world.view().build.has_log && !drawn(&world, &open).newer);
    world.detail().build = None;
    assert!(!world.view().build.has_log);
}

#[test]
fn a_log_is_whole_a_while_after_its_build_has_ended() {
    let mut world = building();
    let whole = |world: &World, seconds: i64| {
        rules::is_whole(&world.course(), "project:1", at(60).plus_seconds(seconds))
    };
    assert!(!whole(&world, 600) && rules::is_building(&world.course(), "project:1"));
    world.detail().build = Some(build("project:1", BuildStatus::Failed));
    world.detail().phases = vec![BuildPhase {
        name: "COMPLETED".into(),
        status: Some(RunStatus::Succeeded),
        code: String::new(),
        message: String::new(),
        started_at: Some(at(60)),
        ended_at: None,
    }];
    assert!(!rules::is_building(&world.course(), "project:1"));
    assert!(!whole(&world, 5), "its last lines are on their way");
    assert!(whole(&world, 30));
    world.detail().build = Some(build("project:2", BuildStatus::InProgress));
    assert!(whole(&world, 0), "another build has begun since");
}

#[test]
fn aws_is_asked_at_a_measured_pace() {
    let calls = |all, pages, oldest| Calls { all, pages, oldest };
    let rows = [
        ("more is there", Mode::Real, true, true, calls(9, 9, 2), 0),
        ("at the end", Mode::Real, true, false, calls(9, 0, 100), 20),
        (
            "after many pages",
            Mode::Real,
            true,
            false,
            calls(60, 60, 100),
            30,
        ),
        (
            "after nearly all",
            Mode::Real,
            true,
            false,
            calls(179, 179, 100),
            40,
        ),
        (
            "none is left",
            Mode::Real,
            true,
            true,
            calls(180, 180, 100),
            3_500,
        ),
        (
            "more is left once it ended",
            Mode::Real,
            false,
            true,
            calls(180, 180, 100),
            0,
        ),
        (
            "all is used",
            Mode::Real,
            false,
            true,
            calls(700, 700, 3_600),
            1,
        ),
        (
            "nobody counts",
            Mode::Practice,
            true,
            false,
            calls(9_000, 0, 1),
            1,
        ),
        (
            "nobody counts, and more is there",
            Mode::Practice,
            true,
            true,
            calls(9_000, 0, 1),
            0,
        ),
    ];
    table::check(rows.map(|(row, mode, running, more, calls, should)| {
        (row.to_owned(), pause(mode, running, more, calls), should)
    }));
}
