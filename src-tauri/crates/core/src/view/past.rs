//! The report of a release that is over, to read.

use crate::history::Opened;
use crate::ids::ReleaseId;
use crate::record::Milestone;
use crate::rules::Course;
use crate::text::{cut, line};
use crate::view::finish::{figure, retries};
use crate::view::{Check, LinkView, Links, ReportRow, Scene, StepState, history};
use crate::words::{self, Clock, links, report};
use serde::Serialize;
use ts_rs::TS;

/// The most entries of one list; the files hold more.
const LISTED: usize = 200;

/// The report of a release that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastScreen {
    /// Which.
    pub release: ReleaseId,
    /// "Maintenance of Tuesday 17 November 2026".
    pub title: String,
    /// "Tue 17 Nov, 8:06 pm Pacific, after 1 h 4 min. Started by Dana, approved by Marcus."
    pub text: String,
    /// "Deployed, 1 retry".
    pub word: String,
    /// Shape and colour.
    pub state: StepState,
    /// Figures: pull requests, database changes, retries.
    pub figures: Vec<Check>,
    /// The table.
    pub rows: Vec<ReportRow>,
    /// What else is known, each with its heading.
    pub sections: Vec<PastSection>,
    /// Pages of it.
    pub links: Vec<LinkView>,
    /// The report as Markdown, to copy.
    pub markdown: String,
    /// Where it was saved last.
    pub saved: Option<String>,
}

/// A list in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastSection {
    /// "Database changes".
    pub title: String,
    /// Its lines.
    pub lines: Vec<PastLine>,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastLine {
    /// "#412 Load the listings, sam".
    pub text: String,
    /// SQL that it is about.
    pub sql: Option<String>,
}

impl PastScreen {
    pub(crate) fn draw(scene: &Scene<'_>, opened: &Opened, to: &mut Links) -> Self {
        let facts = scene.shared.names();
        let course = Course::past(scene.team, &opened.release, &facts);
        let pages = links::addresses(&course);
        Self {
            release: opened.release.id.clone(),
            title: words::history::title(&opened.release),
            text: text(scene, opened),
            word: words::history::result(&opened.row),
            state: history::state(opened.row.result),
            figures: figures(&course),
            rows: report::rows(&course),
            sections: sections(&course),
            links: pages
                .iter()
                .enumerate()
                .map(|(n, (label, page))| to.add(format!("past:{n}"), label, page))
                .collect(),
            markdown: report::markdown(&course),
            saved: scene.saved(Some(&opened.release.id)),
        }
    }
}

fn text(scene: &Scene<'_>, opened: &Opened) -> String {
    let row = &opened.row;
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let approved = row.approved_by.name();
    let approved = approved.map(|by| format!(", approved by {by}"));
    format!(
        "{} {}, after {}. Started by {}{}.",
        clock.full(row.ended),
        clock.zone(),
        history::took(row),
        row.started_by,
        approved.unwrap_or_default()
    )
}

fn figures(course: &Course<'_>) -> Vec<Check> {
    vec![
        figure(report::merged(course), "pull request"),
        figure(course.release.statements.len(), "database change"),
        retries(course),
    ]
}

fn sections(course: &Course<'_>) -> Vec<PastSection> {
    let plain = |text: String| PastLine { text, sql: None };
    let (total, commits) = course.pushed();
    let pushed = match total {
        0 => Vec::new(),
        _ => {
            let named = commits.iter().map(|it| course.pushed_words(it));
            let more = usize::try_from(total).unwrap_or(usize::MAX) - commits.len().min(LISTED);
            let more = (more > 0).then(|| format!("and {more} more"));
            named.take(LISTED).chain(more).map(plain).collect()
        }
    };
    let sections = [
        ("Pull requests", limited(pulls(course).map(plain))),
        ("Pushed without a pull request", pushed),
        ("Database changes", limited(statements(course))),
        (
            "Approval",
            limited(report::answers(course).into_iter().map(plain)),
        ),
        (
            "Answers that were lost",
            limited(report::lost(course).into_iter().map(plain)),
        ),
        (
            report::CONTROLLED,
            limited(report::controlled(course).into_iter().map(plain)),
        ),
        ("Put aside", limited(aside(course).into_iter().map(plain))),
        (
            "Note for the team",
            limited(report::note(course).into_iter().map(plain)),
        ),
    ];
    let sections = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
    let section = |(title, lines): (&str, _)| PastSection {
        title: title.to_owned(),
        lines,
    };
    sections.map(section).collect()
}

fn limited(lines: impl Iterator<Item = PastLine>) -> Vec<PastLine> {
    let mut lines = lines;
    let mut listed: Vec<PastLine> = lines.by_ref().take(LISTED).collect();
    let more = lines.count();
    if more > 0 {
        listed.push(PastLine {
            text: format!("and {more} more"),
            sql: None,
        });
    }
    listed
}

fn pulls(course: &Course<'_>) -> impl Iterator<Item = String> {
    course.release.milestones.iter().filter_map(|it| {
        if let Milestone::PullMerged {
            number,
            title,
            author,
            ..
        } = it
        {
            Some(format!(
                "{number} {}, {}",
                line(title, 200),
                line(author, 80)
            ))
        } else {
            None
        }
    })
}

fn statements(course: &Course<'_>) -> impl Iterator<Item = PastLine> {
    course.release.statements.iter().map(|statement| PastLine {
        text: line(&report::ran(course, statement), 400),
        sql: Some(cut(statement.sql.trim(), 4000)),
    })
}

fn aside(course: &Course<'_>) -> Option<String> {
    let mark = course.release.put_aside.as_ref()?;
    Some(format!(
        "By {}, {}",
        line(&mark.by, 80),
        course.clock().full(mark.at)
    ))
}
