//! Signing in and out, the keychain, and what becomes of both at the next start.

use serde_json::json;
use slipway_core::account::{KeychainTrouble, SignIn};
use slipway_core::desktop::Wish;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::service::Service;
use slipway_core::view::Answer;
use slipway_sim::Sim;

use crate::desk::{
    Desk, account, await_looks, bot, endpoints, keys_of_aws, sign_in, token, trouble, wish,
};
use crate::keys::Mood;
use crate::stage::{Stage, until};

#[tokio::test]
async fn is_asked_for_once_and_never_again() {
    let (desk, engine) = Desk::signed_in().await;
    await_looks(&engine).await;
    let at = desk.stage.sim.endpoints();
    let names = [
        format!(
            "AWS secret access key {} for {}",
            Sim::credentials().aws_access_key_id,
            at.aws
        ),
        format!("GitHub token for {}", at.github),
        format!("Slack bot token for {}", at.slack),
    ];
    assert_eq!(desk.keys.names(), names);
    let sim = Sim::credentials();
    assert_eq!(desk.keys.secret(&names[1]), Some(sim.github_token.clone()));
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
    let engine = desk.again(engine).await;
    await_looks(&engine).await;
    let view = engine
        .await_view("all are checked", |view| {
            let mut services = view.accounts.services.iter();
            services.all(|it| it.signed_in && !it.abilities.is_empty())
        })
        .await;
    assert_eq!(trouble(&view), None);
    assert_eq!(desk.keys.reads(), 3, "each item was read once");

    // Nothing of a secret is on the disk beside the keychain.
    engine.handle.stop().await;
    let secrets = [
        sim.github_token,
        sim.slack_bot_token,
        sim.aws_secret_access_key,
    ];
    let mut searched = 0;
    for file in std::fs::read_dir(desk.stage.data.path()).expect("the data folder") {
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
    let desk = Desk::set().await;
    let engine = desk.engine();
    let wrong = SignIn::GitHubToken {
        token: "ghp_wrong".to_owned().into(),
    };
    let problem = sign_in(&engine, wrong).await.expect_err("it is refused");
    assert_eq!(problem.what, "GitHub does not accept this token.");
    assert!(desk.keys.names().is_empty());
    let view = engine.view();
    assert!(!account(&view, Service::GitHub).signed_in);
    assert_eq!(view.accounts.keychain.word, "Not used yet");

    sign_in(&engine, token())
        .await
        .expect("the right one is taken");
    assert_eq!(desk.keys.names().len(), 1);
}

#[tokio::test]
async fn is_never_used_for_another_origin() {
    let elsewhere = Sim::start(slipway_sim::Options::default())
        .await
        .expect("it listens");
    let (desk, engine) = Desk::signed_in().await;
    engine.handle.stop().await;
    drop(engine);

    let at = elsewhere.endpoints();
    let moved = endpoints(&elsewhere);
    let engine = desk.engine_at(moved);
    let view = engine
        .await_view("it says so", |view| {
            let mut services = view.accounts.services.iter();
            services.all(|it| it.problem.is_some())
        })
        .await;
    let problem = account(&view, Service::GitHub).problem.clone();
    let here = &desk.stage.sim.endpoints().github;
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
    assert_eq!(desk.keys.reads(), 0, "it is not even read");
    assert!(!view.accounts.keychain.covers);
    assert_eq!(elsewhere.requests().len(), 0, "nothing was sent there");

    // Signed in anew there: the first origin's item is replaced by one of the new name.
    sign_in(&engine, token()).await.expect("it is taken");
    let name = format!("GitHub token for {}", at.github);
    assert!(desk.keys.names().contains(&name));
    assert!(
        !desk
            .keys
            .names()
            .contains(&format!("GitHub token for {here}"))
    );
}

#[tokio::test]
async fn stays_in_memory_after_a_yes_and_leaves_nothing() {
    let desk = Desk::set().await;
    desk.keys.is(Mood::Absent);
    let engine = desk.engine();
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
    desk.keys.is(Mood::Open);
    assert!(desk.keys.names().is_empty());
    engine.handle.stop().await;
    drop(engine);

    let journalled = desk.journalled().await;
    assert!(journalled.accounts.is_empty(), "{journalled:?}");
    assert!(journalled.leftovers.is_empty(), "{journalled:?}");
    let engine = desk.engine();
    let view = engine
        .await_view("it has started", |view| view.rev > 2)
        .await;
    assert!(!account(&view, Service::GitHub).signed_in);
}

#[tokio::test]
async fn ends_with_its_item() {
    let (desk, engine) = Desk::signed_in().await;
    await_looks(&engine).await;
    for service in Service::ALL {
        wish(&engine, Wish::SignOut { service }).await.expect("out");
    }
    assert!(desk.keys.names().is_empty());
    let view = engine.view();
    assert!(view.accounts.services.iter().all(|it| !it.signed_in));
    assert_eq!(view.waterline.word, "Not connected");
    assert_eq!(view.person, None);
    assert_eq!(view.accounts.keychain.word, "Not used yet");
    let before = desk.stage.sim.requests().len();
    engine.dispatch(Intent::Look).await.expect("nothing to see");
    assert_eq!(desk.stage.sim.requests().len(), before, "nobody is asked");
    let engine = desk.again(engine).await;
    let view = engine
        .await_view("it has started", |view| view.rev > 2)
        .await;
    assert!(view.accounts.services.iter().all(|it| !it.signed_in));

    // An item that stays behind is named.
    sign_in(&engine, token()).await.expect("in again");
    desk.keys.is(Mood::Locked);
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
    let (desk, engine) = Desk::signed_in().await;
    engine.handle.stop().await;
    drop(engine);
    for mood in [Mood::Absent, Mood::Locked] {
        desk.keys.is(mood);
        let engine = desk.engine();
        let view = engine
            .await_view("the keychain does not open", |view| trouble(view).is_some())
            .await;
        assert!(view.accounts.keychain.covers, "{mood:?}");
        let reads = desk.keys.reads();
        let again = wish(&engine, Wish::OpenKeychain).await;
        assert_eq!(again.expect_err("still").code, Code::SignedOut);
        if mood == Mood::Locked {
            assert_eq!(
                desk.keys.reads(),
                reads + 1,
                "one unlock is asked for, not three"
            );
        }

        desk.keys.is(Mood::Open);
        await_looks(&engine).await;
        let view = engine.view();
        assert_eq!(trouble(&view), None);
        assert!(!view.accounts.keychain.covers);
        engine.handle.stop().await;
    }
}

#[tokio::test]
async fn a_locked_keychain_is_not_asked_again_by_itself() {
    let desk = Desk::set().await;
    let engine = desk.engine();
    sign_in(&engine, token()).await.expect("it is taken");
    engine.handle.stop().await;
    drop(engine);
    desk.keys.is(Mood::Locked);
    let engine = desk.engine();
    engine
        .await_view("it is locked", |view| {
            trouble(view) == Some(KeychainTrouble::Locked)
        })
        .await;
    assert_eq!(desk.keys.reads(), 1);
    // Looked at quietly from now on, since this run has asked once.
    until("quiet looks", || desk.keys.quiet_looks() >= 2).await;
    assert_eq!(desk.keys.reads(), 1);
    wish(&engine, Wish::OpenKeychain).await.expect_err("locked");
    assert_eq!(desk.keys.reads(), 2, "a person may ask");
}

#[tokio::test]
async fn one_item_that_cannot_be_read_leaves_the_others() {
    let (desk, engine) = Desk::signed_in().await;
    engine.handle.stop().await;
    drop(engine);
    desk.keys.lose_all();
    let engine = desk.engine();
    let view = engine
        .await_view("they are missed", |view| trouble(view).is_some())
        .await;
    assert_eq!(trouble(&view), Some(KeychainTrouble::Forgotten));
    assert!(
        !view.accounts.keychain.covers,
        "the remedy is on this screen"
    );
    sign_in(&engine, token()).await.expect("signed in anew");
    assert_eq!(desk.keys.names().len(), 1);

    desk.keys.is(Mood::Ambiguous);
    let problem = sign_in(&engine, bot()).await.expect_err("two items");
    assert!(problem.what.contains("more than one"), "{problem:?}");
    desk.keys.is(Mood::Full);
    let problem = sign_in(&engine, bot()).await.expect_err("too long");
    assert!(problem.what.contains("longer"), "{problem:?}");

    desk.keys.is(Mood::Open);
    for entered in [keys_of_aws(), bot()] {
        sign_in(&engine, entered).await.expect("signed in anew");
    }
    assert_eq!(trouble(&engine.view()), None, "nothing is missed any more");
}

#[tokio::test]
async fn a_check_says_what_is_missing_and_what_was_seen() {
    let (desk, engine) = Desk::signed_in().await;
    let denied = json!({"denied": ["codepipeline:ListActionExecutions", "pulls/list"]});
    desk.stage.order("/permissions", denied).await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    let view = engine.view();
    let watch = &account(&view, Service::Aws).abilities[0];
    assert_eq!(watch.answer, Answer::No);
    assert_eq!(watch.missing, "codepipeline:ListActionExecutions");
    assert!(watch.request.contains("codepipeline:ListActionExecutions"));
    let see = &account(&view, Service::GitHub).abilities[0];
    assert_eq!(see.missing, "pull_requests=read");
    assert_eq!(account(&view, Service::Aws).word, "1 missing, 6 unknown");

    desk.stage
        .order("/credentials/expire", json!({"service": "github"}))
        .await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    let problem = account(&engine.view(), Service::GitHub).problem.clone();
    assert_eq!(
        problem.expect("it ended").what,
        "GitHub does not accept your token any more. It was revoked, or has expired."
    );
    desk.stage
        .order("/credentials/restore", json!({"service": "github"}))
        .await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    assert_eq!(account(&engine.view(), Service::GitHub).problem, None);
}

#[tokio::test]
async fn a_check_that_could_not_be_made_is_made_once_the_service_is_reached() {
    let (desk, engine) = Desk::signed_in().await;
    let unplugged = json!({"service": "github", "kind": "reset", "times": 100_000});
    desk.stage.order("/faults", unplugged).await;
    wish(&engine, Wish::CheckAccounts).await.expect("checked");
    let problem = account(&engine.view(), Service::GitHub).problem.clone();
    assert_eq!(
        problem.expect("nobody answers").what,
        "GitHub gives no usable answer."
    );
    desk.stage.no_faults().await;
    desk.stage.later(180);
    engine
        .await_view("it is asked again by itself", |view| {
            account(view, Service::GitHub).problem.is_none()
        })
        .await;
}

#[tokio::test]
async fn practice_signs_nobody_in() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let problem = sign_in(&engine, token()).await.expect_err("not here");
    assert_eq!(problem.code, Code::NotOffered);
    assert!(engine.view().waterline.elsewhere.is_empty());
}
