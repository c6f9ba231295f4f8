//! What the approver is told: what is new in production, whose release it is, and who else can answer.

use crate::table::check;
use crate::world::{LAST_WEEK, OURS, World, at, sha};
use slipway_core::account::{Account, Allowed, Checked, Finding, Identity, Power, Standing};
use slipway_core::action::{Action, Answer};
use slipway_core::facts::{ChangedFile, Outgoing};
use slipway_core::intent::Intent;
use slipway_core::problem::Code;
use slipway_core::rules::outgoing_to_compare;
use slipway_core::service::Service;
use slipway_core::team::{Duty, Person};
use slipway_core::view::Tone;

fn asks() -> World {
    World::maintenance()
        .branch()
        .announced()
        .pull(412)
        .merged(412)
        .at(25)
        .no_more()
        .no_database()
        .release_pull()
        .landed()
        .picked_up()
        .asks()
        .noted()
}

fn outgoing(ahead_by: u32, behind_by: u32, paths: &[&str]) -> World {
    let mut world = asks();
    let file = |path: &&str| ChangedFile {
        path: (*path).to_owned(),
        additions: 10,
        deletions: 1,
    };
    world.source().outgoing = Some(Outgoing {
        live: sha(LAST_WEEK),
        commit: sha(OURS),
        ahead_by,
        behind_by,
        files: paths.iter().map(file).collect(),
    });
    world
}

fn fact(world: &World, label: &str) -> String {
    let card = world.view().approval.card.unwrap();
    let facts = card.facts.into_iter().find(|it| it.label == label);
    facts.map_or_else(|| "nothing".to_owned(), |it| it.text)
}

#[test]
fn the_execution_of_the_release_is_compared_with_what_runs_now_once() {
    let pair = Some((sha(LAST_WEEK), sha(OURS)));
    let landed = || {
        World::maintenance()
            .branch()
            .pushed()
            .release_pull()
            .landed()
    };
    let rows = [
        ("nothing merged", World::maintenance().branch(), None),
        ("not picked up", landed(), None),
        ("picked up", landed().picked_up(), pair.clone()),
        ("it asks", asks(), pair),
        ("compared", outgoing(3, 0, &[]), None),
        ("out already", asks().approved().deployed(), None),
    ];
    check(rows.into_iter().map(|(row, world, should)| {
        let is = outgoing_to_compare(&world.release, &world.facts);
        (row.to_owned(), is, should)
    }));
}

