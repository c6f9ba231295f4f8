//! What GitHub itself answered once, recorded by Octokit's authors and given to our adapter in place of the sim's
//! answers.

use std::fs;

use serde_json::{Map, Value, json};
use slipway_core::action::{Action, Outcome};
use slipway_core::ids::Sha;

use crate::clients::{BRANCH, Clients};
use crate::models::Models;
use crate::stage::Stage;

/// The address that the recordings name themselves by.
const RECORDED: &str = "https://api.github.com";

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_repository_is_read() {
    let stage = Stage::set(0).await;
    let told = recorded("get-repository", 0);
    let full_name = told["response"]["full_name"].clone();
    replay(&stage, "repos/get", &told).await;
    let refs = recorded("git-refs", 0);
    let main = &refs["response"][0];
    replay(&stage, "git/get-ref", &one(main)).await;
    // Once for each kind of release.
    for _ in 0..2 {
        replay(&stage, "git/list-matching-refs", &refs).await;
    }
    replay(&stage, "pulls/list", &one(&json!([]))).await;
    // Not protected: no rules.
    replay(
        &stage,
        "repos/get-branch-rules",
        &recorded("branch-protection", 0),
    )
    .await;

    let clients = Clients::at(&stage);
    let seen = clients.github.repository(&clients.team).await;
    let seen = seen.expect("what GitHub answers is understood");
    assert_eq!(json!(seen.full_name), full_name);
    assert_eq!(json!(seen.base.sha.as_str()), main["object"]["sha"]);
    assert_eq!(seen.branches[0].name, "main");
    assert_eq!(seen.reviews_required, 0);
    let methods = [
        "allow_merge_commit",
        "allow_squash_merge",
        "allow_rebase_merge",
    ];
    let allowed = methods
        .iter()
        .filter(|it| told["response"][it] == json!(true));
    assert_eq!(seen.merge_methods.len(), allowed.count());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_move_is_followed() {
    let stage = Stage::set(0).await;
    let moved = recorded("rename-repository", 1);
    assert_eq!(moved["status"], 301);
    let found = recorded("rename-repository", 2);
    replay(&stage, "repos/get", &moved).await;
    // The address by number is none that the sim knows.
    replay(&stage, "unknown", &found).await;
    let refs = recorded("git-refs", 0);
    replay(&stage, "git/get-ref", &one(&refs["response"][0])).await;
    // Once for each kind of release.
    for _ in 0..2 {
        replay(&stage, "git/list-matching-refs", &refs).await;
    }
    replay(&stage, "pulls/list", &one(&json!([]))).await;

    let clients = Clients::at(&stage);
    let seen = clients.github.repository(&clients.team).await;
    let seen = seen.expect("the repository is found under its new name");
    assert_eq!(json!(seen.full_name), found["response"]["full_name"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_statuses_count_as_checks() {
    let stage = Stage::set(0).await;
    stage.order("/branches", json!({"name": BRANCH})).await;
    stage
        .order("/pulls", json!({"base": BRANCH, "title": "Listings"}))
        .await;
    let told = recorded("create-status", 3);
    assert_eq!(told["response"]["state"], "failure");
    replay(&stage, "repos/get-combined-status-for-ref", &told).await;
    let clients = Clients::at(&stage);
    let _ = clients.github.repository(&clients.team).await;
    let seen = clients
        .github
        .source(&clients.team, clients.release())
        .await;
    let seen = seen.expect("what GitHub answers is understood");
    let checks = &seen.pulls[0].checks;
    let contexts = told["response"]["statuses"].as_array().expect("statuses");
    let failed = contexts.iter().filter(|it| it["state"] == "failure");
    assert_eq!(checks.failed.len(), failed.count(), "{checks:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_reference_and_a_recorded_refusal_answer_a_write() {
    let stage = Stage::set(0).await;
    let clients = Clients::at(&stage);
    clients.look().await;
    let made = recorded("git-refs", 1);
    let create = Action::CreateBranch {
        name: "test".to_owned(),
        sha: Sha::from(
            made["response"]["object"]["sha"]
                .as_str()
                .expect("a commit"),
        ),
    };
    replay(&stage, "git/create-ref", &made).await;
    assert_eq!(clients.github.act(&create).await, Outcome::Done);
    replay(&stage, "git/create-ref", &recorded("errors", 0)).await;
    let Outcome::NotDone { problem } = clients.github.act(&create).await else {
        panic!("GitHub refused")
    };
    assert!(problem.raw.contains("Validation Failed"), "{problem:?}");
}

/// One answer of a scenario.
fn recorded(scenario: &str, number: usize) -> Value {
    let folder = "@octokit/fixtures/package/scenarios/api.github.com";
    let file = Models::fetched()
        .folder()
        .join(folder)
        .join(scenario)
        .join("normalized-fixture.json");
    let text = fs::read_to_string(file).expect("the scenario is there");
    let scenario: Value = serde_json::from_str(&text).expect("it is JSON");
    scenario[number].clone()
}

/// An answer that holds a part of a recorded one.
fn one(body: &Value) -> Value {
    json!({"status": 200, "headers": {}, "response": body})
}

/// Has the next request for this be answered so. The addresses in it lead to where the recording is played.
async fn replay(stage: &Stage, operation: &str, told: &Value) {
    let here = &stage.sim.endpoints().github;
    let told: Value =
        serde_json::from_str(&told.to_string().replace(RECORDED, here)).expect("still JSON");
    // The sim has a content type and a date of its own for everything.
    let headers: Map<String, Value> = ["etag", "link", "location"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), told["headers"].get(name)?.clone())))
        .collect();
    let fault = json!({"operation": operation, "kind": "status", "code": told["status"], "body": told["response"],
        "headers": headers});
    stage.order("/faults", fault).await;
}
