//! How much work there is, where it comes from, and a repository that is not what it was.

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Code;
use slipway_core::view::{ReleaseView, StepId, StepState};
use slipway_sim::world::ExecutionStatus;

use crate::hand::{ANSWER, is_approval, line, note};
use crate::stage::Stage;
use crate::walk::{Walk, id, state};

#[tokio::test(flavor = "multi_thread")]
async fn a_hotfix_from_its_name_to_production() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::on(&engine, Kind::Hotfix);
    let branch = walk.until_the_work().await;
    assert!(
        branch.starts_with("hotfix-") && branch.ends_with("-login-timeout"),
        "{branch}"
    );
    let view = walk.see("the author’s commands", |view| {
        !view.etl.git_commands.is_empty()
    });
    assert!(view.await.etl.git_commands.contains(&branch));
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
    let view = walk.see("it is in production", |view| view.afloat).await;
    assert_eq!(view.build.headline, "Deployed to production");
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn fifteen_pull_requests_are_all_merged_shown_and_released() {
    const PULLS: usize = 15;
    let stage = Stage::set(PULLS as u32).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_gate().await;
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert_eq!(card.headline, "15 pull requests go to production");
    assert_eq!(card.pulls.len(), PULLS);
    walk.until_the_end().await;
    stage.assert_released_once(PULLS, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_deletes_what_it_merged_loses_nothing_of_the_release() {
    let stage = Stage::set(2).await;
    let delete = json!({"merge": true, "squash": true, "rebase": true, "delete_branch": true});
    stage.order("/merge-methods", delete).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    walk.until_the_gate().await;
    let gone = stage
        .sim
        .with_world(|world| !world.repository.branches.contains_key(&branch));
    assert!(gone, "the merge took its branch with it");
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert_eq!(card.headline, "2 pull requests go to production");
    assert_eq!(card.pulls.len(), 2);
    walk.until_the_end().await;
    stage.assert_released_once(2, 0);
    stage.assert_in_production(&stage.master());
    let view = walk.see("it is in production", |view| view.afloat).await;
    assert_eq!(state(&view, StepId::Merge), StepState::Done);
    assert_eq!(view.etl.merged.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_with_nothing_in_it_ends_before_the_merge() {
    let stage = Stage::set(0).await;
    let before = stage.master();
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_work().await;
    let view = walk
        .see("none can be declared", |view| view.etl.can_declare_none)
        .await;
    walk.press(Intent::DeclareNoEtl {
        release: id(&view),
        reason: "Nothing was ready".to_owned(),
    })
    .await
    .expect("it can be declared");
    walk.press(Intent::DeclareNoDatabase { release: id(&view) })
        .await
        .expect("it can be declared");
    let ended = |view: &ReleaseView| {
        let after = [
            StepId::Merge,
            StepId::Approval,
            StepId::Build,
            StepId::Finish,
        ];
        after.iter().all(|step| {
            state(view, *step) == StepState::Skipped
                && note(view, *step) == "Skipped, nothing to release"
        })
    };
    let view = walk.see("the rest is skipped", ended).await;
    assert!(!view.afloat);
    assert_eq!(stage.master(), before);
    assert_eq!(
        (stage.effects("pulls/create"), stage.effects(ANSWER)),
        (0, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hotfix_made_while_a_maintenance_waits_for_its_answer_says_that_it_carries_it() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut weekly = Walk::on(&engine, Kind::Maintenance);
    let waiting = weekly.until_the_gate().await;
    let mut urgent = Walk::on(&engine, Kind::Hotfix);
    urgent.merged().await;
    let view = urgent
        .stands(
            StepId::Approval,
            StepState::Waiting,
            "Another execution is at the gate",
        )
        .await;
    assert!(
        view.approval.waiting.contains("maintenance-"),
        "{}",
        view.approval.waiting
    );
    let behind = |view: &ReleaseView| {
        let card = view.approval.card.as_ref();
        card.is_some_and(|card| {
            line(&card.facts, "Waiting behind").starts_with("A newer execution")
        })
    };
    weekly.see("the hotfix waits behind", behind).await;

    stage.answer("Rejected", "The hotfix takes it along").await;
    let gate = urgent.until_the_gate().await;
    assert_ne!(gate.execution, waiting.execution);
    let warned = |view: &ReleaseView| !view.approval.warnings.is_empty();
    let view = urgent.see("it is said first", warned).await;
    let said = view.approval.warnings.join(" ");
    assert!(
        said.starts_with("It also carries what was merged before and never released:")
            && said.contains("maintenance-"),
        "{said}"
    );
    urgent.until_the_end().await;
    // The weekly one went out with it.
    let view = weekly.see("it is in production", |view| view.afloat).await;
    assert_eq!(view.kind, Kind::Maintenance);
    assert_eq!(
        stage.execution(waiting.execution.as_str()).status,
        ExecutionStatus::Failed
    );
    assert_eq!(stage.effects(ANSWER), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_renamed_under_a_release_is_followed_and_written_to_by_its_new_name() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_work().await;
    stage
        .order("/repository", json!({"name": "etl-core"}))
        .await;
    walk.until_the_end_patiently().await;
    stage.assert_released_once(1, 0);
    let merges = stage.sim.requests().into_iter();
    let merges: Vec<String> = merges
        .filter(|it| it.operation == "pulls/merge" && it.effect)
        .map(|it| it.path.clone())
        .collect();
    assert!(
        merges
            .iter()
            .all(|path| path.starts_with("/repos/gitMLS/etl-core/")),
        "{merges:?}"
    );
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_was_renamed_before_is_found_by_the_name_in_the_settings() {
    let stage = Stage::set(1).await;
    stage
        .order("/repository", json!({"name": "etl-core"}))
        .await;
    let engine = stage.engine();
    Walk::new(&engine).until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_seen_is_unknown_with_its_age_and_comes_back_by_itself() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_gate().await;
    let throttled = json!({"__type": "ThrottlingException", "message": "Rate exceeded"});
    let fault = json!({"operation": "codepipeline:GetPipelineState", "kind": "status", "code": 400,
        "body": throttled, "times": 100_000});
    stage.order("/faults", fault).await;
    let view = walk
        .stands(StepId::Approval, StepState::Unknown, "Unknown, last seen")
        .await;
    assert!(view.approval.gate.is_none());
    let slow = walk
        .look_for("who asks to slow down", |view| {
            view.waterline.word == "AWS" && view.waterline.text.starts_with("asks to slow down.")
        })
        .await;
    assert!(slow.waterline.text.contains("Facts below are from"));
    stage.control(Method::DELETE, "/faults", Value::Null).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ends_before_the_answer_sends_nothing_and_the_question_stays() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    let expired = json!({"service": "aws", "as": "ExpiredTokenException"});
    stage.order("/credentials/expire", expired).await;
    let problem = engine
        .dispatch(approve.clone())
        .await
        .expect_err("signed out");
    assert_eq!(problem.code, Code::SignedOut);
    assert!(
        problem.means.contains("nothing you typed is lost"),
        "{problem:?}"
    );
    assert_eq!(stage.effects(ANSWER), 0);
    engine.stop().await;

    stage
        .order("/credentials/restore", json!({"service": "aws"}))
        .await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let again = walk.until(is_approval).await;
    assert_eq!(again, approve, "the same question with the same words");
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_or_region_is_named_where_the_pipeline_is_not_found() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    for home in [
        json!({"account": "999999999999"}),
        json!({"region": "eu-west-1"}),
    ] {
        stage.order("/aws/home", home).await;
        let problem = engine.dispatch(approve.clone()).await;
        let problem = problem.expect_err("there is no such pipeline");
        assert_eq!(
            problem.what,
            "There is no pipeline docker-production in us-east-2."
        );
        assert!(problem.remedy.contains("the account"), "{problem:?}");
        assert!(problem.raw.contains("Account '"), "{problem:?}");
        let unseen = "Unknown, last seen";
        walk.stands(StepId::Approval, StepState::Unknown, unseen)
            .await;
    }
    assert_eq!(stage.effects(ANSWER), 0);
    stage.order("/aws/home", json!({})).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_that_wants_single_sign_on_and_a_hidden_repository_say_what_is_missing() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_work().await;
    stage.order("/github/sso", json!({"required": true})).await;
    walk.stands(StepId::Etl, StepState::Unknown, "Unknown, last seen")
        .await;
    stage.order("/github/sso", json!({"required": false})).await;
    let merge = walk
        .until(|intent| matches!(intent, Intent::MergePull { .. }))
        .await;
    let hidden = json!({"denied": ["pulls/merge"], "masked": true});
    stage.order("/permissions", hidden).await;
    let problem = engine.dispatch(merge).await.expect_err("it is hidden");
    assert_eq!(
        problem.means,
        "GitHub says \"not found\" for both. Nothing was changed."
    );
    assert_eq!(stage.effects("pulls/merge"), 0);
    stage.order("/permissions", json!({"denied": []})).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}
