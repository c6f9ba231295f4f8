//! Lists, comparisons and what belongs to a commit.

use serde_json::{Value, json};

use crate::table::{REPO, Table};

#[tokio::test]
async fn pull_requests_are_listed_in_pages() {
    let table = Table::set().await;
    for number in 0..7 {
        table
            .order(
                "/pulls",
                json!({"base": "master", "title": format!("T{number}")}),
            )
            .await;
    }
    let path = format!("{REPO}/pulls?base=master&per_page=3");
    let first = table.get(&path).await;
    assert_eq!(first.body.as_array().unwrap().len(), 3);
    assert_eq!(first.body[0]["title"], "T6");
    let link = first.header("link").to_owned();
    assert!(
        link.contains("page=2>; rel=\"next\"") && link.contains("page=3>; rel=\"last\""),
        "{link}"
    );
    let next = link.split(['<', '>']).nth(1).unwrap();
    let second = table
        .get(
            next.strip_prefix(table.sim.endpoints().github.as_str())
                .unwrap(),
        )
        .await;
    assert_eq!(second.body[0]["title"], "T3");
    let last = table.get(&format!("{path}&page=3")).await;
    assert_eq!(last.body.as_array().unwrap().len(), 1);
    assert!(
        !last.header("link").contains("next"),
        "{}",
        last.header("link")
    );
    let oldest = table
        .get(&format!("{REPO}/pulls?per_page=200&direction=asc"))
        .await;
    assert_eq!(
        (
            oldest.body.as_array().unwrap().len(),
            &oldest.body[0]["title"]
        ),
        (7, &json!("T0"))
    );
}

