//! A deploy that is stopped and started again at its commit, on its screens.

use std::time::Duration;

use serde_json::json;

use crate::browser::handle;
use crate::journey::{Hand, Journey};
use crate::wait;

/// Waits until a step stands so; the world's time goes by meanwhile, where it has to.
async fn stands(journey: &Journey, step: &str, state: &str, passes: u64) {
    let seen = wait::until(wait::LIMIT, async || {
        journey.sim.advance(Duration::from_secs(passes)).await;
        let shown = journey.browser.state(step).await;
        (shown.as_deref() == Some(state)).then_some(())
    });
    if seen.await.is_none() {
        let what = format!("{step} is never {state}");
        journey.browser.fail(&what).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_is_stopped_and_started_again_each_after_a_question() {
    let mut journey = Journey::begin("stopped", Hand::Mouse).await;
    journey.walk_until_done("approval").await;
    let slow = json!({"pace": {"build": 36_000}});
    journey.sim.order("story", slow).await;
    stands(&journey, "build", "working", 0).await;
    journey.browser.click_when_usable("action-stop").await;
    let asked = journey.browser.text(".dlg__in").await;
    let asked = asked.expect("it asks");
    for said in [
        "docker-production",
        "codepipeline:StopPipelineExecution",
        "is let finish",
    ] {
        assert!(asked.contains(said), "{said} is missing: {asked}");
    }
    journey.picture("stop").await;
    journey.browser.click(&handle("stop-abandon")).await;
    journey.fill("field-reason", "Wrong week").await;
    journey.picture("abandon").await;
    journey.browser.click_when_usable("confirm").await;
    stands(&journey, "build", "blocked", 1).await;
    let may = journey.browser.attribute("remedy-startAgain", "data-may");
    assert_eq!(may.await.as_deref(), Some("unknown"));
    journey.picture("stopped").await;

    journey
        .browser
        .click_when_usable("action-start-pipeline")
        .await;
    journey.picture("start").await;
    journey.browser.click_when_usable("confirm").await;
    stands(&journey, "approval", "ready", 5).await;
    let requests = journey.sim.requests().await;
    let once = |operation: &str| {
        let sent = requests.iter().filter(|it| it.operation == operation);
        sent.filter(|it| it.effect).count()
    };
    assert_eq!(once("codepipeline:StopPipelineExecution"), 1);
    assert_eq!(once("codepipeline:StartPipelineExecution"), 1);
}
