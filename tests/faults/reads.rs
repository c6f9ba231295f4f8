//! Every kind of read × everything that can go wrong with it: nothing turns green meanwhile, and it comes back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use slipway_core::problem::Problem;
use slipway_core::view::{ReleaseView, StepId, StepState, Tone, View};
use tokio::task::JoinSet;

use crate::checkpoint::{Checkpoint, Scene};
use crate::fault::{Ends, Fault, of_read};
use crate::part::Part;
use crate::pilot::Pilot;
use crate::table::Table;
use crate::walk::state;

/// An ordinary run plays one cell in as many.
const SHARE: usize = 6;
/// Longer than any cell takes.
const PATIENCE: Duration = Duration::from_secs(180);
/// A service that asks to slow down is left alone for some real seconds, too.
const LIMIT: Duration = Duration::from_secs(60);
const MOMENT: Duration = Duration::from_millis(200);
/// Longer than any pause that Slipway makes by itself. Seconds.
const STEP: u64 = 20;
/// A service that refuses the sign-in is asked again after as long. Seconds.
const REST: u64 = 61;
/// Enough for what lasts until somebody does something about it.
const LASTING: u32 = 1000;

/// What is shown of a step, as far as it must not get better because something cannot be read.
type Standing = BTreeMap<StepId, StepState>;

#[tokio::test(flavor = "multi_thread")]
async fn every_read_that_meets_any_fault_shows_nothing_green_and_comes_back() {
    let pilot = Pilot::flown().await;
    let part = Part::of(SHARE);
    let mut rows = JoinSet::new();
    let (mut all, mut expected) = (0, 0);
    for (row_number, ((service, operation), checkpoint)) in pilot.reads.iter().enumerate() {
        let faults = of_read(*service).into_iter().enumerate();
        all += faults.len();
        let faults: Vec<Fault> = faults
            .filter(|(column, it)| {
                part.plays(&format!("{operation} {}", it.name), row_number, *column)
            })
            .map(|(_, fault)| fault)
            .collect();
        expected += faults.len();
        let (operation, checkpoint) = (operation.clone(), checkpoint.clone());
        rows.spawn(async move {
            let cells = row(&operation, &checkpoint, &faults).await;
            (operation, cells)
        });
    }
    let mut table = Table::new("reads", all);
    while let Some(row) = rows.join_next().await {
        let (operation, cells) = row.expect("a row is caught");
        for (fault, came) in cells {
            table.note(operation.clone(), fault, came);
        }
    }
    assert_eq!(table.len(), expected);
    table.assert_good();
}

/// One kind of read meets one fault after the other in front of the same engine.
async fn row(
    operation: &str,
    checkpoint: &Arc<Checkpoint>,
    faults: &[Fault],
) -> Vec<(&'static str, (Result<String, String>, Duration))> {
    let mut cells = Vec::new();
    let mut scene = checkpoint.scene().await;
    for fault in faults {
        let began = Instant::now();
        let came = tokio::time::timeout(PATIENCE, meet(scene, operation, fault, checkpoint)).await;
        let came = match came {
            Ok((after, Ok(word))) => {
                scene = after;
                Ok(word)
            }
            // The next one is to be met by somebody who is well.
            Ok((_, Err(why))) => {
                scene = checkpoint.scene().await;
                Err(why)
            }
            Err(_) => {
                scene = checkpoint.scene().await;
                Err("it never ends".to_owned())
            }
        };
        cells.push((fault.name, (came, began.elapsed())));
    }
    scene.engine.stop().await;
    cells
}

async fn meet(
    mut scene: Scene,
    operation: &str,
    fault: &Fault,
    checkpoint: &Checkpoint,
) -> (Scene, Result<String, String>) {
    let before = match well(&scene).await {
        Ok(before) => before,
        Err(why) => return (scene, Err(why)),
    };
    scene.fault(operation, fault.kind.clone(), LASTING).await;
    let asked = scene.asked(operation).len();
    let mut met = until_it_is_met(&scene, operation, asked).await;
    if !met {
        // What is known for good is read by who begins anew.
        scene = scene.again(checkpoint.teller).await;
        scene.reads_its_journal(checkpoint.begun).await;
        met = until_it_is_met(&scene, operation, asked).await;
    }
    let came = if met {
        comes_back(&scene, fault, &before).await
    } else {
        Err("it is not read again".to_owned())
    };
    (scene, came)
}

