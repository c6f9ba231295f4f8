use reqwest::Method;
use serde_json::{Value, json};
use slipway_sim::{Credentials, Options, Sim};

use crate::table::{Table, read};

#[tokio::test]
async fn a_sim_takes_the_credentials_it_is_told_to_and_no_others() {
    let own = Credentials {
        github_token: "ghp_own".to_owned(),
        slack_bot_token: "xoxb-own".to_owned(),
        slack_webhook_path: "/services/T1/B1/own".to_owned(),
        aws_access_key_id: "AKIAOWN".to_owned(),
        aws_secret_access_key: "own".to_owned(),
    };
    let table = Table::set_with(Options {
        credentials: own.clone(),
        ..Options::default()
    })
    .await;
    let at = table.sim.endpoints().clone();
    for (theirs, taken) in [(Sim::credentials(), false), (own, true)] {
        let github = table.client().get(format!("{}/user", at.github));
        let github = read(
            github
                .bearer_auth(theirs.github_token)
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(github.status, if taken { 200 } else { 401 });

        let slack = table.client().post(format!("{}/api/auth.test", at.slack));
        let slack = slack.bearer_auth(theirs.slack_bot_token).send();
        assert_eq!(read(slack.await.unwrap()).await.body["ok"], json!(taken));

        let hook = format!("{}{}", at.slack, theirs.slack_webhook_path);
        let hook = table.client().post(hook).json(&json!({"text": "hello"}));
        let hook = read(hook.send().await.unwrap()).await;
        assert_eq!(hook.status, if taken { 200 } else { 404 });

        let key = theirs.aws_access_key_id;
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential={key}/20261123/us-east-2/sts/aws4_request, SignedHeaders=host, Signature=00"
        );
        let aws = table.client().request(Method::POST, &at.aws);
        let aws = aws
            .header("authorization", scope)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("Action=GetCallerIdentity&Version=2011-06-15");
        let aws = read(aws.send().await.unwrap()).await;
        assert_eq!(aws.status == 200, taken, "{}", aws.text);
    }
    let world = table.control(Method::GET, "/world", Value::Null).await;
    assert!(
        !world.text.contains("xoxb-own"),
        "the world does not tell them"
    );
}
