//! What the screens say where a person could be misled.

use crate::world::{World, at};
use slipway_core::facts::{Category, ExecutionStatus, Mergeability, RunStatus};
use slipway_core::history::PastRelease;
use slipway_core::record::{Milestone, Record};
use slipway_core::view::{self, StepId};

fn announced() -> World {
    World::maintenance().branch().announced()
}

fn landed() -> World {
    announced()
        .pull(412)
        .merged(412)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
}

fn etl_hint(world: &World) -> String {
    world.view().etl.hint
}

#[test]
fn closing_the_list_over_open_pull_requests_says_which_are_left_out() {
    let open = announced().pull(412).merged(412).pull(415);
    assert_eq!(
        etl_hint(&open),
        "No more pull requests leaves #415 out and opens the pull request into master."
    );
    assert_eq!(
        etl_hint(&open.no_more()),
        "The list is closed. Merge it on GitHub, or take it next time."
    );
    assert_eq!(etl_hint(&announced().pull(412).merged(412).no_more()), "");
}

#[test]
fn a_step_that_cannot_go_on_leaves_the_hint_to_its_reason() {
    let dark = announced().pull(412).github_down();
    assert_eq!(etl_hint(&dark), "");
    let behind = announced()
        .pull(412)
        .merged(412)
        .no_more()
        .no_database()
        .release_pull_that(|pull| pull.mergeability = Mergeability::Behind);
    let merge = behind.view().merge;
    assert_eq!(merge.hint, "");
    let said = merge
        .checks
        .iter()
        .find(|check| check.label == "Behind master");
    assert_eq!(
        said.map(|check| check.text.as_str()),
        Some("master has newer commits. Update the branch on GitHub first.")
    );
}

#[test]
fn the_build_starts_only_while_nobody_has_approved() {
    let starts = "The build starts as soon as you approve.";
    let text = |world: World| world.view().approval.card.map(|card| card.text).unwrap();
    assert!(text(landed().picked_up().asks()).contains(starts));
    assert!(!text(landed().picked_up().asks().approved().noted()).contains(starts));
}

#[test]
fn a_source_that_failed_is_not_called_an_approval() {
    let failed = landed()
        .picked_up()
        .run("Source", Category::Source, RunStatus::Failed, 40, 41)
        .ended(ExecutionStatus::Failed);
    assert_eq!(failed.says(StepId::Approval), "failed | Source failed");
}

#[test]
fn a_failed_build_points_only_to_what_is_there() {
    let mut failed = landed().picked_up().asks().approved().build_failed();
    let run = failed.newest_run();
    run.error = Some(slipway_core::facts::ErrorDetails {
        code: "JobFailed".into(),
        message: "who knows".into(),
    });
    let failure = failed.view().build.failure.unwrap();
    assert!(failure.remedy.contains("below"), "{}", failure.remedy);
    let run = failed.newest_run();
    (run.error, run.summary) = (None, String::new());
    let failure = failed.view().build.failure.unwrap();
    assert_eq!(failure.raw, "");
    assert!(!failure.remedy.contains("below"), "{}", failure.remedy);
    assert!(failure.remedy.contains("Retry"), "{}", failure.remedy);
}

#[test]
fn a_hotfix_does_not_speak_of_the_etl_team() {
    let hotfix = World::hotfix("login-timeout").view();
    let title = |view: &view::ReleaseView| view.steps[StepId::Etl as usize].title.clone();
    assert_eq!(title(&hotfix), "Merge the fix");
    assert_eq!(title(&announced().view()), "Merge the ETL pull request");
}

#[test]
fn home_says_how_a_release_stands_once() {
    let world = announced();
    let home = view::view(&world.scene()).view.home;
    let [one] = home.in_progress.as_slice() else {
        panic!("{:?}", home.in_progress);
    };
    assert!(!one.text.contains(&one.word), "{}: {}", one.word, one.text);
}

#[test]
fn home_knows_that_this_week_is_started() {
    let world = announced();
    assert!(view::view(&world.scene()).view.home.next.started);
    let mut none = world.scene();
    none.releases.clear();
    assert!(!view::view(&none).view.home.next.started);
}

/// Another release, whose build ended so many seconds after its approval.
fn earlier(name: &str, seconds: i64) -> World {
    let mut world = landed().picked_up().asks().approved();
    world.release.id = name.into();
    let saw = |milestone| Record::Saw { milestone };
    world
        .record(saw(Milestone::ApprovalAnswered {
            execution: "before".into(),
            approved: true,
            by: None,
            comment: String::new(),
            at: at(0),
        }))
        .record(saw(Milestone::BuildEnded {
            succeeded: true,
            at: at(0).plus_seconds(seconds),
        }))
        .result_shared()
}

#[test]
fn actions_that_run_at_the_same_time_are_shown_as_such() {
    let mut world = landed().picked_up().asks().approved();
    let stage = world.stage("docker-build");
    let mut action = stage.actions[0].clone();
    action.name = "lint".into();
    stage.actions.push(action.clone());
    (action.name, action.run_order) = ("push".into(), 2);
    stage.actions.insert(0, action);
    let stages = world.view().build.stages;
    let rows = stages
        .iter()
        .map(|it| (it.name.as_str(), it.group, it.beside.as_str()));
    let expected = [
        ("Source", 1, ""),
        ("Approval", 2, ""),
        ("docker-build", 3, "At the same time as lint"),
        ("lint", 3, "At the same time as docker-build"),
        ("push", 4, ""),
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}

#[test]
fn what_a_build_usually_takes_is_the_median_of_those_that_were_followed() {
    let ours = landed().picked_up().asks().approved();
    assert_eq!(ours.view().build.usually_seconds, None);
    let others = [("a", 900), ("b", 60), ("c", 840)].map(|(name, took)| earlier(name, took));
    let rows = others.map(|other| PastRelease::of(&other.release).expect("it is over"));
    let mut ours = ours;
    ours.history.newest.extend(rows);
    let view = view::view(&ours.scene()).view;
    let build = &view.releases[0].build;
    assert_eq!(build.usually_seconds, Some(840));
    assert_eq!(build.seldom_over_seconds, Some(900));
    assert_eq!(build.compared, "Compared with 3 earlier deploys");
}
