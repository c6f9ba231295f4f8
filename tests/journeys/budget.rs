//! What watching costs, counted where it is paid: in requests that arrive.

use std::collections::BTreeMap;
use std::sync::Arc;

use slipway_core::intent::Intent;
use slipway_core::log::LogWish;
use slipway_core::view::{Mode, ReleaseView, StepId, StepState};
use slipway_engine::Handle;
use slipway_engine::clock::Clock;
use slipway_sim::Service;

use crate::clock::Fast;
use crate::stage::{self, PATIENCE, Stage};
use crate::walk::{Walk, state};

pub(crate) const LOOK: &str = "codepipeline:GetPipelineState";
const DAY: u32 = 86_400;
/// Seconds.
const HOUR: u64 = 3_600;

/// Requests in an hour of looks.
pub(crate) struct Hour {
    pub(crate) aws: f64,
    /// Those of GitHub's that count against its limit: a "not modified" does not
    /// (<https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>).
    pub(crate) github: Vec<String>,
    /// How often AWS was asked for what.
    pub(crate) asked: BTreeMap<String, f64>,
}

/// An engine on a clock that is moved on, which takes the sim for the team's own services.
fn watching(stage: &Stage, clock: Arc<Fast>) -> Handle {
    let mut settings = stage::settings(stage.data.path(), stage.sim.endpoints(), clock);
    settings.mode = Mode::Real;
    Handle::start(settings)
}

/// As many looks as come in an hour when there is one every so many seconds.
async fn hour(stage: &Stage, engine: &Handle, clock: &Fast, every: u64) -> Hour {
    let before = stage.sim.requests().len();
    hour_since(before, stage, engine, clock, every).await
}

/// The same, with what was asked since so many requests.
async fn hour_since(
    before: usize,
    stage: &Stage,
    engine: &Handle,
    clock: &Fast,
    every: u64,
) -> Hour {
    let looks = || {
        let requests = stage.sim.requests();
        requests.iter().filter(|it| it.operation == LOOK).count()
    };
    let mut views = engine.views();
    let began = clock.instant();
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
    let of_time = HOUR as f64 / (clock.instant() - began).as_secs_f64();
    asked.values_mut().for_each(|counted| *counted *= of_time);
    asked.insert(LOOK.to_owned(), wanted as f64);
    let of_github = made.iter().filter(|it| it.service == Service::Github);
    let counted = of_github.filter(|it| it.status != Some(304));
    Hour {
        aws: asked.values().sum(),
        github: counted
            .map(|it| format!("{} {} {:?}", it.method, it.path, it.status))
            .collect(),
        asked,
    }
}

/// With nothing going on.
pub(crate) async fn idle() -> Hour {
    let stage = Stage::set(0).await;
    let clock = Arc::new(Fast::new());
    let engine = watching(&stage, clock.clone());
    let mut walk = Walk::new(&engine);
    // It is read once for each commit, a moment after that commit was seen.
    let team_file = || {
        let asked = stage.sim.requests();
        asked.iter().any(|it| it.operation == "repos/get-content")
    };
    walk.look_for("all is seen", |view| {
        let seen = view.home.pipeline.is_some() && view.person.is_some();
        seen && !view.waterline.looking && team_file()
    })
    .await;
    hour(&stage, &engine, &clock, 60).await
}

/// With a build that runs, first where nobody sees it, then with the end of its log on the screen, then with all of it:
/// a log so long that it is read as often as it may be, closed and opened again on the way.
pub(crate) async fn running() -> [Hour; 3] {
    let stage = Stage::recorded(1, 0).await;
    stage.pace("build", DAY).await;
    let clock = Arc::new(Fast::new());
    let engine = watching(&stage, clock.clone());
    let mut walk = Walk::new(&engine);
    let approve = walk.until(crate::hand::is_approval).await;
    walk.press(approve).await.expect("it can be approved");
    let builds = |view: &ReleaseView| state(view, StepId::Build) == StepState::Working;
    let release = walk.see("it builds", builds).await.id;
    // What the approval set going is looked at closely once, and is none of a usual hour.
    let _ = hour(&stage, &engine, &clock, 600).await;
    let unseen = hour(&stage, &engine, &clock, 10).await;
    let wish = async |wish: LogWish| {
        let done = engine.dispatch(Intent::Log { wish }).await;
        done.expect("it can be asked for");
    };
    let watched = Some(release.clone());
    wish(LogWish::Watch { release: watched }).await;
    let seen = hour(&stage, &engine, &clock, 10).await;
    let long = serde_json::json!({"megabytes": 40, "gaps": true});
    stage.order("/build/log", long).await;
    let before = stage.sim.requests().len();
    let open = LogWish::Open { release };
    for wanted in [open.clone(), LogWish::Close, open] {
        wish(wanted).await;
    }
    let open = hour_since(before, &stage, &engine, &clock, 10).await;
    [unseen, seen, open]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_hour_costs_what_it_may() {
    let idle = idle().await;
    println!(
        "budget: idle: {:.0} requests to AWS an hour (60 are allowed), {} to GitHub that count (0): {:.0?}",
        idle.aws,
        idle.github.len(),
        idle.asked
    );
    assert!(
        idle.aws <= 60.0 && idle.github.is_empty(),
        "{:?}",
        idle.github
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_a_build_that_runs_costs_what_it_may() {
    let [unseen, seen, open] = running().await;
    println!(
        "budget: a build runs: {:.0} requests to AWS an hour (400 are allowed): {:.0?}\n\
         budget: with the end of its log on the screen: {:.0} (800): {:.0?}\n\
         budget: with its whole log open: {:.0} (800): {:.0?}",
        unseen.aws, unseen.asked, seen.aws, seen.asked, open.aws, open.asked
    );
    assert!(unseen.aws <= 400.0 && seen.aws <= 800.0 && open.aws <= 800.0);
    assert!(open.asked["logs:GetLogEvents"] > 100.0, "it is read");
    assert!(seen.asked["logs:GetLogEvents"] > 10.0 * unseen.asked["logs:GetLogEvents"]);
}
