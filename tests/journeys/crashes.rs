//! The crash matrix: a process that is killed at every boundary of a whole release, once a cell, finishes it after a
//! restart, and everything was done once.
//!
//! The boundaries come from a rehearsal. Of the requests they are each operation's first one since something was
//! changed last, once before it takes effect and once before its reply: what is asked again before anything changes is
//! the same look again, and is folded into the first. Of the journal they are those of every append.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::kind::Kind;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::appends::COUNTED;
use crate::process::Process;
use crate::stage::Stage;
use crate::way::Way;

/// So many cells are in work at a time: most of them wait for the world.
const ABREAST: usize = 6;
/// So many are taken in the ordinary run, evenly; all of them with `SLIPWAY_LONG`.
const ORDINARY: usize = 24;

/// A release, and when the process that does it is killed.
#[derive(Clone)]
struct Cell {
    way: Way,
    boundary: Boundary,
}

/// When a process is killed.
#[derive(Clone)]
enum Boundary {
    /// At this operation's first request once so many requests changed the world.
    Request {
        operation: String,
        effects: u64,
        fault: &'static str,
    },
    /// At this boundary of the journal, counted from 1.
    Append(usize),
}

/// What a release took that nobody disturbed.
struct Rehearsal {
    cells: Vec<Cell>,
    /// All requests.
    requests: usize,
    /// Those that are a boundary of their own.
    boundaries: usize,
    appends: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_boundary_it_finishes_and_does_each_thing_once() {
    let mut cells = Vec::new();
    for way in [
        Way::Straight(Kind::Maintenance),
        Way::Straight(Kind::Hotfix),
        Way::Around,
    ] {
        let rehearsal = rehearse(way).await;
        println!(
            "crash matrix: {way:?}: {} requests, of which {} are a look that was had already and are folded; \
             {} boundaries of requests, twice each; {} boundaries of the journal",
            rehearsal.requests,
            rehearsal.requests - rehearsal.boundaries,
            rehearsal.boundaries,
            rehearsal.appends,
        );
        cells.extend(rehearsal.cells);
    }
    let all = cells.len();
    let long = std::env::var_os("SLIPWAY_LONG").is_some();
    let taken = evenly(&cells, if long { all } else { ORDINARY });
    let count = taken.len();
    println!("crash matrix: {all} cells, {count} of them in this run");

    let room = Arc::new(Semaphore::new(ABREAST));
    let mut cells = JoinSet::new();
    let mut names = HashMap::new();
    for cell in taken {
        let (name, room) = (cell.to_string(), room.clone());
        let task = cells.spawn(async move {
            let _turn = room.acquire_owned().await.expect("it is never closed");
            run(&cell).await
        });
        names.insert(task.id(), name);
    }
    let (mut killed, mut failed) = (0, Vec::new());
    while let Some(ended) = cells.join_next_with_id().await {
        match ended {
            Ok((_, was_killed)) => killed += usize::from(was_killed),
            Err(error) => failed.push(format!("{}: {error}", names[&error.id()])),
        }
    }
    println!(
        "crash matrix: {killed} killed, {} ended before they came to it, {} failed",
        count - killed - failed.len(),
        failed.len(),
    );
    assert!(failed.is_empty(), "{failed:#?}");
    // The last look of all is not always had.
    assert!(killed * 10 >= count * 9, "{killed} of {count}");
}

async fn rehearse(way: Way) -> Rehearsal {
    let stage = set(way).await;
    Process::start(&stage, way).await_end().await;
    assert_done_once(&stage, way);
    let requests = stage.sim.requests();
    let mut effects: u64 = 0;
    let mut boundaries = BTreeSet::new();
    for request in &requests {
        boundaries.insert((effects, request.operation.clone()));
        effects += u64::from(request.effect);
    }
    let told = std::fs::read_to_string(stage.data.path().join(COUNTED)).expect("it is told");
    let appends: usize = told.parse().expect("a number");
    // Each write is journalled before and after.
    assert!(
        appends >= 2 * usize::try_from(effects).expect("they are few"),
        "what SQLite's client reports is not understood: {appends}"
    );
    let of_requests = boundaries.iter().flat_map(|(effects, operation)| {
        ["park", "hold"].map(|fault| Boundary::Request {
            operation: operation.clone(),
            effects: *effects,
            fault,
        })
    });
    let all = of_requests.chain((1..=appends).map(Boundary::Append));
    Rehearsal {
        cells: all.map(|boundary| Cell { way, boundary }).collect(),
        requests: requests.len(),
        boundaries: boundaries.len(),
        appends,
    }
}

/// Whether it was killed, or ended before it came to its boundary.
async fn run(cell: &Cell) -> bool {
    let stage = set(cell.way).await;
    let killed = match &cell.boundary {
        Boundary::Request {
            operation,
            effects,
            fault,
        } => {
            let fault = json!({"operation": operation, "effects": effects, "kind": fault});
            stage.order("/faults", fault).await;
            let mut process = Process::start(&stage, cell.way);
            let held = process.await_held_or_end(&stage).await;
            process.kill();
            stage.control(Method::DELETE, "/faults", Value::Null).await;
            held
        }
        Boundary::Append(boundary) => {
            let mut process = Process::start_stopping(&stage, cell.way, Some(*boundary));
            let stopped = process.await_stopped_or_end(&stage).await;
            process.kill();
            stopped
        }
    };
    Process::start(&stage, cell.way).await_end().await;
    assert_done_once(&stage, cell.way);
    killed
}

/// A release with everything that can be sent in it: its build fails once, and where it goes around, it is held up first.
async fn set(way: Way) -> Stage {
    let stage = Stage::recorded(1, 0).await;
    if matches!(way, Way::Around) {
        let off = json!({"stage": "Build", "enabled": false, "reason": "Freeze until Monday"});
        stage.order("/transitions", off).await;
    }
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    stage
}

fn assert_done_once(stage: &Stage, way: Way) {
    if let Way::Straight(_) = way {
        stage.assert_released_once(1, 1);
        return;
    }
    let expected = [
        ("git/create-ref", 1),
        ("pulls/merge", 2),
        ("pulls/create", 1),
        ("codepipeline:PutApprovalResult", 2),
        ("codepipeline:StopPipelineExecution", 1),
        ("codepipeline:StartPipelineExecution", 1),
        ("codepipeline:EnableStageTransition", 1),
        ("codepipeline:RollbackStage", 1),
        ("codepipeline:RetryStageExecution", 0),
    ];
    let counted = expected.map(|(operation, _)| (operation, stage.effects(operation)));
    assert_eq!(counted, expected);
    assert_eq!(stage.assert_told_once(), 0, "there is no result to tell");
}

fn evenly(cells: &[Cell], count: usize) -> Vec<Cell> {
    let count = count.min(cells.len());
    let chosen = (0..count).map(|nth| cells[nth * cells.len() / count].clone());
    chosen.collect()
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: ", self.way)?;
        match &self.boundary {
            Boundary::Request {
                operation,
                effects,
                fault,
            } => write!(f, "{fault} {operation} after {effects} effects"),
            Boundary::Append(boundary) => write!(f, "boundary {boundary} of the journal"),
        }
    }
}
