//! What a team file may say, value by value.

use super::file::{Maintenance, TeamFile};
use super::shape;
use super::{Person, Team};
use crate::kind::Kind;
use crate::rules::{Window, naming};

/// The most people that a team file may list.
const MOST_PEOPLE: usize = 500;

/// A value that cannot be right.
pub(super) struct Wrong {
    /// The keys that it is about, entries of a list by number; the first that the file has is named.
    pub(super) paths: Vec<String>,
    /// What the value must do or be.
    pub(super) must: &'static str,
}

/// The team that a file describes.
pub(super) fn team(file: TeamFile) -> Result<Team, Wrong> {
    need(
        shape::is_repository(&file.repository),
        "repository",
        "be an owner and a name, such as gitMLS/etl",
    )?;
    need(
        shape::is_branch(&file.base),
        "base",
        "be a branch name that git takes, such as master",
    )?;
    need(
        shape::is_pattern(&file.maintenance.branch, &["{date}"]),
        "maintenance.branch",
        "be a branch name that holds {date} once, such as maintenance-{date}",
    )?;
    need(
        shape::is_pattern(&file.hotfix.branch, &["{date}", "{fix_name}"]),
        "hotfix.branch",
        "be a branch name that holds {date} and {fix_name} once each, such as hotfix-{date}-{fix_name}",
    )?;
    need(
        shape::is_channel(&file.slack.channel),
        "slack.channel",
        "be a Slack channel's name in lower case and without #, such as production-deployment",
    )?;
    need(
        shape::is_host(&file.database.host),
        "database.host",
        "be a host's name, such as db.findbuyers.com",
    )?;
    optional(
        file.database.ask.as_deref(),
        |ask| shape::is_line(ask, 200),
        "database.ask",
        "be one line of at most 200 characters",
    )?;
    need(
        shape::is_region(&file.pipeline.region),
        "pipeline.region",
        "be an AWS region, such as us-east-2",
    )?;
    need(
        shape::is_pipeline(&file.pipeline.name),
        "pipeline.name",
        "be 1 to 100 letters, digits, dots, dashes, underscores or @",
    )?;
    optional(
        file.aws.start_url.as_deref(),
        shape::is_https,
        "aws.start_url",
        "be an address that begins with https://, such as https://example.awsapps.com/start",
    )?;
    optional(
        file.aws.sso_region.as_deref(),
        shape::is_region,
        "aws.sso_region",
        "be an AWS region, such as us-east-2",
    )?;
    people(&file.people)?;
    let team = Team {
        window: window(&file.maintenance)?,
        repository: file.repository,
        base: file.base,
        maintenance_branch: file.maintenance.branch,
        hotfix_branch: file.hotfix.branch,
        channel: file.slack.channel,
        database_host: file.database.host,
        database_engine: file.database.engine,
        database_ask: file.database.ask,
        region: file.pipeline.region,
        pipeline: file.pipeline.name,
        forbid_own: file.approval.forbid_own,
        merge_via: file.merge.via,
        aws_start_url: file.aws.start_url,
        aws_sso_region: file.aws.sso_region,
        people: file.people,
    };
    apart(&team)?;
    Ok(team)
}

fn window(maintenance: &Maintenance) -> Result<Window, Wrong> {
    let (weekday, opens) = shape::weekday_and_time(&maintenance.when).ok_or_else(|| {
        wrong(
            "maintenance.when",
            "be a weekday and a time, such as Tuesday 19:00",
        )
    })?;
    let until = shape::time(&maintenance.until)
        .ok_or_else(|| wrong("maintenance.until", "be a time, such as 00:30"))?;
    let zone = shape::zone(&maintenance.zone).ok_or_else(|| {
        wrong(
            "maintenance.zone",
            "be the name of an IANA time zone, such as America/Los_Angeles",
        )
    })?;
    Ok(Window {
        zone,
        weekday,
        opens,
        until,
    })
}

/// No name belongs to two kinds of branch, else a release could be taken for another.
fn apart(team: &Team) -> Result<(), Wrong> {
    if naming::parse(team, &team.base).is_some() {
        return Err(Wrong {
            paths: ["base", "maintenance.branch", "hotfix.branch"]
                .map(str::to_owned)
                .to_vec(),
            must: "keep base apart from the revision branches",
        });
    }
    let date = jiff::civil::date(2026, 11, 24);
    let name = naming::branch_name(team, Kind::Maintenance, date, "");
    if naming::parse_as(team, Kind::Hotfix, &name).is_some() {
        return Err(Wrong {
            paths: ["hotfix.branch", "maintenance.branch"]
                .map(str::to_owned)
                .to_vec(),
            must: "not give names that the other kind of branch has",
        });
    }
    Ok(())
}

/// Every entry is of the right form, and nobody is two people.
fn people(people: &[Person]) -> Result<(), Wrong> {
    need(
        people.len() <= MOST_PEOPLE,
        "people",
        "have at most 500 entries",
    )?;
    for (number, person) in people.iter().enumerate() {
        let path = |key: &str| format!("people.{number}.{key}");
        let before = &people[..number];
        need(
            shape::is_line(&person.name, 80),
            &path("name"),
            "be one line of at most 80 characters",
        )?;
        need(
            before.iter().all(|other| other.name != person.name),
            &path("name"),
            "stand in one entry only",
        )?;
        optional(
            person.github.as_deref(),
            shape::is_login,
            &path("github"),
            "be a GitHub login, such as octocat",
        )?;
        optional(
            person.github.as_deref(),
            |login| {
                before
                    .iter()
                    .filter_map(|other| other.github.as_ref())
                    .all(|other| !other.eq_ignore_ascii_case(login))
            },
            &path("github"),
            "stand in one entry only",
        )?;
        optional(
            person.aws.as_deref(),
            shape::is_arn,
            &path("aws"),
            "be a pattern of an ARN, such as arn:aws:sts::*:assumed-role/*/dana",
        )?;
        optional(
            person.aws.as_deref(),
            |arn| before.iter().all(|other| other.aws.as_deref() != Some(arn)),
            &path("aws"),
            "stand in one entry only",
        )?;
        optional(
            person.slack.as_deref(),
            shape::is_member,
            &path("slack"),
            "be a Slack member ID, such as U012AB3CD",
        )?;
        optional(
            person.slack.as_deref(),
            |id| {
                before
                    .iter()
                    .all(|other| other.slack.as_deref() != Some(id))
            },
            &path("slack"),
            "stand in one entry only",
        )?;
    }
    Ok(())
}

fn optional(
    value: Option<&str>,
    is_right: impl FnOnce(&str) -> bool,
    path: &str,
    must: &'static str,
) -> Result<(), Wrong> {
    need(value.is_none_or(is_right), path, must)
}

fn need(is_right: bool, path: &str, must: &'static str) -> Result<(), Wrong> {
    if is_right {
        Ok(())
    } else {
        Err(wrong(path, must))
    }
}

fn wrong(path: &str, must: &'static str) -> Wrong {
    Wrong {
        paths: vec![path.to_owned()],
        must,
    }
}
