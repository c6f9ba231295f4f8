//! Slack with a bot's token.

use serde_json::{Value, json};
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::Channel;
use slipway_core::ids::{ChannelId, MessageTs, ReleaseId};
use slipway_core::problem::Code;
use slipway_core::time::At;
use slipway_engine::slack::Slack;

use crate::stage::{BRANCH, Stage, not_done, unknown};

const HOSTILE: &str = "Release &lt;b&gt; @channel <!here> *bold* https://example.com";

fn post(text: &str) -> Action {
    Action::PostAnnouncement {
        channel: ChannelId::from("C00SIMDEPLOY"),
        text: text.to_owned(),
    }
}

fn release() -> ReleaseId {
    ReleaseId::from(BRANCH)
}

async fn channel(stage: &Stage, slack: &Slack) -> Channel {
    slack
        .workspace(&stage.team)
        .await
        .expect("is seen")
        .channel
        .expect("is there")
}

fn messages(stage: &Stage) -> Vec<slipway_sim::world::Message> {
    stage.sim.with_world(|world| world.channel.messages.clone())
}

#[tokio::test]
async fn finds_the_channel_and_finds_it_again_at_once() {
    let stage = Stage::set().await;
    let slack = stage.slack();
    for _ in 0..2 {
        let seen = slack.workspace(&stage.team).await.expect("is seen");
        assert_eq!(
            (seen.team.as_str(), seen.bot.as_str()),
            ("gitMLS", "slipway")
        );
        let channel = seen.channel.expect("is there");
        assert_eq!(
            (channel.id.as_str(), channel.name.as_str()),
            ("C00SIMDEPLOY", "production-deployment")
        );
        assert_eq!((channel.private, channel.members), (true, Some(5)));
    }
    let asked = stage.asked("users.conversations");
    assert_eq!(
        asked.len(),
        2,
        "for both kinds, then for what the token has a scope for"
    );
    assert!(stage.asked("conversations.list").is_empty());
}

#[tokio::test]
async fn sees_that_the_bot_was_not_invited() {
    let stage = Stage::set().await;
    let slack = stage.slack();
    channel(&stage, &slack).await;
    stage
        .order("/slack/channel", json!({"member": false}))
        .await;

    let problem = not_done(slack.act(&release(), &post("Hello")).await);
    assert_eq!(problem.code, Code::NotInChannel);
    assert_eq!(
        problem.remedy,
        "In #production-deployment, type /invite @slipway"
    );
    assert_eq!(
        slack.workspace(&stage.team).await.expect("is seen").channel,
        None
    );
}

#[tokio::test]
async fn goes_through_pages_of_channels() {
    let stage = Stage::set().await;
    let scopes = ["chat:write", "groups:read", "channels:read"];
    stage
        .order("/slack/scopes", json!({"scopes": scopes}))
        .await;
    let pages = json!({"ok": true, "channels": [{"id": "C9", "name": "general"}],
        "response_metadata": {"next_cursor": "dGVhbQ=="}});
    stage
        .fault(
            "users.conversations",
            json!({"kind": "status", "code": 200, "body": pages}),
        )
        .await;
    channel(&stage, &stage.slack()).await;
    let asked = stage.asked("users.conversations");
    assert_eq!(asked.len(), 2);
    assert!(
        asked[1].body.contains("cursor=dGVhbQ%3D%3D"),
        "{}",
        asked[1].body
    );
}

#[tokio::test]
async fn does_with_the_scope_for_the_channels_own_kind_alone() {
    let rows = [
        (false, ["groups:read", "groups:history"]),
        (true, ["channels:read", "channels:history"]),
    ];
    for (public, [read, history]) in rows {
        let stage = Stage::set().await;
        let scopes = json!({"scopes": ["chat:write", read, history]});
        stage.order("/slack/scopes", scopes).await;
        let kind = json!({"public": public});
        stage.order("/slack/channel", kind).await;
        let slack = stage.slack();
        let seen = channel(&stage, &slack).await;
        assert_eq!(seen.private, !public);
        assert!(matches!(
            slack.act(&release(), &post("Hello")).await,
            Outcome::Done
        ));
        let found = slack.announcement(&seen, &release(), At(0)).await;
        assert!(found.expect("it may read").is_some());

        let other = json!({"scopes": ["chat:write"]});
        stage.order("/slack/scopes", other).await;
        let problem = stage
            .slack()
            .workspace(&stage.team)
            .await
            .expect_err("is refused");
        assert_eq!(problem.code, Code::Forbidden);
        assert!(
            problem.remedy.contains("the scope groups:read to"),
            "{}",
            problem.remedy
        );
    }
}

