//! The weekly release.

use slipway_core::intent::Intent;
use slipway_core::view::StepId;

use crate::stage::Stage;
use crate::walk::{Walk, state};

#[tokio::test(flavor = "multi_thread")]
async fn a_maintenance_release_from_the_branch_to_the_report() {
    let stage = Stage::set(2).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_end().await;

    stage.assert_released_once(2, 0);
    let merged = |intent: &&Intent| matches!(intent, Intent::MergePull { .. });
    assert_eq!(walk.done.iter().filter(merged).count(), 2);
    let view = walk
        .see("production has it", |release| release.afloat)
        .await;
    for step in StepId::ALL {
        assert!(state(&view, step).is_settled(), "{step:?}");
    }
    assert!(
        view.finish.markdown.contains("Dana Whitfield"),
        "{}",
        view.finish.markdown
    );
    let kept_true = stage
        .sim
        .with_world(|world| world.channel.messages[0].edited_ts.is_some());
    assert!(kept_true, "the announcement tells how it went");

    engine.stop().await;
    let engine = stage.engine();
    Walk::new(&engine)
        .see("the same report", |release| {
            release.afloat && release.finish.rows == view.finish.rows
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_fails_is_tried_again() {
    let stage = Stage::set(1).await;
    let failure =
        serde_json::json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until(|intent| matches!(intent, Intent::RetryStage { .. }))
        .await;
    let view = walk
        .see("it is explained", |release| release.build.failure.is_some())
        .await;
    assert!(!view.afloat);
    walk.until_the_end().await;
    stage.assert_released_once(1, 1);
}
