//! The world runs ahead of Slipway: what was done by hand is seen as done, and nothing is done before its time.

use crate::table::check;
use crate::world::{CUT, HEAD, LAST_WEEK, OURS, Then, World, sha};
use slipway_core::facts::{ExecutionStatus, Relation, Revision};
use slipway_core::view::StepId;

/// How far a release is, all eight steps in order.
fn rails(rows: Vec<(&str, World, &str)>) {
    check(
        rows.into_iter()
            .map(|(row, world, should)| (row.to_owned(), world.rail(), should.to_owned())),
    );
}

#[test]
#[rustfmt::skip]
fn what_people_did_by_hand_shows_up_as_done() {
    let by_hand = || World::maintenance().branch().pull(412).merged(412);
    rails(vec![
        ("nothing", World::maintenance(), "ready later later later later later later later"),
        ("branch made by hand", World::maintenance().branch(), "done ready later later later later later later"),
        ("posted by somebody else", World::maintenance().branch().message("x"), "done done waiting later later later later later"),
        ("merged on GitHub before anybody was told", by_hand(), "done ready later later later later later later"),
        ("landed by a merge commit", by_hand().release_pull().landed(), "done skipped skipped skipped done waiting later later"),
        ("landed without a pull request", by_hand().landed(), "done skipped skipped skipped done waiting later later"),
        ("landed by fast-forward", by_hand().landed_as(HEAD, None), "done skipped skipped skipped done waiting later later"),
        ("squashed", by_hand().release_pull().landed_as("5c0a5b", Some("kim")), "done skipped skipped skipped done waiting later later"),
        ("landed and the branch deleted", by_hand().release_pull().landed().noted().branch_deleted(), "done skipped skipped skipped done waiting later later"),
        ("landed and deleted before anybody looked", by_hand().release_pull().landed().branch_deleted(), "skipped skipped skipped skipped done waiting later later"),
        ("approved in the console", by_hand().release_pull().landed().picked_up().asks().approved(), "done skipped skipped skipped done done working later"),
        ("deployed while nobody looked", by_hand().release_pull().landed().picked_up().asks().approved().deployed(), "done skipped skipped skipped done done done ready"),
    ]);
}

#[test]
fn a_release_pull_request_that_was_closed_is_opened_again_by_a_person_only() {
    let closed = World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .no_more()
        .no_database()
        .release_pull_that(|it| it.state = slipway_core::facts::PullState::Closed);
    assert_eq!(
        closed.says(StepId::Merge),
        "ready | Ready, open the pull request"
    );
    assert!(closed.view().merge.can_open);
    assert!(!matches!(
        closed.follow_up(),
        Some(slipway_core::action::Action::OpenReleasePull { .. })
    ));
}

#[test]
#[rustfmt::skip]
fn a_release_without_work_ends_at_the_database() {
    let none = || World::maintenance().branch().announced().no_etl();
    rails(vec![
        ("none this time", none(), "done done skipped ready skipped skipped skipped skipped"),
        ("no database either", none().no_database(), "done done skipped done skipped skipped skipped skipped"),
        ("a database change", none().statement("UPDATE feeds SET on = 1").ran(1), "done done skipped done skipped skipped skipped skipped"),
        ("the branch deleted", none().no_database().noted().branch_deleted(), "done done skipped done skipped skipped skipped skipped"),
        ("work came after all", none().no_database().pushed(), "done done ready done ready later later later"),
    ]);
    assert!(none().no_database().course().finished());
    assert!(!none().course().finished());
}

#[test]
fn last_weeks_green_execution_proves_nothing_before_the_merge() {
    let steps: Vec<(&str, Then)> = vec![
        ("opened", |it| it),
        ("branch", World::branch),
        ("announced", World::announced),
        ("a pull request", |it| it.pull(412)),
        ("merged into the branch", |it| it.merged(412)),
        ("no more", World::no_more),
        ("no database", World::no_database),
        ("release pull request", World::release_pull),
        ("noted", World::noted),
    ];
    let mut world = World::maintenance();
    for (name, step) in steps {
        world = step(world);
        for later in [
            StepId::Merge,
            StepId::Approval,
            StepId::Build,
            StepId::Finish,
        ] {
            assert!(
                !world.course().settled(later),
                "{later:?} is settled after: {name}"
            );
        }
        assert_eq!(world.our_execution(), None, "{name}");
        assert!(!world.view().afloat, "{name}");
    }
}

#[test]
#[rustfmt::skip]
fn an_older_green_execution_proves_nothing_after_the_merge() {
    let landed = || {
        World::maintenance()
            .branch()
            .pushed()
            .release_pull()
            .landed()
    };
    let mut same_commit_earlier = landed();
    same_commit_earlier.pipeline().executions[0].revisions = vec![Revision {
        action: "Source".into(),
        sha: Some(sha(OURS)),
        summary: String::new(),
    }];
    let rows = [
        ("last week's", landed()),
        ("our commit, but a week before the merge", same_commit_earlier),
        ("of the commit we were cut from", landed().execution("x", Some(CUT), 50, ExecutionStatus::Succeeded)),
        ("of a line without ours", landed().related("bad0", Relation::WithoutOurs).execution("x", Some("bad0"), 50, ExecutionStatus::Succeeded)),
        ("of a commit nobody related yet", landed().execution("x", Some("bad1"), 50, ExecutionStatus::Succeeded)),
        ("of last week's commit, started again", landed().execution("x", Some(LAST_WEEK), 50, ExecutionStatus::Succeeded)),
    ];
    let waiting = rows.map(|(row, world)| (row, world, "waiting"));
    let nameless = landed().execution("x", None, 50, ExecutionStatus::Succeeded);
    let nameless = [("of something that is no commit", nameless, "blocked")];
    for (row, world, approval) in waiting.into_iter().chain(nameless) {
        let world = world.at(41).noted();
        assert_eq!(
            world.rail(),
            format!("done skipped skipped skipped done {approval} later later"),
            "{row}"
        );
        assert!(
            !world
                .release
                .milestones
                .iter()
                .any(|it| { matches!(it, slipway_core::record::Milestone::BuildEnded { .. }) })
        );
    }
}
