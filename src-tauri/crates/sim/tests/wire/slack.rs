use serde_json::{Value, json};
use slipway_sim::Sim;

use crate::table::{REPO, Table, read};

const CHANNEL: &str = "C00SIMDEPLOY";

#[tokio::test]
async fn a_message_is_posted_found_by_its_metadata_and_edited() {
    let table = Table::set().await;
    let metadata = json!({"event_type": "slipway_release", "event_payload": {"release": "r1"}});
    let blocks = json!([{"type": "section", "text": {"type": "plain_text", "text": "hello"}}]);
    let post = json!({"channel": CHANNEL, "text": "hello", "metadata": metadata, "blocks": blocks});
    let ts = table.slack("chat.postMessage", post).await["ts"].clone();

    let plain = table
        .slack("conversations.history", json!({"channel": CHANNEL}))
        .await;
    assert!(plain["messages"][0].get("metadata").is_none());
    let all = json!({"channel": CHANNEL, "include_all_metadata": true});
    assert_eq!(
        table.slack("conversations.history", all.clone()).await["messages"][0]["metadata"],
        metadata
    );

    let update = json!({"channel": CHANNEL, "ts": ts, "text": "changed"});
    assert_eq!(table.slack("chat.update", update).await["text"], "changed");
    let seen = table.slack("conversations.history", all.clone()).await["messages"][0].clone();
    assert_eq!(
        (&seen["text"], seen.get("blocks"), &seen["metadata"]),
        (&json!("changed"), None, &metadata),
        "a text without blocks takes their place"
    );
    assert!(seen["edited"]["ts"].is_string());
    let update = json!({"channel": CHANNEL, "ts": ts, "blocks": blocks});
    table.slack("chat.update", update).await;
    let seen = table.slack("conversations.history", all).await["messages"][0].clone();
    assert_eq!(
        (&seen["text"], &seen["blocks"]),
        (&json!("changed"), &blocks)
    );

    let link = table
        .slack(
            "chat.getPermalink",
            json!({"channel": CHANNEL, "message_ts": ts}),
        )
        .await;
    let digits = ts.as_str().unwrap().replace('.', "");
    assert!(
        link["permalink"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/archives/{CHANNEL}/p{digits}"))
    );
    let page = table
        .client()
        .get(link["permalink"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 200);
}

#[tokio::test]
async fn replies_go_into_the_thread() {
    let table = Table::set().await;
    let post = |more: Value| {
        let mut body = json!({"channel": CHANNEL, "text": "x"});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        table.slack("chat.postMessage", body)
    };
    let parent = post(json!({})).await["ts"].clone();
    let reply = post(json!({"thread_ts": parent})).await["ts"].clone();
    post(json!({"thread_ts": reply, "reply_broadcast": true})).await;
    let thread = table
        .slack(
            "conversations.replies",
            json!({"channel": CHANNEL, "ts": parent}),
        )
        .await;
    assert_eq!(thread["messages"].as_array().unwrap().len(), 3);
    assert_eq!(thread["messages"][0]["reply_count"], 2);
    let shown = table
        .slack("conversations.history", json!({"channel": CHANNEL}))
        .await;
    assert_eq!(shown["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn history_is_cut_by_limit_cursor_and_time() {
    let table = Table::set().await;
    let mut stamps = Vec::new();
    for number in 0..5 {
        let body = json!({"channel": CHANNEL, "text": number.to_string()});
        stamps.push(
            table.slack("chat.postMessage", body).await["ts"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let first = table
        .slack(
            "conversations.history",
            json!({"channel": CHANNEL, "limit": 3}),
        )
        .await;
    assert_eq!(
        (&first["messages"][0]["text"], &first["has_more"]),
        (&json!("4"), &json!(true))
    );
    let cursor = &first["response_metadata"]["next_cursor"];
    let rest = json!({"channel": CHANNEL, "limit": 3, "cursor": cursor});
    let rest = table.slack("conversations.history", rest).await;
    assert_eq!(
        (
            rest["messages"].as_array().unwrap().len(),
            &rest["has_more"]
        ),
        (2, &json!(false))
    );
    let since = json!({"channel": CHANNEL, "oldest": stamps[3]});
    assert_eq!(
        table.slack("conversations.history", since).await["messages"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn errors_are_slacks_own_words() {
    let table = Table::set().await;
    let section =
        |text: String| json!([{"type": "section", "text": {"type": "mrkdwn", "text": text}}]);
    let cases = [
        (
            "chat.postMessage",
            json!({"channel": "C0OTHER", "text": "x"}),
            "channel_not_found",
        ),
        ("chat.postMessage", json!({"channel": CHANNEL}), "no_text"),
        (
            "chat.postMessage",
            json!({"channel": CHANNEL, "text": "x".repeat(40_001)}),
            "msg_too_long",
        ),
        (
            "chat.postMessage",
            json!({"channel": CHANNEL, "blocks": section("x".repeat(3_001))}),
            "invalid_blocks",
        ),
        (
            "chat.postMessage",
            json!({"channel": CHANNEL, "blocks": vec![json!({"type": "divider"}); 51]}),
            "invalid_blocks",
        ),
        (
            "chat.postMessage",
            json!({"channel": CHANNEL, "blocks": "{"}),
            "invalid_blocks_format",
        ),
        (
            "chat.postMessage",
            json!({"channel": CHANNEL, "text": "x", "metadata": {}}),
            "invalid_metadata_schema",
        ),
        (
            "chat.update",
            json!({"channel": CHANNEL, "ts": "1.000000", "text": "x"}),
            "message_not_found",
        ),
        (
            "conversations.replies",
            json!({"channel": CHANNEL, "ts": "1.000000"}),
            "thread_not_found",
        ),
        ("chat.nothing", json!({}), "unknown_method"),
    ];
    for (method, body, error) in cases {
        let got = table.slack(method, body).await;
        assert_eq!(
            (&got["ok"], &got["error"]),
            (&json!(false), &json!(error)),
            "{method}"
        );
    }
}

#[tokio::test]
async fn a_bot_that_was_not_invited_sees_no_channel() {
    let table = Table::set().await;
    let list = json!({"types": "private_channel"});
    let seen = table.slack("conversations.list", list.clone()).await;
    assert_eq!(
        (
            &seen["channels"][0]["id"],
            &seen["channels"][0]["is_private"]
        ),
        (&json!(CHANNEL), &json!(true))
    );
    table
        .order("/slack/channel", json!({"member": false}))
        .await;
    assert_eq!(
        table.slack("users.conversations", list).await["channels"],
        json!([])
    );
    let got = table
        .slack("conversations.info", json!({"channel": CHANNEL}))
        .await;
    assert_eq!(got["error"], "channel_not_found");
    table
        .order("/slack/channel", json!({"member": true, "archived": true}))
        .await;
    let got = table
        .slack("chat.postMessage", json!({"channel": CHANNEL, "text": "x"}))
        .await;
    assert_eq!(got["error"], "is_archived");
}

#[tokio::test]
async fn each_kind_of_channel_takes_a_scope_of_its_own() {
    let table = Table::set().await;
    let scopes = async |scopes: Value| {
        table
            .order("/slack/scopes", json!({"scopes": scopes}))
            .await
    };
    let rows = [
        (json!({}), "channels:read"),
        (
            json!({"types": "public_channel,private_channel"}),
            "channels:read",
        ),
        (json!({"types": "im, mpim"}), "im:read,mpim:read"),
    ];
    for method in ["conversations.list", "users.conversations"] {
        for (asked, needed) in &rows {
            let got = table.slack(method, asked.clone()).await;
            let said = (&got["error"], &got["needed"]);
            assert_eq!(
                said,
                (&json!("missing_scope"), &json!(needed)),
                "{method} {asked}"
            );
        }
    }
    scopes(json!(["channels:read", "groups:read"])).await;
    let both = json!({"types": "public_channel,private_channel"});
    let got = table.slack("users.conversations", both).await;
    assert_eq!(got["channels"][0]["id"], CHANNEL);
}

#[tokio::test]
async fn a_public_channel_is_there_for_who_is_not_in_it_to_see() {
    let table = Table::set().await;
    let scopes = json!({"scopes": ["chat:write", "channels:read", "channels:history"]});
    table.order("/slack/scopes", scopes).await;
    let ours = json!({"channel": CHANNEL});
    let got = table.slack("conversations.info", ours.clone()).await;
    assert_eq!(
        (&got["error"], &got["needed"]),
        (&json!("missing_scope"), &json!("groups:read"))
    );
    let order = json!({"public": true, "member": false});
    table.order("/slack/channel", order).await;

    let channel = table.slack("conversations.info", ours.clone()).await["channel"].clone();
    let kind = (
        &channel["is_private"],
        &channel["is_channel"],
        &channel["is_member"],
    );
    assert_eq!(kind, (&json!(false), &json!(true), &json!(false)));
    let listed = table.slack("conversations.list", json!({})).await;
    assert_eq!(listed["channels"][0]["id"], CHANNEL);
    let own = table.slack("users.conversations", json!({})).await;
    assert_eq!(own["channels"], json!([]));
    let post = json!({"channel": CHANNEL, "text": "x"});
    for (method, arguments) in [("chat.postMessage", post), ("conversations.history", ours)] {
        let got = table.slack(method, arguments.clone()).await;
        assert_eq!(got["error"], "not_in_channel", "{method}");
        table.order("/slack/channel", json!({"member": true})).await;
        assert_eq!(table.slack(method, arguments).await["ok"], true, "{method}");
        table
            .order("/slack/channel", json!({"member": false}))
            .await;
    }
}

#[tokio::test]
async fn forms_and_tokens_are_taken_too() {
    let table = Table::set().await;
    let url = |method: &str| format!("{}/api/{method}", table.sim.endpoints().slack);
    let token = Sim::credentials().slack_bot_token;
    let form = [
        ("token", token.as_str()),
        ("channel", CHANNEL),
        ("text", "x"),
        ("blocks", "[{\"type\":\"divider\"}]"),
    ];
    let got = read(
        table
            .client()
            .post(url("chat.postMessage"))
            .form(&form)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        (&got.body["ok"], &got.body["message"]["blocks"][0]["type"]),
        (&json!(true), &json!("divider"))
    );
    let got = read(table.client().post(url("auth.test")).send().await.unwrap()).await;
    assert_eq!(
        (got.status, &got.body["error"]),
        (200, &json!("not_authed"))
    );
    let got = read(
        table
            .client()
            .post(url("auth.test"))
            .bearer_auth("xoxb-1")
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(got.body["error"], "invalid_auth");
    let who = table.slack("auth.test", json!({})).await;
    assert_eq!(
        (&who["user"], &who["team"]),
        (&json!("slipway"), &json!("gitMLS"))
    );
}

#[tokio::test]
async fn the_webhook_posts_but_can_never_edit() {
    let table = Table::set().await;
    table.create_branch("maintenance-2026-11-24").await;
    let hook = format!(
        "{}{}",
        table.sim.endpoints().slack,
        Sim::credentials().slack_webhook_path
    );
    let post = |body: Value| table.client().post(&hook).json(&body).send();
    let got = read(
        post(json!({"text": "maintenance-2026-11-24 is ready"}))
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((got.status, got.text.as_str()), (200, "ok"));
    let got = read(post(json!({})).await.unwrap()).await;
    assert_eq!((got.status, got.text.as_str()), (400, "no_text"));
    let got = read(table.client().post(&hook).body("{").send().await.unwrap()).await;
    assert_eq!((got.status, got.text.as_str()), (400, "invalid_payload"));
    let got = read(
        table
            .client()
            .post(format!("{hook}x"))
            .json(&json!({"text": "x"}))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((got.status, got.text.as_str()), (404, "no_service"));

    let ts = table
        .sim
        .with_world(|world| world.channel.messages[0].ts.clone());
    let got = table
        .slack(
            "chat.update",
            json!({"channel": CHANNEL, "ts": ts, "text": "x"}),
        )
        .await;
    assert_eq!(got["error"], "cant_update_message");
    table.advance(10);
    let pulls = table
        .get(&format!("{REPO}/pulls?base=maintenance-2026-11-24"))
        .await
        .body;
    assert_eq!(pulls.as_array().unwrap().len(), 1);
    let log = table.sim.requests();
    let webhook = log.iter().find(|it| it.operation == "webhook").unwrap();
    assert!(!webhook.path.contains("SimSimSim"), "{}", webhook.path);
}
