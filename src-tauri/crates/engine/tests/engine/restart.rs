//! What an earlier process left behind.

use slipway_core::action::Action;
use slipway_core::ids::ActionSeq;
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::record::{Entry, Record};
use slipway_core::time::At;
use slipway_engine::journal::{Folder, Journal};

use crate::stage::{Stage, announce};

#[tokio::test]
async fn goes_on_where_it_was() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let release = engine.begin().await;
    engine
        .dispatch(Intent::DeclareAnnounced {
            release: release.clone(),
        })
        .await
        .expect("declared");
    engine.handle.stop().await;

    let engine = stage.engine();
    let view = engine
        .await_release("the release is back", |it| !it.announce.settled.is_empty())
        .await;
    assert_eq!(view.id, release);
    assert!(view.problem.is_none() && view.busy.is_none());
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn an_action_that_never_arrived_is_offered_again() {
    let stage = Stage::set().await;
    let first = stage.engine();
    let Intent::CreateBranch { name, sha: base } = first.draft().await else {
        panic!("the form")
    };
    first.handle.stop().await;
    leave_behind(
        &stage,
        &name,
        Action::CreateBranch {
            name: name.clone(),
            sha: base,
        },
    )
    .await;

    let engine = stage.engine();
    engine
        .await_release("it is being looked up", |it| {
            it.busy.as_ref().is_some_and(|busy| busy.contains("lost"))
        })
        .await;
    stage.later(15);
    let view = engine
        .await_release("it is looked up", |it| {
            it.problem.is_some() && it.busy.is_none()
        })
        .await;
    assert_eq!(
        stage.asked("git/create-ref"),
        0,
        "nothing is sent by itself"
    );
    let sha = view.branch.base_sha.clone().expect("where it starts");
    engine
        .dispatch(Intent::CreateBranch { name, sha })
        .await
        .expect("the branch is made");
    assert_eq!(stage.asked("git/create-ref"), 1);
}

#[tokio::test]
async fn an_action_whose_outcome_cannot_be_read_holds_up_the_next_one() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let release = engine.begin().await;
    engine.handle.stop().await;
    let channel = "C00SIMDEPLOY".into();
    leave_behind(
        &stage,
        release.as_str(),
        Action::PostAnnouncement {
            channel,
            text: "?".into(),
        },
    )
    .await;
    let closed = serde_json::json!({"service": "slack", "kind": "reset", "times": 100_000});
    stage.order("/faults", closed).await;

    let engine = stage.engine();
    let view = engine
        .await_release("it is being looked up", |it| it.busy.is_some())
        .await;
    stage.await_asked("auth.test", 2).await;
    engine
        .dispatch(announce(&release, &view))
        .await
        .expect_err("not before it is known");
    assert_eq!(stage.asked("chat.postMessage"), 0);

    stage.no_faults().await;
    stage.later(15);
    let view = engine
        .await_release("it is known", |it| it.busy.is_none())
        .await;
    engine
        .dispatch(announce(&release, &view))
        .await
        .expect("it was never posted");
    assert_eq!(stage.asked("chat.postMessage"), 1);
}

#[tokio::test]
async fn a_look_that_began_too_early_does_not_tell_that_it_is_not_there() {
    let stage = Stage::set().await;
    let engine = stage.engine();
    let release = engine.begin().await;
    engine.handle.stop().await;
    let channel = "C00SIMDEPLOY".into();
    leave_behind(
        &stage,
        release.as_str(),
        Action::PostAnnouncement {
            channel,
            text: "?".into(),
        },
    )
    .await;
    let looks = "conversations.history";
    let held = serde_json::json!({"kind": "hold", "times": 100_000});
    stage.fault(looks, held).await;
    let before = stage.asked(looks);

    let engine = stage.engine();
    stage.await_asked(looks, before + 1).await;
    stage.later(20);
    let early = stage.asked(looks);
    stage.no_faults().await;
    engine
        .await_release("it is known", |it| {
            it.busy.is_none() && it.problem.is_some()
        })
        .await;
    assert!(stage.asked(looks) > early, "those were too early");
}

/// The journal of a process that ended while it was sending this, a minute ago.
pub(crate) async fn leave_behind(stage: &Stage, release: &str, action: Action) {
    let folder = Folder::take(stage.data.path()).expect("nobody has it");
    let mut opened = Journal::open(folder, "2026-11-24".parse().expect("a date"))
        .await
        .expect("it opens");
    let at = At(slipway_engine::clock::Clock::now(&slipway_engine::clock::System).0 - 60_000);
    let entry = |record| Entry {
        release: release.into(),
        at,
        by: "Dana Whitfield".into(),
        record,
    };
    let mut entries = Vec::new();
    if opened.entries.is_empty() {
        let date = release
            .trim_start_matches("maintenance-")
            .parse()
            .expect("a date");
        entries.push(entry(Record::Opened {
            kind: Kind::Maintenance,
            date,
            fix_name: None,
            adopted: false,
        }));
    }
    let seq = ActionSeq(u32::try_from(opened.entries.len()).expect("few") + 1);
    entries.push(entry(Record::Sending { seq, action }));
    opened.journal.append(&entries).await.expect("written");
    opened.journal.close().await;
}
