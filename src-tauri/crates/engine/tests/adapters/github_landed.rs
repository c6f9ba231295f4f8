//! How a release is seen to have landed in base, however it did.

use reqwest::Method;
use serde_json::json;
use slipway_core::facts::{Landed, Source};
use slipway_core::ids::Sha;
use slipway_core::record::Milestone;
use slipway_core::release::{Mark, Release};
use slipway_core::time::At;
use slipway_sim::world::{Activity, ActivityKind};

use crate::stage::{BRANCH, Stage, release};

async fn look(stage: &Stage) -> Source {
    stage
        .github()
        .source(&stage.team, &release())
        .await
        .expect("is seen")
}

/// A call to the merges API or to the refs API, made by hand.
async fn by_hand(stage: &Stage, method: Method, path: &str, body: serde_json::Value) {
    let url = format!("{}/repos/gitMLS/etl{path}", stage.sim.endpoints().github);
    let request = reqwest::Client::new().request(method, url);
    let request = request
        .bearer_auth(slipway_sim::Sim::credentials().github_token)
        .json(&body);
    let answer = request.send().await.expect("answers");
    assert!(answer.status().is_success(), "{:?}", answer.text().await);
}

/// The release's branch with one commit, and its pull request.
async fn with_release_pull(stage: &Stage) -> u64 {
    stage.cut_branch().await;
    stage.push(BRANCH, "Work").await;
    by_hand(
        stage,
        Method::POST,
        "/pulls",
        json!({"title": "Release", "head": BRANCH, "base": "master"}),
    )
    .await;
    let pull = look(stage).await.release_pull.expect("is open");
    u64::from(pull.number.0)
}

#[tokio::test]
async fn by_its_pull_request_with_any_method() {
    for method in ["merge", "squash", "rebase"] {
        let stage = Stage::set().await;
        let number = with_release_pull(&stage).await;
        let merge = json!({"merge": {"by": "marcus-oyelaran", "method": method}});
        stage
            .control(Method::PATCH, &format!("/pulls/{number}"), merge)
            .await;

        let landed = look(&stage).await.landed.expect("landed");
        assert_eq!(
            (landed.sha, landed.by.as_deref()),
            (stage.head("master"), Some("marcus-oyelaran")),
            "{method}"
        );

        stage
            .control(Method::DELETE, &format!("/branches/{BRANCH}"), json!({}))
            .await;
        let source = look(&stage).await;
        assert_eq!(source.branch, None);
        assert_eq!(
            source.landed.expect("still landed").sha,
            stage.head("master")
        );
    }
}

#[tokio::test]
async fn by_the_merges_api_and_more_work_on_top() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    stage.push(BRANCH, "Work").await;
    stage.push("master", "Meanwhile").await;
    by_hand(
        &stage,
        Method::POST,
        "/merges",
        json!({"base": "master", "head": BRANCH}),
    )
    .await;
    let merge = stage.head("master");
    stage.push("master", "Afterwards").await;

    let landed = look(&stage).await.landed.expect("landed");
    assert_eq!(
        (landed.sha, landed.by.as_deref()),
        (merge, Some("dana-whitfield"))
    );
}

#[tokio::test]
async fn not_while_it_is_only_cut() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    assert_eq!(look(&stage).await.landed, None);
    stage.push("master", "Base goes on").await;
    assert_eq!(look(&stage).await.landed, None);
}

#[tokio::test]
async fn not_while_its_work_waits() {
    let stage = Stage::set().await;
    with_release_pull(&stage).await;
    assert_eq!(look(&stage).await.landed, None);
}

/// Somebody moves a branch to a commit that is there, whatever it pointed at before.
fn moved(stage: &Stage, branch: &str, to: &Sha, by: &str) {
    stage.sim.with_world(|world| {
        let now = world.now;
        let repository = &mut world.repository;
        repository.branches.insert(branch.to_owned(), to.0.clone());
        let last = repository.activities.last().expect("an activity");
        let moved = Activity {
            id: last.id + 1,
            kind: ActivityKind::Push,
            reference: format!("refs/heads/{branch}"),
            before: last.after.clone(),
            after: to.0.clone(),
            actor: by.to_owned(),
            at: now,
        };
        repository.activities.push(moved);
    });
}

#[tokio::test]
async fn not_because_a_branch_without_work_was_moved_along_base() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let newer = stage.push("master", "Newer base").await;
    stage.advance(60);
    // Somebody brings the branch up to date; a merge of what contains it moves it forward.
    moved(&stage, BRANCH, &newer, "tomas-herrera");
    let source = look(&stage).await;
    assert_ne!(
        source.branch.as_ref().and_then(|it| it.cut.clone()),
        source.branch.map(|it| it.sha)
    );
    assert_eq!(source.landed, None);
}

