//! Signing in and out, the keychain, and what becomes of both at the next start.

use serde_json::json;
use slipway_core::account::{KeychainTrouble, SignIn};
use slipway_core::desktop::Wish;
use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;
use slipway_core::view::{AccountView, Answer, Mode, View};
use slipway_engine::Settings;
use slipway_engine::endpoints::{Accounts, Endpoints};
use slipway_engine::journal::Journal;
use slipway_engine::vault::Vault;
use slipway_sim::Sim;

use crate::keys::{Keys, Mood};
use crate::stage::{Engine, Stage, until};

/// An engine of the real world, as the app starts it, with a keychain of the test's own.
pub(crate) fn real(stage: &Stage, keys: &Keys) -> Engine {
    real_at(stage, keys, endpoints(stage))
}

fn real_at(stage: &Stage, keys: &Keys, endpoints: Endpoints) -> Engine {
    let accounts = Accounts::default();
    let mut settings = Settings::new(stage.data.path(), Mode::Real, endpoints, accounts);
    settings.vault = Some(Vault::over(keys.clone()));
    settings.clock = stage.clock();
    Engine::start(settings)
}

fn endpoints(stage: &Stage) -> Endpoints {
    let at = stage.sim.endpoints();
    Endpoints {
        github_api: at.github.clone(),
        github_web: at.github.clone(),
        slack_api: format!("{}/api", at.slack),
        aws: Some(at.aws.clone()),
        ..Endpoints::default()
    }
}

pub(crate) fn token() -> SignIn {
    SignIn::GitHubToken {
        token: Sim::credentials().github_token.into(),
    }
}

fn keys_of_aws() -> SignIn {
    let sim = Sim::credentials();
    SignIn::AwsKeys {
        access_key_id: sim.aws_access_key_id,
        secret_access_key: sim.aws_secret_access_key.into(),
    }
}

pub(crate) fn bot() -> SignIn {
    SignIn::SlackBot {
        token: Sim::credentials().slack_bot_token.into(),
    }
}

pub(crate) async fn wish(engine: &Engine, wish: Wish) -> Result<(), Problem> {
    engine.dispatch(Intent::Desktop { wish }).await
}

pub(crate) async fn sign_in(engine: &Engine, sign_in: SignIn) -> Result<(), Problem> {
    wish(engine, Wish::SignIn { sign_in }).await
}

pub(crate) async fn all(engine: &Engine) {
    for entered in [token(), keys_of_aws(), bot()] {
        sign_in(engine, entered).await.expect("it is taken");
    }
}

pub(crate) fn account(view: &View, service: Service) -> &AccountView {
    let mut services = view.accounts.services.iter();
    services
        .find(|it| it.service == service)
        .expect("all are listed")
}

async fn await_looks(engine: &Engine) {
    engine
        .await_view("everything is seen", |view| view.waterline.word == "Live")
        .await;
}

fn trouble(view: &View) -> Option<KeychainTrouble> {
    view.accounts.keychain.trouble
}

#[tokio::test]
async fn is_asked_for_once_and_never_again() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    await_looks(&engine).await;
    let at = stage.sim.endpoints();
    let names = [
        format!("AWS secret access key for {}", at.aws),
        format!("GitHub token for {}", at.github),
        format!("Slack bot token for {}", at.slack),
    ];
    assert_eq!(keys.names(), names);
    let sim = Sim::credentials();
    assert_eq!(keys.secret(&names[1]), Some(sim.github_token.clone()));
    let view = engine.view();
    assert_eq!(view.accounts.keychain.word, "Unlocked");
    let github = account(&view, Service::GitHub);
    assert_eq!(github.word, "3 of 3 permissions");
    assert!(github.elsewhere && github.origin == at.github);
    assert_eq!(
        view.waterline.elsewhere,
        [
            format!("GitHub at {}", at.github),
            format!("AWS at {}", at.aws),
            format!("Slack at {}", at.slack),
        ]
    );
    engine.handle.stop().await;
    drop(engine);

    let engine = real(&stage, &keys);
    await_looks(&engine).await;
    let view = engine
        .await_view("all are checked", |view| {
            let mut services = view.accounts.services.iter();
            services.all(|it| it.signed_in && !it.abilities.is_empty())
        })
        .await;
    assert_eq!(trouble(&view), None);
    assert_eq!(keys.reads(), 3, "each item was read once");

    // Nothing of a secret is on the disk beside the keychain.
    engine.handle.stop().await;
    let secrets = [
        sim.github_token,
        sim.slack_bot_token,
        sim.aws_secret_access_key,
    ];
    let mut searched = 0;
    for file in std::fs::read_dir(stage.data.path()).expect("the data folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("it is read");
        searched += bytes.len();
        for secret in &secrets {
            let found = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!found, "a secret is in the data folder");
        }
    }
    assert!(searched > 1000, "{searched}");
}

