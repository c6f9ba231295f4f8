//! Merging, and everything that may stand in its way.

use reqwest::Method;
use serde_json::{Value, json};

use crate::table::{Got, REPO, Table};

async fn open(table: &Table, more: Value) -> Value {
    let mut order = json!({"base": "master", "title": "T", "files": 4});
    order
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    table.order("/pulls", order).await["number"].clone()
}

async fn merge(table: &Table, number: &Value, body: Value) -> Got {
    table
        .put(&format!("{REPO}/pulls/{number}/merge"), body)
        .await
}

#[tokio::test]
async fn each_method_makes_its_own_commits() {
    let table = Table::set().await;
    for (method, parents, added) in [("merge", 2, 3), ("squash", 1, 1), ("rebase", 1, 2)] {
        let before = table.head_of("master").await;
        let number = open(&table, json!({"title": format!("By {method}")})).await;
        let got = merge(&table, &number, json!({"merge_method": method})).await;
        assert_eq!(
            (got.status, got.message()),
            (200, "Pull Request successfully merged")
        );
        let top = table.get(&format!("{REPO}/commits/master")).await.body;
        assert_eq!(top["sha"], got.body["sha"]);
        assert_eq!(
            top["parents"].as_array().unwrap().len(),
            parents,
            "{method}"
        );
        let compared = table
            .get(&format!("{REPO}/compare/{before}...master"))
            .await
            .body;
        assert_eq!(compared["ahead_by"], added, "{method}");
        assert_eq!(compared["files"].as_array().unwrap().len(), 4, "{method}");
        let pull = table.get(&format!("{REPO}/pulls/{number}")).await.body;
        assert_eq!(
            (&pull["merged"], &pull["merge_commit_sha"]),
            (&json!(true), &top["sha"])
        );
        assert_eq!(pull["merged_by"]["login"], "dana-whitfield");
    }
}

/// As a ruleset says what it wants.
fn by_rule(what: &str) -> String {
    format!("Repository rule violations found\n\n{what}\n\n")
}

#[tokio::test]
async fn a_head_without_the_newest_of_its_base_is_behind_where_the_rules_are_strict() {
    let table = Table::set().await;
    let number = open(&table, json!({})).await;
    let strict = json!([{"type": "required_status_checks",
        "parameters": {"strict_required_status_checks_policy": true}}]);
    table
        .order("/rules", json!({"branch": "master", "rules": strict}))
        .await;
    table
        .order("/push", json!({"branch": "master", "message": "Meanwhile"}))
        .await;
    let path = format!("{REPO}/pulls/{number}");
    table.get(&path).await;
    assert_eq!(table.get(&path).await.body["mergeable_state"], "behind");
    let got = merge(&table, &number, json!({})).await;
    let said = "Head branch is out of date. Review and try the merge again.";
    assert_eq!((got.status, got.message()), (409, said));
}

