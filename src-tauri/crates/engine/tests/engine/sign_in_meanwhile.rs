//! What else happens while somebody signs in.

use serde_json::json;
use slipway_core::account::SignIn;
use slipway_core::action::Action;
use slipway_core::desktop::Wish;
use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};
use slipway_core::service::Service;
use slipway_sim::Sim;

use crate::desk::{Desk, account, bot, token, wish};
use crate::keys::Mood;
use crate::restart::leave_behind;
use crate::stage::Engine;

#[tokio::test]
async fn a_yes_to_memory_only_counts_when_the_keychain_answers_later() {
    for answer in [Mood::Open, Mood::Locked] {
        let desk = Desk::set().await;
        desk.keys.is(Mood::Silent);
        let engine = desk.engine();
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
        desk.keys.is(answer);
        signing_in.await.expect("no panic").expect("in memory");
        let view = engine.view();
        let github = account(&view, Service::GitHub);
        assert!(github.signed_in, "{answer:?}");
        let mut rows = github.rows.iter();
        let kept = rows.find(|row| row.label == "Kept").expect("it says where");
        assert_eq!(kept.text, "In memory only, forgotten when you quit");
        desk.keys.is(Mood::Open);
        assert!(desk.keys.names().is_empty(), "{answer:?}");
    }
}

#[tokio::test]
async fn what_is_kept_is_kept_still_when_another_is_for_this_run_only() {
    let desk = Desk::set().await;
    let engine = desk.engine();
    wish(&engine, Wish::SignIn { sign_in: token() })
        .await
        .expect("signed in");
    let name = desk.keys.names().pop().expect("an item");
    // As if it had been made another time: the sim knows one token.
    desk.keys.plant(&name, "the one that is kept");
    desk.keys.is(Mood::Silent);
    let handle = engine.handle.clone();
    let entered = Intent::Desktop {
        wish: Wish::SignIn { sign_in: token() },
    };
    let signing_in = tokio::spawn(async move { handle.dispatch(entered).await });
    engine
        .await_view("it waits for the keychain", |view| {
            view.accounts.keychain.word == "Opening"
        })
        .await;
    wish(&engine, Wish::UseMemory).await.expect("agreed");
    desk.keys.is(Mood::Open);
    signing_in.await.expect("no panic").expect("in memory");
    assert_eq!(
        desk.keys.secret(&name).as_deref(),
        Some("the one that is kept")
    );
}

#[tokio::test]
async fn settings_that_change_meanwhile_refuse_it() {
    let desk = Desk::set().await;
    let engine = desk.engine();
    let held = json!({"service": "github", "kind": "hold"});
    desk.stage.order("/faults", held).await;
    let (handle, sign_in) = (engine.handle.clone(), token());
    let entered = Intent::Desktop {
        wish: Wish::SignIn { sign_in },
    };
    let signing_in = tokio::spawn(async move { handle.dispatch(entered).await });
    let asked = || !desk.stage.sim.requests().is_empty();
    crate::stage::until("GitHub is asked", asked).await;
    let text = "maintenance.branch = \"weekly-{date}\"\n".to_owned();
    wish(&engine, Wish::ImportTeam { text })
        .await
        .expect("in use at once");
    desk.stage.no_faults().await;

    let problem = signing_in.await.expect("no panic");
    let problem = problem.expect_err("other settings");
    assert_eq!(problem.code, Code::Changed);
    assert!(desk.keys.names().is_empty());
    assert!(!account(&engine.view(), Service::GitHub).signed_in);
    wish(&engine, Wish::SignIn { sign_in: token() })
        .await
        .expect("pressed again");
}

#[tokio::test]
async fn another_channel_is_checked_before_permissions_are_shown() {
    let (desk, engine) = Desk::signed_in().await;
    let checked = account(&engine.view(), Service::Slack).word.clone();
    let held = json!({"service": "slack", "kind": "hold", "times": 100_000});
    desk.stage.order("/faults", held).await;

    agree(&engine, CHANNEL).await.expect("a yes");
    let view = engine.view();
    let slack = account(&view, Service::Slack);
    assert!(slack.signed_in && slack.abilities.is_empty());
    assert_ne!(slack.word, checked);
    assert!(!account(&view, Service::GitHub).abilities.is_empty());

    desk.stage.no_faults().await;
    engine
        .await_view("it is checked", |view| {
            !account(view, Service::Slack).abilities.is_empty()
        })
        .await;
}

#[tokio::test]
async fn what_was_sent_last_is_looked_up_with_the_same_sign_in_in_the_same_place() {
    let (desk, engine) = Desk::signed_in().await;
    let release = engine.begin().await;
    engine.handle.stop().await;
    drop(engine);
    let post = Action::PostAnnouncement {
        channel: "C00SIMDEPLOY".into(),
        text: "?".into(),
    };
    leave_behind(&desk.stage, release.as_str(), post).await;
    let unseen = json!({"kind": "reset", "times": 100_000});
    desk.stage.fault("conversations.history", unseen).await;
    let engine = desk.engine();
    engine
        .await_view("all are in use, and it is being looked up", |view| {
            let mut services = view.accounts.services.iter();
            let used = services.all(|it| !it.abilities.is_empty());
            used && view.releases.iter().any(|it| it.busy.is_some())
        })
        .await;

    let path = Sim::credentials().slack_webhook_path;
    let address = format!("{}{path}", desk.stage.sim.endpoints().slack);
    let webhook = SignIn::SlackWebhook {
        address: address.into(),
    };
    let service = Service::Slack;
    let refused = [
        wish(&engine, Wish::SignIn { sign_in: webhook }).await,
        wish(&engine, Wish::SignOut { service }).await,
        agree(&engine, CHANNEL).await,
    ];
    for refused in refused {
        let problem = refused.expect_err("not before it is known");
        let known = "It is not known yet whether what was sent to Slack last has happened.";
        assert_eq!(problem.what, known);
    }
    let names = desk.keys.names();
    assert!(
        names.iter().all(|name| !name.contains("webhook")),
        "{names:?}"
    );
    assert!(!engine.view().settings.toml.contains("release-room"));
    wish(&engine, Wish::SignIn { sign_in: bot() })
        .await
        .expect("a new token of the same kind");
    let service = Service::Aws;
    wish(&engine, Wish::SignOut { service })
        .await
        .expect("nothing was sent there");

    desk.stage.no_faults().await;
    desk.stage.later(15);
    engine.dispatch(Intent::Look).await.expect("looked");
    engine
        .await_release("it is known", |it| it.busy.is_none())
        .await;
    agree(&engine, CHANNEL).await.expect("now it may");
    assert_eq!(desk.stage.asked("chat.postMessage"), 0);
}

const CHANNEL: &str = "slack.channel = \"release-room\"\n";

/// Says yes to these settings.
async fn agree(engine: &Engine, text: &str) -> Result<(), Problem> {
    let text = text.to_owned();
    wish(engine, Wish::ImportTeam { text }).await?;
    let offer = engine.view().settings.offer.clone().expect("an offer");
    wish(engine, Wish::AgreeTeam { offer: offer.id }).await
}