#[tokio::test]
async fn sees_a_public_channel_that_it_is_not_in() {
    let stage = Stage::set().await;
    let scopes = ["chat:write", "channels:read", "channels:history"];
    stage
        .order("/slack/scopes", json!({"scopes": scopes}))
        .await;
    let order = json!({"public": true, "member": false});
    stage.order("/slack/channel", order).await;
    let slack = stage.slack();
    assert!(!channel(&stage, &slack).await.private);
    let problem = not_done(slack.act(&release(), &post("Hello")).await);
    assert_eq!(problem.code, Code::NotInChannel);
}

#[tokio::test]
async fn posts_once_and_finds_its_message_by_the_metadata() {
    let stage = Stage::set().await;
    let slack = stage.slack();
    let channel = channel(&stage, &slack).await;
    assert_eq!(
        slack
            .announcement(&channel, &release(), At(0))
            .await
            .expect("is read"),
        None
    );

    assert_eq!(slack.act(&release(), &post(HOSTILE)).await, Outcome::Done);
    assert_eq!(
        slack
            .act(&ReleaseId::from("maintenance-2026-12-01"), &post("Another"))
            .await,
        Outcome::Done
    );
    let sent: Value = serde_json::from_str(&stage.asked("chat.postMessage")[0].body).expect("JSON");
    assert_eq!(
        (&sent["mrkdwn"], &sent["link_names"], &sent["parse"]),
        (&json!(true), &json!(false), &json!("none"))
    );
    assert_eq!(
        (&sent["unfurl_links"], &sent["unfurl_media"]),
        (&json!(false), &json!(false))
    );

    let found = slack
        .announcement(&channel, &release(), At(0))
        .await
        .expect("is read")
        .expect("is found");
    let posted = messages(&stage);
    assert_eq!(
        (found.ts.as_str(), found.text.as_str()),
        (posted[0].ts.as_str(), HOSTILE)
    );
    assert!(
        found
            .permalink
            .expect("is given")
            .contains("/archives/C00SIMDEPLOY/p")
    );
    assert!(!found.result_posted);
}

#[tokio::test]
async fn changes_its_message_and_answers_in_its_thread() {
    let stage = Stage::set().await;
    let slack = stage.slack();
    let channel = channel(&stage, &slack).await;
    slack.act(&release(), &post("Begins")).await;
    let ts = MessageTs(messages(&stage)[0].ts.clone());
    let update = Action::UpdateAnnouncement {
        channel: channel.id.clone(),
        ts: ts.clone(),
        text: "Runs".to_owned(),
    };
    assert_eq!(slack.act(&release(), &update).await, Outcome::Done);
    let result = Action::PostResult {
        channel: channel.id.clone(),
        thread: ts.clone(),
        text: "Is out".to_owned(),
        note: String::new(),
        broadcast: true,
    };
    assert_eq!(slack.act(&release(), &result).await, Outcome::Done);
    let tell = Action::TellChange {
        channel: channel.id.clone(),
        thread: ts.clone(),
        change: "this/one/failed".to_owned(),
        text: "Failed".to_owned(),
        broadcast: false,
    };
    assert_eq!(slack.act(&release(), &tell).await, Outcome::Done);

    let world = messages(&stage);
    assert_eq!(
        (world[0].text.as_str(), world[1].text.as_str()),
        ("Runs", "Is out")
    );
    assert_eq!(world[1].thread_ts.as_deref(), Some(ts.as_str()));
    assert_eq!(world[2].thread_ts.as_deref(), Some(ts.as_str()));
    assert_eq!(
        (world[1].reply_broadcast, world[2].reply_broadcast),
        (true, false)
    );
    let found = slack
        .announcement(&channel, &release(), At(0))
        .await
        .expect("is read")
        .expect("is found");
    assert_eq!((found.text.as_str(), found.result_posted), ("Runs", true));
    assert_eq!(found.told, ["this/one/failed"]);
    let other = ReleaseId::from("hotfix-2026-11-24-other");
    let elsewhere = slack.announcement(&channel, &other, At(0)).await;
    assert_eq!(elsewhere.expect("is read"), None);

    stage
        .control(
            reqwest::Method::DELETE,
            &format!("/slack/messages/{ts}"),
            json!({}),
        )
        .await;
    let problem = not_done(slack.act(&release(), &update).await);
    assert_eq!(problem.code, Code::Changed);
}