#[tokio::test]
async fn comparisons_tell_ahead_behind_and_diverged() {
    let table = Table::set().await;
    table.order("/branches", json!({"name": "work"})).await;
    let status = async |range: &str| table.get(&format!("{REPO}/compare/{range}")).await.body;
    assert_eq!(status("master...work").await["status"], "identical");
    for number in 0..5 {
        table
            .order(
                "/push",
                json!({"branch": "work", "message": format!("W{number}")}),
            )
            .await;
    }
    let ahead = status("master...work").await;
    assert_eq!(
        (&ahead["status"], &ahead["ahead_by"], &ahead["behind_by"]),
        (&json!("ahead"), &json!(5), &json!(0))
    );
    assert_eq!(ahead["commits"][0]["commit"]["message"], "W0");
    assert_eq!(status("work...master").await["status"], "behind");
    table
        .order("/push", json!({"branch": "master", "message": "M"}))
        .await;
    let apart = status("master...work").await;
    assert_eq!(
        (&apart["status"], &apart["behind_by"]),
        (&json!("diverged"), &json!(1))
    );
    assert_eq!(
        apart["merge_base_commit"]["sha"],
        ahead["base_commit"]["sha"]
    );

    let paged = table
        .get(&format!("{REPO}/compare/master...work?per_page=2&page=3"))
        .await;
    assert_eq!(paged.body["commits"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&paged.body["total_commits"], &paged.body["files"]),
        (&json!(5), &json!([]))
    );
    assert_eq!(
        table
            .get(&format!("{REPO}/compare/master...nothing"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_commit_without_statuses_is_pending() {
    let table = Table::set().await;
    let got = table
        .get(&format!("{REPO}/commits/master/status"))
        .await
        .body;
    assert_eq!(
        (&got["state"], &got["total_count"]),
        (&json!("pending"), &json!(0))
    );
    let runs = table
        .get(&format!("{REPO}/commits/master/check-runs"))
        .await
        .body;
    assert_eq!(runs, json!({"total_count": 0, "check_runs": []}));
    let commit = table.get(&format!("{REPO}/commits/master")).await.body;
    assert_eq!(commit["parents"].as_array().unwrap().len(), 2);
    assert!(commit["stats"]["additions"].as_u64().unwrap() > 0);
    assert_eq!(
        table.get(&format!("{REPO}/commits/nothing")).await.status,
        422
    );
}

#[tokio::test]
async fn the_activity_log_is_followed_by_cursor() {
    let table = Table::set().await;
    let mut path = format!("{REPO}/activity?per_page=4");
    let mut seen: Vec<Value> = Vec::new();
    loop {
        let got = table.get(&path).await;
        seen.extend(
            got.body
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["id"].clone()),
        );
        match got.header("link").split(['<', '>']).nth(1) {
            Some(next) => {
                path = next
                    .strip_prefix(table.sim.endpoints().github.as_str())
                    .unwrap()
                    .to_owned()
            }
            None => break,
        }
    }
    let all = table
        .get(&format!("{REPO}/activity?per_page=100"))
        .await
        .body;
    let all: Vec<Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn commits_files_and_reviews_of_a_merged_pull_request_stay() {
    let table = Table::set().await;
    let order = json!({"base": "master", "title": "T", "files": 5, "approved": true});
    let number = table.order("/pulls", order).await["number"].clone();
    let parts = async || {
        let mut parts = Vec::new();
        for part in ["commits", "files", "reviews"] {
            let got = table
                .get(&format!("{REPO}/pulls/{number}/{part}"))
                .await
                .body;
            parts.push(got.as_array().unwrap().len());
        }
        parts
    };
    assert_eq!(parts().await, [2, 5, 1]);
    table
        .put(
            &format!("{REPO}/pulls/{number}/merge"),
            json!({"merge_method": "squash"}),
        )
        .await;
    assert_eq!(parts().await, [2, 5, 1]);
}

#[tokio::test]
async fn a_file_stands_in_the_commits_from_the_one_that_brought_it() {
    let table = Table::set().await;
    let at = |reference: &str| format!("{REPO}/contents/.slipway.toml?ref={reference}");
    let before = table.get(&at("master")).await;
    assert_eq!(
        (before.status, &before.body["message"]),
        (404, &json!("Not Found"))
    );
    let old = table.get(&format!("{REPO}/branches/master")).await.body["commit"]["sha"].clone();
    let old = old.as_str().expect("a commit").to_owned();
    let text = "base = \"master\"\n".repeat(5);
    let put = json!({"path": ".slipway.toml", "text": text});
    table.order("/files", put).await;

    let got = table.get(&at("master")).await.body;
    let content = got["content"].as_str().expect("content");
    assert_eq!(
        (&got["type"], &got["encoding"], &got["size"]),
        (&json!("file"), &json!("base64"), &json!(80))
    );
    // What `git hash-object` says.
    assert_eq!(got["sha"], "10ede4c51d55755a5888120ddc45773406f4c5c9");
    assert!(content.lines().all(|line| line.len() <= 60) && content.ends_with('\n'));
    assert_eq!(
        table.get(&at(&old)).await.status,
        404,
        "an earlier commit stays as it was"
    );
    let unknown = table.get(&at(&"0".repeat(40))).await;
    assert_eq!(unknown.status, 404);
    assert!(
        unknown.body["message"]
            .to_string()
            .contains("No commit found")
    );

    let gone = json!({"path": ".slipway.toml", "text": null});
    table.order("/files", gone).await;
    assert_eq!(table.get(&at("master")).await.status, 404);
}

#[tokio::test]
async fn a_folder_is_a_list_and_a_large_file_is_refused() {
    let table = Table::set().await;
    for (path, text) in [
        ("a/b/c", "1"),
        ("a/b/d", "2"),
        ("a/e", "3"),
        ("large", &"x".repeat(1 << 21)),
    ] {
        table
            .order("/files", json!({"path": path, "text": text}))
            .await;
    }
    let names = |body: &serde_json::Value| {
        let entries = body.as_array().expect("a list").iter();
        let entries = entries.map(|it| format!("{} {}", it["type"], it["name"]).replace('"', ""));
        entries.collect::<Vec<_>>().join(", ")
    };
    let list = |path: &'static str| table.get(path);
    let root = list("/repos/gitMLS/etl/contents?ref=master").await.body;
    assert_eq!(names(&root), "dir a, file large");
    let a = list("/repos/gitMLS/etl/contents/a").await.body;
    assert_eq!(names(&a), "dir b, file e");
    let large = list("/repos/gitMLS/etl/contents/large").await;
    assert_eq!(
        (large.status, &large.body["errors"][0]["code"]),
        (403, &json!("too_large"))
    );
}