#[tokio::test]
async fn not_because_the_branch_was_reset_to_base_after_a_merge_by_mistake() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Not for this release").await;
    let path = format!("/pulls/{number}");
    stage
        .control(Method::PATCH, &path, json!({"merge": {}}))
        .await;
    let newer = stage.push("master", "Newer base").await;
    stage.advance(60);
    moved(&stage, BRANCH, &newer, "tomas-herrera");
    assert_eq!(look(&stage).await.landed, None);

    let denied = json!({"denied": ["repos/list-activities"]});
    stage.order("/permissions", denied).await;
    assert_eq!(look(&stage).await.landed, None);
}

#[tokio::test]
async fn by_a_fast_forward() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let work = stage.push(BRANCH, "Work").await;
    stage.advance(60);
    moved(&stage, "master", &work, "marcus-oyelaran");
    let landed = look(&stage).await.landed.expect("landed");
    assert_eq!(
        (landed.sha, landed.by.as_deref()),
        (work, Some("marcus-oyelaran"))
    );
}

#[tokio::test]
async fn by_a_fast_forward_to_a_merged_pull_request_where_activity_is_not_shown() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Work").await;
    let path = format!("/pulls/{number}");
    stage
        .control(Method::PATCH, &path, json!({"merge": {}}))
        .await;
    let work = stage.head(BRANCH);
    moved(&stage, "master", &work, "marcus-oyelaran");
    let denied = json!({"denied": ["repos/list-activities"]});
    stage.order("/permissions", denied).await;
    let landed = look(&stage).await.landed.expect("landed");
    assert_eq!(landed.sha, work);
}

#[tokio::test]
async fn as_the_journal_says_when_github_has_forgotten() {
    let stage = Stage::set().await;
    let mut release = release();
    let sha = stage.head("master");
    release.milestones.push(Milestone::Landed {
        sha: sha.clone(),
        by: None,
        at: At(7),
    });
    let source = stage
        .github()
        .source(&stage.team, &release)
        .await
        .expect("is seen");
    assert_eq!(
        source.landed,
        Some(Landed {
            sha,
            by: None,
            at: At(7)
        })
    );
}

#[tokio::test]
async fn not_because_an_earlier_branch_of_that_name_was_worked_on() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Work").await;
    let path = format!("/pulls/{number}");
    stage
        .control(Method::PATCH, &path, json!({"merge": {}}))
        .await;
    let path = format!("/branches/{BRANCH}");
    stage.control(Method::DELETE, &path, json!({})).await;
    stage.advance(60);
    stage.cut_branch().await;

    let source = look(&stage).await;
    assert_eq!(source.pulls, []);
    assert_eq!(source.landed, None);
}

/// A release that was merged and whose branch was deleted a minute ago.
async fn with_an_earlier_release(stage: &Stage) {
    stage.cut_branch().await;
    let work = stage.open_pull("Work").await;
    let path = format!("/pulls/{work}");
    stage
        .control(Method::PATCH, &path, json!({"merge": {}}))
        .await;
    let new = json!({"title": "Release", "head": BRANCH, "base": "master"});
    by_hand(stage, Method::POST, "/pulls", new).await;
    let number = look(stage).await.release_pull.expect("is open").number.0;
    stage
        .control(
            Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"merge": {}}),
        )
        .await;
    stage
        .control(Method::DELETE, &format!("/branches/{BRANCH}"), json!({}))
        .await;
    stage.advance(600);
}

#[tokio::test]
async fn not_because_an_earlier_branch_of_that_name_was_released() {
    let stage = Stage::set().await;
    with_an_earlier_release(&stage).await;
    assert!(look(&stage).await.landed.is_some());
    stage.cut_branch().await;

    let source = look(&stage).await;
    assert_eq!((source.release_pull, source.landed), (None, None));
    assert_eq!(source.pulls, []);
    assert_eq!(
        source.branch.expect("is there").cut,
        Some(stage.head("master"))
    );

    stage.push(BRANCH, "New work").await;
    let source = look(&stage).await;
    assert_eq!((source.release_pull, source.landed), (None, None));
}

/// A release that was taken up now, to make its branch.
fn begun_now(stage: &Stage) -> Release {
    let mut release = release();
    let now = stage.sim.with_world(|world| world.now);
    release.opened = Some(Mark {
        by: "Dana".into(),
        at: At(now.as_millisecond()),
    });
    release
}

