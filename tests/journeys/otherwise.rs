//! What others do meanwhile, outside Slipway.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{ReleaseView, StepId, StepState};

use crate::stage::Stage;
use crate::walk::{Walk, id, state};

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_in_the_console_counts_and_a_late_click_changes_nothing() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk
        .until(|intent| matches!(intent, Intent::Approve { .. }))
        .await;
    stage
        .order(
            "/approval/answer",
            json!({"status": "Approved", "summary": "From the console"}),
        )
        .await;

    let problem = engine
        .dispatch(approve)
        .await
        .expect_err("it was answered already");
    assert!(
        matches!(problem.code, Code::Changed | Code::NotOffered),
        "{problem:?}"
    );
    assert_eq!(stage.effects("codepipeline:PutApprovalResult"), 0);
    let counts = |release: &ReleaseView| {
        state(release, StepId::Approval) == StepState::Done && release.approval.answer.is_some()
    };
    walk.see("it counts", counts).await;
    walk.until_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_somebody_made_is_taken_over() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut views = engine.views();
    // The next one by the calendar: last week's is part of the world, whichever day this runs.
    let name = views.borrow().home.next.branch.clone();
    stage.order("/branches", json!({"name": name})).await;
    let view = views
        .wait_for(|view| view.home.found.iter().any(|found| found.name == name))
        .await
        .expect("it runs");
    let mut found = view.home.found.iter();
    let sha = found
        .find(|found| found.name == name)
        .map(|it| it.sha.clone());
    let sha = sha.expect("it was waited for");
    drop(view);

    let mut walk = Walk::new(&engine);
    walk.press(Intent::AdoptBranch {
        name: name.clone(),
        sha,
    })
    .await
    .expect("it is taken over");
    let seen = walk
        .see("its branch is there", |release| {
            state(release, StepId::Branch) == StepState::Done
        })
        .await;
    assert_eq!(id(&seen).as_str(), name);
    walk.until_the_end().await;
    assert_eq!(stage.effects("git/create-ref"), 0);
}