#[test]
#[rustfmt::skip]
fn what_is_new_in_production_is_told_by_number_size_and_place() {
    let many: Vec<String> = (0..300).map(|it| format!("etl/{it}.py")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let rows = [
        ("New in production", outgoing(7, 0, &[]), "7 commits since the deploy of Tue 17 Nov, 8:06 pm"),
        ("New in production", outgoing(1, 0, &[]), "1 commit since the deploy of Tue 17 Nov, 8:06 pm"),
        ("New in production", outgoing(0, 2, &[]), "Nothing"),
        ("New in production", asks(), "Not compared with what runs now"),
        ("New in production", asks().approved().noted(), "nothing"),
        ("Size", outgoing(1, 0, &["a/b", "c"]), "2 files, +20 −2 lines"),
        ("Size", outgoing(1, 0, &many), "At least 300 files, +3000 −300 lines; GitHub lists no more files than these"),
        ("Where", outgoing(1, 0, &["README.md"]), "top level 1 file"),
        ("Where", outgoing(1, 0, &["etl/a.py", "db/b.sql", "etl/c/d.py"]), "etl 2 files and db 1 file"),
        ("Where", outgoing(1, 0, &["a/1", "b/1", "c/1", "d/1", "e/1", "f/1", "f/2"]), "f 2 files, a 1 file and 4 others"),
        ("Where", outgoing(1, 0, &[]), "nothing"),
    ];
    check(rows.into_iter().map(|(label, world, should)| {
        (label.to_owned(), fact(&world, label), should.to_owned())
    }));
}

#[test]
#[rustfmt::skip]
fn that_something_is_taken_back_is_said_first() {
    let rows: [(&str, World, &[&str]); 5] = [
        ("new", outgoing(3, 0, &[]), &[]),
        ("older", outgoing(0, 2, &[]), &["It is older than what production runs now: approving takes 2 commits of production back."]),
        ("another line", outgoing(3, 1, &[]), &["It was not built from what production runs now: approving takes 1 commit of production back."]),
        ("not compared", asks(), &[]),
        ("out, and a later one too", outgoing(0, 2, &[]).approved().deployed().noted(), &[]),
    ];
    check(rows.into_iter().map(|(row, world, should)| {
        (row.to_owned(), world.view().approval.warnings, should.iter().map(|it| (*it).to_owned()).collect())
    }));
}

#[test]
fn commits_and_execution_are_there_in_full_for_whoever_wants_them() {
    let card = outgoing(1, 0, &[]).view().approval.card.unwrap();
    let ids: Vec<(&str, usize)> = card
        .ids
        .iter()
        .map(|it| (it.label.as_str(), it.text.len()))
        .collect();
    assert_eq!(
        ids,
        [
            ("Commit", 40),
            ("Execution", crate::world::EXECUTION.len()),
            ("Live now", 40)
        ]
    );
    let labels: Vec<String> = card.links.into_iter().map(|it| it.label).collect();
    assert!(labels.contains(&"All changes".to_owned()), "{labels:?}");
}

fn person(name: &str, github: Option<&str>, aws: Option<&str>, does: &[Duty]) -> Person {
    Person {
        name: name.to_owned(),
        github: github.map(str::to_owned),
        aws: aws.map(str::to_owned),
        slack: None,
        does: does.to_vec(),
    }
}

const DANA: &str = "arn:aws:sts::*:assumed-role/Deployers/dana";

/// Dana made the branch, and AWS shows `Deployers/dana`.
fn team(forbid_own: bool, people: Vec<Person>) -> World {
    let mut world = asks();
    world.team.forbid_own = forbid_own;
    world.team.people = people;
    world
}

fn approve(world: &World) -> String {
    let intent = Intent::Approve {
        release: world.id(),
        gate: world.gate(),
        comment: String::new(),
    };
    match world.decide(&intent) {
        Ok(decision) => match decision.action {
            Some(Action::AnswerApproval { .. }) => "sent".to_owned(),
            other => format!("{other:?}"),
        },
        Err(problem) => problem.what,
    }
}

#[test]
fn who_started_a_release_is_warned_or_refused_and_who_is_not_listed_is_neither() {
    let dana = || {
        person(
            "Dana Whitfield",
            Some("Dana"),
            Some(DANA),
            &[Duty::Approver],
        )
    };
    let without_github = person("Dana Whitfield", None, Some(DANA), &[]);
    let by_kim = person("Kim", Some("kim"), Some(DANA), &[]);
    let warned = "You started this release yourself. Somebody else may see what you do not.";
    let refused =
        "You started this release, and your team’s settings say that somebody else approves it.";
    let untold = "Slipway cannot tell whether it was you: the team’s list of people does not say who this AWS identity is.";
    let rows = [
        (
            "listed, allowed",
            false,
            vec![dana()],
            warned,
            "",
            "nothing",
            "sent",
        ),
        (
            "listed, forbidden",
            true,
            vec![dana()],
            "",
            refused,
            "nothing",
            "You started this release.",
        ),
        (
            "somebody else, forbidden",
            true,
            vec![by_kim.clone()],
            "",
            "",
            "nothing",
            "sent",
        ),
        (
            "somebody else, allowed",
            false,
            vec![by_kim],
            "",
            "",
            "nothing",
            "sent",
        ),
        (
            "two fit, forbidden",
            true,
            vec![dana(), person("Kim", Some("kim"), Some("*Deployers*"), &[])],
            "",
            "",
            untold,
            "sent",
        ),
        (
            "nobody listed, forbidden",
            true,
            vec![],
            "",
            "",
            untold,
            "sent",
        ),
        (
            "nobody listed, allowed",
            false,
            vec![],
            "",
            "",
            "nothing",
            "sent",
        ),
        (
            "listed without a login, forbidden",
            true,
            vec![without_github],
            "",
            "",
            untold,
            "sent",
        ),
    ];
    check(
        rows.into_iter()
            .map(|(row, forbid, people, warning, why, fact_text, sent)| {
                let world = team(forbid, people);
                let screen = world.view().approval;
                assert!(screen.gate.is_some(), "{row}: a rejection stays possible");
                let is = (
                    screen.warnings.join(" "),
                    screen.refused,
                    fact(&world, "Started by"),
                    approve(&world),
                );
                let should = (
                    warning.to_owned(),
                    why.to_owned(),
                    fact_text.to_owned(),
                    sent.to_owned(),
                );
                (row.to_owned(), is, should)
            }),
    );
}

#[test]
fn who_may_not_approve_what_they_started_may_reject_it() {
    let dana = person("Dana Whitfield", Some("dana"), Some(DANA), &[]);
    let world = team(true, vec![dana]);
    let intent = Intent::Reject {
        release: world.id(),
        gate: world.gate(),
        reason: "The counts are wrong".into(),
    };
    assert!(world.decide(&intent).unwrap().action.is_some());
}

#[test]
fn who_cannot_approve_reads_who_can_and_has_a_text_to_ask_with() {
    let people = vec![
        person(
            "Dana Whitfield",
            Some("dana"),
            Some(DANA),
            &[Duty::Approver],
        ),
        person(
            "Marcus Oyelaran",
            Some("marcus"),
            Some("*/marcus"),
            &[Duty::Approver],
        ),
        person("Elena Vasquez", Some("elena"), None, &[Duty::Etl]),
    ];
    let who_can = team(true, people.clone()).view().approval.who_can.unwrap();
    assert_eq!(who_can.others, ["Marcus Oyelaran"]);
    insta::assert_snapshot!(who_can.nudge, @"Marcus Oyelaran: please approve the deploy of maintenance-2026-11-24 in docker-production. 1 pull request goes to production, commit 4be19d2. It waits until Tue 1 Dec, 7:41 pm Pacific.");
    let nobody = team(true, people[..1].to_vec())
        .view()
        .approval
        .who_can
        .unwrap();
    assert!(
        nobody.others.is_empty() && nobody.nudge.starts_with("Please approve"),
        "{nobody:?}"
    );
    let screen = team(false, people).view().approval;
    assert_eq!(screen.who_can, None, "who can needs nobody else");
}

#[test]
fn an_identity_that_aws_lets_only_watch_is_told_so_before_it_tries() {
    let finding = |allowed| Standing {
        identity: Identity::Aws {
            account: "123456789012".into(),
            arn: "arn:aws:sts::123456789012:assumed-role/Deployers/dana".into(),
        },
        ends: None,
        findings: vec![Finding {
            power: Power::AwsApprove,
            allowed,
        }],
        problem: None,
        page: None,
    };
    let why = |allowed, tried: Option<bool>| {
        let mut world = asks();
        let mut account = Account {
            checked: Some(Checked {
                at: at(40),
                result: Ok(finding(allowed)),
            }),
            ..Account::default()
        };
        account
            .tried
            .extend(tried.map(|it| (Power::AwsApprove, it)));
        world.accounts.services.insert(Service::Aws, account);
        let screen = world.view().approval;
        assert_eq!(
            screen.refused, "",
            "it may be given the permission meanwhile"
        );
        screen.who_can.map_or_else(String::new, |it| it.why)
    };
    let no = || Allowed::No {
        missing: String::new(),
        note: String::new(),
    };
    let unknown = || Allowed::Unknown {
        note: String::new(),
    };
    let lacks = "AWS does not let this identity approve: it lacks codepipeline:PutApprovalResult.";
    let rows = [
        ("it may", why(Allowed::Yes, None), ""),
        ("AWS does not say", why(unknown(), None), ""),
        ("it may not", why(no(), None), lacks),
        (
            "it was refused when it tried",
            why(unknown(), Some(false)),
            lacks,
        ),
        ("it worked when it tried", why(no(), Some(true)), ""),
    ];
    check(
        rows.into_iter()
            .map(|(row, is, should)| (row.to_owned(), is, should.to_owned())),
    );
}

#[test]
fn a_refusal_is_not_held_against_another_sign_in() {
    let refused = || {
        let answer = crate::world::action::answer(asks().gate(), Answer::Approved);
        asks().tried(answer, Code::Forbidden, "You may not.")
    };
    let signed_in = |allowed| {
        let mut world = refused();
        let standing = Standing {
            identity: Identity::Aws {
                account: "123456789012".into(),
                arn: "arn:aws:sts::123456789012:assumed-role/Deployers/dana".into(),
            },
            ends: None,
            findings: vec![Finding {
                power: Power::AwsApprove,
                allowed,
            }],
            problem: None,
            page: None,
        };
        let result = Ok(standing);
        let account = Account {
            checked: Some(Checked { at: at(50), result }),
            ..Account::default()
        };
        world.accounts.services.insert(Service::Aws, account);
        world
    };
    let note = String::new();
    let rows = [
        ("nobody was asked, as in practice", refused(), true),
        ("it may", signed_in(Allowed::Yes), false),
        (
            "AWS does not say",
            signed_in(Allowed::Unknown { note }),
            false,
        ),
    ];
    check(rows.into_iter().map(|(row, world, should)| {
        let said = world.view().approval.who_can.is_some();
        (row.to_owned(), said, should)
    }));
}

#[test]
fn an_answer_to_an_earlier_question_is_told_as_such() {
    let answer = |world: &World| world.view().approval.answer;
    let rejected = asks().rejected().noted();
    let said = answer(&rejected).unwrap();
    assert_eq!(
        (said.label.as_str(), said.tone),
        ("Rejected 7:52 pm by lee", Tone::Bad)
    );
    let again = answer(&rejected.asks_with("another", 60)).unwrap();
    assert_eq!(
        (again.label.as_str(), again.text.as_str(), again.tone),
        (
            "Before this question: rejected 7:52 pm by lee",
            "Not tonight",
            Tone::Quiet
        )
    );
}
