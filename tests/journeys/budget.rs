//! What watching costs, counted where it is paid: in requests that arrive.

use std::sync::Arc;

use slipway_core::view::Mode;
use slipway_engine::Handle;
use slipway_sim::Service;

use crate::clock::Fast;
use crate::stage::{self, PATIENCE, Stage};
use crate::walk::Walk;

const LOOK: &str = "codepipeline:GetPipelineState";
/// So many looks are counted.
const LOOKS: usize = 30;

/// Requests in an hour of looks.
struct Hour {
    aws: f64,
    /// Those of GitHub's that count against its limit: a "not modified" does not
    /// (<https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>).
    github: f64,
}

/// An engine on a clock that is moved on, which takes the sim for the team's own services.
fn watching(stage: &Stage, clock: Arc<Fast>) -> Handle {
    let mut settings = stage::settings(stage.data.path(), stage.sim.endpoints(), clock);
    settings.mode = Mode::Real;
    Handle::start(settings)
}

/// Looks that come when they are due, one every so many seconds.
async fn hour(stage: &Stage, engine: &Handle, clock: &Fast, every: u64) -> Hour {
    let asked = || {
        let requests = stage.sim.requests();
        requests.iter().filter(|it| it.operation == LOOK).count()
    };
    let mut views = engine.views();
    let before = stage.sim.requests().len();
    for _ in 0..LOOKS {
        let looked = asked();
        // Between nine and eleven tenths after the last one it is due.
        clock.pass(every + every / 10 + 1);
        let quiet = views.wait_for(|view| asked() > looked && !view.waterline.looking);
        let quiet = tokio::time::timeout(PATIENCE, quiet).await;
        assert!(quiet.is_ok_and(|it| it.is_ok()), "nobody looked");
    }
    let made = stage.sim.requests().split_off(before);
    let looks = made.iter().filter(|it| it.operation == LOOK).count();
    let in_an_hour = 3_600.0 / every as f64 / looks as f64;
    let of = |service: Service, counts: fn(Option<u16>) -> bool| {
        let of_it = made
            .iter()
            .filter(|it| it.service == service && counts(it.status));
        of_it.count() as f64 * in_an_hour
    };
    Hour {
        aws: of(Service::Aws, |_| true),
        github: of(Service::Github, |status| status != Some(304)),
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
        "budget: idle: {:.0} requests to AWS an hour (60 are allowed), {:.0} to GitHub that count (0)",
        idle.aws, idle.github
    );
    assert!(idle.aws <= 60.0 && idle.github == 0.0);
}
