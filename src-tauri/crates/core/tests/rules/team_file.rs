//! The team file: what is read, what is refused and how that is said, and the text that is offered to copy.

pub(crate) mod any;

use crate::table::check;
use any::any_team;
use jiff::civil::{Weekday, time};
use proptest::prelude::*;
use slipway_core::rules::Window;
use slipway_core::team::{DatabaseEngine, Duty, LARGEST, MergeVia, Person, Team};

const DEFAULT: &str = r#"repository = "gitMLS/etl"
base = "master"

[maintenance]
branch = "maintenance-{date}"
when = "Tuesday 19:00"
until = "00:30"
zone = "America/Los_Angeles"

[hotfix]
branch = "hotfix-{date}-{fix_name}"

[slack]
channel = "production-deployment"

[database]
host = "db.findbuyers.com"

[pipeline]
region = "us-east-2"
name = "docker-production"

[approval]
forbid_own = false

[merge]
via = "pull-request"
"#;

const WHOLE: &str = r#"repository = "acme/shop"
base = "main"

[maintenance]
branch = "release/{date}"
when = "Thursday 06:05"
until = "08:00"
zone = "Europe/Berlin"

[hotfix]
branch = "hotfix/{date}/{fix_name}"

[slack]
channel = "deploys"

[database]
host = "db.example.com"
engine = "mysql"
ask = "The DBAs, on #dba"

[pipeline]
region = "eu-central-1"
name = "shop"

[approval]
forbid_own = true

[merge]
via = "direct"

[aws]
start_url = "https://acme.awsapps.com/start"
sso_region = "eu-west-1"

[[people]]
name = "Dana Whitfield"
github = "dana"
aws = "arn:aws:sts::*:assumed-role/*/dana@example.com"
slack = "U012AB3CD"
does = ["release-engineer", "approver"]

[[people]]
name = "Bob"
"#;

fn whole() -> Team {
    Team {
        repository: "acme/shop".to_owned(),
        base: "main".to_owned(),
        maintenance_branch: "release/{date}".to_owned(),
        hotfix_branch: "hotfix/{date}/{fix_name}".to_owned(),
        window: Window {
            zone: "Europe/Berlin".to_owned(),
            weekday: Weekday::Thursday,
            opens: time(6, 5, 0, 0),
            until: time(8, 0, 0, 0),
        },
        channel: "deploys".to_owned(),
        database_host: "db.example.com".to_owned(),
        database_engine: Some(DatabaseEngine::Mysql),
        database_ask: Some("The DBAs, on #dba".to_owned()),
        region: "eu-central-1".to_owned(),
        pipeline: "shop".to_owned(),
        forbid_own: true,
        merge_via: MergeVia::Direct,
        aws_start_url: Some("https://acme.awsapps.com/start".to_owned()),
        aws_sso_region: Some("eu-west-1".to_owned()),
        people: vec![
            Person {
                name: "Dana Whitfield".to_owned(),
                github: Some("dana".to_owned()),
                aws: Some("arn:aws:sts::*:assumed-role/*/dana@example.com".to_owned()),
                slack: Some("U012AB3CD".to_owned()),
                does: vec![Duty::ReleaseEngineer, Duty::Approver],
            },
            Person {
                name: "Bob".to_owned(),
                github: None,
                aws: None,
                slack: None,
                does: Vec::new(),
            },
        ],
    }
}

/// "read", or the sentence.
fn says(text: &str) -> String {
    Team::read(text).map_or_else(|error| error.to_string(), |_| "read".to_owned())
}

#[test]
fn a_whole_file_gives_every_setting() {
    assert_eq!(Team::read(WHOLE), Ok(whole()));
}

