//! What the keychain holds when a program ended between the journal and the keychain, and what becomes of it.

use slipway_core::account::KeptAccount;
use slipway_core::desktop::{DesktopEntry, DesktopRecord, Wish};
use slipway_core::problem::Code;
use slipway_core::service::Service;
use slipway_core::time::At;
use slipway_engine::journal::{Folder, Journal};
use slipway_sim::Sim;

use crate::desk::{Desk, account, keys_of_aws, sign_in, token, wish};
use crate::keys::Mood;
use crate::stage::until;

fn sign_in_with_token() -> Wish {
    Wish::SignIn { sign_in: token() }
}

#[tokio::test]
async fn a_sign_in_that_was_not_finished_is_undone_at_the_next_start() {
    let desk = Desk::set().await;
    let program = desk.program();
    desk.keys.is(Mood::Mute);
    program.begin(sign_in_with_token());
    until("the item is there", || desk.keys.names().len() == 1).await;
    program.killed(&desk).await;
    assert_eq!(desk.keys.names().len(), 1);
    assert_eq!(desk.journalled().await.leftovers.len(), 1);

    let engine = desk.engine();
    until("it is removed", || desk.keys.names().is_empty()).await;
    let view = engine
        .await_view("nothing is said of it any more", |view| {
            !view.accounts.keychain.text.contains("may still hold")
        })
        .await;
    assert!(!account(&view, Service::GitHub).signed_in);
    engine.handle.stop().await;
    drop(engine);
    assert_eq!(desk.journalled().await.leftovers, []);
}

#[tokio::test]
async fn a_key_never_stands_beside_the_id_of_another() {
    let desk = Desk::set().await;
    let at = desk.endpoints().aws.expect("it is set");
    let old = KeptAccount::AwsKeys {
        access_key_id: "AKIAOLDOLDOLDOLDOLD0".to_owned(),
    };
    let old_item = old.item(&at).expect("it has one");
    desk.keys.plant(&old_item, "the old secret");
    let entry = DesktopEntry {
        at: At(0),
        record: DesktopRecord::SignedIn {
            account: old,
            origin: at.clone(),
        },
    };
    let folder = Folder::take(desk.stage.data.path()).expect("it is free");
    let opened = Journal::open(folder, "2026-11-24".parse().expect("a date")).await;
    let mut journal = opened.expect("it opens").journal;
    journal.append_desktop(&entry).await.expect("written");
    journal.close().await;

    let program = desk.program();
    until("the old one is read", || desk.keys.reads() == 1).await;
    desk.keys.is(Mood::Mute);
    let sign_in = keys_of_aws();
    program.begin(Wish::SignIn { sign_in });
    until("the new item is there", || desk.keys.names().len() == 2).await;
    program.killed(&desk).await;

    let engine = desk.engine();
    until("the new one is removed", || desk.keys.names().len() == 1).await;
    let old_secret = desk.keys.secret(&old_item);
    assert_eq!(old_secret.as_deref(), Some("the old secret"));

    crate::desk::sign_in(&engine, keys_of_aws())
        .await
        .expect("in");
    let sim = Sim::credentials();
    let new_item = format!("AWS secret access key {} for {at}", sim.aws_access_key_id);
    assert_eq!(desk.keys.names(), [new_item.as_str()]);
    assert_eq!(desk.keys.secret(&new_item), Some(sim.aws_secret_access_key));
}

#[tokio::test]
async fn a_sign_out_that_was_not_finished_is_finished_at_the_next_start() {
    let desk = Desk::set().await;
    let program = desk.program();
    program.begin(sign_in_with_token());
    let github = Service::GitHub;
    program
        .engine
        .await_view("in", |view| account(view, github).signed_in)
        .await;
    until("it is kept", || desk.keys.names().len() == 1).await;
    desk.keys.is(Mood::Silent);
    program.begin(Wish::SignOut { service: github });
    program
        .engine
        .await_view("out", |view| !account(view, github).signed_in)
        .await;
    program.killed(&desk).await;
    assert_eq!(desk.keys.names().len(), 1, "it was not removed yet");

    let engine = desk.engine();
    until("it is removed", || desk.keys.names().is_empty()).await;
    assert!(!account(&engine.view(), github).signed_in);
}

#[tokio::test]
async fn a_keychain_that_is_closed_gives_its_item_up_when_it_opens() {
    for mood in [Mood::Locked, Mood::Hiding, Mood::Absent] {
        let desk = Desk::set().await;
        let engine = desk.engine();
        sign_in(&engine, token()).await.expect("in");
        desk.keys.is(mood);
        let service = Service::GitHub;
        let left = wish(&engine, Wish::SignOut { service }).await;
        let left = left.expect_err("it may still be there");
        assert_eq!(left.code, Code::Refused);
        assert!(
            left.remedy.contains("Slipway: GitHub token for"),
            "{left:?}"
        );
        let view = engine.view();
        assert!(!account(&view, service).signed_in);
        let text = &view.accounts.keychain.text;
        assert!(text.contains("may still hold"), "{mood:?}: {text}");
        let reads = desk.keys.reads();

        let engine = desk.again(engine).await;
        let looks = desk.keys.quiet_looks();
        until("it is looked at", || desk.keys.quiet_looks() > looks).await;
        assert_eq!(desk.keys.reads(), reads, "nobody is asked to unlock it");
        desk.keys.is(Mood::Open);
        until("it is removed", || desk.keys.names().is_empty()).await;
        engine
            .await_view("it is said no more", |view| {
                !view.accounts.keychain.text.contains("may still hold")
            })
            .await;
    }
}