#[tokio::test]
async fn a_rebase_keeps_who_wrote_what_when() {
    let table = Table::set().await;
    let number = open(&table, json!({"files": 4})).await;
    let path = format!("{REPO}/pulls/{number}");
    let original = table.get(&format!("{path}/commits")).await.body;
    let base = table.head_of("master").await;
    table.advance(60);
    let done = merge(&table, &number, json!({"merge_method": "rebase"})).await;
    assert_eq!(done.status, 200);
    let range = format!("{REPO}/compare/{base}...master");
    let landed = table.get(&range).await.body["commits"].clone();
    let (original, landed) = (original.as_array().unwrap(), landed.as_array().unwrap());
    assert_eq!((original.len(), landed.len()), (2, 2));
    for (before, after) in original.iter().zip(landed) {
        assert_ne!(before["sha"], after["sha"]);
        assert_eq!(before["commit"]["message"], after["commit"]["message"]);
        assert_eq!(before["commit"]["author"], after["commit"]["author"]);
        assert_eq!(after["committer"]["login"], "dana-whitfield");
        assert_ne!(
            before["commit"]["committer"]["date"],
            after["commit"]["committer"]["date"]
        );
        let sha = after["sha"].as_str().unwrap();
        let pulls = table.get(&format!("{REPO}/commits/{sha}/pulls")).await.body;
        assert_eq!(pulls[0]["number"], number);
    }
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_in_githubs_words() {
    let table = Table::set().await;
    let number = open(&table, json!({"checks": ["unit"]})).await;
    let rules = async |rules: Value| {
        table
            .order("/rules", json!({"branch": "master", "rules": rules}))
            .await
    };
    let refused = async |body: Value| {
        let got = merge(&table, &number, body).await;
        (got.status, got.message().to_owned())
    };

    let moved = refused(json!({"sha": "0123456789012345678901234567890123456789"})).await;
    assert_eq!(
        moved,
        (
            409,
            "Head branch was modified. Review and try the merge again.".to_owned()
        )
    );
    rules(json!([{"type": "merge_queue"}])).await;
    assert_eq!(
        refused(json!({})).await,
        (405, by_rule("Changes must be made through the merge queue"))
    );
    rules(json!([{"type": "pull_request", "parameters": {"required_approving_review_count": 1}}]))
        .await;
    let unreviewed = "At least 1 approving review is required by reviewers with write access.";
    assert_eq!(refused(json!({})).await, (405, by_rule(unreviewed)));
    let change = async |change: Value| {
        let path = format!("/pulls/{number}");
        let got = table.control(Method::PATCH, &path, change).await;
        assert_eq!(got.status, 200, "{}", got.text);
    };
    let review = |by: &str, state: &str| json!({"review": {"by": by, "state": state}});
    change(review("tomas-herrera", "APPROVED")).await;
    change(review("marcus-oyelaran", "CHANGES_REQUESTED")).await;
    let unwanted = "Changes requested by reviewers with write access.";
    assert_eq!(
        refused(json!({})).await,
        (405, by_rule(unwanted)),
        "an approval does not outweigh it"
    );
    change(review("marcus-oyelaran", "APPROVED")).await;
    rules(json!([{"type": "required_status_checks",
        "parameters": {"required_status_checks": [{"context": "unit"}]}}]))
    .await;
    let check = |how: &str| by_rule(&format!("Required status check \"unit\" is {how}."));
    assert_eq!(refused(json!({})).await, (405, check("in progress")));
    change(json!({"checks": "fail"})).await;
    assert_eq!(refused(json!({})).await, (405, check("failing")));
    change(json!({"push": "Mend it"})).await;
    table.advance(10);
    table
        .order(
            "/merge-methods",
            json!({"merge": false, "squash": true, "rebase": true}),
        )
        .await;
    let method = "Merge commits are not allowed on this repository.";
    assert_eq!(refused(json!({})).await, (405, method.to_owned()));
    assert_eq!(refused(json!({"merge_method": "octopus"})).await.0, 422);
    table
        .control(
            Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"conflict": true}),
        )
        .await;
    let squash = json!({"merge_method": "squash"});
    assert_eq!(
        refused(squash.clone()).await,
        (405, "Pull Request is not mergeable".to_owned())
    );
    table
        .control(
            Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"conflict": false}),
        )
        .await;
    assert_eq!(merge(&table, &number, squash.clone()).await.status, 200);
    assert_eq!(
        refused(squash).await,
        (405, "Pull Request is not mergeable".to_owned())
    );
}

#[tokio::test]
async fn the_rules_of_a_branch_are_shown_as_set() {
    let table = Table::set().await;
    let path = format!("{REPO}/rules/branches/master");
    assert_eq!(table.get(&path).await.body, json!([]));
    table
        .order(
            "/rules",
            json!({"branch": "master", "rules": [{"type": "merge_queue"}]}),
        )
        .await;
    assert_eq!(table.get(&path).await.body[0]["type"], "merge_queue");
    assert_eq!(
        table.get(&format!("{REPO}/branches/master")).await.body["protected"],
        true
    );
}

