//! A sign-in that ends in the middle: nothing is sent, looking stops, and after signing in the same step goes on with
//! what was typed.

use serde_json::json;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;

use crate::desk::{Desk, await_looks, bot, sign_in, token};
use crate::stage::announce;

#[tokio::test]
async fn a_message_whose_sign_in_ended_is_posted_as_it_was_typed_after_the_next() {
    let (desk, engine) = Desk::signed_in().await;
    await_looks(&engine).await;
    let (release, view) = engine.begin_to_announce().await;
    let Intent::PostAnnouncement { release, text } = announce(&release, &view) else {
        panic!("an announcement")
    };
    let typed = Intent::PostAnnouncement {
        release,
        text: format!("{text}\nWith cake."),
    };
    let slack = json!({"service": "slack", "as": "token_expired"});
    desk.stage.order("/credentials/expire", slack).await;
    for _ in 0..2 {
        let refused = engine.dispatch(typed.clone()).await;
        let problem = refused.expect_err("Slack takes the sign-in no more");
        assert_eq!(problem.code, Code::SignedOut);
        assert!(
            problem.means.contains("nothing you typed is lost"),
            "{problem:?}"
        );
    }
    assert_eq!(desk.stage.asked("chat.postMessage"), 0);

    let slack = json!({"service": "slack"});
    desk.stage.order("/credentials/restore", slack).await;
    sign_in(&engine, bot()).await.expect("it is taken");
    engine.dispatch(typed).await.expect("it is posted now");
    let posted = desk
        .stage
        .sim
        .with_world(|world| world.channel.messages.clone());
    assert_eq!(posted.len(), 1);
    assert!(posted[0].text.contains("With cake."), "{}", posted[0].text);
}

#[tokio::test]
async fn a_branch_whose_sign_in_ended_is_made_after_the_next() {
    let (desk, engine) = Desk::signed_in().await;
    await_looks(&engine).await;
    let create = engine.draft().await;
    let github = json!({"service": "github"});
    desk.stage
        .order("/credentials/expire", github.clone())
        .await;
    let problem = engine.dispatch(create.clone()).await;
    assert_eq!(problem.expect_err("signed out").code, Code::SignedOut);
    assert_eq!(desk.stage.asked("git/create-ref"), 0);

    desk.stage.order("/credentials/restore", github).await;
    sign_in(&engine, token()).await.expect("it is taken");
    engine.dispatch(create).await.expect("it is made now");
    assert_eq!(desk.stage.asked("git/create-ref"), 1);
}
