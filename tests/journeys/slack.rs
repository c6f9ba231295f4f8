//! What the team is told in Slack on the way of a release.

use std::time::Instant;

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::view::ReleaseView;
use slipway_sim::world::Message;

use crate::hand::{is_approval, is_retry};
use crate::stage::{PATIENCE, Stage, change};
use crate::walk::Walk;

pub(crate) const POST: &str = "chat.postMessage";

/// What somebody may call a pull request.
const HOSTILE: [&str; 9] = [
    "<!channel> and <!here> and <!everyone>",
    "<@U00SIMDANA> please <#C00SIMDEPLOY|look> <!subteam^S012|@etl>",
    "<https://evil.example|the release> https://evil.example",
    "*bold* _italic_ ~struck~ `code` ```block```",
    "&lt;!channel&gt; &amp; <b>",
    "&<>&<>&<>",
    "safe\u{202e}txt.exe\u{202c} \u{2066}isolated",
    "zero\u{200b}width\u{feff} <\u{200b}!channel>",
    "> quoted\n• listed\n<!channel>",
];

pub(crate) fn messages(stage: &Stage) -> Vec<Message> {
    stage.sim.with_world(|world| world.channel.messages.clone())
}

/// The first lines of what the thread tells, with a star where the channel sees it too.
pub(crate) fn thread(stage: &Stage) -> Vec<String> {
    let messages = messages(stage);
    let replies = messages.iter().filter(|it| it.thread_ts.is_some());
    let said = replies.map(|it| {
        let star = if it.reply_broadcast { " *" } else { "" };
        let first = it.text.lines().next().unwrap_or_default();
        format!("{}{star}", first.trim_matches('*'))
    });
    said.collect()
}

/// The announcement's last line.
pub(crate) fn status(stage: &Stage) -> String {
    let messages = messages(stage);
    let last = messages[0].text.lines().last().unwrap_or_default();
    last.trim_matches('_').to_owned()
}

