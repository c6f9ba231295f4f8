//! The form of a release goes when its release is here.

use serde_json::json;
use slipway_core::view::Mode;
use slipway_engine::{Settings, trouble};

use crate::stage::{Engine, Stage};

#[tokio::test]
async fn it_goes_with_every_try_of_its_branch() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    stage
        .fault(
            "git/create-ref",
            json!({"kind": "status", "code": 422, "body": {"message": "Validation Failed"}}),
        )
        .await;
    for _ in 0..2 {
        let create = engine.draft().await;
        assert!(engine.view().draft.is_some());
        let _refused_or_done = engine.dispatch(create).await;
        assert!(engine.view().draft.is_none());
        assert_eq!(engine.view().releases.len(), 1);
    }
}

#[tokio::test]
async fn what_is_known_to_be_wrong_before_the_start_is_said() {
    let data = tempfile::TempDir::new().expect("a folder");
    let trouble = trouble::no_practice_world("address in use");
    let engine = Engine::start(Settings::nowhere(
        data.path(),
        Mode::Practice,
        Some(trouble),
    ));
    let said = engine.view().trouble.clone().expect("it is said");
    assert_eq!(said.what, "The practice world does not start.");
    assert_eq!(said.raw, "address in use");
}

#[tokio::test]
async fn the_pretended_pipeline_has_no_page_in_the_real_console() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    engine.begin().await;
    let view = engine
        .await_view("the pipeline is seen", |view| view.home.pipeline.is_some())
        .await;
    assert!(
        view.releases
            .iter()
            .all(|release| release.build.link.is_none())
    );
}
