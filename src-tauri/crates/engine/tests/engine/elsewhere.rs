//! A release that was begun on another desktop.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::view::StepState;
use slipway_sim::Options;
use tempfile::TempDir;

use crate::stage::{Engine, Stage, announce};

/// Takes up what is offered under this name.
async fn adopt(engine: &Engine, name: &str) {
    let offered = |it: &slipway_core::view::Found| it.name == name;
    let view = engine
        .await_view("it is found", |view| view.home.found.iter().any(offered))
        .await;
    let mut found = view.home.found.iter();
    let found = found.find(|it| offered(it)).expect("found").clone();
    let adopt = Intent::AdoptBranch {
        name: found.name,
        sha: found.sha,
    };
    engine.dispatch(adopt).await.expect("it is taken up");
}

#[tokio::test]
async fn is_taken_up_after_its_branch_was_merged_and_deleted() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let view = engine
        .await_view("GitHub is seen", |view| view.person.is_some())
        .await;
    let name = view.home.next.branch.clone();
    let pull = json!({"base": "master", "title": "Release", "head": name});
    let opened = stage.control(Method::POST, "/pulls", pull).await;
    let path = format!("/pulls/{}", opened["number"]);
    stage
        .control(Method::PATCH, &path, json!({"merge": {}}))
        .await;
    let path = format!("/branches/{name}");
    stage.control(Method::DELETE, &path, json!({})).await;

    adopt(&engine, &name).await;
    engine
        .await_release("the merge is seen", |it| {
            it.steps[4].state == StepState::Done
        })
        .await;
}

#[tokio::test]
async fn is_not_announced_again_days_later() {
    let days_ago = Timestamp::now() - SignedDuration::from_hours(5 * 24);
    let stage = Stage::set_with(Options {
        start: Some(days_ago),
        ..Options::default()
    })
    .await;
    let first = stage.engine();
    let (release, view) = first.begin_to_announce().await;
    first
        .dispatch(announce(&release, &view))
        .await
        .expect("it is posted");

    let data = TempDir::new().expect("a folder");
    let second = stage.engine_in(data.path());
    adopt(&second, release.as_str()).await;
    let view = second
        .await_release("the message is found", |it| it.announce.posted.is_some())
        .await;
    second
        .dispatch(announce(&release, &view))
        .await
        .expect_err("everybody knows");
    assert_eq!(stage.asked("chat.postMessage"), 1);
}
