//! The words that leave the house, as they read.

use crate::world::{World, action};
use insta::assert_snapshot;
use slipway_core::words::{announcement, duration, list, pull_request, report};

fn collected() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .pull(415)
        .merged(412)
        .merged(415)
        .at(25)
        .no_more()
}

fn deployed() -> World {
    collected()
        .statement("UPDATE feeds\nSET active = 1\nWHERE id = 412")
        .statement("DELETE FROM cache")
        .at(33)
        .ran(1)
        .ran(2)
        .release_pull()
        .landed()
        .picked_up()
        .asks()
        .approved()
        .deployed()
        .noted()
}

/// Nobody declared anything; the work was pushed, and a retry was needed.
fn by_hand() -> World {
    let landed = World::maintenance()
        .branch()
        .pushed()
        .release_pull()
        .landed();
    landed
        .picked_up()
        .asks()
        .approved()
        .build_failed()
        .retried()
        .deployed()
        .noted()
}

fn first_message(world: &World) -> String {
    let written = announcement::suggestion(&world.team, &world.release);
    announcement::message(&written, &announcement::first_status(world.release.kind))
}

#[test]
fn the_announcement() {
    assert_snapshot!(first_message(&World::maintenance()), @"
    Maintenance deploy, Tuesday 24 November
    The branch maintenance-2026-11-24 is ready. ETL team: please open your pull requests against it.
    Database changes on db.findbuyers.com? Tell us here.

    _Step 3 of 8: waiting for pull requests_
    ");
    assert_snapshot!(first_message(&World::hotfix("login-timeout")), @"
    Hotfix, Tuesday 24 November
    The branch hotfix-2026-11-24-login-timeout is ready. The fix goes in with a pull request against it.
    Database changes on db.findbuyers.com? Tell us here.

    _Step 3 of 8: waiting for the fix_
    ");
}

#[test]
fn only_the_status_line_of_a_message_changes() {
    let sent = announcement::message("Ready.\n\n_Please_ hurry\n\n_now_", "Step 3 of 8");
    let updated = announcement::with_status(&sent, "Step 7 of 8: building");
    assert_snapshot!(updated, @"
    Ready.

    ˍPleaseˍ hurry

    ˍnowˍ

    _Step 7 of 8: building_
    ");
    let twice = announcement::with_status(&updated, "Step 3 of 8");
    assert_eq!(twice, sent);
}

#[test]
fn the_release_pull_request() {
    assert_eq!(
        pull_request::title(&World::maintenance().release),
        "Maintenance 2026-11-24"
    );
    assert_eq!(
        pull_request::title(&World::hotfix("login-timeout").release),
        "Hotfix 2026-11-24: login-timeout"
    );
    assert_snapshot!(pull_request::body(&collected().course()), @"
    Brings `maintenance-2026-11-24` into `master`.

    Pull requests in it:

    - #412 Load the listings of feed 412
    - #415 Load the listings of feed 415
    ");
    let pushed = World::hotfix("login-timeout").branch().pushed();
    assert_snapshot!(pull_request::body(&pushed.course()), @"
    Brings `hotfix-2026-11-24-login-timeout` into `master`.

    Pushed without a pull request:

    - c0ffee0 Read feed 0 once more, by sam
    ");
}

#[test]
fn a_long_list_of_pull_requests_is_counted() {
    let many = (1..=130).fold(World::maintenance().branch(), |world, number| {
        world.pull(number).merged(number)
    });
    let body = pull_request::body(&many.course());
    assert_eq!(
        body.lines().filter(|line| line.starts_with("- #")).count(),
        100
    );
    assert!(body.ends_with("- and 30 more\n"));
}

#[test]
fn the_result_in_slack() {
    assert_snapshot!(report::slack(&deployed().course(), " Thanks everybody "), @"
    *Deployed to production at 8:08 pm Pacific*
    maintenance-2026-11-24, 2 pull requests, commit 4be19d2
    • Create the revision branch: maintenance-2026-11-24, Dana
    • Tell the team: Posted in Slack, Dana
    • Merge the ETL pull request: 2 merged, Dana
    • Database changes: 2 changes, Kim
    • Merge into master: 4be19d2, Dana
    • Approve the deploy: Approved, lee
    • Watch the build: Deployed, AWS

    Thanks everybody
    ");
    assert_snapshot!(report::slack(&by_hand().course(), ""), @"
    *Deployed to production at 8:26 pm Pacific*
    maintenance-2026-11-24, pushed directly, commit 4be19d2
    • Create the revision branch: maintenance-2026-11-24, Dana
    • Tell the team: Passed over
    • Merge the ETL pull request: Passed over
    • Database changes: Passed over
    • Merge into master: 4be19d2, Dana
    • Approve the deploy: Approved, lee
    • Watch the build: Deployed, AWS
    ");
}

#[test]
fn the_report_of_a_release_that_went_well() {
    assert_snapshot!(report::markdown(&deployed().at(80).result_shared().course()), @"
    # Maintenance 2026-11-24

    Deployed Tue 24 Nov, 8:08 pm, in 1 h 8 min. Branch `maintenance-2026-11-24`. Times are Pacific.

    | Step | Who | Started | Took | Result |
    | --- | --- | --- | --- | --- |
    | Create the revision branch | Dana | 7:00 pm | 2 min | maintenance-2026-11-24 |
    | Tell the team | Dana | 7:02 pm | 2 min | Posted in Slack |
    | Merge the ETL pull request | Dana | 7:04 pm | 21 min | 2 merged |
    | Database changes | Kim | 7:25 pm | 8 min | 2 changes |
    | Merge into master | Dana | 7:33 pm | 5 min | 4be19d2 |
    | Approve the deploy | lee | 7:41 pm | 11 min | Approved |
    | Watch the build | AWS | 7:52 pm | 16 min | Deployed |
    | Wrap up | Dana | 8:08 pm | 12 min | Shared |

    ## Pull requests

    - #412 Load the listings of feed 412, sam
    - #415 Load the listings of feed 415, sam

    ## Approval

    - Approved by lee, Tue 24 Nov, 7:52 pm: Looks right

    ## Database changes

    1. Run by Kim, Tue 24 Nov, 7:30 pm: 12,482 rows

    ```sql
    UPDATE feeds
    SET active = 1
    WHERE id = 412
    ```

    2. Run by Kim, Tue 24 Nov, 7:30 pm: 12,482 rows

    ```sql
    DELETE FROM cache
    ```

    ## Links

    - Pull request #420: https://github.com/gitMLS/etl/pull/420
    - Commit 4be19d2: https://github.com/gitMLS/etl/commit/4be19d2000000000000000000000000000000000
    ");
}

#[test]
fn the_note_for_the_team_stands_in_the_report() {
    let posted = deployed().at(80).did(action::post_result());
    let report = report::markdown(&posted.course());
    let note = report.split("## Note for the team").nth(1);
    assert_snapshot!(note.unwrap().trim(), @r"Feeds are \*quiet\* until 9");
    assert!(!report::markdown(&deployed().course()).contains("Note for the team"));
}

/// The table of a report, without its head.
fn rows(world: &World) -> String {
    let report = report::markdown(&world.course());
    let rows = report.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_report_says_what_was_passed_over_skipped_or_turned_down() {
    assert_snapshot!(rows(&by_hand()), @"
    | Create the revision branch | Dana | 7:00 pm | 2 min | maintenance-2026-11-24 |
    | Tell the team |  |  |  | Passed over |
    | Merge the ETL pull request |  |  |  | Passed over |
    | Database changes |  |  |  | Passed over |
    | Merge into master | Dana | 7:02 pm | 36 min | 4be19d2 |
    | Approve the deploy | lee | 7:41 pm | 11 min | Approved |
    | Watch the build | AWS | 7:52 pm | 34 min | Deployed |
    | Wrap up |  |  |  | Not yet |
    ");
    assert_snapshot!(rows(&World::maintenance().branch().announced().at(9).no_etl().no_database().noted()), @"
    | Create the revision branch | Dana | 7:00 pm | 2 min | maintenance-2026-11-24 |
    | Tell the team | Dana | 7:02 pm | 2 min | Posted in Slack |
    | Merge the ETL pull request | Dana | 7:04 pm | 5 min | None this time: Nothing was ready |
    | Database changes | Dana | 7:09 pm |  | None needed |
    | Merge into master |  |  |  | Skipped, nothing to release |
    | Approve the deploy |  |  |  | Skipped, nothing to release |
    | Watch the build |  |  |  | Skipped, nothing to release |
    | Wrap up |  |  |  | Skipped, nothing to release |
    ");
    let settled = World::maintenance()
        .branch()
        .at(5)
        .told_another_way()
        .pushed()
        .at(9)
        .no_more();
    let without = settled
        .statement("DROP TABLE old")
        .at(33)
        .without_database();
    assert_snapshot!(rows(&without.release_pull().landed().picked_up().asks().rejected().noted()), @"
    | Create the revision branch | Dana | 7:00 pm | 2 min | maintenance-2026-11-24 |
    | Tell the team | Dana | 7:02 pm | 3 min | Told another way |
    | Merge the ETL pull request | Dana | 7:05 pm | 4 min | Pushed directly |
    | Database changes | Dana | 7:09 pm | 24 min | Merged without: Kim is on a plane |
    | Merge into master | Dana | 7:33 pm | 5 min | 4be19d2 |
    | Approve the deploy | lee | 7:41 pm | 11 min | Rejected 7:52 pm, lee |
    | Watch the build |  |  |  | After approval |
    | Wrap up |  |  |  | After the build |
    ");
}

#[test]
fn retries_are_runs_beyond_the_first_of_each_action() {
    assert_eq!(report::retries(&deployed().course()), 0);
    assert_eq!(report::retries(&by_hand().course()), 1);
}

#[test]
fn durations_and_lists_read_as_people_say_them() {
    let said: Vec<String> = [-5, 0, 45, 60, 250, 3600, 3840, 86_400, 601_200, 10_000_000]
        .into_iter()
        .map(duration)
        .collect();
    assert_eq!(
        said,
        [
            "0 s",
            "0 s",
            "45 s",
            "1 min",
            "4 min 10 s",
            "1 h 0 min",
            "1 h 4 min",
            "1 d 0 h",
            "6 d 23 h",
            "115 d 17 h"
        ]
    );
    assert_eq!(list::<&str>(&[]), "");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b"]), "a and b");
    assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(list(&["a", "b", "c", "d"]), "a, b and 2 others");
}