/// Nothing got better while it lasts; it is said, and goes when the fault goes.
async fn comes_back(scene: &Scene, fault: &Fault, before: &Standing) -> Result<String, String> {
    let shown = scene.view();
    let better = standing(&shown)
        .into_iter()
        .find(|(step, state)| is_green(*state) && !before.get(step).copied().is_some_and(is_green));
    if let Some((step, _)) = better {
        return Err(format!("{step:?} turned green while nothing could be read"));
    }
    let told = shown.waterline.tone != Tone::Good;
    if told {
        says_so(&shown)?;
    }
    scene.no_faults().await;
    if fault.ends == Ends::SignedOut {
        scene.pass(REST).await;
        scene.look().await;
    }
    let after = well(scene).await?;
    if after != *before {
        return Err(format!("it does not come back: {before:?} {after:?}"));
    }
    Ok(match (told, fault.ends) {
        (true, Ends::SignedOut) => "said: back after the sign-in".to_owned(),
        (true, Ends::Heals | Ends::Stops | Ends::Lies) => "said: back by itself".to_owned(),
        // A read that the release can do without, or one that was answered in the end.
        (false, _) => "done without".to_owned(),
    })
}

/// Waits until everything is seen, and gives how it stands.
async fn well(scene: &Scene) -> Result<Standing, String> {
    let view = until(scene, |view| {
        view.waterline.tone == Tone::Good
            && view.releases.iter().all(is_settled)
            && !view.waterline.looking
    });
    let view = view.await.map_err(|view| {
        format!(
            "it is not well: {} {}",
            view.waterline.word, view.waterline.text
        )
    })?;
    Ok(standing(&view))
}

/// Looks until the fault was met and what came of it is shown.
async fn until_it_is_met(scene: &Scene, operation: &str, asked: usize) -> bool {
    for _ in 0..3 {
        scene.look().await;
        if scene.asked(operation).len() > asked {
            scene.look().await;
            return true;
        }
        scene.pass(STEP).await;
    }
    false
}

async fn until(scene: &Scene, is: impl Fn(&View) -> bool) -> Result<Arc<View>, Arc<View>> {
    let mut views = scene.engine.views();
    let end = Instant::now() + LIMIT;
    while Instant::now() < end {
        let view = views.borrow_and_update().clone();
        if is(&view) {
            return Ok(view);
        }
        let changed = tokio::time::timeout(MOMENT, views.changed()).await;
        if changed.is_err() && !view.waterline.looking {
            scene.pass(STEP).await;
        }
    }
    Err(scene.view())
}

fn standing(view: &View) -> Standing {
    let steps = |release: &ReleaseView| {
        let step = |step: StepId| (step, state(release, step));
        StepId::ALL.map(step)
    };
    view.releases.iter().flat_map(steps).collect()
}

fn is_settled(release: &ReleaseView) -> bool {
    let unknown = |step: &StepId| state(release, *step) == StepState::Unknown;
    release.busy.is_none() && !StepId::ALL.iter().any(unknown)
}

fn is_green(state: StepState) -> bool {
    state == StepState::Done
}

/// The strip at the top tells which service it is.
fn says_so(view: &View) -> Result<(), String> {
    let line = &view.waterline;
    let named = ["GitHub", "Slack", "AWS"].contains(&line.word.as_str());
    let problems: Vec<&Problem> = view
        .accounts
        .services
        .iter()
        .filter_map(|it| it.problem.as_ref())
        .collect();
    let empty = problems
        .iter()
        .any(|it| it.what.is_empty() || it.remedy.is_empty());
    (named && !line.text.is_empty() && !empty)
        .then_some(())
        .ok_or_else(|| format!("it is not said: {} {}", line.word, line.text))
}
