//! What can be seen of a sign-in before anything is sent, and what is said about the keychain.

use crate::table::check;
use slipway_core::account::{KeptAccount, KeychainTrouble, SignIn};
use slipway_core::problem::Code;
use slipway_core::secret::Secret;
use slipway_core::service::Service;

fn secret(text: &str) -> Secret {
    text.to_owned().into()
}

fn token(text: &str) -> SignIn {
    SignIn::GitHubToken {
        token: secret(text),
    }
}

fn keys(id: &str, key: &str) -> SignIn {
    SignIn::AwsKeys {
        access_key_id: id.to_owned(),
        secret_access_key: secret(key),
    }
}

fn profile(name: &str) -> SignIn {
    SignIn::AwsProfile {
        profile: name.to_owned(),
    }
}

fn bot(text: &str) -> SignIn {
    SignIn::SlackBot {
        token: secret(text),
    }
}

fn webhook(text: &str) -> SignIn {
    SignIn::SlackWebhook {
        address: secret(text),
    }
}

#[test]
#[rustfmt::skip]
fn what_was_entered_is_checked_before_it_is_sent() {
    let fine = "";
    let rows = [
        ("a fine-grained token", token("github_pat_11A_b"), fine),
        ("a classic token with a line break", token(" ghp_abc\n"), fine),
        ("an old token", token("0123456789abcdef0123456789abcdef01234567"), fine),
        ("nothing", token("  "), "Enter a token."),
        ("an app's token", token("ghs_abc"), "This token belongs to an app, not to a person. Make a personal access token."),
        ("two tokens", token("ghp_a ghp_b"), "This is no GitHub token: it holds spaces or signs that none has."),
        ("keys", keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), fine),
        ("half of the keys", keys("AKIAIOSFODNN7EXAMPLE", ""), "Enter the access key ID and the secret access key."),
        ("a session's keys", keys("ASIAIOSFODNN7EXAMPLE", "x"), "This key belongs to a session and ends soon. Use a profile, or a key that begins with AKIA."),
        ("the two exchanged", keys("wJalrXUtnFEMI/K7MDENG", "AKIAIOSFODNN7EXAMPLE"), "This is no access key ID: it begins with AKIA and has capitals and digits only."),
        ("a secret with a space", keys("AKIAIOSFODNN7EXAMPLE", "wJalr XUtn"), "This is no secret access key: it holds spaces or signs that none has."),
        ("a profile", profile(" release "), fine),
        ("no profile", profile(""), "Enter the name of the profile."),
        ("a profile that ends a section", profile("a]\n[b"), "This is no name of a profile."),
        ("a bot token", bot("xoxb-1-2-abc"), fine),
        ("no bot token", bot(""), "Enter a bot token."),
        ("a user token", bot("xoxp-1-2"), "This is another kind of Slack token. Use the bot token, which begins with xoxb-."),
        ("something else", bot("hello"), "This is no bot token: one begins with xoxb-."),
        ("a webhook", webhook("https://hooks.slack.com/services/T0/B0/x"), fine),
        ("no webhook", webhook(" "), "Enter the webhook's address."),
        ("no address", webhook("hooks.slack.com"), "This is no address of a webhook: one begins with https://hooks.slack.com/services/."),
    ];
    check(rows.map(|(row, entered, should)| {
        let said = entered.checked().err().map(|problem| {
            assert_eq!(problem.code, Code::Input);
            problem.what
        });
        (row.to_owned(), said.unwrap_or_default(), should.to_owned())
    }));
}

#[test]
fn what_copying_brings_along_is_dropped() {
    let SignIn::GitHubToken { token } = token("\u{a0}ghp_abc \r\n").checked().unwrap() else {
        panic!("it stays what it is")
    };
    assert_eq!(token.expose(), "ghp_abc");
}

#[test]
fn nothing_that_was_entered_is_repeated() {
    let canary = "canary 7d1f";
    for entered in [
        token(canary),
        keys(canary, canary),
        bot(canary),
        webhook(canary),
    ] {
        assert!(
            !format!("{entered:?}").contains("7d1f") || matches!(entered, SignIn::AwsKeys { .. })
        );
        let problem = entered.checked().unwrap_err();
        assert!(!format!("{problem:?}").contains("7d1f"), "{problem:?}");
    }
    assert_eq!(format!("{:?}", secret(canary)), "[secret]");
}

#[test]
fn what_is_kept_opens_nothing() {
    let rows = [
        (
            token("ghp_secret"),
            Service::GitHub,
            Some("GitHub token"),
            r#"{"kind":"githubToken"}"#,
        ),
        (
            keys("AKIAIOSFODNN7EXAMPLE", "secret"),
            Service::Aws,
            Some("AWS secret access key AKIAIOSFODNN7EXAMPLE"),
            r#"{"kind":"awsKeys","accessKeyId":"AKIAIOSFODNN7EXAMPLE"}"#,
        ),
        (
            profile("release"),
            Service::Aws,
            None,
            r#"{"kind":"awsProfile","profile":"release"}"#,
        ),
        (
            bot("xoxb-secret"),
            Service::Slack,
            Some("Slack bot token"),
            r#"{"kind":"slackBot"}"#,
        ),
        (
            webhook("https://hooks.slack.com/secret"),
            Service::Slack,
            Some("Slack webhook"),
            r#"{"kind":"slackWebhook"}"#,
        ),
    ];
    for (entered, service, secret, json) in rows {
        let kept = entered.kept();
        assert_eq!((entered.service(), kept.service()), (service, service));
        assert_eq!(kept.secret().as_deref(), secret);
        assert_eq!(serde_json::to_string(&kept).unwrap(), json);
        assert_eq!(serde_json::from_str::<KeptAccount>(json).unwrap(), kept);
    }
}

#[test]
fn what_is_said_about_the_keychain() {
    let item = "GitHub token for https://api.github.com";
    let said = [
        KeychainTrouble::Locked,
        KeychainTrouble::Absent,
        KeychainTrouble::Ambiguous,
        KeychainTrouble::TooLong,
        KeychainTrouble::Refused,
        KeychainTrouble::Forgotten,
    ]
    .map(|trouble| {
        let problem = trouble.problem(item, "raw");
        format!("{}\n{}\n{}", problem.what, problem.means, problem.remedy)
    })
    .join("\n\n");
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_said_of_an_item_that_stays_behind() {
    let item = "GitHub token for https://api.github.com";
    let said = [
        KeychainTrouble::Locked,
        KeychainTrouble::Absent,
        KeychainTrouble::Ambiguous,
        KeychainTrouble::Refused,
    ]
    .map(|trouble| {
        let problem = trouble.not_removed(item, "raw");
        format!("{}\n{}\n{}", problem.what, problem.means, problem.remedy)
    })
    .join("\n\n");
    insta::assert_snapshot!(said);
}
