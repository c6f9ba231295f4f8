//! The form of a branch that is not there yet: dates, collisions, suggestions.

use crate::table::check;
use crate::world::{CUT, HEAD, World, pacific, sha};
use slipway_core::draft::Draft;
use slipway_core::facts::{Account, BranchHead, Repository};
use slipway_core::kind::Kind;
use slipway_core::rules::Form;
use slipway_core::team::Team;
use slipway_core::time::At;
use slipway_core::view::{Tone, view};

fn repository(branches: &[(&str, &str)]) -> Repository {
    Repository {
        me: Account {
            login: "dana".into(),
            name: "Dana".into(),
        },
        full_name: "gitMLS/etl".into(),
        html_url: "https://github.com/gitMLS/etl".into(),
        merge_methods: Vec::new(),
        base: BranchHead {
            name: "master".into(),
            sha: sha(CUT),
        },
        branches: branches
            .iter()
            .map(|(name, head)| BranchHead {
                name: (*name).to_owned(),
                sha: sha(head),
            })
            .collect(),
        merged: Vec::new(),
        reviews_required: 0,
        merge_queue: false,
    }
}

fn monday() -> At {
    pacific("2026-11-23 17:48")
}

fn draft(kind: Kind, fix_name: &str, date: &str) -> Draft {
    Draft {
        kind,
        fix_name: fix_name.to_owned(),
        date: date.to_owned(),
    }
}

fn verdict(now: At, draft: &Draft, branches: &[(&str, &str)]) -> String {
    let team = Team::default();
    let verdict = Form::read(&team, now, draft).verdict(&team, Some(&repository(branches)), &[]);
    let field = if verdict.about_date { "date" } else { "name" };
    let tone = match verdict.tone {
        Tone::Good => "good",
        Tone::Wait => "wait",
        Tone::Bad => "bad",
        Tone::Quiet => "quiet",
    };
    format!("{tone} {field}: {}", verdict.text)
}

