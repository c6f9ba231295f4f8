//! Replies that were lost, where it is not easy to learn what became of it.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::action::Action;
use slipway_core::ids::ActionSeq;
use slipway_core::intent::Intent;
use slipway_core::record::{Entry, Record};
use slipway_core::view::{ReleaseView, StepId, StepState, Tone, View};
use slipway_engine::clock::{Clock, System};
use slipway_engine::journal::{Folder, Journal};

use crate::stage::Stage;
use crate::walk::{Walk, state};

const RUNS: &str = "codepipeline:ListActionExecutions";
const ANSWER: &str = "codepipeline:PutApprovalResult";

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_is_found_though_the_next_execution_asks_by_now() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let Intent::Approve { release, gate, .. } = walk.until(is_approval).await else {
        panic!("an approval")
    };
    stage.order("/executions", json!({"by": "lee"})).await;
    stage
        .order(
            "/faults",
            json!({"operation": ANSWER, "kind": "reply-lost"}),
        )
        .await;
    let nobody = json!({"service": "aws", "operation": RUNS, "kind": "reset", "times": 100_000});
    stage.order("/faults", nobody).await;
    let rejected = gate.execution.clone();
    let reject = Intent::Reject {
        release,
        gate,
        reason: "Not this one".to_owned(),
    };
    // Whether it is known at once does not matter here.
    let _ = walk.press(reject).await;

    let asks_again = |it: &ReleaseView| {
        let gate = it.approval.gate.as_ref();
        it.busy.is_none() && gate.is_some_and(|gate| gate.execution != rejected)
    };
    walk.see("the next one asks", asks_again).await;
    stage.control(Method::DELETE, "/faults", Value::Null).await;
    walk.until_the_end().await;
    assert_eq!(stage.effects(ANSWER), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_found_by_who_may_not_read_what_ran() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    stage.order("/permissions", json!({"denied": [RUNS]})).await;
    stage
        .order(
            "/faults",
            json!({"operation": ANSWER, "kind": "reply-lost"}),
        )
        .await;
    walk.press(approve).await.expect("the pipeline shows it");
    let settled = |it: &ReleaseView| it.busy.is_none() && it.problem.is_none();
    walk.see("nothing is held up", settled).await;

    stage.order("/permissions", json!({"denied": []})).await;
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_is_found_while_aws_takes_the_sign_in_no_more() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let is_merge = |intent: &Intent| matches!(intent, Intent::MergeRelease { .. });
    let merge = walk.until(is_merge).await;
    stage
        .order("/credentials/expire", json!({"service": "aws"}))
        .await;
    let mut views = engine.views();
    let is_out =
        |view: &Arc<View>| view.waterline.word == "AWS" && view.waterline.tone == Tone::Bad;
    drop(views.wait_for(is_out).await.expect("it runs"));

    let lost = json!({"operation": "pulls/merge", "kind": "reply-lost"});
    stage.order("/faults", lost).await;
    walk.press(merge).await.expect("GitHub shows it");
    assert_eq!(stage.effects("pulls/merge"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_being_kept_true_holds_up_no_approval_while_slack_is_dead() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    Walk::new(&engine).until(is_approval).await;
    engine.stop().await;
    leave_an_update_behind(&stage).await;
    stage
        .order("/credentials/expire", json!({"service": "slack"}))
        .await;

    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("Slack has no say in it");
    assert_eq!(stage.effects(ANSWER), 1);
    let deployed = |it: &ReleaseView| state(it, StepId::Build) == StepState::Done;
    walk.see("it is deployed", deployed).await;
}

fn is_approval(intent: &Intent) -> bool {
    matches!(intent, Intent::Approve { .. })
}

/// The journal of a process that ended while it was changing the message.
async fn leave_an_update_behind(stage: &Stage) {
    let folder = Folder::take(stage.data.path()).expect("nobody has it");
    let mut opened = Journal::open(folder, "2026-11-24".parse().expect("a date"))
        .await
        .expect("it opens");
    let last = opened.entries.last().expect("there are entries").clone();
    let update = Action::UpdateAnnouncement {
        channel: "C00SIMDEPLOY".into(),
        ts: "1.000000".into(),
        text: "Changed".to_owned(),
    };
    let entry = Entry {
        at: System.now(),
        record: Record::Sending {
            seq: ActionSeq(500),
            action: update,
        },
        ..last
    };
    opened.journal.append(&[entry]).await.expect("written");
    opened.journal.close().await;
}
