//! What a process does with its release, from wherever it finds it.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::view::{Control, ReleaseView, StepId, StepState, View};
use slipway_engine::Handle;
use slipway_sim::Endpoints;

use crate::hand::note;
use crate::stage::PATIENCE;
use crate::walk::{Walk, id, in_release, is_passing, state};

const INTERVAL: Duration = Duration::from_millis(50);

/// Until when, and past what.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Way {
    /// Until it is wrapped up.
    Straight(Kind),
    /// A maintenance whose deploy is held up, which is stopped, started again, let on, and rolled back once it failed.
    Around,
}

impl Way {
    /// Goes it, or what is left of it.
    pub(crate) async fn go(self, engine: &Handle, at: &Endpoints) {
        match self {
            Self::Straight(kind) => Walk::on(engine, kind).until_the_end_patiently().await,
            Self::Around => around(engine, at).await,
        }
    }
}

async fn around(engine: &Handle, at: &Endpoints) {
    let mut walk = Walk::on(engine, Kind::Maintenance);
    loop {
        let was_stopped = is_stopped(&world(at).await);
        let last = walk.done.last().cloned();
        let mut next = None;
        walk.look_for("something to do", |view| {
            let release = view.releases.first();
            next = match release {
                Some(release) => beside(release, was_stopped).or_else(|| in_release(release)),
                None => crate::walk::step(view, Some(Kind::Maintenance)),
            };
            let next_one = next.is_some() && next != last;
            next_one || is_rolled_back(view)
        })
        .await;
        let Some(intent) = next else {
            break;
        };
        match walk.press(intent.clone()).await {
            Ok(()) => {}
            Err(problem) if is_passing(&problem) => walk.next_view().await,
            Err(problem) => panic!("{intent:?}: {problem:?}"),
        }
    }
    let began = Instant::now();
    while !is_told(&world(at).await) {
        assert!(began.elapsed() < PATIENCE, "the roll-back is never told");
        tokio::time::sleep(INTERVAL).await;
    }
}

/// What comes before the next step of the way that everybody goes.
fn beside(release: &ReleaseView, was_stopped: bool) -> Option<Intent> {
    if release.busy.is_some() {
        return None;
    }
    let Control {
        stop,
        start,
        transition,
        roll_back,
        ..
    } = &release.control;
    if let Some(start) = start {
        return Some(Intent::StartPipeline {
            release: id(release),
            commit: start.commit.clone(),
            after: start.after.clone(),
        });
    }
    if let Some(back) = roll_back {
        return Some(Intent::RollBack {
            release: id(release),
            stage: back.stage.clone(),
            target: back.target.clone(),
        });
    }
    let held = transition.as_ref()?;
    if was_stopped {
        return Some(Intent::EnableTransition {
            release: id(release),
            stage: held.stage.clone(),
            reason: held.reason.clone(),
        });
    }
    let stop = stop.as_ref()?;
    Some(Intent::StopExecution {
        release: id(release),
        execution: stop.execution.clone(),
        abandon: false,
        reason: "Wrong week".to_owned(),
    })
}

fn is_rolled_back(view: &View) -> bool {
    view.releases.first().is_some_and(|release| {
        release.busy.is_none()
            && state(release, StepId::Build) == StepState::Blocked
            && note(release, StepId::Build).starts_with("Rolled back to")
    })
}

async fn world(at: &Endpoints) -> Value {
    let request = reqwest::Client::new().get(format!("{}/world", at.control));
    let answer = request.bearer_auth(&at.control_token).send().await;
    let text = answer.expect("control answers").text().await;
    serde_json::from_str(&text.expect("an answer")).expect("the world")
}

fn is_stopped(world: &Value) -> bool {
    let executions = world["pipeline"]["executions"].as_array();
    executions.is_some_and(|all| all.iter().any(|it| it["status"] == "Stopped"))
}

fn is_told(world: &Value) -> bool {
    let messages = world["channel"]["messages"].as_array();
    let tells = |it: &Value| {
        let text = it["text"].as_str().unwrap_or_default();
        text.contains("Rolled back to") && !it["thread_ts"].is_null()
    };
    messages.is_some_and(|all| all.iter().any(tells))
}
