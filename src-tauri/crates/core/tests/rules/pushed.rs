//! What came into the branch without a pull request is said wherever somebody decides or reads about the release.

use crate::table::check;
use crate::world::{CUT, World, at, sha};
use slipway_core::facts::{Commit, PullState};
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

/// What was written at that minute, made anew or as it was.
fn commit(short: &str, title: &str, written: i64, parents: &[&str]) -> Commit {
    Commit {
        sha: sha(short),
        title: title.to_owned(),
        author: "sam".into(),
        at: Some(at(20)),
        written_at: Some(at(written)),
        parents: parents.iter().map(|it| sha(it)).collect(),
    }
}

/// One pull request of four commits, one without a date, and a merge from elsewhere, merged as what is on the branch. Gives what counts as
/// pushed directly.
fn direct(on_branch: &[Commit]) -> String {
    let mut world = World::maintenance().branch().announced().pull(412);
    let source = world.source();
    let top = on_branch.last().expect("something is on it").sha.clone();
    let undated = Commit {
        written_at: None,
        ..commit("0000000", "Fetch it", 10, &[CUT])
    };
    source.pulls[0].commits = vec![
        undated,
        commit("0000001", "Read it", 11, &[CUT]),
        commit("0000002", "Parse it", 12, &["0000001"]),
        commit("0000009", "Merge branch master", 13, &["0000002", CUT]),
        commit("0000003", "Load it", 14, &["0000009"]),
    ];
    source.pulls[0].state = PullState::Merged {
        by: Some("dana".into()),
        at: at(20),
        sha: top.clone(),
    };
    source.branch.as_mut().expect("it is there").sha = top;
    let comparison = source.comparison.as_mut().expect("it is compared");
    comparison.commits = on_branch.to_vec();
    comparison.ahead_by = u32::try_from(on_branch.len()).expect("a few");
    world.view().etl.direct.join("; ")
}

#[test]
fn what_a_rebase_made_anew_is_the_pull_requests_and_nothing_else_is() {
    let pushed = || commit("aaaaaaa", "Skip the checks", 12, &[CUT]);
    let (first, second) = (
        || commit("bbbbbb1", "Read it", 11, &["aaaaaaa"]),
        || commit("bbbbbb2", "Parse it", 12, &["bbbbbb1"]),
    );
    let last = || commit("bbbbbb3", "Load it", 14, &["bbbbbb2"]);
    let said = "aaaaaaa Skip the checks, by sam";
    let below = |others: &str| format!("{said}; {others}");
    let rewritten = Commit {
        written_at: Some(at(19)),
        ..second()
    };
    let anothers = Commit {
        author: "kim".into(),
        ..second()
    };
    let undated = Commit {
        written_at: None,
        ..second()
    };
    let renamed = Commit {
        title: "Parse it all".into(),
        ..second()
    };
    let fetched = Commit {
        written_at: None,
        ..commit("bbbbbb0", "Fetch it", 10, &["aaaaaaa"])
    };
    let upon_it = Commit {
        parents: vec![fetched.sha.clone()],
        ..first()
    };
    let squash = commit("bbbbbb3", "Load the listings (#412)", 20, &["aaaaaaa"]);
    let rows = [
        (
            "a rebase",
            direct(&[pushed(), first(), second(), last()]),
            said.to_owned(),
        ),
        ("a squash", direct(&[pushed(), squash]), said.to_owned()),
        (
            "written at another time",
            direct(&[pushed(), first(), rewritten, last()]),
            below("bbbbbb1 Read it, by sam; bbbbbb2 Parse it, by sam"),
        ),
        (
            "by another author",
            direct(&[pushed(), first(), anothers, last()]),
            below("bbbbbb1 Read it, by sam; bbbbbb2 Parse it, by kim"),
        ),
        (
            "nobody knows when",
            direct(&[pushed(), first(), undated, last()]),
            below("bbbbbb1 Read it, by sam; bbbbbb2 Parse it, by sam"),
        ),
        (
            "the same words twice",
            direct(&[
                pushed(),
                first(),
                commit("ccccccc", "Read it", 11, &["bbbbbb1"]),
                commit("bbbbbb2", "Parse it", 12, &["ccccccc"]),
                last(),
            ]),
            below("bbbbbb1 Read it, by sam"),
        ),
        (
            "in other words",
            direct(&[pushed(), first(), renamed, last()]),
            below("bbbbbb1 Read it, by sam; bbbbbb2 Parse it all, by sam"),
        ),
        (
            "nobody knows when of either",
            direct(&[pushed(), fetched, upon_it, second(), last()]),
            below("bbbbbb0 Fetch it, by sam"),
        ),
    ];
    check(rows.map(|(row, is, should)| (row.to_owned(), is, should)));
}
