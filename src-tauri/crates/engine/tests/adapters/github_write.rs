//! Writes to GitHub: each takes effect once, and nothing is said to be done that GitHub did not say.

use serde_json::json;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::MergeMethod;
use slipway_core::problem::Code;

use crate::stage::{BRANCH, Stage, create, not_done, unknown};

#[tokio::test]
async fn creates_a_branch_once_at_the_commit_shown() {
    let stage = Stage::set().await;
    let shown = stage.head("master");
    let github = stage.github_that_looked().await;
    stage.push("master", "Base moves on").await;

    assert_eq!(github.act(&create(BRANCH, &shown)).await, Outcome::Done);
    assert_eq!(stage.branch(BRANCH), Some(shown.clone()));

    let again = not_done(github.act(&create(BRANCH, &shown)).await);
    assert_eq!(again.code, Code::Changed);
    assert!(again.what.contains("exists already"), "{}", again.what);
    assert_eq!(stage.asked("git/create-ref").len(), 2);
}

#[tokio::test]
async fn merges_a_pull_request_with_the_head_shown_and_the_method_chosen() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Work").await;
    stage.advance(60);
    let github = stage.github_that_looked().await;
    let pull = github
        .source(&stage.team, &crate::stage::release())
        .await
        .expect("is seen")
        .pulls
        .remove(0);
    let merge = Action::MergePull {
        number: pull.number,
        head: pull.head_sha,
        method: MergeMethod::Squash,
        title: pull.title,
    };
    assert_eq!(github.act(&merge).await, Outcome::Done);
    let body: serde_json::Value =
        serde_json::from_str(&stage.asked("pulls/merge")[0].body).expect("JSON");
    assert_eq!(body["merge_method"], "squash");
    stage.sim.with_world(|world| {
        let pull = world
            .repository
            .pulls
            .iter()
            .find(|it| it.number == u64::from(number))
            .expect("is there");
        assert!(!pull.is_open());
    });
}

#[tokio::test]
async fn opens_the_release_pull_request_once() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    stage.push(BRANCH, "Work").await;
    let github = stage.github_that_looked().await;
    let open = Action::OpenReleasePull {
        head: BRANCH.to_owned(),
        base: "master".to_owned(),
        title: "Release".to_owned(),
        body: "What goes out".to_owned(),
    };
    assert_eq!(github.act(&open).await, Outcome::Done);
    let again = not_done(github.act(&open).await);
    assert_eq!(again.code, Code::Changed, "{again:?}");
    let pull = github
        .source(&stage.team, &crate::stage::release())
        .await
        .expect("is seen")
        .release_pull;
    let pull = pull.expect("is open");
    assert_eq!(
        (pull.head_ref.as_str(), pull.base_ref.as_str()),
        (BRANCH, "master")
    );

    let merge = Action::MergeRelease {
        number: pull.number,
        head: pull.head_sha,
        method: MergeMethod::Merge,
    };
    assert_eq!(github.act(&merge).await, Outcome::Done);
    let landed = github
        .source(&stage.team, &crate::stage::release())
        .await
        .expect("is seen")
        .landed;
    assert_eq!(landed.expect("landed").sha, stage.head("master"));
}

#[tokio::test]
async fn does_not_know_what_a_lost_reply_was_and_repeats_nothing() {
    for fault in [
        json!({"kind": "reply-lost"}),
        json!({"kind": "reset"}),
        json!({"kind": "status-after", "code": 502, "body": "<html>Bad Gateway</html>"}),
        json!({"kind": "status", "code": 500, "body": {"message": "Server Error"}}),
        json!({"kind": "status-after", "code": 201, "body": "<html>not what was asked for</html>"}),
        json!({"kind": "status", "code": 403, "body": "<html>A proxy says no</html>"}),
    ] {
        let stage = Stage::set().await;
        let github = stage.github_that_looked().await;
        let effect = matches!(fault["kind"].as_str(), Some("reply-lost" | "status-after"));
        stage.fault("git/create-ref", fault.clone()).await;

        let problem = unknown(github.act(&create(BRANCH, &stage.head("master"))).await);
        assert_eq!(problem.code, Code::Unknown, "{fault}");
        assert_eq!(stage.asked("git/create-ref").len(), 1, "{fault}");
        assert_eq!(stage.branch(BRANCH).is_some(), effect, "{fault}");
    }
}

#[tokio::test]
async fn knows_that_nothing_was_sent_where_nobody_listens() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    let (head, action) = (stage.head("master"), |sha| create(BRANCH, sha));
    stage.sim.stop().await;
    let problem = not_done(github.act(&action(&head)).await);
    assert_eq!(problem.code, Code::Unreachable);
}

#[tokio::test]
async fn sends_nothing_before_it_has_looked() {
    let stage = Stage::set().await;
    let problem = not_done(
        stage
            .github()
            .act(&create(BRANCH, &stage.head("master")))
            .await,
    );
    assert_eq!(problem.code, Code::NotOffered);
    assert!(stage.sim.requests().is_empty());
}

#[tokio::test]
async fn follows_no_redirect_of_a_write() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    let location = format!("{}/repos/gitMLS/etl/git/refs", stage.sim.endpoints().github);
    for code in [301, 307] {
        let moved = json!({"kind": "status", "code": code, "headers": {"location": location}});
        stage.fault("git/create-ref", moved).await;
        github.repository(&stage.team).await.expect("is seen");
        let problem = not_done(github.act(&create(BRANCH, &stage.head("master"))).await);
        assert_eq!(problem.code, Code::Changed);
    }
    assert_eq!(stage.branch(BRANCH), None);
    assert_eq!(
        stage.asked("repos/get").len(),
        2,
        "the name is looked up anew after each"
    );
}

#[tokio::test]
async fn leaves_other_services_actions_alone() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    let action = Action::PostAnnouncement {
        channel: "C1".into(),
        text: "Hello".to_owned(),
    };
    assert_eq!(not_done(github.act(&action).await).code, Code::NotOffered);
}