#[test]
fn what_a_file_leaves_out_stays_as_the_default_has_it() {
    let nothing = Team::default();
    let channel = Team {
        channel: "deploys".to_owned(),
        ..Team::default()
    };
    let mut until = Team::default();
    until.window.until = time(23, 0, 0, 0);
    until.window.zone = "Europe/Berlin".to_owned();
    check(
        [
            ("", nothing.clone()),
            ("# only a comment\r\n", nothing.clone()),
            ("\u{feff}[maintenance]\n[aws]\n", nothing),
            ("slack.channel = 'deploys'", channel.clone()),
            ("slack = { channel = 'deploys' }", channel),
            (
                "[maintenance]\nuntil = '23:00'\nzone = 'europe/berlin'",
                until,
            ),
        ]
        .map(|(text, team)| (format!("{text:?}"), Team::read(text), Ok(team))),
    );
}

#[test]
fn the_text_to_copy_spells_every_key_out() {
    assert_eq!(Team::default().to_toml(), DEFAULT);
    assert_eq!(whole().to_toml(), WHOLE);
}

#[test]
#[rustfmt::skip]
fn a_text_of_the_wrong_form_names_the_line_and_the_key() {
    let rows = [
        ("brnch = 1", "Line 1 of the team file: there is no key “brnch”; it must be one of “repository”, “base”, “maintenance”, “hotfix”, “slack”, “database”, “pipeline”, “approval”, “merge”, “aws”, “people”."),
        ("base = 'a'\n\n[hotfix]\nbrnch = 1", "Line 4 of the team file: there is no key “hotfix.brnch”; it must be “branch”."),
        ("[[people]]\nname = 'a'\n[[people]]\nname = 'b'\nmail = 'c'", "Line 5 of the team file: there is no key “people.mail”; it must be one of “name”, “github”, “aws”, “slack”, “does”."),
        ("\u{feff}base = 5", "Line 1 of the team file: “base” must be text in quotes."),
        ("base.x = 1", "Line 1 of the team file: “base” must be text in quotes."),
        ("[maintenance]\r\n\r\nuntil = 00:30:00\r\n", "Line 3 of the team file: “maintenance.until” must be text in quotes."),
        ("maintenance.until = 5", "Line 1 of the team file: “maintenance.until” must be text in quotes."),
        ("maintenance = 5", "Line 1 of the team file: “maintenance” must be a table."),
        ("[approval]\nforbid_own = 'yes'", "Line 2 of the team file: “approval.forbid_own” must be true or false."),
        ("[merge]\nvia = 'rebase'", "Line 2 of the team file: “merge.via” must be “pull-request” or “direct”."),
        ("[database]\nengine = 'oracle'", "Line 2 of the team file: “database.engine” must be “postgres” or “mysql”."),
        ("people = 5", "Line 1 of the team file: “people” must be a list."),
        ("[people]\nname = 'a'", "Line 1 of the team file: “people” must be a list."),
        ("people = [{ name = 'a' },\n  3]", "Line 2 of the team file: “people” must be a list of tables."),
        ("\n[[people]]\ngithub = 'a'", "Line 2 of the team file: an entry of “people” lacks the key “name”."),
        ("[[people]]\nname = 'a'\ndoes = 'approver'", "Line 3 of the team file: “people.does” must be a list."),
        ("[[people]]\nname = 'a'\ndoes = ['boss']", "Line 3 of the team file: “people.does” must be one of “approver”, “release-engineer”, “hotfix-author”, “etl”."),
        ("base = \"a", "Line 1 of the team file: “base” cannot be read as TOML."),
        ("base = 'a'\nbase = 'b'", "Line 2 of the team file: “base” stands there twice."),
        ("[slack]\n[slack]", "Line 2 of the team file: “slack” stands there twice."),
        ("[slack]\nchannel", "Line 2 of the team file: “channel” cannot be read as TOML."),
        ("[slack", "Line 1 of the team file: this cannot be read as TOML."),
    ];
    check(rows.map(|(text, should)| (format!("{text:?}"), says(text), should.to_owned())));
    let error = Team::read("[slack").expect_err("no TOML");
    assert_eq!(error.raw, "unclosed table, expected `]`", "the parser's own words");
}

