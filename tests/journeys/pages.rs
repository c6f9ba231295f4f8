//! As much as there can be of everything: it is read completely and shown completely.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::view::{ReleaseView, StepId, StepState, View};
use slipway_sim::world::{ActionStatus, StageName};

use crate::hand::line;
use crate::stage::Stage;
use crate::walk::{Walk, id};

/// Letters of one, two and three bytes, and signs that are made of several.
const EVERYWHERE: &str = "Doña Ana’s “assessed value” → ¢, 小麦, Ελλάδα, e\u{301}";

/// So long a text of such letters, with something of its own at the end.
fn long(length: usize) -> String {
    let end = " the end";
    let letters = EVERYWHERE.chars().cycle().take(length - end.len());
    format!("{}{end}", letters.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn our_execution_is_found_behind_more_than_a_hundred_newer_ones() {
    const NEWER: usize = 130;
    let stage = Stage::set(1).await;
    stage.order("/pipeline", json!({"mode": "PARALLEL"})).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let ours = walk.until_the_gate().await;
    for _ in 0..NEWER {
        let newer = stage.start_pipeline().await;
        let stop = json!({"execution": newer, "abandon": true});
        stage.order("/executions/stop", stop).await;
    }
    let listed = |_: &View| {
        let asked = stage.sim.requests().into_iter();
        let pages = asked.filter(|it| {
            it.operation == "codepipeline:ListPipelineExecutions" && it.body.contains("nextToken")
        });
        pages.count() > 0
    };
    walk.look_for("the second page", listed).await;
    let gate = walk.until_the_gate().await;
    assert_eq!(gate, ours);
    walk.until_the_end().await;
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_pull_requests_more_than_a_page_holds_are_all_there() {
    const PULLS: usize = 103;
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    for number in 0..PULLS {
        let pull = json!({"files": 1});
        let number = stage
            .open_pull(&branch, &format!("Work {number}"), pull)
            .await;
        stage
            .change_pull(number, json!({"merge": {"method": "squash"}}))
            .await;
    }
    let all = |view: &ReleaseView| view.etl.merged.len() == PULLS && view.etl.close_is_next;
    let view = walk.see("all are merged", all).await;
    let titles: std::collections::BTreeSet<_> =
        view.etl.merged.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles.len(), PULLS);
    assert!(view.etl.direct.is_empty(), "{:?}", view.etl.direct);
    walk.until_the_gate().await;
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert_eq!(card.headline, "103 pull requests go to production");
    assert_eq!(card.pulls.len(), PULLS);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_commits_in_a_comparison_are_all_counted_and_the_rest_is_said() {
    const COMMITS: usize = 301;
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let mut last = String::new();
    for number in 0..COMMITS {
        last = stage.push(&branch, &format!("Step {number}")).await;
    }
    let all = |view: &ReleaseView| {
        view.etl
            .holds
            .starts_with("301 commits that master does not have")
    };
    let view = walk.see("all are counted", all).await;
    assert_eq!(view.etl.direct.len(), 51);
    assert!(view.etl.direct[0].contains(" Step 0, by tomas-herrera"));
    assert_eq!(view.etl.direct[50], "and 251 more");
    walk.until_the_gate().await;
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.expect("it was waited for");
    assert_eq!(card.headline, "301 direct commits go to production");
    let named = line(&card.facts, "Without a pull request");
    assert!(named.ends_with("; and 281 more"), "{named}");
    walk.until_the_end().await;
    stage.assert_in_production(&last);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_texts_of_the_greatest_length_arrive_whole_both_ways() {
    let stage = Stage::set(0).await;
    let gate_name = "G".repeat(100);
    let rename = json!({"rename": {"stage": "Approval", "to": gate_name}});
    stage.order("/pipeline", rename).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let (title, check) = (long(256), long(80));
    let work = json!({"checks": [check]});
    let number = stage.open_pull(&branch, &title, work).await;
    let seen = |view: &ReleaseView| {
        view.etl
            .open
            .first()
            .is_some_and(|pull| pull.title == title)
    };
    walk.see("the whole title", seen).await;

    let gate = walk.until_the_gate().await;
    assert_eq!(gate.stage, gate_name);
    let view = walk
        .see("the card", |view| view.approval.card.is_some())
        .await;
    let card = view.approval.card.as_ref().expect("it was waited for");
    assert_eq!(card.pulls[0].title, title);
    assert_eq!(stage.pull(number).title, title);
    let most = view.approval.comment_max as usize;
    let comment = long(most);
    let approve = |comment: String| Intent::Approve {
        release: id(&view),
        gate: gate.clone(),
        comment,
    };
    let too_long = walk.press(approve(long(most + 1))).await;
    assert_eq!(
        too_long.expect_err("AWS takes 512").remedy,
        "Shorten it by 1 character."
    );
    walk.press(approve(comment.clone())).await.expect("512 fit");

    walk.stands(StepId::Approval, StepState::Done, "dana.whitfield")
        .await;
    let answer = walk.answer().await;
    assert_eq!(answer.text.chars().count(), 512);
    assert!(answer.text.starts_with(&comment), "{}", answer.text);
    let said = stage.sim.with_world(|world| {
        let action = world.pipeline.latest_action(StageName::Approval);
        let action = action.filter(|it| it.status == ActionStatus::Succeeded);
        action.and_then(|it| it.summary.clone())
    });
    assert_eq!(said.as_deref(), Some(answer.text.as_str()));
    walk.until_the_end().await;
    let report = walk
        .see("the report", |view| view.afloat)
        .await
        .finish
        .markdown;
    for whole in ["Doña Ana", "小麦", "Ελλάδα"] {
        assert!(report.contains(whole), "{report}");
    }
}
