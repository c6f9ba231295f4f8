//! Refs, errors, headers and credentials.

use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{REPO, Table, read};

#[tokio::test]
async fn a_ref_is_created_once_and_only_from_what_is_there() {
    let table = Table::set().await;
    let sha = table.head_of("master").await;
    let refs = format!("{REPO}/git/refs");
    let create = |name: &str, sha: &str| table.post(&refs, json!({"ref": name, "sha": sha}));
    let got = create("refs/heads/maintenance-2026-11-24", &sha).await;
    assert_eq!((got.status, &got.body["object"]["sha"]), (201, &json!(sha)));
    let missing = "0123456789012345678901234567890123456789";
    let cases = [
        (
            "refs/heads/maintenance-2026-11-24",
            sha.as_str(),
            "Reference already exists",
        ),
        ("refs/heads/other", missing, "Object does not exist"),
        (
            "refs/heads/maintenance-2026-11-24/more",
            &sha,
            "Reference update failed",
        ),
        (
            "refs/heads/a b",
            &sha,
            "refs/heads/a b is not a valid ref name.",
        ),
        (
            "refs/heads/a..b",
            &sha,
            "refs/heads/a..b is not a valid ref name.",
        ),
        (
            "heads/x",
            &sha,
            "Reference name must start with 'refs/' and contain at least two slashes.",
        ),
        (
            "refs/heads/x",
            "abc",
            "The sha parameter must be exactly 40 characters and contain only [0-9a-f].",
        ),
    ];
    for (name, sha, message) in cases {
        let got = create(name, sha).await;
        assert_eq!((got.status, got.message()), (422, message), "{name}");
    }
}

#[tokio::test]
async fn branches_with_slashes_and_odd_characters_are_reached_either_way() {
    let table = Table::set().await;
    table.order("/branches", json!({"name": "etl/fix#1"})).await;
    for path in [
        "branches/etl/fix%231",
        "branches/etl%2Ffix%231",
        "git/ref/heads/etl/fix%231",
        "commits/etl%2Ffix%231",
    ] {
        assert_eq!(
            table.get(&format!("{REPO}/{path}")).await.status,
            200,
            "{path}"
        );
    }
    assert_eq!(
        table
            .get(&format!("{REPO}/git/matching-refs/heads/none"))
            .await
            .body,
        json!([])
    );
    assert_eq!(
        table
            .get(&format!("{REPO}/git/ref/heads/none"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_deleted_branch_closes_its_pull_requests_and_stays_in_the_activity_log() {
    let table = Table::set().await;
    table.create_branch("hotfix-2026-11-23-x").await;
    let order = json!({"base": "hotfix-2026-11-23-x", "title": "T"});
    let number = table.order("/pulls", order).await["number"].clone();
    let path = format!("{REPO}/git/refs/heads/hotfix-2026-11-23-x");
    assert_eq!(
        table
            .github(Method::DELETE, &path, Value::Null)
            .await
            .status,
        204
    );
    let again = table.github(Method::DELETE, &path, Value::Null).await;
    assert_eq!(
        (again.status, again.message()),
        (422, "Reference does not exist")
    );
    assert_eq!(
        table.get(&format!("{REPO}/pulls/{number}")).await.body["state"],
        "closed"
    );
    let log = table
        .get(&format!(
            "{REPO}/activity?ref=refs/heads/hotfix-2026-11-23-x"
        ))
        .await
        .body;
    let kinds: Vec<&str> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["activity_type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["branch_deletion", "branch_creation"]);
    assert_eq!(log[1]["actor"]["login"], "dana-whitfield");
}

#[tokio::test]
async fn what_has_not_changed_costs_nothing() {
    let table = Table::set().await;
    let first = table.get(&format!("{REPO}/branches/master")).await;
    assert_eq!(
        (
            first.header("x-ratelimit-limit"),
            first.header("x-ratelimit-used")
        ),
        ("5000", "1")
    );
    let ask = || {
        let request =
            table.github_request(Method::GET, &format!("{REPO}/branches/master"), Value::Null);
        request.header("if-none-match", first.header("etag")).send()
    };
    let same = read(ask().await.unwrap()).await;
    assert_eq!(
        (
            same.status,
            same.text.as_str(),
            same.header("x-ratelimit-used")
        ),
        (304, "", "1")
    );
    table
        .order("/push", json!({"branch": "master", "message": "More"}))
        .await;
    assert_eq!(read(ask().await.unwrap()).await.status, 200);
}

#[tokio::test]
async fn strangers_and_strange_places_are_refused() {
    let table = Table::set().await;
    let url = format!("{}{REPO}", table.sim.endpoints().github);
    let got = read(table.client().get(&url).send().await.unwrap()).await;
    assert_eq!(
        (got.status, got.message()),
        (401, "Requires authentication")
    );
    let got = read(
        table
            .client()
            .get(&url)
            .bearer_auth("ghp_x")
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((got.status, got.message()), (401, "Bad credentials"));
    assert!(!got.header("x-github-request-id").is_empty());
    for path in [
        "/repos/gitMLS/other",
        "/nothing",
        "/repos/gitMLS/etl/pulls/99999",
        "/repos/gitMLS/etl/pulls/x",
    ] {
        let got = table.get(path).await;
        assert_eq!((got.status, got.message()), (404, "Not Found"), "{path}");
        assert!(got.body["documentation_url"].is_string());
    }
    let request = table
        .github_request(Method::POST, &format!("{REPO}/git/refs"), Value::Null)
        .body("{");
    let got = read(request.send().await.unwrap()).await;
    assert_eq!((got.status, got.message()), (400, "Problems parsing JSON"));
}

#[tokio::test]
async fn a_page_stands_where_the_web_page_would_be() {
    let table = Table::set().await;
    let pull = table.get(&format!("{REPO}/pulls?state=closed")).await.body[0].clone();
    let page = read(
        table
            .client()
            .get(pull["html_url"].as_str().unwrap())
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert!(
        page.status == 200 && page.text.contains("Practice"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn comments_and_reviewers_are_added() {
    let table = Table::set().await;
    let number = table
        .order("/pulls", json!({"base": "master", "title": "T"}))
        .await["number"]
        .clone();
    let comments = format!("{REPO}/issues/{number}/comments");
    let made = table
        .post(&comments, json!({"body": "ship it <!-- {} -->"}))
        .await;
    assert_eq!(
        (made.status, &made.body["user"]["login"]),
        (201, &json!("dana-whitfield"))
    );
    assert_eq!(
        table.get(&comments).await.body[0]["body"],
        "ship it <!-- {} -->"
    );
    assert_eq!(table.post(&comments, json!({"body": ""})).await.status, 422);

    let reviewers = format!("{REPO}/pulls/{number}/requested_reviewers");
    let got = table
        .post(&reviewers, json!({"reviewers": ["tomas-herrera"]}))
        .await;
    assert_eq!(
        (got.status, &got.body["requested_reviewers"][0]["login"]),
        (201, &json!("tomas-herrera"))
    );
    assert_eq!(
        table
            .post(&reviewers, json!({"reviewers": ["nobody"]}))
            .await
            .status,
        422
    );
    assert_eq!(
        table
            .post(&reviewers, json!({"reviewers": ["priya-raman"]}))
            .await
            .status,
        422
    );
}
