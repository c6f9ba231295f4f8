//! What a failure is said to be.

mod any;
mod card;
mod documented;
mod near_misses;
mod retry;

use crate::table::check;
use slipway_core::facts::{BuildStatus, LogLine};
use slipway_core::rules::failure::{Diagnosis, FailureKind, Place, Signs, rules};
use slipway_core::time::At;
use std::collections::BTreeSet;

/// A command failed and said this.
fn said(lines: &[&str]) -> Vec<LogLine> {
    let line = |text: &&str| LogLine {
        at: At(0),
        text: (*text).to_owned(),
    };
    lines.iter().map(line).collect()
}

/// A command of this phase failed; what is said of it holds the command, which may be anything.
fn command<'a>(phase: &'a str, log: &'a [LogLine]) -> Signs<'a> {
    Signs {
        code: "JobFailed",
        phase,
        phase_code: "COMMAND_EXECUTION_ERROR",
        phase_message: "Error while executing command: ./build.sh. Reason: exit status 1",
        build: Some(BuildStatus::Failed),
        log,
        ..Signs::default()
    }
}

/// The action failed with this message.
fn told(message: &str) -> Signs<'_> {
    let code = "JobFailed";
    Signs {
        code,
        message,
        ..Signs::default()
    }
    .told_in_words()
}

#[test]
fn every_rule_finds_its_own_example_and_names_an_official_page() {
    check(rules().map(|rule| {
        let log = said(&[rule.example]);
        let signs = match rule.place {
            Place::Told => told(rule.example),
            Place::Log => command("BUILD", &log),
            Place::PhaseCode => Signs {
                phase_code: rule.example,
                ..Signs::default()
            },
            Place::ErrorCode => Signs {
                code: rule.example,
                ..Signs::default()
            },
            Place::Build => Signs {
                build: BuildStatus::parse(rule.example),
                ..Signs::default()
            },
        };
        let found = Diagnosis::of(&signs);
        (
            format!("{:?}", rule.pattern),
            found.says.what,
            rule.says.what,
        )
    }));
    for rule in rules() {
        let official = ["https://docs.aws.amazon.com/", "https://docs.docker.com/"];
        assert!(
            official.iter().any(|page| rule.source.starts_with(page)),
            "{}",
            rule.source
        );
    }
}

#[test]
fn no_rule_is_written_twice() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        let place = format!("{:?}", rule.place);
        assert!(seen.insert((place, rule.pattern)), "{:?}", rule.pattern);
    }
}

#[test]
#[rustfmt::skip]
fn places_go_before_one_another() {
    let no_space = said(&["write /var/lib/docker/tmp/x: no space left on device"]);
    let buildspec = |message| Signs {
        phase: "DOWNLOAD_SOURCE",
        phase_code: "YAML_FILE_ERROR",
        phase_message: message,
        ..Signs::default()
    };
    let rows = [
        ("a person's no, whatever is said", Signs { answered: Some(true), message: "AccessDenied", ..Signs::default() }, FailureKind::Rejected),
        ("nobody's answer", Signs { answered: Some(false), ..Signs::default() }, FailureKind::Expired),
        ("a stop, whatever is said", Signs { stopped: true, message: "AccessDenied", ..Signs::default() }, FailureKind::Stopped),
        ("a stop of the build", Signs { build: Some(BuildStatus::Stopped), ..Signs::default() }, FailureKind::Stopped),
        ("a stop in words", told("Build terminated with state: STOPPED. Phase: BUILD, Code: , Message: "), FailureKind::Stopped),
        ("what a command said, before the code", command("BUILD", &no_space), FailureKind::Image),
        ("the log, only of a command", Signs { log: &no_space, ..told("something else") }, FailureKind::Unknown),
        ("a message, before its code", Signs { code: "ConfigurationError", ..told("AccessDenied: no") }, FailureKind::Permission),
        ("a code, where the message says nothing", Signs { code: "ConfigurationError", ..told("who knows") }, FailureKind::Configuration),
        ("the build's message, before the pipeline's", Signs { phase_message: "INSUFFICIENT_SUBNET", ..told("who knows") }, FailureKind::Network),
        ("a buildspec may hold anything", buildspec("mapping values: AccessDenied is not allowed"), FailureKind::Code),
        ("a fault, with nothing said", Signs { build: Some(BuildStatus::Fault), ..Signs::default() }, FailureKind::Network),
        ("a fault, with something said", Signs { build: Some(BuildStatus::Fault), ..told("toomanyrequests") }, FailureKind::Limit),
        ("a build that ran out of time", Signs { build: Some(BuildStatus::TimedOut), phase: "BUILD", ..Signs::default() }, FailureKind::Limit),
        ("nothing at all", Signs::default(), FailureKind::Unknown),
    ];
    check(rows.into_iter().map(|(row, signs, should)| {
        (row.to_owned(), Diagnosis::of(&signs).says.kind, should)
    }));
}

#[test]
fn outside_commands_it_is_unknown_but_not_called_the_code() {
    for phase in [
        "SUBMITTED",
        "QUEUED",
        "PROVISIONING",
        "DOWNLOAD_SOURCE",
        "UPLOAD_ARTIFACTS",
        "FINALIZING",
    ] {
        let message = format!(
            "Build terminated with state: FAILED. Phase: {phase}, Code: CLIENT_ERROR, Message: who knows"
        );
        let found = Diagnosis::of(&told(&message));
        assert_eq!(found.says.kind, FailureKind::Unknown);
        assert_eq!(found.says.what, "The build failed outside its own commands");
        assert_eq!(found.quote, "who knows");
    }
    let inside =
        "Build terminated with state: FAILED. Phase: BUILD, Code: CLIENT_ERROR, Message: who knows";
    assert_eq!(Diagnosis::of(&told(inside)).says.what, "The deploy failed");
}
