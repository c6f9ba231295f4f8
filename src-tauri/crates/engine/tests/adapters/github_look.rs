//! What is seen of the repository and of one release.

use serde_json::json;
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::{MergeMethod, Relation};
use slipway_core::ids::Sha;
use slipway_core::problem::Code;
use slipway_core::record::Milestone;
use slipway_core::time::At;

use crate::stage::{BRANCH, Stage, release, release_named};

#[tokio::test]
async fn sees_the_repository() {
    let stage = Stage::set().await;
    let rules = json!([
        {"type": "pull_request", "parameters": {"required_approving_review_count": 2}},
        {"type": "merge_queue", "parameters": {}},
    ]);
    stage
        .order("/rules", json!({"branch": "master", "rules": rules}))
        .await;
    stage
        .order(
            "/merge-methods",
            json!({"merge": true, "squash": false, "rebase": true}),
        )
        .await;
    stage
        .order("/branches", json!({"name": "hotfix-2026-11-24-login"}))
        .await;
    stage.order("/branches", json!({"name": "unrelated"})).await;

    let seen = stage
        .github()
        .repository(&stage.team)
        .await
        .expect("is seen");

    assert_eq!(seen.me.login, "dana-whitfield");
    assert_eq!(seen.me.name, "Dana Whitfield");
    assert_eq!(seen.full_name, "gitMLS/etl");
    assert_eq!(
        (seen.base.name.as_str(), &seen.base.sha),
        ("master", &stage.head("master"))
    );
    assert_eq!(
        seen.merge_methods,
        [MergeMethod::Merge, MergeMethod::Rebase]
    );
    assert_eq!((seen.reviews_required, seen.merge_queue), (2, true));
    let names: Vec<_> = seen.branches.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"hotfix-2026-11-24-login"), "{names:?}");
    assert!(
        names.iter().any(|it| it.starts_with("maintenance-")),
        "last week's is still there: {names:?}"
    );
    assert!(!names.contains(&"unrelated"));
}

#[tokio::test]
async fn sees_which_releases_were_merged_even_when_their_branches_are_gone() {
    let stage = Stage::set().await;
    let github = stage.github_that_looked().await;
    let merged = async || {
        let seen = github.repository(&stage.team).await.expect("is seen");
        seen.merged
    };
    let earlier = merged().await;
    for name in [BRANCH, "unrelated"] {
        stage.order("/branches", json!({"name": name})).await;
        stage.push(name, "Work").await;
        let open = Action::OpenReleasePull {
            head: name.to_owned(),
            base: "master".to_owned(),
            title: "Release".to_owned(),
            body: String::new(),
        };
        assert_eq!(github.act(&open).await, Outcome::Done);
        assert_eq!(
            merged().await.len(),
            earlier.len() + usize::from(name != BRANCH)
        );
        let number = stage.sim.with_world(|world| {
            let newest = world.repository.pulls.last().expect("is open");
            newest.number
        });
        stage
            .control(
                reqwest::Method::PATCH,
                &format!("/pulls/{number}"),
                json!({"merge": {}}),
            )
            .await;
    }
    let (head, commit) = (
        stage.head(BRANCH),
        stage.parents(&stage.head("master"))[0].clone(),
    );
    stage
        .control(
            reqwest::Method::DELETE,
            &format!("/branches/{BRANCH}"),
            json!({}),
        )
        .await;

    let seen = merged().await;
    let [new] = seen
        .iter()
        .filter(|it| !earlier.contains(it))
        .collect::<Vec<_>>()[..]
    else {
        panic!("{seen:?}")
    };
    assert_eq!(
        (new.branch.name.as_str(), &new.branch.sha, &new.commit),
        (BRANCH, &head, &commit)
    );

    assert_eq!(merged().await, seen);
    let lists = stage.asked("pulls/list");
    let last = lists.last().expect("asked");
    assert_eq!(last.status, Some(304), "an unchanged list costs nothing");

    let denied = json!({"denied": ["pulls/list"]});
    stage.order("/permissions", denied).await;
    assert_eq!(merged().await, []);
}

#[tokio::test]
async fn does_without_rules_it_may_not_see() {
    let stage = Stage::set().await;
    stage
        .order(
            "/permissions",
            json!({"denied": ["repos/get-branch-rules"]}),
        )
        .await;
    let seen = stage
        .github()
        .repository(&stage.team)
        .await
        .expect("is seen");
    assert_eq!((seen.reviews_required, seen.merge_queue), (0, false));
}

#[tokio::test]
async fn asks_who_it_is_only_now_and_then_and_the_rest_by_etag() {
    let stage = Stage::set().await;
    let github = stage.github();
    let first = github.repository(&stage.team).await.expect("is seen");
    let second = github.repository(&stage.team).await.expect("is seen");
    assert_eq!(first, second);
    assert_eq!(stage.asked("users/get-authenticated").len(), 1);
    assert_eq!(stage.asked("repos/get").len(), 1);
    let statuses: Vec<_> = stage
        .asked("git/get-ref")
        .iter()
        .map(|it| it.status)
        .collect();
    assert_eq!(statuses, [Some(200), Some(304)]);

    stage.push("master", "Meanwhile").await;
    let third = github.repository(&stage.team).await.expect("is seen");
    assert_eq!(third.base.sha, stage.head("master"));
}

