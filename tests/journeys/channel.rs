//! Where Slack does not let Slipway tell the team: each says what it means and what to do, and holds nothing else up.

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::intent::Intent;
use slipway_core::problem::Problem;
use slipway_core::view::{ReleaseView, StepId, StepState};
use slipway_engine::endpoints::SlackAccount;
use slipway_engine::{Handle, Settings};
use slipway_sim::Sim;

use crate::hand::is_approval;
use crate::slack::{POST, messages, status, thread};
use crate::stage::{Stage, settings};
use crate::walk::{Walk, state};

const UPDATE: &str = "chat.update";

impl Walk<'_> {
    async fn trouble(&mut self, what: &str, says: &str) -> Problem {
        let says = says.to_owned();
        let is = move |view: &ReleaseView| {
            let trouble = view.announce.trouble.as_ref();
            trouble.is_some_and(|it| it.what.contains(&says))
        };
        let view = self.see(what, is).await;
        view.announce.trouble.expect("it was waited for")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_deleted_is_missed_and_posted_anew_once() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.asked(&stage).await;
    for message in messages(&stage) {
        let path = format!("/slack/messages/{}", message.ts);
        stage.control(Method::DELETE, &path, Value::Null).await;
    }
    let gone = walk
        .trouble("it is missed", "not in #production-deployment any more")
        .await;
    assert!(gone.remedy.contains("Post it anew"), "{gone:?}");
    let view = walk.see("it can be posted anew", |view| {
        view.announce.anew && view.announce.can_post
    });
    let view = view.await;
    assert_eq!(messages(&stage), [], "nothing is posted by itself");
    let post = Intent::PostAnnouncement {
        release: view.id.clone(),
        text: view.announce.suggestion.clone(),
    };
    walk.press(post.clone()).await.expect("it can be posted");
    assert_eq!(status(&stage), "Step 6 of 8: waiting for approval");
    let second = walk.press(post).await.expect_err("it is there");
    assert!(
        second.what.contains("told already") || second.what.contains("a moment ago"),
        "{second:?}"
    );
    walk.see("nothing is wrong", |view| view.announce.trouble.is_none())
        .await;

    walk.press(approve).await.expect("it can be approved");
    walk.until_the_end().await;
    walk.wait_for(&stage, "the new message is kept true", |stage| {
        status(stage) == "Deployed to production"
    })
    .await;
    let messages = messages(&stage);
    let roots = messages.iter().filter(|it| it.thread_ts.is_none());
    assert_eq!(roots.count(), 1, "{messages:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_archived_is_said_and_told_of_what_is_so_once_it_is_back() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.asked(&stage).await;
    stage
        .order("/slack/channel", json!({"archived": true}))
        .await;
    let before = messages(&stage);
    walk.press(approve).await.expect("Slack has no say in it");
    let archived = walk.trouble("it is said", "is archived").await;
    assert!(archived.remedy.contains("Unarchive"), "{archived:?}");
    let deployed = |it: &ReleaseView| state(it, StepId::Build) == StepState::Done;
    walk.see("it is deployed", deployed).await;
    assert_eq!(messages(&stage), before);

    stage
        .order("/slack/channel", json!({"archived": false}))
        .await;
    walk.told(&stage, 2).await;
    assert_eq!(thread(&stage)[1], "Deployed to production *");
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_revoked_is_said_and_holds_nothing_up() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.asked(&stage).await;
    let revoked = json!({"service": "slack", "as": "token_revoked"});
    stage.order("/credentials/expire", revoked).await;
    let before = messages(&stage);
    walk.press(approve).await.expect("Slack has no say in it");
    let said = walk.trouble("it is said", "revoked").await;
    assert!(said.means.contains("stays as it is"), "{said:?}");
    assert!(
        said.remedy.contains("Install the Slack app again"),
        "{said:?}"
    );
    let deployed = |it: &ReleaseView| state(it, StepId::Build) == StepState::Done;
    walk.see("it is deployed", deployed).await;
    assert_eq!(messages(&stage), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_slack_asks_for_is_kept() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let merge = walk
        .until(|intent| matches!(intent, Intent::MergeRelease { .. }))
        .await;
    let limited = json!({
        "operation": POST, "kind": "status", "code": 429, "body": {"ok": false, "error": "ratelimited"},
        "headers": {"retry-after": "3"},
    });
    stage.order("/faults", limited).await;
    walk.press(merge).await.expect("it can be merged");
    let is_limited = |stage: &Stage| {
        let requests = stage.sim.requests();
        requests
            .iter()
            .any(|it| it.operation == POST && it.status == Some(429))
    };
    walk.wait_for(&stage, "Slack asks to slow down", is_limited)
        .await;
    walk.told(&stage, 1).await;
    let requests = stage.sim.requests().into_iter();
    let posts: Vec<_> = requests.filter(|it| it.operation == POST).collect();
    let [.., refused, again] = posts.as_slice() else {
        panic!("{posts:#?}")
    };
    let waited = again.at.duration_since(refused.at);
    assert!(waited.as_millis() >= 3000, "{waited:?}");
    assert_eq!(thread(&stage), ["Waiting for approval"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_says_what_it_cannot_do_and_posts_once() {
    let stage = Stage::set(1).await;
    let path = Sim::credentials().slack_webhook_path;
    let address = format!("{}{path}", stage.sim.endpoints().slack);
    let engine = with_slack(&stage, Some(SlackAccount::Webhook(address.into())));
    let mut walk = Walk::new(&engine);
    walk.until_the_work().await;
    let said = walk.trouble("it is said", "A webhook can only post").await;
    assert!(said.means.contains("reply in its thread"), "{said:?}");
    let share = |intent: &Intent| matches!(intent, Intent::DeclareResultShared { .. });
    until_shared(&mut walk, share).await;
    let posted = messages(&stage);
    assert_eq!(posted.len(), 1, "{posted:#?}");
    assert!(posted[0].by_webhook && posted[0].edited_ts.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_slack_the_message_is_copied_and_declared() {
    let stage = Stage::set(1).await;
    let engine = with_slack(&stage, None);
    let mut walk = Walk::new(&engine);
    let create = |intent: &Intent| matches!(intent, Intent::CreateBranch { .. });
    let branch = walk.until(create).await;
    walk.press(branch).await.expect("it can be made");
    let said = walk
        .trouble("it is said", "Nobody is signed in to Slack")
        .await;
    assert!(said.remedy.contains("mark it as told"), "{said:?}");
    let view = walk.see("it can be declared", |view| view.announce.can_declare);
    let view = view.await;
    assert!(!view.announce.can_post && view.announce.suggestion.contains(view.id.as_str()));
    walk.press(Intent::DeclareAnnounced { release: view.id })
        .await
        .expect("it can be declared");
    let told = |it: &ReleaseView| state(it, StepId::Announce) == StepState::Done;
    walk.see("it is declared", told).await;
    assert_eq!(
        stage
            .sim
            .requests()
            .iter()
            .filter(|it| it.operation == POST)
            .count(),
        0
    );
    assert_eq!(stage.effects(UPDATE), 0);
}

fn with_slack(stage: &Stage, account: Option<SlackAccount>) -> Handle {
    let clock = std::sync::Arc::new(slipway_engine::clock::System);
    let mut settings: Settings = settings(stage.data.path(), stage.sim.endpoints(), clock);
    settings.accounts.slack = account;
    Handle::start(settings)
}

/// Goes on until the result is to be shared, which a person does with a webhook.
async fn until_shared(walk: &mut Walk<'_>, share: impl Fn(&Intent) -> bool) {
    loop {
        let view = walk
            .see("something to do", |view| view.busy.is_none())
            .await;
        if view.finish.can_declare {
            let intent = Intent::DeclareResultShared { release: view.id };
            assert!(share(&intent));
            walk.press(intent).await.expect("it can be declared");
            return;
        }
        let deployed = state(&view, StepId::Build) == StepState::Done;
        if deployed {
            continue;
        }
        if let Some(next) = walk.next().await {
            walk.press(next).await.expect("what is offered can be done");
            let approved = walk.done.iter().any(is_approval);
            if approved {
                walk.see("it can be declared", |view| view.finish.can_declare)
                    .await;
            }
        }
    }
}
