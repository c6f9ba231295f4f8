//! What is looked at, and what is left alone.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::view::{ReleaseView, StepState, Tone};
use slipway_sim::Service;

use crate::stage::{Stage, until};

const GITHUB: &str = "users/get-authenticated";
const SOURCE: &str = "repos/compare-commits-with-basehead";
const AWS: &str = "codepipeline:GetPipelineState";

#[tokio::test]
async fn one_dead_service_does_not_blind_the_others() {
    let stage = Stage::set().await;
    stage
        .order(
            "/faults",
            json!({"service": "aws", "kind": "reset", "times": 100_000}),
        )
        .await;
    let engine = stage.engine();
    let view = engine
        .await_view("GitHub is seen, AWS is missed", |view| {
            view.person.is_some() && view.waterline.tone != Tone::Good && !view.waterline.looking
        })
        .await;
    assert!(view.home.pipeline.is_none(), "AWS was not");
    engine.begin().await;
}

#[tokio::test]
async fn stops_asking_who_refuses_the_sign_in() {
    let stage = Stage::set().await;
    stage
        .order("/credentials/expire", json!({"service": "github"}))
        .await;
    let engine = stage.engine();
    stage.await_asked(GITHUB, 1).await;
    let asked = || {
        stage
            .sim
            .requests()
            .iter()
            .filter(|it| it.status == Some(401))
            .count()
    };
    stage.await_asked(AWS, 2).await;
    let refused = asked();
    stage.await_asked(AWS, 4).await;
    assert_eq!(
        asked(),
        refused,
        "AWS was looked at twice more, GitHub not at all"
    );

    engine.dispatch(Intent::Look).await.expect("looked");
    assert_eq!(asked(), refused, "not for a person either, so soon");
}

#[tokio::test]
async fn leaves_a_service_alone_for_as_long_as_it_asks() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    engine
        .await_view("all is seen", |view| view.home.pipeline.is_some())
        .await;
    let slow = json!({"kind": "status", "code": 429, "headers": {"retry-after": "3"}, "body": {"message": "slow down"}});
    stage.fault("git/get-ref", slow).await;

    let github = || {
        let requests = stage.sim.requests().into_iter();
        requests.filter(|it| it.service == Service::Github)
    };
    let throttled = || github().find(|it| it.status == Some(429));
    until("it is throttled", || throttled().is_some()).await;
    let at = throttled().expect("throttled").at;
    // What was asked in the same moment belongs to the same look.
    let pauses = || github().map(|it| it.at.duration_since(at).as_secs_f64());
    let later = || pauses().find(|pause| *pause > 0.5);
    until("it is looked at again", || later().is_some()).await;
    let pause = later().expect("a later one");
    assert!(pause > 2.5, "{pause}");
}

#[tokio::test]
async fn a_finished_release_is_left_alone_until_it_is_put_aside() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let release = engine.begin().await;
    let reason = "Nothing was ready".to_owned();
    for said in [
        Intent::DeclareAnnounced {
            release: release.clone(),
        },
        Intent::DeclareNoEtl {
            release: release.clone(),
            reason,
        },
        Intent::DeclareNoDatabase {
            release: release.clone(),
        },
    ] {
        engine.dispatch(said).await.expect("declared");
    }
    let is_over = |view: &ReleaseView| {
        let finish = view.steps.last();
        finish.is_some_and(|step| step.state == StepState::Skipped)
    };
    engine.await_release("it is over", is_over).await;

    let seen = stage.asked(AWS);
    stage.await_asked(AWS, seen + 2).await;
    let asked = stage.asked(SOURCE);
    stage.await_asked(AWS, seen + 5).await;
    engine.dispatch(Intent::Look).await.expect("looked");
    assert_eq!(stage.asked(SOURCE), asked, "nothing more can come");
    engine.await_release("it still stands there", is_over).await;

    engine
        .dispatch(Intent::CloseRelease { release })
        .await
        .expect("put aside");
    assert!(engine.view().releases.is_empty());
}

#[tokio::test]
async fn who_comes_back_to_the_window_sees_how_it_is_now() {
    let stage = Stage::set().await;
    stage
        .order("/credentials/expire", json!({"service": "github"}))
        .await;
    let engine = stage.engine();
    stage.await_asked(AWS, 1).await;
    engine
        .await_view("GitHub refuses", |view| view.waterline.tone != Tone::Good)
        .await;
    stage
        .order("/credentials/restore", json!({"service": "github"}))
        .await;

    // Somebody mended the sign-in elsewhere, and comes back.
    stage.later(61);
    engine.handle.glance();
    engine
        .await_view("GitHub takes it again", |view| view.person.is_some())
        .await;
}
