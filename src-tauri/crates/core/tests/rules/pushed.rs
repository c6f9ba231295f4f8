//! What came into the branch without a pull request is said wherever somebody decides or reads about the release.

use crate::world::World;
use slipway_core::words::{pull_request, report};

const PUSHED: &str = "deadbee Skip the checks, by kim";

/// One pull request was merged, and somebody pushed a commit beside it.
fn collected() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .pushed_too("deadbee", "Skip the checks")
        .at(25)
        .no_more()
        .noted()
}

fn waiting() -> World {
    collected()
        .no_database()
        .release_pull()
        .landed()
        .picked_up()
        .asks()
        .noted()
}

#[test]
fn it_is_listed_with_the_branch_and_in_the_release_pull_request() {
    let world = collected();
    assert_eq!(world.view().etl.direct, [PUSHED]);
    let body = pull_request::body(&world.course());
    assert!(
        body.contains("Pushed without a pull request:\n\n- deadbee Skip the checks, by kim\n"),
        "{body}"
    );
}

#[test]
fn what_a_pull_request_brought_in_is_not() {
    let merged = World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412);
    assert_eq!(merged.view().etl.direct, Vec::<String>::new());
    assert!(!pull_request::body(&merged.course()).contains("Pushed"));
}

#[test]
fn the_approver_and_the_report_are_told_after_it_landed() {
    let world = waiting();
    let card = world.view().approval.card.expect("it waits at the gate");
    let said = |label: &str| card.facts.iter().find(|fact| fact.label == label).cloned();
    let fact = said("Without a pull request").expect("the card names it");
    assert_eq!(fact.text, PUSHED);
    assert_eq!(
        card.headline,
        "1 pull request and 1 direct commit go to production"
    );
    assert!(card.object.contains("1 pull request and 1 direct commit"));
    let markdown = report::markdown(&world.course());
    assert!(
        markdown.contains("## Pushed without a pull request\n\n- deadbee Skip the checks, by kim"),
        "{markdown}"
    );
    assert!(report::slack(&world.course(), "").contains("1 pull request and 1 direct commit"));
}