#[tokio::test]
async fn not_by_an_earlier_release_of_that_name_while_the_branch_is_being_made() {
    let stage = Stage::set().await;
    with_an_earlier_release(&stage).await;
    let seen = async |release: &Release| {
        let source = stage.github().source(&stage.team, release).await;
        source.expect("is seen")
    };
    let mut begun = begun_now(&stage);
    let source = seen(&begun).await;
    assert_eq!((source.release_pull, source.landed), (None, None));
    assert_eq!(source.pulls, []);

    // GitHub lists who moved a branch a little later than it moves it.
    stage.cut_branch().await;
    let made = stage
        .sim
        .with_world(|world| world.repository.activities.pop())
        .expect("an activity");
    let source = seen(&begun).await;
    assert_eq!((source.release_pull, source.landed), (None, None));
    assert_eq!(source.branch.expect("is there").cut, None);
    stage
        .sim
        .with_world(|world| world.repository.activities.push(made));
    let branch = seen(&begun).await.branch.expect("is there");
    assert_eq!(branch.cut, Some(stage.head("master")));

    stage
        .order("/permissions", json!({"denied": ["repos/list-activities"]}))
        .await;
    assert_eq!(seen(&begun).await.landed, None);
    begun.adopted = true;
    begun.milestones.push(Milestone::Branch {
        cut: branch.cut,
        by: None,
        at: branch.created_at.expect("a time"),
    });
    assert_eq!(seen(&begun).await.landed, None);
}

#[tokio::test]
async fn still_when_this_computers_clock_is_an_hour_fast() {
    let stage = Stage::set().await;
    let mut release = begun_now(&stage);
    let mark = release.opened.as_mut().expect("opened");
    mark.at = mark.at.plus_seconds(3600);
    release.done.push((
        mark.clone(),
        crate::stage::create(BRANCH, &stage.head("master")),
    ));
    let number = with_release_pull(&stage).await;
    stage
        .control(
            Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"merge": {}}),
        )
        .await;
    let source = stage.github().source(&stage.team, &release).await;
    assert!(source.expect("is seen").landed.is_some());
}

#[tokio::test]
async fn still_when_its_branch_was_restored() {
    let stage = Stage::set().await;
    let cut = stage.head("master");
    with_an_earlier_release(&stage).await;
    let before = look(&stage).await;
    let head = before
        .release_pull
        .as_ref()
        .expect("merged")
        .head_sha
        .clone();
    stage
        .order("/branches", json!({"name": BRANCH, "sha": head}))
        .await;

    let source = look(&stage).await;
    assert_eq!(source.landed, before.landed);
    assert!(source.landed.is_some());
    assert_eq!(source.pulls.len(), 1);
    assert_eq!(source.branch.expect("is there").cut, Some(cut));
}

#[tokio::test]
async fn knows_the_work_on_a_branch_that_was_deleted_by_mistake() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    let number = stage.open_pull("Work").await;
    stage
        .control(
            Method::PATCH,
            &format!("/pulls/{number}"),
            json!({"merge": {}}),
        )
        .await;
    let head = stage.head(BRANCH);
    stage
        .control(Method::DELETE, &format!("/branches/{BRANCH}"), json!({}))
        .await;
    stage.advance(60);
    stage
        .order("/branches", json!({"name": BRANCH, "sha": head}))
        .await;
    assert_eq!(look(&stage).await.pulls.len(), 1);
}

#[tokio::test]
async fn still_when_a_later_pull_request_of_the_branch_was_closed() {
    let stage = Stage::set().await;
    let number = with_release_pull(&stage).await;
    let squash = json!({"merge": {"method": "squash"}});
    stage
        .control(Method::PATCH, &format!("/pulls/{number}"), squash)
        .await;
    let ours = stage.head("master");
    stage.push(BRANCH, "Afterwards").await;
    let again = json!({"title": "Once more", "head": BRANCH, "base": "master"});
    by_hand(&stage, Method::POST, "/pulls", again).await;
    let seen = async || {
        let source = look(&stage).await;
        let number = source.release_pull.expect("is seen").number.0;
        (u64::from(number), source.landed.map(|landed| landed.sha))
    };
    let ours = (number, Some(ours));
    assert_eq!(seen().await, ours, "while the later one is open");
    let path = format!("/pulls/{}", number + 1);
    stage
        .control(Method::PATCH, &path, json!({"close": true}))
        .await;
    assert_eq!(seen().await, ours, "when it is closed");
}

#[tokio::test]
async fn as_the_journal_says_when_the_branch_went_on() {
    let stage = Stage::set().await;
    stage.cut_branch().await;
    stage.push(BRANCH, "More").await;
    let mut release = release();
    let noted = Landed {
        sha: stage.head("master"),
        by: None,
        at: At(7),
    };
    release.milestones.push(Milestone::Landed {
        sha: noted.sha.clone(),
        by: None,
        at: noted.at,
    });
    let source = stage.github().source(&stage.team, &release).await;
    assert_eq!(source.expect("is seen").landed, Some(noted));
}