/// Values of a key, what may stand there and what not, and what is said of the latter.
#[rustfmt::skip]
const VALUES: &[(&str, &[&str], &[&str], &str)] = &[
    ("repository", &["a/b", "gitMLS/etl", "dana_acme/.github", "a/b.c_d-e"],
        &["", "etl", "a/b/c", "/b", "a/", "-a/b", "a b/c", "a/..", "a/b.git", "https://github.com/a/b", "a/b\u{202e}"],
        "be an owner and a name, such as gitMLS/etl"),
    ("base", &["main", "release/next", "größe", "v1.2", "a#b"],
        &["", " main", "a b", "a..b", "/a", "a/", "a//b", "-a", "a.", ".a", "a.lock", "a.lock/b", "a@{1", "@", "HEAD", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\\\b", "a\\u007fb", "a\u{200b}b", "0123456789012345678901234567890123456789"],
        "be a branch name that git takes, such as master"),
    ("base", &["maintenance", "hotfix"],
        &["maintenance-2026-11-24", "hotfix-2026-11-24-a"],
        "keep base apart from the revision branches"),
    ("maintenance.branch", &["{date}", "m/{date}", "maintenance--{date}", "M_{date}.x"],
        &["", "maintenance", "{date}{date}", "m-{Date}", "{date}-{fix_name}", "{{date}}", "m {date}", "ü{date}", "#{date}", "/{date}", "-{date}", "{date}.lock", "{date}/", "m..{date}", "{date}-{week}"],
        "be a branch name that holds {date} once, such as maintenance-{date}"),
    ("hotfix.branch", &["{date}{fix_name}", "{fix_name}/{date}", "{date}-hotfix-{fix_name}"],
        &["", "hotfix-{date}", "hotfix-{fix_name}", "h-{date}-{fix_name}-{fix_name}", "h-{date}-{fix name}", "h {date}-{fix_name}", "{date}/{fix_name}/"],
        "be a branch name that holds {date} and {fix_name} once each, such as hotfix-{date}-{fix_name}"),
    ("hotfix.branch", &["maintenance--{date}-{fix_name}"],
        &["{fix_name}-{date}", "main{fix_name}-{date}"],
        "not give names that the other kind of branch has"),
    ("maintenance.when", &["Tuesday 19:00", "sunday 00:00", "FRIDAY 23:59"],
        &["", "Tuesday", "19:00", "Tue 19:00", "Dienstag 19:00", "Tuesday 7 pm", "Tuesday 24:00", "Tuesday 19:60", "Tuesday 9:00", "Tuesday  19:00", "Tuesday 19:00 PST", "Tuesday 19:00:00", " Tuesday 19:00"],
        "be a weekday and a time, such as Tuesday 19:00"),
    ("maintenance.until", &["00:00", "00:30", "19:00", "23:59"],
        &["", "24:00", "0:30", "00:30:00", "12:30 am", "+0:30", "00:3", " 00:30", "０0:30"],
        "be a time, such as 00:30"),
    ("maintenance.zone", &["UTC", "America/Los_Angeles", "asia/kolkata"],
        &["", "PST", "PDT", "Pacific", "-08:00", "Etc/Unknown", "America/Los Angeles", "../UTC", "America"],
        "be the name of an IANA time zone, such as America/Los_Angeles"),
    ("slack.channel", &["a", "production-deployment", "deploys_2", "größe", "修复"],
        &["", "#deploys", "Deploys", "a b", "a.b", "<!channel>", "a\u{200b}", "012345678901234567890123456789012345678901234567890123456789012345678901234567890"],
        "be a Slack channel's name in lower case and without #, such as production-deployment"),
    ("database.host", &["localhost", "db.findbuyers.com", "10.0.0.7", "a-b.c"],
        &["", "a b", "a..b", ".a", "a.", "-a", "a-", "db.example.com:3306", "mysql://db", "user@db", "db/x", "dß.com"],
        "be a host's name, such as db.findbuyers.com"),
    ("database.ask", &["Dana", "The DBAs, on #dba", "修复"],
        &["", " ", " Dana", "a\\nb", "a\\u0007b", "a\u{202e}b"],
        "be one line of at most 200 characters"),
    ("pipeline.region", &["us-east-2", "us-gov-west-1", "eusc-de-east-1"],
        &["", "us-east", "us-2", "US-EAST-2", "us-east-", "us--2", "us-east-222", "us east 2", "us-east-2.evil.example", "us-east-2/"],
        "be an AWS region, such as us-east-2"),
    ("pipeline.name", &["a", "docker-production", "A.b@c_1"],
        &["", "a b", "a/b", "a:b", "ü"],
        "be 1 to 100 letters, digits, dots, dashes, underscores or @"),
    ("aws.start_url", &["https://d-123.awsapps.com/start", "https://a.example:8443", "https://a.example/start#/?x=%20"],
        &["", "http://a.example", "HTTPS://a.example", "https://", "https:///start", "https://user@a.example", "https://a.example\\\\@evil.example", "https://a.example/\\\\b", "https://a.example:0", "https://a.example:x", "https://a.example/ b", "https://a.example/<b>", "https://ä.example", "https://a.example/\u{202e}", "javascript:alert(1)", "a.example/start"],
        "be an address that begins with https://, such as https://example.awsapps.com/start"),
    ("aws.sso_region", &["eu-west-1"], &["", "Ireland"], "be an AWS region, such as us-east-2"),
];

#[test]
fn a_value_that_cannot_be_right_is_refused() {
    let mut rows = Vec::new();
    for (key, right, wrong, must) in VALUES {
        let sentence = format!("Line 2 of the team file: “{key}” must {must}.");
        let text = |value: &str| format!("\n{key} = \"{value}\"\n");
        rows.extend(right.iter().map(|value| (text(value), "read".to_owned())));
        rows.extend(wrong.iter().map(|value| (text(value), sentence.clone())));
    }
    check(
        rows.into_iter()
            .map(|(text, should)| (text.clone(), says(&text), should)),
    );
}

#[test]
fn lengths_have_an_end() {
    let rows = [
        ("pipeline.name = '", "a", 100),
        ("slack.channel = '", "a", 80),
        ("base = '", "a", 200),
        ("database.ask = '", "ü", 200),
        ("repository = 'a/", "b", 100),
        (
            "aws.start_url = 'https://a.example/",
            "b",
            2048 - "https://a.example/".len(),
        ),
    ];
    check(rows.into_iter().flat_map(|(start, letter, most)| {
        [(most, true), (most + 1, false)].map(|(length, is_read)| {
            let text = format!("{start}{}'", letter.repeat(length));
            (
                format!("{start}… {length}"),
                Team::read(&text).is_ok(),
                is_read,
            )
        })
    }));
}

#[test]
#[rustfmt::skip]
fn each_person_is_one_person() {
    let rows = [
        ("name = 'Bob'\ngithub = 'bob'\naws = 'arn:aws:iam::1:user/bob'\nslack = 'W012'", "read"),
        ("name = ''", "Line 7 of the team file: “people.name” must be one line of at most 80 characters."),
        ("name = 'Dana'", "Line 7 of the team file: “people.name” must stand in one entry only."),
        ("name = 'Bob'\ngithub = 'Dana'", "Line 8 of the team file: “people.github” must stand in one entry only."),
        ("name = 'Bob'\ngithub = '@bob'", "Line 8 of the team file: “people.github” must be a GitHub login, such as octocat."),
        ("name = 'Bob'\naws = 'arn:aws:iam::1:user/dana'", "Line 8 of the team file: “people.aws” must stand in one entry only."),
        ("name = 'Bob'\naws = '*'", "Line 8 of the team file: “people.aws” must be a pattern of an ARN, such as arn:aws:sts::*:assumed-role/*/dana."),
        ("name = 'Bob'\nslack = 'U012AB3CD'", "Line 8 of the team file: “people.slack” must stand in one entry only."),
        ("name = 'Bob'\nslack = 'bob'", "Line 8 of the team file: “people.slack” must be a Slack member ID, such as U012AB3CD."),
    ];
    let dana = "[[people]]\nname = 'Dana'\ngithub = 'dana'\naws = 'arn:aws:iam::1:user/dana'\nslack = 'U012AB3CD'";
    check(rows.map(|(bob, should)| {
        (bob.to_owned(), says(&format!("{dana}\n[[people]]\n{bob}")), should.to_owned())
    }));
}

#[test]
fn a_file_that_is_too_large_or_too_deep_is_not_looked_into() {
    let comment = |bytes: usize| format!("#{}", " ".repeat(bytes - 1));
    // Small, and yet thousands of tables deep: a stack does not hold what drops them one within the other.
    let deep = format!("{}a={{", "a.".repeat(78)).repeat(78) + &"}".repeat(78);
    let people: String = (0..501)
        .map(|n| format!("[[people]]\nname = '{n}'\n"))
        .collect();
    let large = "The team file is larger than 100 kB, so it was not read.";
    let nests = "The team file nests deeper than any team needs, so it was not read.";
    let rows = [
        (comment(LARGEST), "read".to_owned()),
        (comment(LARGEST + 1), large.to_owned()),
        (deep, nests.to_owned()),
        (format!("{}a = 1", "a.".repeat(40_000)), nests.to_owned()),
        (
            format!("a = {}", "[".repeat(90_000)),
            "Line 1 of the team file: “a” cannot be read as TOML.".to_owned(),
        ),
        (
            people,
            "Line 1 of the team file: “people” must have at most 500 entries.".to_owned(),
        ),
    ];
    check(rows.map(|(text, should)| (text.chars().take(20).collect(), says(&text), should)));
}

/// Text that is nearly a team file.
fn nearly() -> impl Strategy<Value = String> {
    let start = prop_oneof![
        Just(WHOLE.to_owned()),
        any_team().prop_map(|team| team.to_toml())
    ];
    let edit = (
        any::<proptest::sample::Index>(),
        0usize..12,
        "\\PC{0,3}|[\\n\"'=\\[\\]{}.#\\\\]{0,3}",
    );
    (start, proptest::collection::vec(edit, 1..4)).prop_map(|(text, edits)| {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, cut, put) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + cut).min(chars.len());
            chars.splice(at..end, put.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn the_text_to_copy_gives_the_same_team(team in any_team()) {
        prop_assert_eq!(Team::read(&team.to_toml()), Ok(team));
    }

    #[test]
    fn any_text_is_read_or_refused_in_one_sentence(
        text in prop_oneof![
            nearly(),
            "[a-z.=\\[\\]{}\"'#\\n 0-9:,-]{0,200}",
            any::<String>(),
        ],
    ) {
        match Team::read(&text) {
            Ok(team) => prop_assert_eq!(Team::read(&team.to_toml()), Ok(team)),
            Err(error) => {
                let says = error.to_string();
                prop_assert!(!says.contains('\n') && says.ends_with('.'), "{says:?}");
                prop_assert!(slipway_core::text::is_plain(&says) && says.chars().count() < 600, "{says:?}");
                let line = error.line.unwrap();
                prop_assert!((1..=text.split('\n').count()).contains(&line), "{says:?}");
                prop_assert!(says.contains(&format!("Line {line} ")), "{says:?}");
                prop_assert!(error.key.is_none_or(|key| says.contains(&key)), "{says:?}");
            }
        }
    }
}
