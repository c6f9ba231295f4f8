//! Which changes of the team file apply at once, and which a person has to see first.

use crate::table::check;
use crate::team_file::any::any_team;
use jiff::civil::time;
use proptest::prelude::*;
use slipway_core::rules::{TeamChange, TeamUpdate};
use slipway_core::team::{DatabaseEngine, Duty, MergeVia, Person, Team};

fn dana() -> Person {
    Person {
        name: "Dana".to_owned(),
        github: Some("dana".to_owned()),
        aws: None,
        slack: None,
        does: Vec::new(),
    }
}

fn used() -> Team {
    Team {
        people: vec![dana()],
        ..Team::default()
    }
}

fn changed(change: impl FnOnce(&mut Team)) -> TeamUpdate {
    let mut read = used();
    change(&mut read);
    TeamUpdate::new(&used(), &read)
}

/// "key: old -> new", one after the other.
fn asks(update: &TeamUpdate) -> String {
    let asks = update.asks.iter();
    asks.map(|TeamChange { key, old, new }| format!("{key}: {old} -> {new}"))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
#[rustfmt::skip]
fn where_a_deploy_goes_and_who_approves_it_waits_for_a_yes() {
    let rows = [
        ("repository: gitMLS/etl -> evil/etl", changed(|team| team.repository = "evil/etl".into())),
        ("base: master -> main", changed(|team| team.base = "main".into())),
        ("slack.channel: #production-deployment -> #general", changed(|team| team.channel = "general".into())),
        ("database.host: db.findbuyers.com -> db.evil.example", changed(|team| team.database_host = "db.evil.example".into())),
        ("pipeline.region: us-east-2 -> us-east-1", changed(|team| team.region = "us-east-1".into())),
        ("pipeline.name: docker-production -> docker-test", changed(|team| team.pipeline = "docker-test".into())),
        ("approval.forbid_own: who started a release may approve it, with a warning -> who started a release may not approve it", changed(|team| team.forbid_own = true)),
        ("merge.via: through a pull request -> directly, without a pull request", changed(|team| team.merge_via = MergeVia::Direct)),
        ("aws.start_url: none -> https://evil.example/start", changed(|team| team.aws_start_url = Some("https://evil.example/start".into()))),
        ("aws.sso_region: none -> eu-west-1", changed(|team| team.aws_sso_region = Some("eu-west-1".into()))),
        ("people: Dana: GitHub dana, AWS unknown -> Dana is not listed", changed(|team| team.people.clear())),
        ("people: Dana: GitHub dana, AWS unknown -> Dana: GitHub eve, AWS unknown", changed(|team| team.people[0].github = Some("eve".into()))),
        ("people: Eve is not listed -> Eve: GitHub unknown, AWS arn:aws:iam::1:user/eve", changed(|team| team.people.push(Person {
            name: "Eve".into(), github: None, aws: Some("arn:aws:iam::1:user/eve".into()), ..dana()
        }))),
        ("base: master -> main; pipeline.name: docker-production -> x", changed(|team| { team.base = "main".into(); team.pipeline = "x".into(); })),
    ];
    check(rows.map(|(row, update)| {
        (row.to_owned(), (asks(&update), update.team), (row.to_owned(), used()))
    }));
}

#[test]
#[rustfmt::skip]
fn the_others_apply_at_once() {
    type Change = fn(&mut Team);
    let rows: [(&str, Change); 8] = [
        ("nothing", |_| {}),
        ("the pattern of a maintenance branch", |team| team.maintenance_branch = "m-{date}".into()),
        ("the pattern of a hotfix branch", |team| team.hotfix_branch = "h-{date}-{fix_name}".into()),
        ("the window", |team| team.window.opens = time(20, 0, 0, 0)),
        ("the kind of database", |team| team.database_engine = Some(DatabaseEngine::Mysql)),
        ("whom to ask for credentials", |team| team.database_ask = Some("Bob".into())),
        ("a person's Slack id", |team| team.people[0].slack = Some("U012AB3CD".into())),
        ("what a person does", |team| team.people[0].does = vec![Duty::Etl]),
    ];
    check(rows.map(|(row, change)| {
        let mut read = used();
        change(&mut read);
        let update = TeamUpdate::new(&used(), &read);
        (row.to_owned(), update, TeamUpdate { team: read, asks: Vec::new() })
    }));
}

#[test]
fn a_change_that_waits_does_not_hold_up_another() {
    let update = changed(|team| {
        team.channel = "general".into();
        team.window.opens = time(20, 0, 0, 0);
    });
    assert_eq!(update.team.channel, "production-deployment");
    assert_eq!(update.team.window.opens, time(20, 0, 0, 0));
}

proptest! {
    #[test]
    fn nothing_that_waits_is_in_use(used in any_team(), read in any_team()) {
        let update = TeamUpdate::new(&used, &read);
        prop_assert!(TeamUpdate::new(&used, &update.team).asks.is_empty());
        prop_assert_eq!(
            &TeamUpdate::new(&update.team, &read).asks,
            &update.asks,
            "what waits is still asked about"
        );
        prop_assert_eq!(update.asks.is_empty(), update.team == read);
        prop_assert!(update.asks.iter().all(|ask| ask.old != ask.new));
    }
}
