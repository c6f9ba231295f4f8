//! The team's settings in words.

use jiff::civil::Time;

use crate::kind::Kind;
use crate::rules::{Window, naming};
use crate::team::{DatabaseEngine, MergeVia, Person, Team};
use crate::text::line;
use crate::time::At;
use crate::words;

/// More people than a page can show one by one.
const LISTED: usize = 30;

/// Every setting as a label and a sentence, in the order of a deploy.
#[must_use]
pub fn rows(team: &Team, now: At) -> Vec<(String, String)> {
    let Team { base, region, .. } = team;
    let mut rows = vec![
        (
            "Repository",
            format!("{}, {base} goes to production", team.repository),
        ),
        ("Weekly deploy", weekly(team, now)),
        ("Branch names", branch_names(team, now)),
        ("Slack channel", format!("#{}", team.channel)),
        ("Database", database(team)),
        (
            "Merge",
            format!("Into {base}, {}", merge_way(&team.merge_via)),
        ),
        ("Pipeline", format!("{} in {region}", team.pipeline)),
        ("Approval", sentence(&own_release(&team.forbid_own))),
    ];
    if let Some(sign_in) = sign_in(team) {
        rows.push(("Sign-in to AWS", sign_in));
    }
    if team.people.is_empty() {
        let nobody = "Nobody is listed, so Slipway cannot tell who is the same person on GitHub, AWS and Slack";
        rows.push(("People", nobody.to_owned()));
    }
    let rows = rows
        .into_iter()
        .map(|(label, text)| (label.to_owned(), text));
    let mut rows: Vec<_> = rows.collect();
    for person in team.people.iter().take(LISTED) {
        rows.push((line(&person.name, 80), line(&who(person), 300)));
    }
    if let Some(others) = team.people.len().checked_sub(LISTED + 1) {
        let others = others + 1;
        rows.push((
            "More people".to_owned(),
            format!("{others} more, in the team file below"),
        ));
    }
    rows
}

fn weekly(team: &Team, now: At) -> String {
    let Window {
        weekday,
        opens,
        until,
        ..
    } = &team.window;
    let next = team.window.current_or_next(now).date;
    format!(
        "{weekday:?}, {} to {}, {}. Next: {}",
        clock(*opens),
        clock(*until),
        zone_time(&team.window.zone),
        words::date(next)
    )
}

fn branch_names(team: &Team, now: At) -> String {
    let date = team.window.current_or_next(now).date;
    let maintenance = naming::branch_name(team, Kind::Maintenance, date, "");
    let today = team.window.date_at(now);
    let hotfix = naming::branch_name(team, Kind::Hotfix, today, "fix-name");
    format!("Next: {maintenance} and {hotfix}")
}

fn database(team: &Team) -> String {
    let mut words = team.database_host.clone();
    if let Some(engine) = team.database_engine {
        words.push_str(", ");
        words.push_str(DatabaseEngine::name(engine));
    }
    if let Some(ask) = &team.database_ask {
        words.push_str(". Credentials: ");
        words.push_str(&line(ask, 200));
    }
    words
}

fn sign_in(team: &Team) -> Option<String> {
    match (&team.aws_start_url, &team.aws_sso_region) {
        (Some(address), Some(region)) => Some(format!("{} in {region}", line(address, 300))),
        (Some(address), None) => Some(line(address, 300)),
        (None, Some(region)) => Some(format!("In {region}")),
        (None, None) => None,
    }
}

fn who(person: &Person) -> String {
    let said = [
        person
            .github
            .as_ref()
            .map(|login| format!("GitHub {login}")),
        person.aws.as_ref().map(|arn| format!("AWS {arn}")),
        person.slack.as_ref().map(|id| format!("Slack {id}")),
    ];
    let duties = person.does.iter().map(|duty| duty.words().to_owned());
    let said: Vec<String> = said.into_iter().flatten().chain(duties).collect();
    if said.is_empty() {
        return "Named only".to_owned();
    }
    sentence(&said.join(", "))
}

/// "Tuesday 19:00 to 00:30, America/Los_Angeles", as a team file has them.
#[must_use]
pub fn window(window: &Window) -> String {
    let Window {
        zone,
        weekday,
        opens,
        until,
    } = window;
    let (opens, until) = (opens.strftime("%H:%M"), until.strftime("%H:%M"));
    format!("{weekday:?} {opens} to {until}, {zone}")
}

/// Whether who started a release may approve it.
#[must_use]
pub fn own_release(forbidden: &bool) -> String {
    if *forbidden {
        "who started a release may not approve it".to_owned()
    } else {
        "who started a release may approve it, with a warning".to_owned()
    }
}

/// How a revision branch gets into base.
#[must_use]
pub fn merge_way(via: &MergeVia) -> String {
    match via {
        MergeVia::PullRequest => "through a pull request".to_owned(),
        MergeVia::Direct => "directly, without a pull request".to_owned(),
    }
}

/// What people call a key of the team file.
#[must_use]
pub fn label(key: &str) -> &str {
    match key {
        "repository" => "Repository",
        "base" => "Branch that goes to production",
        "maintenance" => "Weekly deploy",
        "maintenance.branch" => "Name of the weekly branch",
        "hotfix.branch" => "Name of a hotfix branch",
        "slack.channel" => "Slack channel",
        "database.host" => "Database",
        "database.engine" => "Kind of database",
        "database.ask" => "Who gives database credentials",
        "pipeline.region" => "Region of the pipeline",
        "pipeline.name" => "Pipeline",
        "approval.forbid_own" => "Approval",
        "merge.via" => "Merge",
        "aws.start_url" => "Sign-in address for AWS",
        "aws.sso_region" => "Sign-in region for AWS",
        "people" => "Person",
        other => other,
    }
}

/// What people call a time zone's clock: "Pacific", summer and winter; "Berlin" where they have no name for it.
#[must_use]
pub fn zone(name: &str) -> String {
    match name {
        "America/Los_Angeles" => "Pacific".to_owned(),
        "America/Denver" => "Mountain".to_owned(),
        "America/Chicago" => "Central".to_owned(),
        "America/New_York" => "Eastern".to_owned(),
        _ => {
            let place = name.rsplit('/').next().unwrap_or(name);
            place.replace('_', " ")
        }
    }
}

/// "Pacific time".
#[must_use]
pub fn zone_time(name: &str) -> String {
    format!("{} time", zone(name))
}

fn clock(time: Time) -> String {
    time.strftime("%-I:%M %P").to_string()
}

/// The same with a capital at its beginning.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