#[tokio::test]
async fn is_not_kept_when_the_service_refuses() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    let wrong = SignIn::GitHubToken {
        token: "ghp_wrong".to_owned().into(),
    };
    let problem = sign_in(&engine, wrong).await.expect_err("it is refused");
    assert_eq!(problem.what, "GitHub does not accept this token.");
    assert!(keys.names().is_empty());
    let view = engine.view();
    assert!(!account(&view, Service::GitHub).signed_in);
    assert_eq!(view.accounts.keychain.word, "Not used yet");

    sign_in(&engine, token())
        .await
        .expect("the right one is taken");
    assert_eq!(keys.names().len(), 1);
}

#[tokio::test]
async fn is_never_used_for_another_origin() {
    let stage = Stage::set().await;
    let elsewhere = Sim::start(slipway_sim::Options::default())
        .await
        .expect("it listens");
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    engine.handle.stop().await;
    drop(engine);

    let at = elsewhere.endpoints();
    let moved = Endpoints {
        github_api: at.github.clone(),
        github_web: at.github.clone(),
        slack_api: format!("{}/api", at.slack),
        aws: Some(at.aws.clone()),
        ..Endpoints::default()
    };
    let engine = real_at(&stage, &keys, moved);
    let view = engine
        .await_view("it says so", |view| {
            let mut services = view.accounts.services.iter();
            services.all(|it| it.problem.is_some())
        })
        .await;
    let problem = account(&view, Service::GitHub).problem.clone();
    let here = &stage.sim.endpoints().github;
    assert_eq!(
        problem.expect("there is one").what,
        format!(
            "Your GitHub sign-in was entered for {here}; Slipway now talks to {}.",
            at.github
        )
    );
    wish(&engine, Wish::CheckAccounts)
        .await
        .expect("nothing to check");
    wish(&engine, Wish::OpenKeychain)
        .await
        .expect("nothing to read");
    assert_eq!(keys.reads(), 0, "it is not even read");
    assert!(!view.accounts.keychain.covers);
    assert_eq!(elsewhere.requests().len(), 0, "nothing was sent there");

    // Signed in anew there: the first origin's item is replaced by one of the new name.
    sign_in(&engine, token()).await.expect("it is taken");
    let name = format!("GitHub token for {}", at.github);
    assert!(keys.names().contains(&name));
    assert!(!keys.names().contains(&format!("GitHub token for {here}")));
}

#[tokio::test]
async fn stays_in_memory_after_a_yes_and_leaves_nothing() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    keys.is(Mood::Absent);
    let engine = real(&stage, &keys);
    let refused = wish(&engine, Wish::UseMemory).await;
    assert_eq!(refused.expect_err("not asked").code, Code::NotOffered);

    let problem = sign_in(&engine, token()).await.expect_err("not kept");
    assert!(problem.means.contains("could not be kept"), "{problem:?}");
    assert!(
        problem.remedy.contains("forgotten when you quit"),
        "{problem:?}"
    );
    let view = engine.view();
    assert_eq!(trouble(&view), Some(KeychainTrouble::Absent));
    assert!(view.accounts.keychain.can_use_memory);
    assert!(
        !view.accounts.keychain.covers,
        "nothing kept is out of reach"
    );
    assert!(!account(&view, Service::GitHub).signed_in);

    wish(&engine, Wish::UseMemory).await.expect("agreed");
    sign_in(&engine, token()).await.expect("in memory");
    let view = engine
        .await_view("it works", |view| view.person.is_some())
        .await;
    let github = account(&view, Service::GitHub);
    let kept = github.rows.iter().find(|row| row.label == "Kept");
    assert_eq!(
        kept.expect("it says where").text,
        "In memory only, forgotten when you quit"
    );
    keys.is(Mood::Open);
    assert!(keys.names().is_empty());
    engine.handle.stop().await;
    drop(engine);

    let opened = Journal::open(
        slipway_engine::journal::Folder::take(stage.data.path()).expect("it is free"),
        "2026-11-24".parse().expect("a date"),
    );
    let opened = opened.await.expect("it opens");
    assert!(opened.desktop.is_empty(), "{:?}", opened.desktop);
    opened.journal.close().await;
    let engine = real(&stage, &keys);
    let view = engine
        .await_view("it has started", |view| view.rev > 2)
        .await;
    assert!(!account(&view, Service::GitHub).signed_in);
}

