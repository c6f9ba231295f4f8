//! The team's settings: read from the repository, agreed to, and in use.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use slipway_core::desktop::Wish;
use slipway_core::intent::Intent;
use slipway_core::problem::{Code, Problem};
use slipway_core::view::{StepState, TeamOffer, View};
use slipway_engine::journal::{Folder, Journal};

use crate::stage::{Engine, Stage};

const LOOK: &str = "repos/get-content";
const CHANNEL: &str = "slack.channel = \"release-room\"\n";
const PATTERN: &str = "maintenance.branch = \"weekly-{date}\"\n";

impl Stage {
    /// Somebody commits this to `.slipway.toml` on master; nothing removes it.
    async fn team_file(&self, text: impl Into<Option<&str>>) -> String {
        let file = json!({"path": ".slipway.toml", "text": text.into()});
        let put = self.control(Method::POST, "/files", file).await;
        put["sha"].as_str().expect("a commit").to_owned()
    }

    async fn push_to_master(&self) {
        let push = json!({"branch": "master", "message": "Something else"});
        self.order("/push", push).await;
    }
}

impl Engine {
    async fn look(&self) {
        self.dispatch(Intent::Look).await.expect("looked");
    }

    async fn wish(&self, wish: Wish) -> Result<(), Problem> {
        self.dispatch(Intent::Desktop { wish }).await
    }

    async fn import(&self, text: &str) -> Result<(), Problem> {
        let text = text.to_owned();
        self.wish(Wish::ImportTeam { text }).await
    }

    async fn agree(&self, offer: &TeamOffer) -> Result<(), Problem> {
        let offer = offer.id.clone();
        self.wish(Wish::AgreeTeam { offer }).await
    }

    async fn forget(&self, offer: &str) -> Result<(), Problem> {
        let offer = offer.to_owned();
        self.wish(Wish::ForgetTeam { offer }).await
    }

    async fn await_offer(&self) -> TeamOffer {
        let view = self
            .await_view("settings wait", |view| view.settings.offer.is_some())
            .await;
        view.settings.offer.clone().expect("an offer")
    }

    async fn await_settings(&self, what: &str, source: &str, toml: &str) -> Arc<View> {
        self.await_view(what, |view| {
            view.settings.source.starts_with(source) && view.settings.toml.contains(toml)
        })
        .await
    }
}

#[tokio::test]
async fn a_file_appears_applies_waits_for_a_yes_and_survives_a_restart() {
    let stage = Stage::set().await;
    let engine = stage.real_engine();
    stage.await_asked(LOOK, 1).await;
    assert_eq!(engine.view().settings.source, "Built in");

    let commit = stage.team_file(&*format!("{CHANNEL}{PATTERN}")).await;
    engine.look().await;
    let source = format!(".slipway.toml in gitMLS/etl at {}", &commit[..7]);
    let view = engine
        .await_settings("what need not wait is in use", &source, "weekly-{date}")
        .await;
    assert!(view.settings.toml.contains("production-deployment"));
    assert!(view.home.next.branch.starts_with("weekly-"));
    let wait = view.home.settings_wait.as_deref();
    assert_eq!(
        wait,
        Some("1 change of the team's settings waits for your yes.")
    );
    let offer = engine.await_offer().await;
    let change = &offer.changes[0];
    assert_eq!(
        (&*offer.source, &*change.key, &*change.old, &*change.new),
        (
            &*source,
            "slack.channel",
            "#production-deployment",
            "#release-room"
        )
    );

    engine.agree(&offer).await.expect("a yes");
    let view = engine.view();
    assert!(view.settings.offer.is_none() && view.home.settings_wait.is_none());
    assert!(view.settings.toml.contains("release-room"));
    engine.handle.stop().await;
    drop(engine);
    assert_eq!(stage.agreed().await, 2, "one for each change");

    let looks = stage.asked(LOOK);
    let engine = stage.real_engine();
    stage.await_asked(LOOK, looks + 1).await;
    engine.look().await;
    let view = engine.view();
    assert!(view.settings.toml.contains("release-room") && view.settings.offer.is_none());
    engine.handle.stop().await;
    drop(engine);
    assert_eq!(stage.agreed().await, 2, "nothing new was agreed to");
}

#[tokio::test]
async fn base_moves_without_a_change_of_the_file() {
    let stage = Stage::set().await;
    stage.team_file(CHANNEL).await;
    let engine = stage.real_engine();
    let offer = engine.await_offer().await;
    let looks = stage.asked(LOOK);
    engine.look().await;
    assert_eq!(stage.asked(LOOK), looks, "a commit is read once");

    stage.push_to_master().await;
    engine.look().await;
    stage.await_asked(LOOK, looks + 1).await;
    assert_eq!(engine.await_offer().await, offer, "the same offer");
    engine.agree(&offer).await.expect("a yes to it");
    stage.push_to_master().await;
    engine.look().await;
    stage.await_asked(LOOK, looks + 2).await;
    engine.look().await;
    assert!(engine.view().settings.offer.is_none());
}

