//! What else happens while somebody signs in.

use serde_json::json;
use slipway_core::desktop::Wish;
use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;

use crate::keys::{Keys, Mood};
use crate::sign_in::{account, all, real, token, wish};
use crate::stage::{Engine, Stage};

#[tokio::test]
async fn a_yes_to_memory_only_counts_when_the_keychain_answers_later() {
    for answer in [Mood::Open, Mood::Locked] {
        let stage = Stage::set().await;
        let keys = Keys::default();
        keys.is(Mood::Silent);
        let engine = real(&stage, &keys);
        let (handle, sign_in) = (engine.handle.clone(), token());
        let entered = Intent::Desktop {
            wish: Wish::SignIn { sign_in },
        };
        let signing_in = tokio::spawn(async move { handle.dispatch(entered).await });
        engine
            .await_view("it waits for the keychain", |view| {
                view.accounts.keychain.word == "Opening"
            })
            .await;
        wish(&engine, Wish::UseMemory).await.expect("agreed");
        keys.is(answer);
        signing_in.await.expect("no panic").expect("in memory");
        let view = engine.view();
        let github = account(&view, Service::GitHub);
        assert!(github.signed_in, "{answer:?}");
        let mut rows = github.rows.iter();
        let kept = rows.find(|row| row.label == "Kept").expect("it says where");
        assert_eq!(kept.text, "In memory only, forgotten when you quit");
        keys.is(Mood::Open);
        assert!(keys.names().is_empty(), "{answer:?}");
    }
}

#[tokio::test]
async fn settings_that_change_meanwhile_refuse_it() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    let held = json!({"service": "github", "kind": "hold"});
    stage.order("/faults", held).await;
    let (handle, sign_in) = (engine.handle.clone(), token());
    let entered = Intent::Desktop {
        wish: Wish::SignIn { sign_in },
    };
    let signing_in = tokio::spawn(async move { handle.dispatch(entered).await });
    let asked = || !stage.sim.requests().is_empty();
    crate::stage::until("GitHub is asked", asked).await;
    let text = "maintenance.branch = \"weekly-{date}\"\n".to_owned();
    wish(&engine, Wish::ImportTeam { text })
        .await
        .expect("in use at once");
    stage.no_faults().await;

    let problem = signing_in.await.expect("no panic");
    let problem = problem.expect_err("other settings");
    assert_eq!(problem.code, Code::Changed);
    assert!(keys.names().is_empty());
    assert!(!account(&engine.view(), Service::GitHub).signed_in);
    wish(&engine, Wish::SignIn { sign_in: token() })
        .await
        .expect("pressed again");
}

#[tokio::test]
async fn another_channel_is_checked_before_permissions_are_shown() {
    let stage = Stage::set().await;
    let keys = Keys::default();
    let engine = real(&stage, &keys);
    all(&engine).await;
    let checked = account(&engine.view(), Service::Slack).word.clone();
    let held = json!({"service": "slack", "kind": "hold", "times": 100_000});
    stage.order("/faults", held).await;

    agree(&engine, CHANNEL).await.expect("a yes");
    let view = engine.view();
    let slack = account(&view, Service::Slack);
    assert!(slack.signed_in && slack.abilities.is_empty());
    assert_ne!(slack.word, checked);
    assert!(!account(&view, Service::GitHub).abilities.is_empty());

    stage.no_faults().await;
    engine
        .await_view("it is checked", |view| {
            !account(view, Service::Slack).abilities.is_empty()
        })
        .await;
}

const CHANNEL: &str = "slack.channel = \"release-room\"\n";

/// Says yes to these settings.
async fn agree(engine: &Engine, text: &str) -> Result<(), Problem> {
    let text = text.to_owned();
    wish(engine, Wish::ImportTeam { text }).await?;
    let offer = engine.view().settings.offer.clone().expect("an offer");
    wish(engine, Wish::AgreeTeam { offer: offer.id }).await
}
