//! Where schedules begin: at each place on a release's way, as a calm evening leads there.

use std::sync::OnceLock;
use std::time::Duration;

use fastrand::Rng;
use serde_json::json;
use slipway_core::view::{ReleaseView, StepId, StepState};
use slipway_sim::Pace;
use slipway_sim::world::World;

use super::person::Person;
use super::schedule::{self, START};
use super::stage::{Snapshot, Stage};
use super::weather::Weather;

/// How far a calm evening has come.
const PLACES: [Place; 11] = [
    Place::Nothing,
    Place::At(StepId::Announce),
    Place::At(StepId::Etl),
    Place::At(StepId::Database),
    Place::At(StepId::Merge),
    Place::At(StepId::Approval),
    Place::Asked,
    Place::At(StepId::Build),
    Place::Failed,
    Place::Held,
    Place::At(StepId::Finish),
];

/// A calm evening is over by then.
const EVENING: u32 = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No release yet.
    Nothing,
    /// The first step that is not settled.
    At(StepId),
    /// The approval waits for an answer.
    Asked,
    /// The build failed.
    Failed,
    /// The way into the build is switched off.
    Held,
}

impl Place {
    fn is_reached(self, release: &ReleaseView) -> bool {
        let is_settled = |step: &StepId| release.steps[*step as usize].state.is_settled();
        let current = StepId::ALL.iter().find(|step| !is_settled(step));
        match self {
            Self::Nothing => true,
            Self::At(step) => current == Some(&step),
            Self::Asked => release.approval.gate.is_some(),
            Self::Held => release.control.transition.is_some(),
            Self::Failed => release.steps[StepId::Build as usize].state == StepState::Failed,
        }
    }
}

/// One of the places.
pub(super) fn any(rng: &mut Rng) -> Snapshot {
    static OPENINGS: OnceLock<Vec<Snapshot>> = OnceLock::new();
    let openings = OPENINGS.get_or_init(|| PLACES.into_iter().map(lead_to).collect());
    openings[rng.usize(..openings.len())].clone()
}

fn lead_to(place: Place) -> Snapshot {
    let mut world = World::fresh(START.parse().expect("a time"), Pace::practice());
    if place == Place::Failed {
        let body = json!({"message": "no space left on device"});
        world
            .order("POST", "/build/fail", &body)
            .expect("it can fail");
    }
    if place == Place::Held {
        let body = json!({"stage": "Build", "enabled": false, "reason": "Frozen"});
        world
            .order("POST", "/transitions", &body)
            .expect("it can be switched off");
    }
    let snapshot = Snapshot::of(world);
    if place == Place::Nothing {
        return snapshot;
    }
    fastrand::seed(0);
    let stage = Stage::set(snapshot, Rng::with_seed(0), None);
    stage.with(|inner| inner.weather = Weather::default());
    schedule::in_a_runtime(&stage, |engine| {
        let stage = stage.clone();
        async move {
            let mut person = Person::default();
            for _ in 0..EVENING {
                let view = engine.views().borrow().clone();
                let mut releases = view.releases.iter();
                if releases.any(|release| place.is_reached(release)) {
                    return;
                }
                person.sees(view);
                if let Some(intent) = person.goes_on() {
                    schedule::dispatch(&stage, &engine, intent);
                }
                stage.clock.pass(Duration::from_secs(2)).await;
            }
            panic!("a calm evening never leads to {place:?}");
        }
    });
    // Whoever waited there for an answer is not who presses from here on.
    stage.with(|inner| inner.promises.died());
    stage.snapshot()
}
