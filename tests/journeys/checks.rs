//! What GitHub wants before it merges, and what changes between a look and a click.

use serde_json::json;
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{ReleaseView, StepId, StepState};
use slipway_sim::world::PullState;

use crate::hand::{MERGE, line};
use crate::stage::Stage;
use crate::walk::{Walk, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_review_that_master_wants_is_waited_for_and_then_it_merges() {
    let stage = Stage::set(1).await;
    let review =
        json!({"type": "pull_request", "parameters": {"required_approving_review_count": 1}});
    stage.rules(json!([review])).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_end_of_the_source().await;
    let view = walk
        .stands(StepId::Merge, StepState::Waiting, "Waiting for a review")
        .await;
    assert!(!view.merge.can_merge);
    let rules = line(&view.merge.checks, "Rules of master");
    assert_eq!(rules, "Needs 1 approving review");

    let number = view.merge.number.expect("it is open").0;
    stage
        .change_pull(number, json!({"review": {"state": "APPROVED"}}))
        .await;
    let view = walk
        .stands(StepId::Merge, StepState::Ready, "you can merge it")
        .await;
    assert_eq!(line(&view.merge.checks, "Rules of master"), "Met");
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_that_lacks_what_master_has_is_said_to_where_the_rules_are_strict() {
    let stage = Stage::set(1).await;
    let strict = json!({"type": "required_status_checks",
        "parameters": {"strict_required_status_checks_policy": true}});
    stage.rules(json!([strict])).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_end_of_the_source().await;
    walk.stands(StepId::Merge, StepState::Ready, "you can merge it")
        .await;
    // Such a commit does not start the pipeline.
    let file = json!({"path": "README.md", "text": "Newer"});
    stage.order("/files", file).await;
    let view = walk
        .stands(StepId::Merge, StepState::Blocked, "Behind master")
        .await;
    assert!(!view.merge.can_merge);
    let said = line(&view.merge.checks, "Behind master");
    assert!(said.contains("Update the branch on GitHub first"), "{said}");
    stage.rules(json!([])).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_queue_is_said_to_be_wanted_and_what_comes_through_it_counts() {
    let stage = Stage::set(1).await;
    stage.rules(json!([{"type": "merge_queue"}])).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_end_of_the_source().await;
    let view = walk
        .stands(
            StepId::Merge,
            StepState::Blocked,
            "master wants GitHub’s merge queue",
        )
        .await;
    assert_eq!(
        line(&view.merge.checks, "Rules of master"),
        "Merges go through GitHub’s merge queue. Add the pull request to it there."
    );
    let number = view.merge.number.expect("it is open");
    let refused = engine
        .dispatch(Intent::MergeRelease {
            release: id(&view),
            number,
            head: view.merge.head.clone().expect("it has a head"),
        })
        .await
        .expect_err("it goes through the queue");
    assert_eq!(refused.code, Code::NotOffered, "{refused:?}");
    let ours = stage.effects(MERGE);

    let queued = json!({"merge": {"by": "github-merge-queue[bot]"}});
    stage.change_pull(number.0, queued).await;
    walk.stands(StepId::Merge, StepState::Done, "github-merge-queue[bot]")
        .await;
    walk.until_the_end().await;
    assert_eq!(stage.effects(MERGE), ours);
    stage.assert_in_production(&stage.master());
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_that_fail_hold_a_pull_request_until_they_pass() {
    let stage = Stage::set(0).await;
    stage.pace("checks_take", 86_400).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let checked = json!({"checks": ["unit-tests", "schema-check"]});
    let number = stage.open_pull(&branch, "Import tax rolls", checked).await;
    walk.stands(StepId::Etl, StepState::Waiting, "Waiting for checks")
        .await;
    stage.change_pull(number, json!({"checks": "fail"})).await;
    let view = walk
        .stands(StepId::Etl, StepState::Waiting, "2 checks failed")
        .await;
    let pull = &view.etl.open[0];
    assert!(!pull.can_merge);
    assert_eq!(
        line(&pull.checks, "Checks"),
        "Failed: unit-tests and schema-check"
    );

    let mended = json!({"push": "Mend the schema", "checks": "pass"});
    stage.change_pull(number, mended).await;
    let view = walk
        .stands(StepId::Etl, StepState::Ready, "1 can be merged")
        .await;
    let pull = &view.etl.open[0];
    assert_eq!(line(&pull.checks, "Checks"), "2 of 2 checks passed");
    assert_eq!(pull.head.as_str(), stage.pull(number).head_sha);
    walk.until_the_end_of_the_source().await;
    assert!(matches!(stage.pull(number).state, PullState::Merged { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_of_the_release_itself_hold_its_merge_until_they_pass() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let (number, _) = walk.until_the_merge().await;
    stage.pace("checks_take", 86_400).await;
    stage.change_pull(number, json!({"run": ["smoke"]})).await;
    walk.stands(StepId::Merge, StepState::Waiting, "Waiting for checks")
        .await;
    stage.change_pull(number, json!({"checks": "fail"})).await;
    let view = walk
        .stands(StepId::Merge, StepState::Blocked, "1 check failed")
        .await;
    assert_eq!(line(&view.merge.checks, "Checks"), "Failed: smoke");
    assert!(!view.merge.can_merge);

    let again = json!({"run": ["smoke"], "checks": "pass"});
    stage.change_pull(number, again).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_holds_a_pull_request_and_the_release_until_somebody_solves_it() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let number = stage
        .open_pull(&branch, "Import tax rolls", json!({"conflict": true}))
        .await;
    let view = walk
        .stands(StepId::Etl, StepState::Waiting, "Conflicts with the branch")
        .await;
    assert_eq!(line(&view.etl.open[0].checks, "Conflicts"), "Conflicts");
    stage.change_pull(number, json!({"conflict": false})).await;
    let (release, _) = walk.until_the_merge().await;

    stage.change_pull(release, json!({"conflict": true})).await;
    let view = walk
        .stands(StepId::Merge, StepState::Blocked, "Conflicts with master")
        .await;
    assert_eq!(
        line(&view.merge.checks, "Conflicts"),
        "With master. Somebody has to solve them on GitHub."
    );
    stage.change_pull(release, json!({"conflict": false})).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_moved_since_it_was_shown_is_not_merged() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let is_pull = |intent: &Intent| matches!(intent, Intent::MergePull { .. });
    let merge = walk.until(is_pull).await;
    let Intent::MergePull { number, head, .. } = merge.clone() else {
        panic!("{merge:?}")
    };
    stage.pace("checks_take", 0).await;
    let pushed = json!({"push": "One more thing"});
    stage.change_pull(number.0, pushed).await;
    let problem = engine.dispatch(merge).await.expect_err("it moved");
    assert_eq!(problem.code, Code::Changed);
    let new = stage.pull(number.0).head_sha;
    assert_eq!(
        problem.what,
        format!(
            "{number} got new commits while you looked: {} is now {}.",
            head.short(),
            &new[..7]
        )
    );
    assert!(stage.pull(number.0).is_open());
    assert_eq!(stage.effects(MERGE), 0);
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_between_the_last_look_and_the_merge_stops_the_merge() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let (number, head) = walk.until_the_merge().await;
    let view = walk
        .see("it can be merged", |view| view.merge.can_merge)
        .await;
    let merge = Intent::MergeRelease {
        release: id(&view),
        number: PullNumber(number),
        head: Sha(head.clone()),
    };
    let before = stage.effects(MERGE);
    let branch = view.id.to_string();
    let pushes = stage.push(&branch, "Slipped in");
    let (pressed, pushed) = stage
        .between_look_and_write(&engine, merge, MERGE, pushes)
        .await;
    let problem = pressed.expect_err("GitHub refuses it");
    assert_eq!(problem.code, Code::Changed, "{problem:?}");
    assert_eq!(problem.means, "Nothing was merged.");
    assert!(stage.pull(number).is_open());
    assert_eq!(stage.effects(MERGE), before);

    let shown = |view: &ReleaseView| {
        view.merge
            .head
            .as_ref()
            .is_some_and(|it| it.as_str() == pushed)
            && view.etl.direct.len() == 1
    };
    walk.see("what slipped in is shown", shown).await;
    walk.until_the_end().await;
    stage.assert_in_production(&pushed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_that_moves_under_a_merge_is_no_refusal_for_good() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let is_merge = |intent: &Intent| matches!(intent, Intent::MergeRelease { .. });
    let merge = walk.until(is_merge).await;
    let moved = "Base branch was modified. Review and try the merge again.";
    let refusal = json!({"operation": MERGE, "kind": "status", "code": 405,
        "body": {"message": moved, "documentation_url": "", "status": "405"}});
    stage.order("/faults", refusal).await;
    let problem = walk.press(merge.clone()).await.expect_err("not this time");
    assert_eq!(problem.means, "Nothing was merged.", "{problem:?}");
    assert!(problem.raw.contains(moved), "{problem:?}");
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn mergeable_that_is_not_known_yet_is_never_taken_for_a_no() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    Walk::new(&engine).until_the_merge().await;
    let asked = stage.sim.exchanges().into_iter();
    let answers: Vec<_> = asked
        .filter(|it| it.request.operation == "pulls/get")
        .filter_map(|it| it.answer)
        .filter_map(|it| serde_json::from_str::<serde_json::Value>(&it.body).ok())
        .collect();
    let unknown = answers
        .iter()
        .find(|it| it["mergeable"].is_null() && it["state"] == "open");
    let unknown = unknown.expect("GitHub works it out only when it is asked");
    let number = unknown["number"]
        .as_u64()
        .and_then(|it| u32::try_from(it).ok());
    let pull = stage.pull(number.expect("a number"));
    assert!(matches!(pull.state, PullState::Merged { .. }), "{pull:?}");
}
