//! What watching costs, counted where it is paid: in requests that arrive.

use std::collections::BTreeMap;
use std::sync::Arc;

use slipway_core::intent::Intent;
use slipway_core::log::LogWish;
use slipway_core::view::{Mode, ReleaseView, StepId, StepState};
use slipway_engine::Handle;
use slipway_sim::Service;

use crate::clock::Fast;
use crate::stage::{self, PATIENCE, Stage};
use crate::walk::{Walk, state};

const LOOK: &str = "codepipeline:GetPipelineState";
const DAY: u32 = 86_400;
/// Seconds.
const HOUR: u64 = 3_600;

/// Requests in an hour of looks.
struct Hour {
    aws: f64,
    /// Those of GitHub's that count against its limit: a "not modified" does not
    /// (<https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>).
    github: f64,
    /// How often AWS was asked for what.
    asked: BTreeMap<String, f64>,
}

/// An engine on a clock that is moved on, which takes the sim for the team's own services.
fn watching(stage: &Stage, clock: Arc<Fast>) -> Handle {
    let mut settings = stage::settings(stage.data.path(), stage.sim.endpoints(), clock);
    settings.mode = Mode::Real;
    Handle::start(settings)
}

/// As many looks as come in an hour when there is one every so many seconds.
async fn hour(stage: &Stage, engine: &Handle, clock: &Fast, every: u64) -> Hour {
    let looks = || {
        let requests = stage.sim.requests();
        requests.iter().filter(|it| it.operation == LOOK).count()
    };
    let mut views = engine.views();
    let before = stage.sim.requests().len();
    let wanted = HOUR / every;
    // Between nine and eleven tenths after the last one it is due.
    let pause = every + every / 10 + 1;
    for _ in 0..wanted {
        let looked = looks();
        clock.pass(pause);
        let quiet = views.wait_for(|view| looks() > looked && !view.waterline.looking);
        let quiet = tokio::time::timeout(PATIENCE, quiet).await;
        assert!(quiet.is_ok_and(|it| it.is_ok()), "nobody looked");
    }
    let made = stage.sim.requests().split_off(before);
    let mut asked: BTreeMap<String, f64> = BTreeMap::new();
    for request in made.iter().filter(|it| it.service == Service::Aws) {
        *asked.entry(request.operation.clone()).or_default() += 1.0;
    }
    // A look is one of these, and comes so often; everything else is asked for after so much time.
    let looked = asked.insert(LOOK.to_owned(), 0.0).unwrap_or_default();
    assert!(looked >= wanted as f64, "a look has other calls");
    let of_time = HOUR as f64 / (wanted * pause) as f64;
    asked.values_mut().for_each(|counted| *counted *= of_time);
    asked.insert(LOOK.to_owned(), wanted as f64);
    let counts =
        |it: &&slipway_sim::LoggedRequest| it.service == Service::Github && it.status != Some(304);
    Hour {
        aws: asked.values().sum(),
        github: made.iter().filter(counts).count() as f64,
        asked,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_hour_costs_what_it_may() {
    let stage = Stage::set(0).await;
    let clock = Arc::new(Fast::new());
    let engine = watching(&stage, clock.clone());
    let mut walk = Walk::new(&engine);
    walk.look_for("all is seen", |view| {
        view.home.pipeline.is_some() && view.person.is_some() && !view.waterline.looking
    })
    .await;
    let idle = hour(&stage, &engine, &clock, 60).await;
    println!(
        "budget: idle: {:.0} requests to AWS an hour (60 are allowed), {:.0} to GitHub that count (0): {:.0?}",
        idle.aws, idle.github, idle.asked
    );
    assert!(idle.aws <= 60.0 && idle.github == 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_a_build_that_runs_costs_what_it_may() {
    let stage = Stage::recorded(1, 0).await;
    stage.pace("build", DAY).await;
    let clock = Arc::new(Fast::new());
    let engine = watching(&stage, clock.clone());
    let mut walk = Walk::new(&engine);
    let approve = walk.until(crate::hand::is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    let builds = |view: &ReleaseView| state(view, StepId::Build) == StepState::Working;
    let release = walk.see("it builds", builds).await.id;
    let unseen = hour(&stage, &engine, &clock, 10).await;
    let watch = Intent::Log {
        wish: LogWish::Watch {
            release: Some(release),
        },
    };
    engine.dispatch(watch).await.expect("it is on the screen");
    let seen = hour(&stage, &engine, &clock, 10).await;
    println!(
        "budget: a build runs: {:.0} requests to AWS an hour (400 are allowed): {:.0?}\n\
         budget: with the end of its log on the screen: {:.0} (800): {:.0?}",
        unseen.aws, unseen.asked, seen.aws, seen.asked
    );
    assert!(unseen.aws <= 400.0 && seen.aws <= 800.0);
    assert!(seen.asked["logs:GetLogEvents"] > 10.0 * unseen.asked["logs:GetLogEvents"]);
}