#[tokio::test]
async fn a_yes_to_what_is_not_there_any_more_is_refused() {
    let stage = Stage::set().await;
    stage.team_file(CHANNEL).await;
    let engine = stage.real_engine();
    let offer = engine.await_offer().await;
    stage.team_file("slack.channel = \"elsewhere\"\n").await;
    let problem = engine.agree(&offer).await.expect_err("it changed");
    assert_eq!(problem.code, Code::Changed);
    let view = engine.view();
    let shown = view.settings.offer.as_ref().expect("the new one is shown");
    assert_eq!(shown.changes[0].new, "#elsewhere");
    assert!(view.settings.toml.contains("production-deployment"));

    stage.team_file(None).await;
    let problem = engine.agree(shown).await.expect_err("it is gone");
    assert_eq!(problem.code, Code::Changed);
    let view = engine.view();
    assert!(view.settings.offer.is_none() && view.settings.problem.is_none());
}

#[tokio::test]
async fn a_broken_file_is_said_and_a_removed_one_leaves_what_was_agreed_to() {
    let stage = Stage::set().await;
    stage.team_file(PATTERN).await;
    let engine = stage.real_engine();
    let used = |view: &View| view.settings.toml.contains("weekly-{date}");
    engine.await_view("it is in use", used).await;

    stage
        .team_file("base = \"master\"\n[approval]\nforbid_own = 1\n")
        .await;
    engine.look().await;
    let view = engine
        .await_view("it is broken", |view| view.settings.problem.is_some())
        .await;
    let problem = view.settings.problem.as_ref().expect("a problem");
    assert!(
        problem
            .what
            .starts_with("Line 3 of the team file: “approval.forbid_own”")
    );
    assert!(used(&view) && view.home.settings_wait.as_ref() == Some(&problem.what));

    stage.team_file(None).await;
    engine.look().await;
    let view = engine
        .await_view("it is gone", |view| view.settings.problem.is_none())
        .await;
    assert!(used(&view), "what was agreed to stays");
    assert!(
        view.settings
            .source
            .ends_with("it is not on master any more")
    );
}

#[tokio::test]
async fn what_is_no_text_is_not_read() {
    let stage = Stage::set().await;
    let engine = stage.real_engine();
    stage.await_asked(LOOK, 1).await;
    let thing = |kind: &str| json!({"type": kind, "size": 4, "name": ".slipway.toml", "sha": "0"});
    let mut bytes = thing("file");
    (bytes["encoding"], bytes["content"]) = (json!("base64"), json!("/////w==\n"));
    let mut large = thing("file");
    large["size"] = json!(200_000);
    let rows: [(Value, &str); 5] = [
        (thing("submodule"), "is a submodule"),
        (thing("symlink"), "symbolic link"),
        (json!([thing("file")]), "is a folder"),
        (bytes, "not UTF-8"),
        (large, "larger than 100 kB"),
    ];
    for (body, says) in rows {
        let canned = json!({"kind": "status", "code": 200, "body": body, "times": 100});
        stage.fault(LOOK, canned).await;
        stage.push_to_master().await;
        engine.look().await;
        let said = |view: &View| {
            let problem = view.settings.problem.as_ref();
            problem.is_some_and(|problem| problem.what.contains(says))
        };
        engine.await_view(says, said).await;
        stage.no_faults().await;
    }
}

#[tokio::test]
async fn an_imported_file_is_in_use_after_a_yes_until_there_is_one_to_another() {
    let stage = Stage::set().await;
    let engine = stage.real_engine();
    let problem = engine.import("base = 1").await.expect_err("no team file");
    assert_eq!(problem.code, Code::Input);
    engine
        .import(&format!("{CHANNEL}{PATTERN}"))
        .await
        .expect("imported");
    let view = engine.view();
    assert_eq!(view.settings.source, "A file that you chose");
    assert!(view.settings.toml.contains("weekly-{date}"));
    let offer = engine.await_offer().await;
    engine.agree(&offer).await.expect("a yes");

    stage.team_file("").await;
    engine.look().await;
    let offer = engine.await_offer().await;
    assert_eq!(offer.changes.len(), 2, "all of it waits");
    assert!(engine.view().settings.toml.contains("weekly-{date}"));
    engine.agree(&offer).await.expect("a yes to the team's");
    let view = engine.view();
    assert!(view.settings.toml.contains("maintenance-{date}"));
    assert!(
        view.settings
            .source
            .starts_with(".slipway.toml in gitMLS/etl")
    );
}