#[tokio::test]
async fn a_pull_request_needs_commits_and_is_opened_once() {
    let table = Table::set().await;
    table.create_branch("maintenance-2026-11-24").await;
    let pulls = format!("{REPO}/pulls");
    let create = |head: &str, base: &str| {
        table.post(
            &pulls,
            json!({"title": "Release 🚢", "head": head, "base": base}),
        )
    };
    let got = create("maintenance-2026-11-24", "master").await;
    assert_eq!((got.status, got.message()), (422, "Validation Failed"));
    assert_eq!(
        got.body["errors"][0]["message"],
        "No commits between master and maintenance-2026-11-24"
    );
    table
        .order(
            "/push",
            json!({"branch": "maintenance-2026-11-24", "message": "Work"}),
        )
        .await;
    assert_eq!(
        create("gitMLS:maintenance-2026-11-24", "master")
            .await
            .status,
        201
    );
    let got = create("maintenance-2026-11-24", "master").await;
    assert_eq!(
        got.body["errors"][0]["message"],
        "A pull request already exists for gitMLS:maintenance-2026-11-24."
    );
    assert_eq!(
        create("nothing", "master").await.body["errors"][0]["field"],
        "head"
    );
    assert_eq!(
        create("maintenance-2026-11-24", "nothing").await.body["errors"][0]["field"],
        "base"
    );
}

#[tokio::test]
async fn branches_are_merged_without_a_pull_request() {
    let table = Table::set().await;
    table.create_branch("maintenance-2026-11-24").await;
    let merges = format!("{REPO}/merges");
    let order = json!({"base": "master", "head": "maintenance-2026-11-24"});
    assert_eq!(table.post(&merges, order.clone()).await.status, 204);
    table
        .order(
            "/push",
            json!({"branch": "maintenance-2026-11-24", "message": "Work"}),
        )
        .await;
    let opened = json!({"title": "R", "head": "maintenance-2026-11-24", "base": "master"});
    let number = table.post(&format!("{REPO}/pulls"), opened).await.body["number"].clone();
    let got = table.post(&merges, order.clone()).await;
    assert_eq!(
        (got.status, got.body["parents"].as_array().unwrap().len()),
        (201, 2)
    );
    let pull = table.get(&format!("{REPO}/pulls/{number}")).await.body;
    assert_eq!(
        (&pull["merged"], &pull["commits"]),
        (&json!(true), &json!(1))
    );
    let got = table
        .post(&merges, json!({"base": "nothing", "head": "master"}))
        .await;
    assert_eq!((got.status, got.message()), (404, "Base does not exist"));
    let got = table
        .post(&merges, json!({"base": "master", "head": "nothing"}))
        .await;
    assert_eq!((got.status, got.message()), (404, "Head does not exist"));

    table
        .order(
            "/rules",
            json!({"branch": "master", "rules": [{"type": "pull_request"}]}),
        )
        .await;
    table
        .order(
            "/push",
            json!({"branch": "maintenance-2026-11-24", "message": "More"}),
        )
        .await;
    assert_eq!(table.post(&merges, order).await.status, 409);
}

#[tokio::test]
async fn a_push_after_the_review_changes_the_head() {
    let table = Table::set().await;
    let number = open(&table, json!({})).await;
    let path = format!("{REPO}/pulls/{number}");
    let seen = table.get(&path).await.body["head"]["sha"].clone();
    table
        .control(
            Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"push": "One more"}),
        )
        .await;
    assert_eq!(
        merge(&table, &number, json!({"sha": seen})).await.status,
        409
    );
    let now = table.get(&path).await.body["head"]["sha"].clone();
    assert_eq!(
        merge(&table, &number, json!({"sha": now})).await.status,
        200
    );
}
