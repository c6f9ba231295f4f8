//! What becomes of branches, and of the pull requests that hang on them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table};

const BRANCH: &str = "maintenance-2026-11-24";

async fn open(table: &Table, base: &str, title: &str) -> Value {
    let made = table
        .order("/pulls", json!({"base": base, "title": title}))
        .await;
    made["number"].clone()
}

async fn pull(table: &Table, number: &Value) -> Value {
    table.get(&format!("{REPO}/pulls/{number}")).await.body
}

/// A release that was merged, and a pull request that came too late for it. Gives both numbers.
async fn merged_and_late(table: &Table) -> (Value, Value) {
    assert_eq!(table.create_branch(BRANCH).await.status, 201);
    let push = json!({"branch": BRANCH, "message": "Work"});
    table.order("/push", push).await;
    let late = open(table, BRANCH, "Too late").await;
    let release = json!({"base": "master", "head": BRANCH, "title": "Release"});
    let release = table.post(&format!("{REPO}/pulls"), release).await.body;
    let path = format!("{REPO}/pulls/{}/merge", release["number"]);
    assert_eq!(table.put(&path, json!({})).await.status, 200);
    (release["number"].clone(), late)
}

#[tokio::test]
async fn what_is_made_says_where_it_is() {
    let table = Table::set().await;
    let made = table.create_branch(BRANCH).await;
    assert_eq!(made.header("location"), made.body["url"].as_str().unwrap());
    table
        .order("/push", json!({"branch": BRANCH, "message": "Work"}))
        .await;
    let release = json!({"base": "master", "head": BRANCH, "title": "Release"});
    let opened = table.post(&format!("{REPO}/pulls"), release).await;
    assert_eq!(
        opened.header("location"),
        opened.body["url"].as_str().unwrap()
    );
}

#[tokio::test]
async fn a_branch_that_was_merged_leaves_its_pull_requests_to_where_it_went() {
    let table = Table::set().await;
    let (release, late) = merged_and_late(&table).await;
    let path = format!("/branches/{BRANCH}");
    table.control(Method::DELETE, &path, Value::Null).await;
    let left = pull(&table, &late).await;
    assert_eq!(
        (&left["state"], &left["base"]["ref"]),
        (&json!("open"), &json!("master"))
    );
    assert_eq!(pull(&table, &release).await["merged"], true);
}

#[tokio::test]
async fn a_branch_that_was_not_merged_takes_its_pull_requests_with_it() {
    let table = Table::set().await;
    table.create_branch(BRANCH).await;
    let work = open(&table, BRANCH, "Work").await;
    let path = format!("/branches/{BRANCH}");
    table.control(Method::DELETE, &path, Value::Null).await;
    let closed = pull(&table, &work).await;
    assert_eq!(
        (&closed["state"], &closed["base"]["ref"]),
        (&json!("closed"), &json!(BRANCH))
    );
}

#[tokio::test]
async fn a_repository_can_delete_what_it_merged() {
    let table = Table::set().await;
    let all = json!({"merge": true, "squash": true, "rebase": true, "delete_branch": true});
    table.order("/merge-methods", all).await;
    assert_eq!(
        table.get(REPO).await.body["delete_branch_on_merge"],
        json!(true)
    );
    let (release, late) = merged_and_late(&table).await;
    let gone = table.get(&format!("{REPO}/git/ref/heads/{BRANCH}")).await;
    assert_eq!(gone.status, 404);
    let merged = pull(&table, &release).await;
    assert_eq!(
        (&merged["merged"], &merged["head"]["ref"]),
        (&json!(true), &json!(BRANCH))
    );
    assert_eq!(pull(&table, &late).await["base"]["ref"], "master");
}

#[tokio::test]
async fn a_branch_that_is_moved_back_was_pushed_by_force() {
    let table = Table::set().await;
    table.create_branch(BRANCH).await;
    let cut = table.head_of(BRANCH).await;
    let pushed = table
        .order("/push", json!({"branch": BRANCH, "message": "Work"}))
        .await;
    for sha in [&json!(cut), &pushed["sha"]] {
        table
            .order("/push", json!({"branch": BRANCH, "sha": sha}))
            .await;
    }
    let path = format!("{REPO}/activity?ref={BRANCH}&direction=asc");
    let seen = table.get(&path).await.body;
    let kinds: Vec<&str> = seen
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["activity_type"].as_str())
        .collect();
    assert_eq!(kinds, ["branch_creation", "push", "force_push", "push"]);
}

#[tokio::test]
async fn a_comparison_that_is_not_paged_shows_the_newest_commits() {
    let table = Table::set().await;
    table.create_branch(BRANCH).await;
    for number in 0..260 {
        let push = json!({"branch": BRANCH, "message": format!("Work {number}")});
        table.order("/push", push).await;
    }
    let path = format!("{REPO}/compare/master...{BRANCH}");
    let said = |it: &Value| it["commit"]["message"].as_str().unwrap().to_owned();
    let whole = table.get(&path).await.body;
    let shown = whole["commits"].as_array().unwrap();
    assert_eq!((shown.len(), &whole["total_commits"]), (250, &json!(260)));
    assert_eq!(
        (said(&shown[0]), said(&shown[249])),
        ("Work 10".to_owned(), "Work 259".to_owned())
    );
    let paged = table.get(&format!("{path}?per_page=100")).await.body;
    assert_eq!(said(&paged["commits"][0]), "Work 0");
}