#[tokio::test]
async fn finds_a_renamed_repository_and_writes_to_its_new_name() {
    let mut stage = Stage::set().await;
    stage.team.repository = "gitMLS/old-etl".to_owned();
    let location = format!("{}/repos/gitMLS/etl", stage.sim.endpoints().github);
    let moved = json!({"kind": "status", "code": 301, "body": {"message": "Moved Permanently"},
        "headers": {"location": location}});
    stage.fault("repos/get", moved).await;

    let github = stage.github();
    let seen = github.repository(&stage.team).await.expect("is seen");
    assert_eq!(seen.full_name, "gitMLS/etl");

    let outcome = github
        .act(&crate::stage::create(BRANCH, &seen.base.sha))
        .await;
    assert_eq!(outcome, slipway_core::action::Outcome::Done);
    assert_eq!(
        stage.asked("git/create-ref")[0].path,
        "/repos/gitMLS/etl/git/refs"
    );
}

#[tokio::test]
async fn follows_a_rename_to_no_other_host() {
    let stage = Stage::set().await;
    let moved = json!({"kind": "status", "code": 301, "headers": {"location": stage.sim.endpoints().slack}});
    stage.fault("repos/get", moved).await;
    let problem = stage
        .github()
        .repository(&stage.team)
        .await
        .expect_err("is not followed");
    assert_eq!(problem.code, Code::Unreachable);
    assert!(
        stage
            .sim
            .requests()
            .iter()
            .all(|it| it.service == slipway_sim::Service::Github)
    );
}

#[tokio::test]
async fn sees_a_branch_from_its_cut_to_its_commits() {
    let stage = Stage::set().await;
    let cut = stage.cut_branch().await;
    let work = stage
        .push(BRANCH, "Straight to the branch\n\nWith a body.")
        .await;
    stage.push("master", "Elsewhere").await;

    let source = stage
        .github()
        .source(&stage.team, &release())
        .await
        .expect("is seen");

    let branch = source.branch.expect("is there");
    assert_eq!((branch.sha, branch.cut), (work.clone(), Some(cut)));
    assert_eq!(branch.created_by.as_deref(), Some("tomas-herrera"));
    assert!(branch.created_at.is_some());
    let comparison = source.comparison.expect("is compared");
    assert_eq!(
        (comparison.ahead_by, comparison.behind_by, comparison.files),
        (1, 1, 1)
    );
    assert_eq!(comparison.commits[0].sha, work);
    assert_eq!(comparison.commits[0].title, "Straight to the branch");
    assert_eq!(comparison.commits[0].author, "tomas-herrera");
    assert_eq!((source.release_pull, source.landed), (None, None));
}

#[tokio::test]
async fn knows_a_branch_that_is_not_there() {
    let stage = Stage::set().await;
    let source = stage
        .github()
        .source(&stage.team, &release())
        .await
        .expect("is seen");
    assert_eq!(
        (source.branch, source.comparison, source.landed),
        (None, None, None)
    );
    assert!(source.pulls.is_empty());
}

#[tokio::test]
async fn takes_the_cut_from_the_journal_where_activity_is_not_shown() {
    let stage = Stage::set().await;
    let cut = stage.cut_branch().await;
    stage.push(BRANCH, "Work").await;
    stage
        .order("/permissions", json!({"denied": ["repos/list-activities"]}))
        .await;
    let mut release = release();
    release.milestones.push(Milestone::Branch {
        cut: Some(cut.clone()),
        by: Some("dana-whitfield".into()),
        at: At(5),
    });

    let github = stage.github();
    let branch = github
        .source(&stage.team, &release)
        .await
        .expect("is seen")
        .branch
        .expect("is there");
    assert_eq!(
        (branch.cut, branch.created_by.as_deref()),
        (Some(cut), Some("dana-whitfield"))
    );

    release.milestones.clear();
    let branch = github
        .source(&stage.team, &release)
        .await
        .expect("is seen")
        .branch
        .expect("is there");
    assert_eq!((branch.cut, branch.created_by), (None, None));
}

#[tokio::test]
async fn keeps_odd_characters_of_a_branch_in_their_place() {
    let stage = Stage::set().await;
    let name = "hotfix-2026-11-24-größe/a#b%41&c=d+é";
    let github = stage.github_that_looked().await;
    assert_eq!(
        github
            .act(&crate::stage::create(name, &stage.head("master")))
            .await,
        slipway_core::action::Outcome::Done
    );
    stage.push(name, "Work").await;

    let source = github
        .source(&stage.team, &release_named(name))
        .await
        .expect("is seen");
    assert_eq!(source.branch.expect("is found").sha, stage.head(name));
    assert_eq!(source.comparison.expect("is compared").ahead_by, 1);
    let seen = github.repository(&stage.team).await.expect("is seen");
    assert!(seen.branches.iter().any(|it| it.name == name));
}

#[tokio::test]
async fn relates_revisions_to_our_commit_and_asks_once() {
    let stage = Stage::set().await;
    let old = stage.head("master");
    let ours = stage.push("master", "Ours").await;
    let later = stage.push("master", "Later").await;
    let foreign = Sha("f".repeat(40));
    let github = stage.github_that_looked().await;
    let revisions = [
        ours.clone(),
        later.clone(),
        old.clone(),
        foreign,
        later.clone(),
    ];
    for _ in 0..2 {
        let lineage = github
            .lineage(&ours, &revisions)
            .await
            .expect("is compared");
        let relations: Vec<_> = lineage.iter().map(|it| &it.relation).collect();
        assert_eq!(relations[0], &Relation::Same);
        let Relation::Descendant(commits) = relations[1] else {
            panic!("{relations:?}")
        };
        assert_eq!((commits.len(), &commits[0].sha), (1, &later));
        assert_eq!(
            relations[2..],
            [&Relation::WithoutOurs, &Relation::WithoutOurs]
        );
    }
    assert_eq!(
        stage.asked("repos/compare-commits-with-basehead").len(),
        4,
        "only the unknown one is asked again"
    );
}
