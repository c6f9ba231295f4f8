//! The log of a build, over its screen.

use crate::ids::ReleaseId;
use crate::log::{BuildLog, Mark, Reading, Search};
use crate::problem::Problem;
use crate::rules::{Course, log_of};
use crate::time::At;
use crate::view::Scene;
use crate::words::{self, Clock};
use serde::Serialize;
use ts_rs::TS;

/// The log of a build while it is open: a window of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogScreen {
    /// The release whose build wrote it.
    pub release: ReleaseId,
    /// "Still reading, 34 MB so far."
    pub text: String,
    /// It is being read.
    pub reading: bool,
    /// "Lines 1 to 200 of 12,345".
    pub shown: String,
    /// The number of the first line here, counted from 0.
    pub first: u32,
    /// The lines here, one after the other.
    pub lines: Vec<LogLineView>,
    /// All lines read so far.
    pub total: u32,
    /// It stays at its end.
    pub follows: bool,
    /// The line that was asked for last, to be brought into sight once.
    pub place: Option<LogPlace>,
    /// What is looked for.
    pub search: Option<LogSearch>,
    /// What keeps it from being read, until a person asks to read on.
    pub problem: Option<Problem>,
    /// A person may ask to read on.
    pub reads_on: bool,
    /// A newer build has a log of its own.
    pub newer: bool,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogLineView {
    /// When it was written.
    pub at: At,
    /// Text.
    pub text: String,
    /// Where in it the text stands that is looked for.
    pub marks: Vec<Mark>,
}

/// A line that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogPlace {
    /// Which, counted from 0.
    pub line: u32,
    /// Counts the times that somebody asked.
    pub seq: u32,
}

/// What is looked for in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogSearch {
    /// As typed.
    pub text: String,
    /// "3 of 14 lines", "In no line", "In 14 lines so far".
    pub found: String,
    /// The line that is gone to, counted from 0.
    pub current: Option<u32>,
    /// There is one to go to.
    pub steps: bool,
}

impl LogScreen {
    /// Draws the log that is open.
    pub(crate) fn draw(scene: &Scene<'_>, log: &BuildLog) -> Self {
        let clock = Clock {
            window: &scene.team.window,
            now: scene.now,
        };
        let needle = log.search.as_ref().map(|search| &search.needle);
        let lines = log.lines.iter().map(|line| LogLineView {
            at: line.at,
            text: line.text.clone(),
            marks: needle.map_or_else(Vec::new, |needle| needle.marks(&line.text)),
        });
        Self {
            release: log.release.clone(),
            text: text(log, &clock),
            reading: matches!(log.reading, Reading::Begins | Reading::Reads),
            shown: shown(log),
            first: log.first,
            lines: lines.collect(),
            total: log.total,
            follows: log.follows,
            place: log.place.map(|place| LogPlace {
                line: place.line,
                seq: place.seq,
            }),
            search: log.search.as_ref().map(|search| found(log, search)),
            problem: match &log.reading {
                Reading::Stopped { problem } => Some(problem.clone()),
                Reading::Begins
                | Reading::Reads
                | Reading::Follows
                | Reading::Whole
                | Reading::NotThere
                | Reading::Missing
                | Reading::Deleted
                | Reading::Waits { .. }
                | Reading::Rests { .. }
                | Reading::Full { .. } => None,
            },
            reads_on: matches!(
                log.reading,
                Reading::NotThere | Reading::Missing | Reading::Deleted | Reading::Stopped { .. }
            ),
            newer: newer(scene, log),
        }
    }
}

fn text(log: &BuildLog, clock: &Clock<'_>) -> String {
    let size = words::bytes(log.bytes);
    let time = |at: At| format!("{} {}", clock.at(at), clock.zone());
    match &log.reading {
        Reading::Begins => "Asking AWS for the log.".into(),
        Reading::Reads => format!("Still reading, {size} so far."),
        Reading::Follows => format!("{size} so far. New lines appear by themselves."),
        Reading::Whole => format!("This is the whole log, {size}."),
        Reading::NotThere => {
            "AWS has no log of this build yet. Its lines appear by themselves when there are some."
                .into()
        }
        Reading::Missing => {
            "AWS has no log of this build. It wrote none, or it was deleted.".into()
        }
        Reading::Deleted => format!(
            "The log was deleted in AWS. The {size} read before that stay here until you close it."
        ),
        Reading::Waits { problem, until } => {
            format!("{} Slipway reads on at {}.", problem.what, time(*until))
        }
        Reading::Rests { until } => format!(
            "{size} so far. So that AWS is not asked too often, Slipway reads on at {}.",
            time(*until)
        ),
        Reading::Stopped { .. } => format!("{size} so far. Reading has stopped."),
        Reading::Full { most } => format!(
            "Slipway keeps no more than {} of a log. Open it in AWS to see the rest.",
            words::bytes(*most)
        ),
    }
}

fn shown(log: &BuildLog) -> String {
    let last = log.first.saturating_add(words::number(log.lines.len()));
    match last.saturating_sub(log.first) {
        0 => "No lines".into(),
        _ => format!(
            "Lines {} to {} of {}",
            words::thousands(log.first.saturating_add(1)),
            words::thousands(last),
            words::thousands(log.total)
        ),
    }
}

fn found(log: &BuildLog, search: &Search) -> LogSearch {
    let all = words::thousands(search.found);
    let lines = if search.found == 1 { "line" } else { "lines" };
    let done =
        search.searched >= log.total && !matches!(log.reading, Reading::Begins | Reading::Reads);
    let found = match (search.current, search.found) {
        (Some((_, number)), _) => format!("{} of {all} {lines}", words::thousands(number)),
        (None, 0) if done => "In no line".into(),
        (None, 0) => "In no line so far".into(),
        (None, _) => format!("In {all} {lines}"),
    };
    LogSearch {
        text: search.needle.text().to_owned(),
        found: if done || search.found == 0 {
            found
        } else {
            format!("{found} so far")
        },
        current: search.current.map(|(line, _)| line),
        steps: search.found > 0,
    }
}

fn newer(scene: &Scene<'_>, log: &BuildLog) -> bool {
    let mut releases = scene.releases.iter();
    let found = releases.find(|(release, _)| release.id == log.release);
    found.is_some_and(|(release, facts)| {
        let course = Course::new(scene.team, scene.now, release, facts);
        log_of(&course).is_some_and(|(build, _)| build.id != log.build)
    })
}
