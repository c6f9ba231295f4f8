//! A repository that has another name by now.

use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table};

#[tokio::test]
async fn the_name_before_leads_on_to_it_and_is_not_written_to() {
    let table = Table::set().await;
    table
        .order("/repository", json!({"name": "etl-core"}))
        .await;
    let moved = table.github(Method::GET, REPO, Value::Null).await;
    assert_eq!(moved.status, 200, "clients follow a GET: {}", moved.text);
    assert_eq!(moved.body["full_name"], "gitMLS/etl-core");
    let new = table
        .github(
            Method::GET,
            "/repos/gitMLS/etl-core/git/ref/heads/master",
            Value::Null,
        )
        .await;
    let sha = new.body["object"]["sha"].clone();
    assert!(sha.is_string(), "{}", new.text);

    let body = json!({"ref": "refs/heads/hotfix-2026-11-23-x", "sha": sha});
    let at = format!("{}{REPO}/git/refs", table.sim.endpoints().github);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let token = slipway_sim::Sim::credentials().github_token;
    let post = client
        .build()
        .unwrap()
        .post(at)
        .bearer_auth(token)
        .json(&body);
    let refused = post.send().await.unwrap();
    assert_eq!(refused.status(), 301);
    let location = refused.headers()["location"].to_str().unwrap().to_owned();
    assert!(
        location.ends_with("/repositories/58430917/git/refs"),
        "{location}"
    );
    let branches = table
        .sim
        .with_world(|world| world.repository.branches.len());
    let made = table
        .github(Method::POST, "/repos/gitMLS/etl-core/git/refs", body)
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    let after = table
        .sim
        .with_world(|world| world.repository.branches.len());
    assert_eq!(after, branches + 1);
}
