//! Slack through a webhook.

use secrecy::SecretString;
use serde_json::json;
use slipway_core::action::{Action, Outcome};
use slipway_core::ids::{MessageTs, ReleaseId};
use slipway_core::problem::Code;
use slipway_core::time::At;
use slipway_engine::endpoints::{Endpoints, SlackAccount};
use slipway_engine::slack::Slack;

use crate::stage::{BRANCH, Stage, not_done, unknown};

#[tokio::test]
async fn posts_but_neither_reads_nor_changes() {
    let stage = Stage::set().await;
    let (slack, release) = (stage.webhook(), ReleaseId::from(BRANCH));
    assert!(!slack.reads_back());
    let channel = slack
        .workspace(&stage.team)
        .await
        .expect("is known")
        .channel
        .expect("is named");
    assert_eq!(channel.name, "production-deployment");

    let post = Action::PostAnnouncement {
        channel: channel.id.clone(),
        text: "Hello".to_owned(),
    };
    assert_eq!(slack.act(&release, &post).await, Outcome::Done);
    stage
        .sim
        .with_world(|world| assert_eq!(world.channel.messages[0].text, "Hello"));

    let problem = slack
        .announcement(&channel, &release, At(0))
        .await
        .expect_err("cannot be read");
    assert_eq!(problem.code, Code::Refused);
    let ts = MessageTs::from("1.000000");
    let update = Action::UpdateAnnouncement {
        channel: channel.id,
        ts,
        text: "Other".to_owned(),
    };
    assert_eq!(
        not_done(slack.act(&release, &update).await).code,
        Code::NotOffered
    );
    assert_eq!(stage.sim.requests().len(), 1);
}

#[tokio::test]
async fn does_not_know_what_a_lost_reply_was_and_hides_its_address() {
    let stage = Stage::set().await;
    let (slack, release) = (stage.webhook(), ReleaseId::from(BRANCH));
    let post = Action::PostAnnouncement {
        channel: "webhook".into(),
        text: "Hello".to_owned(),
    };
    for fault in [
        json!({"kind": "reply-lost"}),
        json!({"kind": "status", "code": 500, "body": "rollup_error"}),
    ] {
        stage.fault("webhook", fault).await;
        let problem = unknown(slack.act(&release, &post).await);
        assert!(
            !format!("{problem:?}").contains("/services/"),
            "{problem:?}"
        );
    }
    assert_eq!(stage.asked("webhook").len(), 2);

    stage
        .order("/credentials/expire", json!({"service": "slack"}))
        .await;
    assert_eq!(
        not_done(slack.act(&release, &post).await).code,
        Code::SignedOut
    );
}

#[tokio::test]
async fn takes_no_address_that_is_not_slacks() {
    let stage = Stage::set().await;
    let connect = |endpoints: &Endpoints, address: &str| {
        Slack::connect(
            endpoints,
            &SlackAccount::Webhook(SecretString::from(address.to_owned())),
        )
        .map(|_| ())
    };
    let own = Endpoints::default();
    assert!(connect(&own, "https://hooks.slack.com/services/T/B/x").is_ok());
    for bad in [
        "https://hooks.slack.com.example/services/T/B/x",
        "http://hooks.slack.com/services/T/B/x",
        "junk",
    ] {
        assert_eq!(
            connect(&own, bad).expect_err("is refused").code,
            Code::Input,
            "{bad}"
        );
    }
    let github = stage.sim.endpoints().github.clone();
    assert!(connect(&stage.endpoints(), &format!("{github}/services/x")).is_err());
}