#[tokio::test]
async fn ends_with_its_item() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    await_looks(&engine).await;
    for service in Service::ALL {
        wish(&engine, Wish::SignOut { service }).await.expect("out");
    }
    assert!(keys.names().is_empty());
    let view = engine.view();
    assert!(view.accounts.services.iter().all(|it| !it.signed_in));
    assert_eq!(view.waterline.word, "Not connected");
    assert_eq!(view.person, None);
    assert_eq!(view.accounts.keychain.word, "Not used yet");
    let before = stage.sim.requests().len();
    engine.dispatch(Intent::Look).await.expect("nothing to see");
    assert_eq!(stage.sim.requests().len(), before, "nobody is asked");
    engine.handle.stop().await;
    drop(engine);

    let engine = real(&stage, &keys);
    let view = engine
        .await_view("it has started", |view| view.rev > 2)
        .await;
    assert!(view.accounts.services.iter().all(|it| !it.signed_in));

    // An item that stays behind is named.
    sign_in(&engine, token()).await.expect("in again");
    keys.is(Mood::Locked);
    let service = Service::GitHub;
    let left = wish(&engine, Wish::SignOut { service }).await;
    let left = left.expect_err("it is still there");
    assert!(
        left.remedy.contains("Slipway: GitHub token for"),
        "{left:?}"
    );
    assert!(!account(&engine.view(), service).signed_in);
}

#[tokio::test]
async fn waits_for_a_keychain_that_comes_later() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    engine.handle.stop().await;
    drop(engine);
    for mood in [Mood::Absent, Mood::Locked] {
        keys.is(mood);
        let engine = real(&stage, &keys);
        let view = engine
            .await_view("the keychain does not open", |view| trouble(view).is_some())
            .await;
        assert!(view.accounts.keychain.covers, "{mood:?}");
        let reads = keys.reads();
        let again = wish(&engine, Wish::OpenKeychain).await;
        assert_eq!(again.expect_err("still").code, Code::SignedOut);
        if mood == Mood::Locked {
            assert_eq!(
                keys.reads(),
                reads + 1,
                "one unlock is asked for, not three"
            );
        }

        keys.is(Mood::Open);
        await_looks(&engine).await;
        let view = engine.view();
        assert_eq!(trouble(&view), None);
        assert!(!view.accounts.keychain.covers);
        engine.handle.stop().await;
    }
}

#[tokio::test]
async fn a_locked_keychain_is_not_asked_again_by_itself() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    sign_in(&engine, token()).await.expect("it is taken");
    engine.handle.stop().await;
    drop(engine);
    keys.is(Mood::Locked);
    let engine = real(&stage, &keys);
    engine
        .await_view("it is locked", |view| {
            trouble(view) == Some(KeychainTrouble::Locked)
        })
        .await;
    assert_eq!(keys.reads(), 1);
    // Looked at quietly from now on, since this run has asked once.
    until("quiet looks", || keys.quiet_looks() >= 2).await;
    assert_eq!(keys.reads(), 1);
    wish(&engine, Wish::OpenKeychain).await.expect_err("locked");
    assert_eq!(keys.reads(), 2, "a person may ask");
}

#[tokio::test]
async fn one_item_that_cannot_be_read_leaves_the_others() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    engine.handle.stop().await;
    drop(engine);
    keys.lose_all();
    let engine = real(&stage, &keys);
    let view = engine
        .await_view("they are missed", |view| trouble(view).is_some())
        .await;
    assert_eq!(trouble(&view), Some(KeychainTrouble::Forgotten));
    assert!(
        !view.accounts.keychain.covers,
        "the remedy is on this screen"
    );
    sign_in(&engine, token()).await.expect("signed in anew");
    assert_eq!(keys.names().len(), 1);

    keys.is(Mood::Ambiguous);
    let problem = sign_in(&engine, bot()).await.expect_err("two items");
    assert!(problem.what.contains("more than one"), "{problem:?}");
    keys.is(Mood::Full);
    let problem = sign_in(&engine, bot()).await.expect_err("too long");
    assert!(problem.what.contains("longer"), "{problem:?}");
}

#[tokio::test]
async fn a_check_says_what_is_missing_and_what_was_seen() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    let denied = json!({"denied": ["codepipeline:ListActionExecutions", "pulls/list"]});
    stage.order("/permissions", denied).await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    let view = engine.view();
    let watch = &account(&view, Service::Aws).abilities[0];
    assert_eq!(watch.answer, Answer::No);
    assert_eq!(watch.missing, "codepipeline:ListActionExecutions");
    assert!(watch.request.contains("codepipeline:ListActionExecutions"));
    let see = &account(&view, Service::GitHub).abilities[0];
    assert_eq!(see.missing, "pull_requests=read");
    assert_eq!(account(&view, Service::Aws).word, "1 missing, 2 unknown");

    stage
        .order("/credentials/expire", json!({"service": "github"}))
        .await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    let problem = account(&engine.view(), Service::GitHub).problem.clone();
    assert_eq!(
        problem.expect("it ended").what,
        "GitHub does not accept your token any more. It was revoked, or has expired."
    );
    stage
        .order("/credentials/restore", json!({"service": "github"}))
        .await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    assert_eq!(account(&engine.view(), Service::GitHub).problem, None);
}

#[tokio::test]
async fn practice_signs_nobody_in() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let problem = sign_in(&engine, token()).await.expect_err("not here");
    assert_eq!(problem.code, Code::NotOffered);
    assert!(engine.view().waterline.elsewhere.is_empty());
}