#[tokio::test]
async fn finds_an_old_message_behind_many_and_only_since_when_asked() {
    let stage = Stage::set().await;
    let slack = stage.slack();
    let channel = channel(&stage, &slack).await;
    let posted = slack.act(&release(), &post("Ours")).await;
    assert_eq!(posted, Outcome::Done);
    stage.sim.with_world(|world| {
        let ours = world.channel.messages[0].clone();
        let (seconds, _) = ours.ts.split_once('.').expect("a ts");
        let first: u64 = seconds.parse().expect("seconds");
        for later in 1..=450 {
            let ts = format!("{}.000000", first + later);
            world.channel.messages.push(slipway_sim::world::Message {
                ts,
                metadata: None,
                ..ours.clone()
            });
        }
    });
    let found = slack
        .announcement(&channel, &release(), At(0))
        .await
        .expect("is read")
        .expect("is found");
    assert_eq!(found.text, "Ours");
    assert_eq!(stage.asked("conversations.history").len(), 3);
    let soon = At(messages(&stage)[0].ts[..10]
        .parse::<i64>()
        .expect("seconds")
        * 1000
        + 60_000);
    assert_eq!(
        slack
            .announcement(&channel, &release(), soon)
            .await
            .expect("is read"),
        None
    );
}

#[tokio::test]
async fn does_not_know_what_a_lost_reply_was_and_repeats_nothing() {
    for fault in [
        json!({"kind": "reply-lost"}),
        json!({"kind": "status-after", "code": 500, "body": "oops"}),
        json!({"kind": "status", "code": 200, "body": {"ok": false, "error": "fatal_error"}}),
        json!({"kind": "status-after", "code": 200, "body": "<html>"}),
    ] {
        let stage = Stage::set().await;
        let slack = stage.slack();
        let channel = channel(&stage, &slack).await;
        stage.fault("chat.postMessage", fault.clone()).await;
        assert_eq!(
            unknown(slack.act(&release(), &post("Hello")).await).code,
            Code::Unknown,
            "{fault}"
        );
        assert_eq!(stage.asked("chat.postMessage").len(), 1, "{fault}");
        let found = slack
            .announcement(&channel, &release(), At(0))
            .await
            .expect("is read");
        assert_eq!(
            found.is_some(),
            fault["kind"] != "status",
            "it can be looked up: {fault}"
        );
    }
}

#[tokio::test]
async fn says_what_slack_refuses() {
    let stage = Stage::set().await;
    let slack = stage.slack();
    channel(&stage, &slack).await;
    let throttled = json!({"kind": "status", "code": 429, "headers": {"retry-after": "7"}});
    stage.fault("chat.postMessage", throttled).await;
    let problem = not_done(slack.act(&release(), &post("Hello")).await);
    assert_eq!(
        (problem.code, problem.remedy.as_str()),
        (
            Code::Throttled,
            "Wait 7 seconds. Slipway looks again by itself then."
        )
    );
    assert!(slack.pause_left().is_some());

    stage
        .order("/permissions", json!({"denied": ["chat.postMessage"]}))
        .await;
    let problem = not_done(slack.act(&release(), &post("Hello")).await);
    assert_eq!(problem.code, Code::Forbidden);
    stage.order("/permissions", json!({"denied": []})).await;

    stage
        .order("/slack/channel", json!({"archived": true}))
        .await;
    assert_eq!(
        not_done(slack.act(&release(), &post("Hello")).await).code,
        Code::Refused
    );

    stage
        .order("/credentials/expire", json!({"service": "slack"}))
        .await;
    assert_eq!(
        not_done(slack.act(&release(), &post("Hello")).await).code,
        Code::SignedOut
    );
    assert_eq!(
        slack
            .workspace(&stage.team)
            .await
            .expect_err("is refused")
            .code,
        Code::SignedOut
    );
    assert!(messages(&stage).is_empty());
}
