use reqwest::Method;
use serde_json::{Value, json};
use slipway_sim::Options;
use tempfile::TempDir;

use crate::table::{REPO, Table};

fn kept_in(folder: &TempDir) -> Options {
    Options {
        // A Monday, so that tomorrow's branch is not there yet, whichever day this runs.
        start: Some("2026-11-23T20:00:00Z".parse().unwrap()),
        state_file: Some(folder.path().join("practice/world.json")),
        ..Options::default()
    }
}

#[tokio::test]
async fn a_release_goes_on_after_a_restart() {
    let folder = TempDir::new().unwrap();
    let table = Table::set_with(kept_in(&folder)).await;
    table.create_branch("maintenance-2026-11-24").await;
    table
        .slack(
            "chat.postMessage",
            json!({"channel": "C00SIMDEPLOY", "text": "maintenance-2026-11-24"}),
        )
        .await;
    let before = table.control(Method::GET, "/world", Value::Null).await.body;
    table.sim.stop().await;

    let table = Table::set_with(kept_in(&folder)).await;
    let after = table.control(Method::GET, "/world", Value::Null).await.body;
    assert_eq!(after["due"], before["due"]);
    assert_eq!(after["repository"], before["repository"]);
    table.advance(10);
    let pulls = table
        .get(&format!("{REPO}/pulls?base=maintenance-2026-11-24"))
        .await
        .body;
    assert_eq!(pulls.as_array().unwrap().len(), 1);
    assert!(
        pulls[0]["url"]
            .as_str()
            .unwrap()
            .starts_with(&table.sim.endpoints().github)
    );
}

#[tokio::test]
async fn a_kill_loses_nothing_that_was_answered() {
    let folder = TempDir::new().unwrap();
    let table = Table::set_with(kept_in(&folder)).await;
    let token = table.bring_to_approval("Fix it").await;
    assert_eq!(table.answer(&token, "Approved", "").await.status, 200);
    drop(table);
    let table = Table::set_with(kept_in(&folder)).await;
    let again = table.answer(&token, "Approved", "").await;
    assert_eq!(again.body["__type"], "ApprovalAlreadyCompletedException");
}

#[tokio::test]
async fn a_file_that_cannot_be_understood_is_put_aside() {
    let folder = TempDir::new().unwrap();
    for text in ["{\"version\": 0}", "", "\u{0}\u{1}"] {
        let file = folder.path().join("world.json");
        std::fs::write(&file, text).unwrap();
        let options = Options {
            state_file: Some(file.clone()),
            ..Options::default()
        };
        let table = Table::set_with(options).await;
        assert_eq!(table.get(REPO).await.status, 200);
        assert_eq!(
            std::fs::read_to_string(folder.path().join("world.json.old")).unwrap(),
            text
        );
        assert!(
            std::fs::read_to_string(&file)
                .unwrap()
                .contains("\"version\"")
        );
    }
}

#[tokio::test]
async fn a_world_that_cannot_be_kept_says_so_and_goes_on() {
    let folder = TempDir::new().unwrap();
    let options = kept_in(&folder);
    let file = options.state_file.clone().unwrap();
    let table = Table::set_with(options).await;
    assert_eq!(table.sim.not_kept(), None);
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert_eq!(
        table.create_branch("maintenance-2026-11-24").await.status,
        201
    );
    assert!(table.sim.not_kept().is_some());
}
