//! What is over, after a real release.

use serde_json::Value;
use slipway_core::history::{HistoryAsk, HistoryQuery};
use slipway_core::ids::ReleaseId;
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::view::{HistoryScreen, View};
use slipway_engine::Handle;

use crate::stage::Stage;
use crate::walk::{Walk, id};

const DAY: u32 = 86_400;

async fn ask(engine: &Handle, ask: HistoryAsk) {
    let asked = engine.dispatch(Intent::History { ask }).await;
    asked.expect("it is done");
}

async fn show(engine: &Handle, text: &str) -> HistoryScreen {
    let query = HistoryQuery {
        text: text.to_owned(),
        ..HistoryQuery::default()
    };
    ask(engine, HistoryAsk::Show { query }).await;
    shown(engine)
}

fn shown(engine: &Handle) -> HistoryScreen {
    let views = engine.views();
    let view = views.borrow();
    view.history.clone().expect("it is shown")
}

fn words(history: &HistoryScreen) -> Vec<&str> {
    let rows = history.months.iter().flat_map(|month| &month.rows);
    rows.map(|row| row.word.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deploy_that_went_out_is_in_the_history_at_once_and_years_later() {
    let stage = Stage::set(2).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until_the_end().await;
    let view = walk.see("it is out", |release| release.afloat).await;
    let release = id(&view);
    show(&engine, "").await;
    let over = |view: &View| view.history.as_ref().is_some_and(|it| it.total == 1);
    walk.look_for("the page follows", over).await;
    let history = show(&engine, release.as_str()).await;
    assert_eq!(words(&history), ["Deployed"]);
    ask(
        &engine,
        HistoryAsk::Open {
            release: release.clone(),
        },
    )
    .await;
    let report = shown(&engine).report.expect("it is open");
    let live: Vec<&str> = view
        .finish
        .rows
        .iter()
        .map(|it| it.result.as_str())
        .collect();
    let past: Vec<&str> = report.rows.iter().map(|it| it.result.as_str()).collect();
    assert_eq!(past, live, "the report is the one of that evening");

    save(&stage, &engine, &release).await;

    // The evening is past: it is not followed any more, not even by the next start.
    stage.pass(3 * DAY).await;
    let gone = |view: &View| view.releases.is_empty();
    walk.look_for("nothing is left to do", gone).await;
    engine.stop().await;
    let engine = stage.engine();
    let history = show(&engine, "#").await;
    assert_eq!(words(&history), ["Deployed"]);
    let view = engine.views().borrow().clone();
    assert!(view.releases.is_empty() && view.home.found.is_empty());
    ask(&engine, HistoryAsk::Open { release }).await;
    let again = shown(&engine).report.expect("it is open");
    let again: Vec<&str> = again.rows.iter().map(|it| it.result.as_str()).collect();
    assert_eq!(again, past);
    let missing = Intent::History {
        ask: HistoryAsk::Open {
            release: "hotfix-of-nobody".into(),
        },
    };
    let problem = engine.dispatch(missing).await.expect_err("there is none");
    assert_eq!(problem.code, Code::NotOffered);
}

/// As JSON, twice: the second file does not take the first one's place.
async fn save(stage: &Stage, engine: &Handle, release: &ReleaseId) {
    for name in ["", "-2"] {
        let release = release.clone();
        ask(
            engine,
            HistoryAsk::SaveReport {
                release: release.clone(),
            },
        )
        .await;
        let file = format!("slipway-practice-{release}{name}.json");
        let path = stage.data.path().join("saved").join(&file);
        let text = std::fs::read_to_string(&path).expect("it is there");
        let report: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(report["slipway_report"], 1);
        assert_eq!(report["releases"][0]["result"], "deployed");
        let view = engine.views().borrow().clone();
        let mut releases = view.releases.iter();
        let said = releases.find_map(|it| it.finish.saved.clone());
        assert_eq!(said.expect("it says where"), path.display().to_string());
    }
    let query = HistoryQuery::default();
    ask(engine, HistoryAsk::Save { query }).await;
    let path = shown(engine).saved.expect("it says where");
    let all: Value = serde_json::from_slice(&std::fs::read(path).expect("read")).expect("JSON");
    assert_eq!(all["releases"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_put_aside_is_over_until_it_is_taken_up_again() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until(|intent| matches!(intent, Intent::PostAnnouncement { .. }))
        .await;
    let view = walk.see("it is there", |_| true).await;
    assert_eq!(show(&engine, "").await.total, 0);
    let release = id(&view);
    let close = Intent::CloseRelease {
        release: release.clone(),
    };
    engine.dispatch(close).await.expect("it is put aside");
    assert_eq!(words(&shown(&engine)), ["Put aside"], "the page follows");

    let found = |view: &View| !view.home.found.is_empty();
    let view = walk.look_for("its branch is found", found).await;
    let adopt = Intent::AdoptBranch {
        name: view.home.found[0].name.clone(),
        sha: view.home.found[0].sha.clone(),
    };
    engine.dispatch(adopt).await.expect("it goes on");
    assert_eq!(shown(&engine).total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_saved_says_why_and_leaves_nothing() {
    let stage = Stage::set(1).await;
    let engine = stage.engine();
    let mut walk = Walk::new(&engine);
    walk.until(|intent| matches!(intent, Intent::PostAnnouncement { .. }))
        .await;
    let release = id(&walk.see("it is there", |_| true).await);
    std::fs::write(stage.data.path().join("saved"), "in the way").expect("written");
    let save = Intent::History {
        ask: HistoryAsk::SaveReport { release },
    };
    let problem = engine
        .dispatch(save)
        .await
        .expect_err("there is a file in the way");
    assert!(
        problem.what.contains("could not be saved in"),
        "{problem:?}"
    );
    assert_eq!(problem.means, "There is no file. Nothing else has changed.");
}
