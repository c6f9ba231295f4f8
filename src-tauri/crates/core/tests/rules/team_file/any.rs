//! Every team that a file can describe.

use jiff::civil::{Weekday, time};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use slipway_core::rules::Window;
use slipway_core::team::{DatabaseEngine, Duty, MergeVia, Person, Team};

pub(crate) fn any_team() -> impl Strategy<Value = Team> {
    (names(), window(), database(), rules(), people()).prop_map(
        |(names, window, database, rules, people)| {
            let (repository, base, (maintenance, hotfix), channel, region, pipeline) = names;
            let (database_host, database_engine, database_ask) = database;
            let (forbid_own, merge_via, aws_start_url, aws_sso_region) = rules;
            Team {
                repository,
                base,
                maintenance_branch: maintenance.to_owned(),
                hotfix_branch: hotfix.to_owned(),
                window,
                channel,
                database_host,
                database_engine,
                database_ask,
                region: region.to_owned(),
                pipeline,
                forbid_own,
                merge_via,
                aws_start_url,
                aws_sso_region: aws_sso_region.map(str::to_owned),
                people,
            }
        },
    )
}

fn names() -> impl Strategy<
    Value = (
        String,
        String,
        (&'static str, &'static str),
        String,
        &'static str,
        String,
    ),
> {
    let patterns = [
        ("maintenance-{date}", "hotfix-{date}-{fix_name}"),
        ("release/{date}", "hotfix/{fix_name}/{date}"),
        ("{date}-maintenance", "{date}_hotfix_{fix_name}"),
        ("m.{date}", "{fix_name}.fix.{date}"),
    ];
    (
        "[A-Za-z0-9][A-Za-z0-9-]{0,20}/[A-Za-z0-9_-]{1,30}",
        "[a-z]{1,10}(/[a-zäö#%]{1,10})?",
        select(patterns.to_vec()),
        "[a-z0-9_äß修-]{1,40}",
        regions(),
        "[A-Za-z0-9.@_-]{1,100}",
    )
}

fn regions() -> impl Strategy<Value = &'static str> {
    select(vec![
        "us-east-2",
        "us-gov-west-1",
        "eusc-de-east-1",
        "ap-southeast-12",
    ])
}

fn window() -> impl Strategy<Value = Window> {
    let zones = vec![
        "America/Los_Angeles",
        "Europe/Berlin",
        "Asia/Kolkata",
        "UTC",
    ];
    let clock = || (0i8..24, 0i8..60).prop_map(|(hour, minute)| time(hour, minute, 0, 0));
    (select(zones), 1i8..=7, clock(), clock()).prop_map(|(zone, day, opens, until)| Window {
        zone: zone.to_owned(),
        weekday: Weekday::from_monday_one_offset(day).unwrap(),
        opens,
        until,
    })
}

fn database() -> impl Strategy<Value = (String, Option<DatabaseEngine>, Option<String>)> {
    (
        "[a-z0-9]{1,10}(\\.[a-z0-9]{1,10}){0,3}",
        of(select(vec![
            DatabaseEngine::Postgres,
            DatabaseEngine::Mysql,
        ])),
        of(line()),
    )
}

fn rules() -> impl Strategy<Value = (bool, MergeVia, Option<String>, Option<&'static str>)> {
    (
        any::<bool>(),
        select(vec![MergeVia::PullRequest, MergeVia::Direct]),
        of("https://[a-z0-9]{1,9}\\.awsapps\\.com(:[1-9][0-9]{0,3})?/[a-z#?=&%'.]{0,20}"),
        of(regions()),
    )
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let duties = vec![
        Duty::Approver,
        Duty::ReleaseEngineer,
        Duty::HotfixAuthor,
        Duty::Etl,
    ];
    let person = (line(), any::<[bool; 3]>(), subsequence(duties, 0..=4));
    proptest::collection::vec(person, 0..4).prop_map(|people| {
        people
            .into_iter()
            .enumerate()
            .map(|(number, (name, has, does))| Person {
                name: format!("{name} {number}"),
                github: has[0].then(|| format!("dana-{number}")),
                aws: has[1].then(|| format!("arn:aws:sts::*:assumed-role/*/dana{number}")),
                slack: has[2].then(|| format!("U012AB{number}")),
                does,
            })
            .collect()
    })
}

/// A line with everything in it that TOML uses itself.
fn line() -> impl Strategy<Value = String> {
    "[a-zA-Zäöü修🐛'\"\\\\#=\\[\\]{},.]{1,40}"
}
