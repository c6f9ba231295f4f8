//! Things done by hand elsewhere: each shows up as done, by whom, and is not done again.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Code;
use slipway_core::view::{ReleaseView, StepId, StepState, View};
use slipway_sim::world::ExecutionStatus;

use crate::hand::{ANSWER, MERGE, RETRY, next_branch, note};
use crate::stage::Stage;
use crate::walk::{Walk, state};

/// The three ways in which GitHub merges.
const METHODS: [&str; 3] = ["merge", "squash", "rebase"];

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_exists_at_the_same_commit_is_gone_on_with() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let name = draft(&mut walk).await;
    stage.order("/branches", json!({"name": name})).await;

    let is_there = |view: &View| {
        let draft = view.draft.as_ref();
        draft.is_some_and(|it| it.branch.can_adopt.is_some() && !it.branch.can_create)
    };
    let view = walk
        .look_for("the branch can be gone on with", is_there)
        .await;
    let branch = &view.draft.as_ref().expect("the form is open").branch;
    assert!(
        branch.verdict.text.contains("exists"),
        "{}",
        branch.verdict.text
    );
    let sha = branch.can_adopt.clone().expect("it was waited for");
    assert_eq!(sha.as_str(), stage.master());

    walk.press(Intent::AdoptBranch { name, sha })
        .await
        .expect("it is gone on with");
    walk.stands(StepId::Branch, StepState::Done, "tomas-herrera")
        .await;
    walk.until_the_end().await;
    assert_eq!(stage.effects("git/create-ref"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_appears_at_another_commit_is_shown_and_never_moved() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let is_create = |intent: &Intent| matches!(intent, Intent::CreateBranch { .. });
    let create = walk.until(is_create).await;
    let name = next_branch(&engine);
    stage.order("/branches", json!({"name": name})).await;
    let theirs = stage.push(&name, "Something of their own").await;

    let problem = engine
        .dispatch(create)
        .await
        .expect_err("there is a branch of that name");
    assert_eq!(problem.code, Code::Changed, "{problem:?}");
    assert!(problem.what.contains(&name), "{problem:?}");
    assert_eq!(stage.tip(&name), Some(theirs));
    assert_eq!(stage.effects("git/create-ref"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_somebody_makes_while_the_button_is_pressed_is_theirs() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let is_create = |intent: &Intent| matches!(intent, Intent::CreateBranch { .. });
    let create = walk.until(is_create).await;
    let name = next_branch(&engine);
    let theirs = async {
        let made = json!({"name": name});
        stage.order("/branches", made).await;
        stage.push(&name, "Something of their own").await
    };
    let (pressed, theirs) = stage
        .between_look_and_write(&engine, create, "git/create-ref", theirs)
        .await;
    let problem = pressed.expect_err("there is a branch of that name");
    assert!(problem.what.contains(&name), "{problem:?}");
    assert_eq!(stage.tip(&name), Some(theirs));
    assert_eq!(stage.effects("git/create-ref"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pull_requests_that_colleagues_merge_into_the_branch_count_whatever_the_method() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    for method in METHODS {
        let two_commits = json!({"files": 2});
        let number = stage
            .open_pull(&branch, &format!("Work for {method}"), two_commits)
            .await;
        let merge = json!({"merge": {"method": method, "by": "tomas-herrera"}});
        stage.change_pull(number, merge).await;
    }
    let all = |view: &ReleaseView| view.etl.merged.len() == METHODS.len() && view.etl.close_is_next;
    let view = walk.see("all three are merged", all).await;
    for pull in &view.etl.merged {
        assert_eq!(pull.state, StepState::Done);
        assert!(pull.word.ends_with("by tomas-herrera"), "{}", pull.word);
    }
    assert!(view.etl.direct.is_empty(), "{:?}", view.etl.direct);

    walk.until_the_end().await;
    stage.assert_released_once(0, 0);
    let view = walk.see("it is in production", |view| view.afloat).await;
    assert!(
        view.approval
            .card
            .is_some_and(|card| card.headline == "3 pull requests go to production")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_merged_by_hand_as_a_merge_commit_goes_on_to_the_gate() {
    merged_by_hand("merge").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_merged_by_hand_as_a_squash_goes_on_to_the_gate() {
    merged_by_hand("squash").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_merged_by_hand_as_a_rebase_goes_on_to_the_gate() {
    merged_by_hand("rebase").await;
}

async fn merged_by_hand(method: &str) {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let (number, _) = walk.until_the_merge().await;
    let before = stage.effects(MERGE);
    let merge = json!({"merge": {"method": method, "by": "tomas-herrera"}});
    stage.change_pull(number, merge).await;
    walk.stands(StepId::Merge, StepState::Done, "tomas-herrera")
        .await;

    let gate = walk.until_the_gate().await;
    assert_eq!(gate.commit.as_str(), stage.master());
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert!(
        card.commit_verdict
            .starts_with("Exactly what tomas-herrera merged"),
        "{}",
        card.commit_verdict
    );
    walk.until_the_end().await;
    assert_eq!(stage.effects(MERGE), before, "nothing was merged again");
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_merged_into_master_without_a_pull_request_is_the_release() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let work = stage.push(&branch, "Straight onto the branch").await;
    stage
        .order("/push", json!({"branch": "master", "sha": work}))
        .await;
    walk.stands(StepId::Merge, StepState::Done, "tomas-herrera")
        .await;
    let view = walk.see("what was not said is passed over", |view| {
        state(view, StepId::Database) == StepState::Skipped
    });
    assert_eq!(note(&view.await, StepId::Database), "Passed over");
    let gate = walk.until_the_gate().await;
    assert_eq!(gate.commit.as_str(), work);
    walk.until_the_end().await;
    assert_eq!(stage.effects("pulls/create"), 0);
    stage.assert_in_production(&work);
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_pushed_straight_onto_the_branch_are_named_and_released() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let first = stage.push(&branch, "Fix the county’s name").await;
    let last = stage.push(&branch, "And its number").await;
    let view = walk
        .see("both are named", |view| view.etl.direct.len() == 2)
        .await;
    assert_eq!(
        view.etl.direct,
        [
            format!("{} Fix the county’s name, by tomas-herrera", &first[..7]),
            format!("{} And its number, by tomas-herrera", &last[..7]),
        ]
    );
    walk.until_the_gate().await;
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert_eq!(card.headline, "2 direct commits go to production");
    walk.until_the_end().await;
    stage.assert_in_production(&last);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_in_the_console_is_shown_with_who_and_why_and_stops_the_deploy() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let gate = walk.until_the_gate().await;
    stage.answer("Rejected", "The feed is down").await;
    let view = walk
        .stands(StepId::Approval, StepState::Failed, "marcus.oyelaran")
        .await;
    let answer = walk.answer().await;
    assert!(answer.label.starts_with("Rejected"), "{}", answer.label);
    assert_eq!(answer.text, "The feed is down");
    assert_eq!(state(&view, StepId::Build), StepState::Later);
    assert!(!view.afloat);
    let ours = stage.execution(gate.execution.as_str());
    assert_eq!(ours.status, ExecutionStatus::Failed);
    assert_eq!(stage.effects(ANSWER), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_retried_in_the_console_is_followed_and_not_retried_here() {
    let stage = Stage::set(1).await;
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let is_retry = |intent: &Intent| matches!(intent, Intent::RetryStage { .. });
    let late = walk.until(is_retry).await;
    let retry = json!({"stage": "Build"});
    stage.order("/stages/retry", retry).await;
    let view = walk.see("it is in production", |view| view.afloat).await;
    assert_eq!(view.build.headline, "Deployed to production");
    let problem = engine
        .dispatch(late)
        .await
        .expect_err("it was retried already");
    assert!(
        matches!(problem.code, Code::Changed | Code::NotOffered),
        "{problem:?}"
    );
    walk.until_the_end().await;
    assert_eq!(stage.effects(RETRY), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_execution_stopped_in_the_console_is_said_to_be_and_goes_on_when_started_anew() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let gate = walk.until_the_gate().await;
    let stop = json!({"execution": gate.execution, "reason": "Wrong evening", "abandon": true});
    stage.order("/executions/stop", stop).await;
    let view = walk
        .stands(StepId::Approval, StepState::Blocked, "Stopped by somebody")
        .await;
    assert!(view.approval.gate.is_none());
    assert!(
        view.approval
            .waiting
            .contains("codepipeline:StartPipelineExecution"),
        "{}",
        view.approval.waiting
    );
    let ours = stage.execution(gate.execution.as_str());
    assert_eq!(ours.status, ExecutionStatus::Stopped);

    let anew = stage.start_pipeline().await;
    let again = walk.until_the_gate().await;
    assert_eq!(again.execution.as_str(), anew);
    walk.until_the_end().await;
    assert_eq!(stage.effects(ANSWER), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_is_stopped_and_abandoned_is_never_called_deployed() {
    let stage = Stage::set(1).await;
    stage
        .order("/story", json!({"pace": {"build": 3600}}))
        .await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let gate = walk.until_the_gate().await;
    stage.answer("Approved", "").await;
    walk.stands(StepId::Build, StepState::Working, "").await;
    let stop = json!({"execution": gate.execution, "reason": "Wrong evening", "abandon": true});
    stage.order("/executions/stop", stop).await;
    let view = walk
        .stands(StepId::Build, StepState::Blocked, "Stopped by somebody")
        .await;
    assert_eq!(view.build.headline, "The deploy stopped");
    assert!(!view.afloat);
    // What was abandoned goes on at its provider: it may still change production.
    stage.pass(7200).await;
    let view = walk
        .stands(StepId::Build, StepState::Blocked, "Stopped by somebody")
        .await;
    assert!(!view.afloat);
}

/// Opens the form for the next maintenance and gives the branch's name.
async fn draft(walk: &mut Walk<'_>) -> String {
    walk.press(Intent::Draft {
        kind: Kind::Maintenance,
        fix_name: String::new(),
        date: String::new(),
    })
    .await
    .expect("a form opens");
    let view = walk.look_for("the form", |view| view.draft.is_some()).await;
    view.home.next.branch.clone()
}
