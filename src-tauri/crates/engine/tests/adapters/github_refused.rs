//! Refusals, in the words that a person needs.

use serde_json::{Value, json};
use slipway_core::action::Action;
use slipway_core::facts::{MergeMethod, Mergeability};
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::problem::{Code, Problem};

use crate::stage::{BRANCH, Stage, create, not_done, release};

fn merge(number: u32, head: &Sha) -> Action {
    Action::MergePull {
        number: PullNumber(number),
        head: head.clone(),
        method: MergeMethod::Merge,
        title: "Work".into(),
    }
}

#[tokio::test]
async fn stops_when_somebody_pushed_after_the_look() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Work").await;
    stage.advance(60);
    let github = stage.github_that_looked().await;
    let shown = github
        .source(&stage.team, &release())
        .await
        .expect("is seen")
        .pulls[0]
        .head_sha
        .clone();
    stage
        .control(
            reqwest::Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"push": "One more"}),
        )
        .await;

    let problem = not_done(github.act(&merge(number, &shown)).await);
    assert_eq!(problem.code, Code::Changed);
    assert!(problem.what.contains("pushed"), "{}", problem.what);
}

#[tokio::test]
async fn tells_why_a_pull_request_cannot_be_merged() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let open = json!({"base": BRANCH, "title": "Work", "conflict": true});
    let number = stage.order("/pulls", open).await["number"]
        .as_u64()
        .expect("a number");
    let number = u32::try_from(number).expect("a small one");
    let github = stage.github_that_looked().await;
    let head = github
        .source(&stage.team, &release())
        .await
        .expect("is seen")
        .pulls[0]
        .head_sha
        .clone();
    let problem = not_done(github.act(&merge(number, &head)).await);
    assert_eq!(problem.code, Code::Refused);
    assert!(problem.remedy.contains("conflicts"), "{problem:?}");

    stage
        .control(
            reqwest::Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"conflict": false}),
        )
        .await;
    let rule =
        json!({"type": "pull_request", "parameters": {"required_approving_review_count": 1}});
    stage
        .order("/rules", json!({"branch": BRANCH, "rules": [rule]}))
        .await;
    let problem = not_done(github.act(&merge(number, &head)).await);
    assert!(
        problem.what.contains("needs an approving review"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn tells_that_a_head_lacks_what_its_base_has_by_now() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Work").await;
    let strict = json!({"type": "required_status_checks",
        "parameters": {"strict_required_status_checks_policy": true}});
    stage
        .order("/rules", json!({"branch": BRANCH, "rules": [strict]}))
        .await;
    stage
        .order("/push", json!({"branch": BRANCH, "message": "Meanwhile"}))
        .await;
    let github = stage.github_that_looked().await;
    for mergeability in [Mergeability::Computing, Mergeability::Behind] {
        let source = github.source(&stage.team, &release()).await;
        let pull = source.expect("is seen").pulls.swap_remove(0);
        assert_eq!(pull.mergeability, mergeability);
        let problem = not_done(github.act(&merge(number, &pull.head_sha)).await);
        assert_eq!(problem.code, Code::Changed);
        assert!(
            problem.what.contains("newest commits of its base branch"),
            "{problem:?}"
        );
    }
}

#[tokio::test]
async fn tells_what_is_missing() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    let gone = not_done(github.act(&merge(4711, &stage.head("master"))).await);
    assert_eq!(gone.code, Code::Forbidden);
    assert!(gone.what.contains("#4711"), "{}", gone.what);

    let foreign = not_done(github.act(&create(BRANCH, &Sha("f".repeat(40)))).await);
    assert_eq!(foreign.code, Code::Changed);
    assert!(foreign.what.contains("fffffff"), "{}", foreign.what);

    let odd = not_done(
        github
            .act(&create("not..valid", &stage.head("master")))
            .await,
    );
    assert_eq!(odd.code, Code::Input);

    let mut team = stage.team.clone();
    team.repository = "gitMLS/nowhere".to_owned();
    let nowhere = stage
        .github()
        .repository(&team)
        .await
        .expect_err("is not there");
    assert_eq!(nowhere.code, Code::Forbidden);
    team.repository = "not a name".to_owned();
    assert_eq!(
        stage
            .github()
            .repository(&team)
            .await
            .expect_err("is none")
            .code,
        Code::Input
    );
}

#[tokio::test]
async fn names_the_permission_that_is_missing() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    stage
        .order("/permissions", json!({"denied": ["git/create-ref"]}))
        .await;
    let problem = not_done(github.act(&create(BRANCH, &stage.head("master"))).await);
    assert_eq!(problem.code, Code::Forbidden);
    assert!(
        problem.remedy.contains("contents=write"),
        "{}",
        problem.remedy
    );
}

#[tokio::test]
async fn tells_a_sign_in_that_ended() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    stage
        .order("/credentials/expire", json!({"service": "github"}))
        .await;
    let look = github
        .source(&stage.team, &release())
        .await
        .expect_err("is refused");
    assert_eq!(look.code, Code::SignedOut);
    let write = not_done(github.act(&create(BRANCH, &stage.head("master"))).await);
    assert_eq!(write.code, Code::SignedOut);
}

/// A look and a write that meet the same answer.
async fn both(answer: Value) -> (Stage, Problem, Problem) {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    stage.fault("git/get-ref", answer.clone()).await;
    stage.fault("git/create-ref", answer).await;
    let look = github
        .repository(&stage.team)
        .await
        .expect_err("is refused");
    let write = not_done(github.act(&create(BRANCH, &stage.head("master"))).await);
    assert!(github.pause_left().is_some() == (look.code == Code::Throttled));
    (stage, look, write)
}

#[tokio::test]
async fn slows_down_when_asked_to() {
    for answer in [
        json!({"code": 429, "headers": {"retry-after": "42"}, "body": "slow down"}),
        json!({"code": 403, "headers": {"retry-after": "42"},
            "body": {"message": "You have exceeded a secondary rate limit."}}),
    ] {
        let mut answer = answer;
        answer["kind"] = json!("status");
        let (_, look, write) = both(answer).await;
        assert_eq!((look.code, write.code), (Code::Throttled, Code::Throttled));
        assert_eq!(
            look.remedy,
            "Wait 42 seconds. Slipway looks again by itself then."
        );
    }
}

#[tokio::test]
async fn explains_single_sign_on() {
    let answer = json!({"kind": "status", "code": 403,
        "headers": {"x-github-sso": "required; url=https://github.com/orgs/gitMLS/sso?x=1"},
        "body": {"message": "Resource protected by organization SAML enforcement."}});
    let (_, look, write) = both(answer).await;
    assert_eq!((look.code, write.code), (Code::Forbidden, Code::Forbidden));
    assert!(write.what.contains("single sign-on"), "{}", write.what);
    assert!(
        write.raw.contains("https://github.com/orgs/gitMLS/sso"),
        "{}",
        write.raw
    );
}

#[tokio::test]
async fn says_that_it_could_not_look() {
    for fault in [
        json!({"kind": "status", "code": 502, "body": "<html>Bad Gateway</html>"}),
        json!({"kind": "reset"}),
        json!({"kind": "status", "code": 200, "body": "<html>Log in to the network</html>"}),
    ] {
        let stage = Stage::set().await;
        stage.fault("git/get-ref", fault.clone()).await;
        let problem = stage
            .github()
            .repository(&stage.team)
            .await
            .expect_err("is not seen");
        assert_eq!(problem.code, Code::Unreachable, "{fault}");
    }
}
