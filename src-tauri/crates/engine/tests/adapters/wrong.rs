//! Every wrong credential has a sentence of its own: all of them over the wire, and the words as they are read.

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::account::{Allowed, Standing};
use slipway_core::problem::Problem;
use slipway_engine::aws::Aws;
use slipway_engine::endpoints::{AwsKeys, Endpoints, SlackAccount};
use slipway_engine::github::GitHub;
use slipway_engine::slack::Slack;
use slipway_sim::Sim;

use crate::stage::Stage;

#[derive(Clone, Copy)]
enum Who {
    GitHub,
    GitHubWith(&'static str),
    Aws,
    AwsWith(&'static str),
    AwsIn(&'static str),
    Bot,
    BotWith(&'static str),
    Webhook,
    WebhookAt(&'static str),
}

async fn check(stage: &Stage, who: Who) -> Result<Standing, Problem> {
    let (sim, endpoints) = (Sim::credentials(), stage.endpoints());
    let mut team = stage.team.clone();
    let slack = |account: SlackAccount| Slack::connect(&endpoints, &account);
    match who {
        Who::GitHub => stage.github().check(&team).await,
        Who::GitHubWith(token) => {
            GitHub::connect(&endpoints, &token.into())?
                .check(&team)
                .await
        }
        Who::Aws => stage.aws().check(&team).await,
        Who::AwsWith(key) => stage.aws_with(&endpoints, key).check(&team).await,
        Who::AwsIn(region) => {
            team.region = region.to_owned();
            let keys = AwsKeys {
                access_key_id: sim.aws_access_key_id,
                secret_access_key: sim.aws_secret_access_key.into(),
                session_token: None,
            };
            Aws::connect(&endpoints, region, &keys)?.check(&team).await
        }
        Who::Bot => stage.slack().check(&team).await,
        Who::BotWith(token) => slack(SlackAccount::Bot(token.into()))?.check(&team).await,
        Who::Webhook => stage.webhook().check(&team).await,
        Who::WebhookAt(address) => {
            let account = SlackAccount::Webhook(address.into());
            Slack::connect(&Endpoints::default(), &account)?
                .check(&team)
                .await
        }
    }
}

/// As a person reads it.
fn said(result: Result<Standing, Problem>) -> String {
    let three = |problem: &Problem| {
        format!(
            "{}\n  {}\n  {}",
            problem.what, problem.means, problem.remedy
        )
    };
    match result {
        Err(problem) => format!("refused: {}", three(&problem)),
        Ok(standing) => {
            let whole = standing.problem.as_ref().map_or_else(String::new, three);
            let page = standing.page.map(|it| format!("\n  [{it}]"));
            let findings = standing.findings.iter().map(|it| match &it.allowed {
                Allowed::Yes => format!("\n  {:?}: yes", it.power),
                Allowed::No { missing, note } => {
                    format!("\n  {:?}: no, missing “{missing}”. {note}", it.power)
                }
                Allowed::Unknown { note } => format!("\n  {:?}: unknown. {note}", it.power),
            });
            let findings: String = findings.collect();
            format!("known: {whole}{}{findings}", page.unwrap_or_default())
        }
    }
}

#[tokio::test]
async fn each_has_its_own_sentence() {
    let expire = |service: &str, word: &str| {
        (
            "/credentials/expire",
            json!({"service": service, "as": word}),
        )
    };
    let denied = |operations: &[&str]| ("/permissions", json!({"denied": operations}));
    let nothing = || ("", Value::Null);
    let fine = |scopes: Value| ("/github/token", scopes);
    let rows = [
        ("GitHub: all is well", nothing(), Who::GitHub),
        (
            "GitHub: a bad token",
            nothing(),
            Who::GitHubWith("ghp_wrong"),
        ),
        (
            "GitHub: a token that cannot be one",
            nothing(),
            Who::GitHubWith("ghp wrong\n"),
        ),
        (
            "GitHub: may not see the branches",
            denied(&["git/get-ref"]),
            Who::GitHub,
        ),
        (
            "GitHub: may not see the pull requests",
            denied(&["pulls/list"]),
            Who::GitHub,
        ),
        (
            "GitHub: may not see the repository",
            denied(&["repos/get"]),
            Who::GitHub,
        ),
        (
            "GitHub: the same, masked",
            (
                "/permissions",
                json!({"denied": ["repos/get"], "masked": true}),
            ),
            Who::GitHub,
        ),
        (
            "GitHub: single sign-on",
            ("/github/sso", json!({"required": true})),
            Who::GitHub,
        ),
        (
            "GitHub: a classic token without scopes",
            fine(json!({"scopes": []})),
            Who::GitHub,
        ),
        (
            "GitHub: a fine-grained token",
            fine(json!({"fine_grained": true})),
            Who::GitHub,
        ),
        (
            "GitHub: who may only read",
            fine(json!({"read_only": true})),
            Who::GitHub,
        ),
        ("AWS: all is well", nothing(), Who::Aws),
        (
            "AWS: a bad key",
            nothing(),
            Who::AwsWith("AKIAWRONGWRONGWRONG0"),
        ),
        (
            "AWS: a bad secret",
            expire("aws", "SignatureDoesNotMatch"),
            Who::Aws,
        ),
        (
            "AWS: an ended session",
            expire("aws", "ExpiredTokenException"),
            Who::Aws,
        ),
        (
            "AWS: no permission",
            denied(&["codepipeline:GetPipelineState", "logs:GetLogEvents"]),
            Who::Aws,
        ),
        (
            "AWS: the wrong account",
            ("/aws/home", json!({"account": "999988887777"})),
            Who::Aws,
        ),
        ("AWS: the wrong region", nothing(), Who::AwsIn("eu-west-1")),
        ("Slack: all is well", nothing(), Who::Bot),
        ("Slack: a bad token", nothing(), Who::BotWith("xoxb-wrong")),
        (
            "Slack: a revoked token",
            expire("slack", "token_revoked"),
            Who::Bot,
        ),
        (
            "Slack: a token that ended",
            expire("slack", "token_expired"),
            Who::Bot,
        ),
        (
            "Slack: a bot that was removed",
            expire("slack", "account_inactive"),
            Who::Bot,
        ),
        (
            "Slack: may not look for channels",
            ("/slack/scopes", json!({"scopes": ["chat:write"]})),
            Who::Bot,
        ),
        (
            "Slack: may not post",
            (
                "/slack/scopes",
                json!({"scopes": ["groups:read", "groups:history"]}),
            ),
            Who::Bot,
        ),
        (
            "Slack: not in the channel",
            ("/slack/channel", json!({"member": false})),
            Who::Bot,
        ),
        (
            "Slack: an archived channel",
            ("/slack/channel", json!({"archived": true})),
            Who::Bot,
        ),
        ("Webhook: all is well", nothing(), Who::Webhook),
        (
            "Webhook: revoked",
            expire("slack", "no_service"),
            Who::Webhook,
        ),
        (
            "Webhook: not its address",
            expire("slack", "invalid_token"),
            Who::Webhook,
        ),
        (
            "Webhook: an archived channel",
            ("/slack/channel", json!({"archived": true})),
            Who::Webhook,
        ),
        (
            "Webhook: not Slack's",
            nothing(),
            Who::WebhookAt("https://hooks.example/services/x"),
        ),
    ];
    let mut words = String::new();
    for (name, (path, body), who) in rows {
        let stage = Stage::set().await;
        if !path.is_empty() {
            stage.order(path, body).await;
        }
        let result = check(&stage, who).await;
        words.push_str(&format!("{name}\n{}\n\n", said(result)));
        let posted = stage.sim.with_world(|world| world.channel.messages.len());
        assert_eq!(posted, messages(), "{name}: a check posts nothing");
    }
    insta::assert_snapshot!(words);
}

/// Those of the weeks before.
fn messages() -> usize {
    0
}

#[tokio::test]
async fn a_token_says_when_it_ends() {
    let stage = Stage::set().await;
    let ends = json!({"expires": "2026-12-24T12:00:00Z"});
    stage.control(Method::POST, "/github/token", ends).await;
    let standing = stage.github().check(&stage.team).await.expect("known");
    assert_eq!(standing.ends.map(|at| at.0), Some(1_798_113_600_000));
}