#[test]
#[rustfmt::skip]
fn a_typed_date_is_taken_as_it_is_and_doubted_in_words() {
    let maintenance = |date: &str| draft(Kind::Maintenance, "", date);
    let hotfix = |date: &str| draft(Kind::Hotfix, "login", date);
    let rows = [
        (maintenance(""), "quiet name: No branch has this name yet."),
        (maintenance("2026-11-24"), "quiet name: No branch has this name yet."),
        (maintenance(" 2026-11-24 "), "quiet name: No branch has this name yet."),
        (maintenance("2026-11-25"), "wait date: Wednesday 25 November is not the day of the window. You can still use it."),
        (maintenance("2026-11-17"), "wait date: Tuesday 17 November has passed. You can still use it."),
        (maintenance("2026-11-31"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("24.11.2026"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("11/24/2026"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("20261124"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("2026-11-24T19:00"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("+002026-11-24"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("-000001-01-01"), "bad date: Use a date such as 2026-11-24."),
        (maintenance("next week"), "bad date: Use a date such as 2026-11-24."),
        (hotfix(""), "good name: This name is free."),
        (hotfix("2026-11-23"), "good name: This name is free."),
        (hotfix("2026-11-24"), "good name: This name is free."),
        (hotfix("2026-11-22"), "wait date: Sunday 22 November has passed. You can still use it."),
        (hotfix("tomorrow"), "bad date: Use a date such as 2026-11-24."),
    ];
    check(rows.map(|(draft, should)| {
        (
            format!("{draft:?}"),
            verdict(monday(), &draft, &[]),
            should.to_owned(),
        )
    }));
}

#[test]
fn after_midnight_the_date_of_the_window_has_not_passed() {
    let past_midnight = pacific("2026-11-25 00:10");
    let draft = draft(Kind::Maintenance, "", "");
    assert_eq!(
        verdict(past_midnight, &draft, &[]),
        "quiet name: No branch has this name yet."
    );
    let form = Form::read(&Team::default(), past_midnight, &draft);
    assert_eq!(form.name.as_deref(), Some("maintenance-2026-11-24"));
}

#[test]
#[rustfmt::skip]
fn a_name_that_is_not_complete_says_what_is_missing() {
    let rows = [
        ("", "quiet name: "),
        ("  ", "bad name: Give the fix a name, such as login-timeout."),
        ("修复", "bad name: Use letters or digits, such as login-timeout."),
        (&"x".repeat(61), "bad name: Use at most 60 characters; this name has 61."),
    ];
    check(rows.map(|(typed, should)| {
        let draft = draft(Kind::Hotfix, typed, "");
        (
            typed.to_owned(),
            verdict(monday(), &draft, &[]),
            should.to_owned(),
        )
    }));
}

/// What it is about, the form, the branches that exist with their heads, and the verdict.
type Row<'a> = (&'a str, &'a Draft, Vec<(&'a str, &'a str)>, &'a str);

#[test]
#[rustfmt::skip]
fn a_taken_name_is_gone_on_with_or_gets_a_free_suggestion() {
    let maintenance = draft(Kind::Maintenance, "", "2026-11-24");
    let hotfix = draft(Kind::Hotfix, "Login timeout", "2026-11-23");
    let long = draft(Kind::Hotfix, &"x".repeat(60), "2026-11-23");
    let name = "hotfix-2026-11-23-login-timeout";
    let rows: Vec<Row<'_>> = vec![
        ("maintenance exists, nothing on it", &maintenance, vec![("maintenance-2026-11-24", CUT)], "wait name: This branch exists already, with nothing on it. Go on with it."),
        ("maintenance exists with work", &maintenance, vec![("maintenance-2026-11-24", HEAD)], "wait name: This branch exists already, at 7aa0c41. Go on with it."),
        ("the hotfix exists", &hotfix, vec![(name, HEAD)], "bad name: This name is taken on that day. Use another one, such as login-timeout-2."),
        (
            "the suggestion exists, too",
            &hotfix,
            vec![(name, HEAD), ("hotfix-2026-11-23-login-timeout-2", HEAD)],
            "bad name: This name is taken on that day. Use another one, such as login-timeout-3.",
        ),
        (
            "branches below the suggestion exist",
            &hotfix,
            vec![(name, HEAD), ("hotfix-2026-11-23-login-timeout-2/x", HEAD)],
            "bad name: This name is taken on that day. Use another one, such as login-timeout-3.",
        ),
        (
            "no room for a suggestion",
            &long,
            vec![(
                "hotfix-2026-11-23-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                HEAD,
            )],
            "bad name: This name is taken on that day. Use another one.",
        ),
        (
            "branches below the name exist",
            &hotfix,
            vec![("hotfix-2026-11-23-login-timeout/part", HEAD)],
            "bad name: Branches below this name exist, so GitHub cannot make it. Use another one.",
        ),
        ("a longer name is no collision", &hotfix, vec![("hotfix-2026-11-23-login-timeout-page", HEAD)], "good name: This name is free."),
        ("the same name on another day is no collision", &hotfix, vec![("hotfix-2026-11-22-login-timeout", HEAD)], "good name: This name is free."),
    ];
    check(rows.into_iter().map(|(row, draft, branches, should)| {
        (
            row.to_owned(),
            verdict(monday(), draft, &branches),
            should.to_owned(),
        )
    }));
}

#[test]
fn a_name_that_a_release_used_is_taken_when_its_branch_is_gone() {
    let team = Team::default();
    let (used, second) = ("hotfix-2026-11-23-login", "hotfix-2026-11-23-login-2");
    let said = |kind, merged: &[&str], had: &[&str]| {
        let mut repository = repository(&[]);
        let merged = merged.iter().map(|name| World::merged_release(name, HEAD));
        repository.merged = merged.collect();
        let form = Form::read(&team, monday(), &draft(kind, "login", ""));
        let verdict = form.verdict(&team, Some(&repository), had);
        (verdict.tone, verdict.text)
    };
    let taken = |free: &str| {
        let text = format!("This name is taken on that day. Use another one, such as {free}.");
        (Tone::Bad, text)
    };
    assert_eq!(said(Kind::Hotfix, &[used], &[]), taken("login-2"));
    assert_eq!(said(Kind::Hotfix, &[], &[used]), taken("login-2"));
    assert_eq!(said(Kind::Hotfix, &[used], &[second]), taken("login-3"));
    assert_eq!(said(Kind::Hotfix, &[second], &[second]).0, Tone::Good);
    let maintenance = "maintenance-2026-11-24";
    let used = "A release of this date had its branch already. Use another date.".to_owned();
    let used = (Tone::Bad, used);
    assert_eq!(said(Kind::Maintenance, &[maintenance], &[]), used);
    assert_eq!(said(Kind::Maintenance, &[], &[maintenance]), used);
}

#[test]
fn the_form_knows_the_names_that_releases_here_have_had() {
    let world = World::hotfix("login").branch().noted().branch_deleted();
    let draft = Draft {
        date: "2026-11-24".into(),
        ..draft(Kind::Hotfix, "login", "")
    };
    let mut scene = world.scene();
    scene.draft = Some((&draft, &world.facts));
    let form = view(&scene).view.draft.unwrap().branch;
    assert!(!form.can_create);
    assert_eq!(
        form.verdict.text,
        "This name is taken on that day. Use another one, such as login-2."
    );
}

#[test]
fn a_suggested_name_is_free_when_it_is_typed() {
    let mut branches = vec!["hotfix-2026-11-23-login".to_owned()];
    for _ in 0..20 {
        let taken: Vec<(&str, &str)> = branches.iter().map(|name| (name.as_str(), HEAD)).collect();
        let said = verdict(monday(), &draft(Kind::Hotfix, "login", ""), &taken);
        let suggestion = said.split("such as ").nth(1).unwrap().trim_end_matches('.');
        let typed = draft(Kind::Hotfix, suggestion, "");
        assert_eq!(
            verdict(monday(), &typed, &taken),
            "good name: This name is free."
        );
        branches.push(format!("hotfix-2026-11-23-{suggestion}"));
    }
}

#[test]
fn nothing_is_said_about_a_name_before_github_was_seen() {
    let team = Team::default();
    let form = Form::read(&team, monday(), &draft(Kind::Hotfix, "login", ""));
    assert_eq!(form.verdict(&team, None, &[]).text, "");
}

#[test]
fn the_preview_marks_the_part_that_changes() {
    let team = Team::default();
    let rows = [
        (draft(Kind::Maintenance, "", ""), "maintenance-[2026-11-24]"),
        (
            draft(Kind::Hotfix, "Login timeout", ""),
            "hotfix-[2026-11-23-login-timeout]",
        ),
        (draft(Kind::Hotfix, "", ""), "hotfix-[2026-11-23]"),
    ];
    check(rows.map(|(draft, should)| {
        let pieces = Form::read(&team, monday(), &draft).pieces(&team);
        let is = format!("{}[{}]{}", pieces.before, pieces.marked, pieces.after);
        (format!("{draft:?}"), is, should.to_owned())
    }));
}