impl Walk<'_> {
    /// Looks until the world is like this.
    pub(crate) async fn wait_for(
        &mut self,
        stage: &Stage,
        what: &str,
        is: impl Fn(&Stage) -> bool,
    ) {
        let began = Instant::now();
        while !is(stage) {
            assert!(
                began.elapsed() < PATIENCE,
                "never so: {what}; the channel: {:#?}",
                messages(stage)
            );
            self.press(Intent::Look).await.expect("anybody may look");
        }
    }

    /// Waits until so much is told in the thread.
    pub(crate) async fn told(&mut self, stage: &Stage, replies: usize) {
        let what = format!("{replies} replies");
        self.wait_for(stage, &what, |stage| thread(stage).len() >= replies)
            .await;
    }

    /// Goes on to the approval, and waits until the thread asks for it and the message says so.
    pub(crate) async fn asked(&mut self, stage: &Stage) -> Intent {
        let approve = self.until(is_approval).await;
        self.told(stage, 1).await;
        self.wait_for(stage, "the message asks", |stage| {
            status(stage) == "Step 6 of 8: waiting for approval"
        })
        .await;
        approve
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_and_a_retry_leave_one_message_and_the_right_thread() {
    let stage = Stage::set(1).await;
    let failure = json!({"message": "Cannot have more than 1 builds in queue", "phase": "NONE"});
    stage.order("/build/fail", failure).await;
    // Long enough that each state is looked at, however busy this computer is.
    stage.pace("build", 600).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let approve = walk.asked(&stage).await;
    walk.press(approve).await.expect("it can be approved");
    walk.told(&stage, 2).await;
    walk.wait_for(&stage, "the message says that it failed", |stage| {
        status(stage) == "Step 7 of 8: the build failed, production is unchanged"
    })
    .await;
    let retry = walk.until(is_retry).await;
    walk.press(retry).await.expect("it can be retried");
    walk.told(&stage, 3).await;
    walk.wait_for(&stage, "the message says that it goes on", |stage| {
        status(stage) == "Step 7 of 8: building again"
    })
    .await;
    stage.pass(600).await;
    walk.told(&stage, 4).await;
    walk.until_the_end().await;
    walk.wait_for(&stage, "the message says the end", |stage| {
        status(stage) == "Deployed to production"
    })
    .await;

    stage.assert_released_once(1, 1);
    let told = thread(&stage);
    let (result, changes) = told.split_last().expect("there is a thread");
    assert_eq!(
        changes,
        [
            "Waiting for approval",
            "The build failed",
            "The build runs again",
            "Deployed to production *",
        ]
    );
    assert!(
        result.starts_with("Deployed to production at ") && !result.ends_with(" *"),
        "{result}"
    );
    let messages = messages(&stage);
    assert!(
        messages
            .iter()
            .all(|it| it.metadata.is_some() && !it.by_webhook)
    );
    let events: Vec<&str> = messages
        .iter()
        .filter_map(|it| it.metadata.as_ref()?["event_type"].as_str())
        .collect();
    assert_eq!(events.first(), Some(&"slipway_release"));
    assert_eq!(events.last(), Some(&"slipway_result"));

    // Another desktop, and this one after a restart, have nothing to add.
    engine.stop().await;
    let again = stage.engine();
    let mut walk = Walk::new(&again);
    walk.press(Intent::Look).await.expect("anybody may look");
    assert_eq!(self::messages(&stage), messages);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_is_told_and_one_that_is_put_aside_says_so() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let Intent::Approve { release, gate, .. } = walk.asked(&stage).await else {
        panic!("an approval")
    };
    let reason = "Not tonight, <!channel>".to_owned();
    let reject = Intent::Reject {
        release: release.clone(),
        gate,
        reason,
    };
    walk.press(reject).await.expect("it can be rejected");
    walk.told(&stage, 2).await;
    walk.wait_for(&stage, "the message says it", |stage| {
        status(stage) == "Step 6 of 8: rejected, production is unchanged"
    })
    .await;
    let told = messages(&stage).pop().expect("a reply").text;
    assert!(told.contains("Not tonight, &lt;!channel&gt;"), "{told}");
    assert!(told.ends_with("Production is unchanged."), "{told}");

    walk.press(Intent::CloseRelease { release })
        .await
        .expect("it can be put aside");
    let said = status(&stage);
    assert!(
        said.starts_with("Put aside by ") && said.ends_with("not kept up to date any more"),
        "{said}"
    );
    assert_eq!(messages(&stage).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_nobody_answers_is_told_as_expired() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.asked(&stage).await;
    stage.pass(7 * 86_400 + 3600).await;
    walk.told(&stage, 2).await;
    assert_eq!(thread(&stage)[1], "The approval expired");
    walk.wait_for(&stage, "the message says it", |stage| {
        status(stage) == "Step 6 of 8: the approval expired, production is unchanged"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_whose_answer_is_lost_holds_up_no_approval_and_is_never_posted_twice() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let merge = walk
        .until(|intent| matches!(intent, Intent::MergeRelease { .. }))
        .await;
    let lost = json!({"operation": POST, "kind": "reply-lost"});
    stage.order("/faults", lost).await;
    walk.press(merge).await.expect("it can be merged");
    walk.told(&stage, 1).await;
    // The answer is lost, and the person goes on at once.
    let approve = walk.until(is_approval).await;
    walk.press(approve).await.expect("Slack has no say in it");
    walk.until_the_end().await;
    stage.assert_released_once(1, 0);
}

/// Whatever somebody calls a pull request, and whatever they say when they reject, the channel and the pull request's
/// body hold it as text, each in its line and short.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_or_misled_by_a_title() {
    let stage = Stage::set(0).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    let branch = walk.until_the_work().await;
    let long = "<!channel> *long* ".repeat(300);
    let titles: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    for title in &titles {
        stage.open_pull(&branch, title, json!({})).await;
    }
    let count = titles.len();
    walk.see("all are open", |view| view.etl.open.len() == count)
        .await;
    let Intent::Approve { release, gate, .. } = walk.asked(&stage).await else {
        panic!("an approval")
    };
    let reject = Intent::Reject {
        release,
        gate,
        reason: HOSTILE.join(" ").chars().take(300).collect(),
    };
    walk.press(reject).await.expect("it can be rejected");
    walk.told(&stage, 2).await;

    for message in messages(&stage) {
        assert_inert(&message.text);
        assert!(message.text.chars().count() < 3000, "{}", message.text);
        assert!(message.blocks.is_none());
    }
    let asked = stage
        .sim
        .with_world(|world| world.channel.messages[1].text.clone());
    assert!(
        asked.contains(&format!("with {count} pull requests")),
        "{asked}"
    );
    let body = stage.sim.with_world(|world| {
        let pulls = world.repository.pulls.iter();
        let mut ours = pulls.filter(|it| it.head == branch);
        let ours = ours.next().expect("the release’s own");
        ours.body.clone().unwrap_or_default()
    });
    let listed: Vec<&str> = body
        .lines()
        .filter(|line| line.starts_with("- #"))
        .collect();
    assert_eq!(listed.len(), count, "{body}");
    assert!(
        body.lines().all(|line| line.chars().count() < 900),
        "{body}"
    );
    for line in listed {
        assert!(!line.contains("<!") || line.contains("\\<"), "{line}");
        assert!(
            !line.contains('\u{202e}') && !line.contains('\u{200b}'),
            "{line}"
        );
    }
}

/// Nothing in a text of ours is more than text to Slack, but for the marks that we set ourselves.
fn assert_inert(text: &str) {
    let bare = text
        .replace("&amp;", "")
        .replace("&lt;", "")
        .replace("&gt;", "");
    assert!(!bare.contains(['<', '>', '&', '`']), "{text}");
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    assert!(!text.contains(hidden), "{text:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desktops_tell_a_change_once_and_the_second_is_offered_what_the_first_left() {
    let stage = Stage::set(1).await;
    let first = stage.engine();
    let mut walk = Walk::new(&first);
    let merge = walk
        .until(|intent| matches!(intent, Intent::MergeRelease { .. }))
        .await;
    walk.press(merge).await.expect("it can be merged");
    // The one that leads goes home before anybody is asked.
    first.stop().await;
    let told = messages(&stage).iter().filter_map(change).count();

    let data = tempfile::TempDir::new().expect("a folder");
    let second = stage.engine_with(data.path());
    let mut views = second.views();
    let found = views
        .wait_for(|view| !view.home.found.is_empty())
        .await
        .expect("it runs")
        .home
        .found[0]
        .clone();
    let mut walk = Walk::new(&second);
    let adopt = Intent::AdoptBranch {
        name: found.name,
        sha: found.sha,
    };
    walk.press(adopt).await.expect("it can be taken over");
    let asks = |view: &ReleaseView| view.approval.gate.is_some();
    walk.see("it asks", asks).await;
    if told == 0 {
        // Nothing is told by who does not lead, until two minutes have passed and a person says so.
        assert_eq!(messages(&stage).iter().filter_map(change).count(), 0);
        stage.pass(130).await;
        let view = walk.see("it is offered", |view| view.announce.tell.is_some());
        let view = view.await;
        let tell = Intent::TellChange {
            release: view.id,
            change: view.announce.tell.expect("it was waited for").change,
        };
        walk.press(tell.clone()).await.expect("it can be told");
        let again = walk.press(tell).await.expect_err("it is told");
        assert!(!again.what.is_empty());
    }
    second.stop().await;
    // The one that leads comes back, and has nothing to add.
    let first = stage.engine();
    let mut walk = Walk::new(&first);
    walk.see("it asks", asks).await;
    walk.wait_for(&stage, "the message is true", |stage| {
        status(stage) == "Step 6 of 8: waiting for approval"
    })
    .await;
    let messages = messages(&stage);
    let changes = messages.iter().filter_map(change).count();
    assert_eq!(changes, 1, "{messages:#?}");
}
