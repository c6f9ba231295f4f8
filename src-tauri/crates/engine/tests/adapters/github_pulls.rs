//! What is seen of a release's pull requests.

use serde_json::json;
use slipway_core::facts::{Commit, Mergeability, PullState, Verdict};
use slipway_core::ids::PullNumber;

use crate::stage::{BRANCH, Stage, release};

#[tokio::test]
async fn sees_pull_requests_with_their_checks_and_reviews() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let open = json!({"base": BRANCH, "title": "Import tax rolls", "files": 4, "additions": 40, "deletions": 8,
        "checks": ["unit-tests"]});
    let first = stage.order("/pulls", open).await["number"]
        .as_u64()
        .expect("a number");
    let second = stage.open_pull("Second").await;
    let review = |state: &str| json!({"review": {"by": "tomas-herrera", "state": state}});
    let path = format!("/pulls/{first}");
    for state in ["CHANGES_REQUESTED", "APPROVED", "COMMENTED"] {
        stage
            .control(reqwest::Method::PATCH, &path, review(state))
            .await;
    }
    stage
        .control(
            reqwest::Method::PATCH,
            &format!("/pulls/{second}"),
            json!({"conflict": true}),
        )
        .await;

    let github = stage.github();
    let pulls = github
        .source(&stage.team, &release())
        .await
        .expect("is seen")
        .pulls;
    assert_eq!(
        pulls[0].mergeability,
        Mergeability::Computing,
        "asking is what starts it"
    );
    assert_eq!(pulls[0].checks.pending, ["unit-tests"]);

    stage.advance(60);
    let pulls = github
        .source(&stage.team, &release())
        .await
        .expect("is seen")
        .pulls;
    let [first, second] = pulls.as_slice() else {
        panic!("{pulls:?}")
    };
    assert_eq!(
        (first.title.as_str(), first.author.as_str()),
        ("Import tax rolls", "priya-raman")
    );
    assert_eq!((first.files, first.additions, first.deletions), (4, 40, 8));
    assert_eq!(
        (first.state.clone(), first.mergeability),
        (PullState::Open, Mergeability::Clean)
    );
    assert_eq!(
        (first.checks.passed.as_slice(), first.checks.total()),
        (["unit-tests".to_owned()].as_slice(), 1)
    );
    assert_eq!(first.reviews.len(), 1);
    assert_eq!(
        first.reviews[0].verdict,
        Verdict::Approved,
        "a remark takes nothing back"
    );
    assert_eq!(second.mergeability, Mergeability::Conflict);
    assert_eq!(
        second.checks.total(),
        0,
        "no statuses are not a pending one"
    );
}

#[tokio::test]
async fn reads_every_page_of_pull_requests_and_commits() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    for number in 0..105 {
        stage.push(BRANCH, &format!("Commit {number}")).await;
        let made = stage.open_pull(&format!("Pull request {number}")).await;
        stage
            .control(
                reqwest::Method::PATCH,
                &format!("/pulls/{made}"),
                json!({"close": true}),
            )
            .await;
    }
    let source = stage
        .github()
        .source(&stage.team, &release())
        .await
        .expect("is seen");
    assert_eq!(source.pulls.len(), 105);
    assert!(
        source.pulls.is_sorted_by_key(|it| it.number),
        "oldest first"
    );
    let commits = source.comparison.expect("is compared").commits;
    assert_eq!(
        (commits.len(), commits[104].title.as_str()),
        (105, "Commit 104")
    );
}

#[tokio::test]
async fn reads_a_merged_pull_request_in_detail_once() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let open = json!({"base": BRANCH, "title": "Work", "checks": ["unit-tests"]});
    let made = stage.order("/pulls", open).await;
    let number = u32::try_from(made["number"].as_u64().expect("a number")).expect("a small one");
    stage
        .control(
            reqwest::Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"checks": "pass", "review": {"by": "tomas-herrera", "state": "APPROVED"},
                "merge": {"by": "priya-raman"}}),
        )
        .await;
    let github = stage.github();
    for _ in 0..3 {
        let pulls = github
            .source(&stage.team, &release())
            .await
            .expect("is seen")
            .pulls;
        assert_eq!(pulls[0].number, PullNumber(number));
        let PullState::Merged { by, sha, .. } = &pulls[0].state else {
            panic!("{pulls:?}")
        };
        assert_eq!(
            (by.as_deref(), sha),
            (Some("priya-raman"), &stage.head(BRANCH))
        );
        let checks = &pulls[0].checks;
        assert!(checks.total() > 0, "{checks:?}");
        assert_eq!(checks.passed.len(), checks.total());
        assert_eq!(pulls[0].reviews[0].verdict, Verdict::Approved);
    }
    for once in ["pulls/get", "pulls/list-reviews"] {
        assert_eq!(stage.asked(once).len(), 1, "{once}");
    }
}

#[tokio::test]
async fn sees_what_comes_behind_a_list_that_was_full() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    for number in 0..100 {
        stage.open_pull(&format!("Feed {number}")).await;
    }
    let (github, other) = (stage.github(), stage.github());
    for github in [&github, &other] {
        let seen = github.source(&stage.team, &release()).await;
        assert_eq!(seen.expect("is seen").pulls.len(), 100);
    }

    let last = stage.open_pull("One more").await;
    let newest = |seen: slipway_core::facts::Source| {
        let newest = seen.pulls.last().map(|pull| pull.number);
        (seen.pulls.len(), newest)
    };
    let seen = github.source(&stage.team, &release()).await;
    assert_eq!(
        newest(seen.expect("is seen")),
        (101, Some(PullNumber(last))),
        "the first page is as it was, and says that there is a second"
    );
    let bare = json!({"kind": "status", "code": 304});
    stage.fault("pulls/list", bare).await;
    let seen = other.source(&stage.team, &release()).await;
    assert_eq!(
        newest(seen.expect("is seen")),
        (101, Some(PullNumber(last))),
        "the first page is as it was, and says no more"
    );
}

#[tokio::test]
async fn looks_up_once_what_a_merge_made_anew() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    for method in ["merge", "squash", "rebase"] {
        let number = stage.open_pull(method).await;
        let merge = json!({"merge": {"method": method}});
        let path = format!("/pulls/{number}");
        stage.control(reqwest::Method::PATCH, &path, merge).await;
        stage.advance(60);
    }
    let github = stage.github();
    for _ in 0..2 {
        let source = github
            .source(&stage.team, &release())
            .await
            .expect("is seen");
        let [merge, squash, rebase] = source.pulls.as_slice() else {
            panic!("{:?}", source.pulls)
        };
        assert!(
            merge.commits.is_empty(),
            "its own commits are on the branch"
        );
        let on_branch = source.comparison.expect("it is compared").commits;
        for pull in [squash, rebase] {
            assert_eq!(pull.commits.len(), 2);
            let last = pull.commits.last().expect("two");
            assert_eq!(last.sha, pull.head_sha);
            let found = |it: &&Commit| it.written_at == last.written_at && it.title == last.title;
            let copy = on_branch.iter().find(found);
            assert_eq!(copy.is_some(), pull.number == rebase.number, "{copy:?}");
        }
    }
    assert_eq!(stage.asked("pulls/list-commits").len(), 2);
}