#[tokio::test]
async fn a_file_of_ones_own_is_forgotten_after_what_changes_was_seen() {
    let stage = Stage::set().await;
    let engine = stage.real_engine();
    let both = format!("{CHANNEL}{PATTERN}");
    engine.import(&both).await.expect("imported");
    let offer = engine.await_offer().await;
    engine.agree(&offer).await.expect("a yes");
    let shown = engine.view().settings.forgetting.clone();
    let shown = shown.expect("it can be forgotten");
    assert_eq!(shown.changes.len(), 2);

    // Meanwhile something else is in use, and the yes was for another change.
    engine.import(PATTERN).await.expect("imported");
    let offer = engine.await_offer().await;
    engine.agree(&offer).await.expect("a yes");
    let problem = engine.forget(&shown.id).await.expect_err("it changed");
    assert_eq!(problem.code, Code::Changed);

    let shown = engine.view().settings.forgetting.clone();
    let shown = shown.expect("it can still be forgotten");
    engine.forget(&shown.id).await.expect("forgotten");
    let built_in = |view: &View| {
        let settings = &view.settings;
        settings.source == "Built in"
            && settings.toml.contains("production-deployment")
            && settings.toml.contains("maintenance-{date}")
            && settings.forgetting.is_none()
            && settings.offer.is_none()
    };
    assert!(built_in(&engine.view()));
    engine.handle.stop().await;
    drop(engine);
    assert_eq!(stage.written("ForgotTeam").await, 1);

    let engine = stage.real_engine();
    engine
        .await_view("it looks", |view| view.person.is_some())
        .await;
    assert!(built_in(&engine.view()));
}

#[tokio::test]
async fn what_was_not_wanted_now_is_not_offered_again_and_can_still_be_taken() {
    let stage = Stage::set().await;
    stage.team_file(CHANNEL).await;
    let engine = stage.real_engine();
    let offer = engine.await_offer().await;
    assert!(!offer.declined && !offer.chosen);
    let wish = |offer: String| engine.wish(Wish::DeclineTeam { offer });
    let problem = wish("another".to_owned()).await.expect_err("another");
    assert_eq!(problem.code, Code::Changed);
    wish(offer.id.clone()).await.expect("not now");
    let view = engine.view();
    assert!(view.home.settings_wait.is_none());
    let declined = view.settings.offer.as_ref().is_some_and(|it| it.declined);
    assert!(declined && view.settings.toml.contains("production-deployment"));
    engine.handle.stop().await;
    drop(engine);
    assert_eq!(stage.written("DeclinedTeam").await, 1);
    assert_eq!(stage.agreed().await, 0);

    stage.push_to_master().await;
    let engine = stage.real_engine();
    let offer = engine.await_offer().await;
    assert!(offer.declined && engine.view().home.settings_wait.is_none());
    engine.agree(&offer).await.expect("a yes after all");
    assert!(engine.view().settings.toml.contains("release-room"));
}

#[tokio::test]
async fn another_repository_shows_nothing_of_the_one_before() {
    let stage = Stage::set().await;
    let engine = stage.real_engine();
    let seen = |view: &View| view.home.cannot_start.is_none() && view.home.pipeline.is_some();
    engine.await_view("all is seen", seen).await;
    engine.begin().await;
    let before = engine
        .await_release("the branch is seen", |it| {
            it.steps[0].state == StepState::Done
        })
        .await;

    let elsewhere = "repository = \"acme/shop\"\npipeline.name = \"shop\"\n";
    engine.import(elsewhere).await.expect("imported");
    let offer = engine.await_offer().await;
    assert_eq!(offer.changes.len(), 2);
    engine.agree(&offer).await.expect("a yes");
    let view = engine.view();
    assert!(view.person.is_none() && view.home.cannot_start.is_some());
    assert!(view.home.pipeline.is_none());
    assert_eq!(view.releases[0].id, before.id, "it keeps going by its name");
    crate::stage::until("the other one is looked at", || {
        let mut requests = stage.sim.requests().into_iter();
        requests.any(|it| it.path.starts_with("/repos/acme/shop"))
    })
    .await;
}

#[tokio::test]
async fn practice_has_the_built_in_settings() {
    let stage = Stage::set().await;
    stage.team_file(CHANNEL).await;
    let engine = stage.engine();
    engine
        .await_view("it looks", |view| view.person.is_some())
        .await;
    engine.look().await;
    let problem = engine.import(CHANNEL).await.expect_err("not in practice");
    assert_eq!(problem.code, Code::NotOffered);
    assert_eq!(stage.asked(LOOK), 0);
    assert_eq!(engine.view().settings.source, "Built in");
}

impl Stage {
    /// How often team settings were agreed to, as the journal has it.
    async fn agreed(&self) -> usize {
        self.written("AgreedTeam").await
    }

    /// How many records of that kind the journal has.
    async fn written(&self, kind: &str) -> usize {
        let folder = Folder::take(self.data.path()).expect("nobody has it");
        let opened = Journal::open(folder, "2026-11-24".parse().expect("a date")).await;
        let opened = opened.expect("it opens");
        let records = opened.desktop.iter();
        let written = records.filter(|entry| format!("{:?}", entry.record).starts_with(kind));
        let count = written.count();
        opened.journal.close().await;
        count
    }
}
