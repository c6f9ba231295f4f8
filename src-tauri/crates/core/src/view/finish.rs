//! Wrap up.

use crate::rules::Course;
use crate::view::branch::check;
use crate::view::etl::size;
use crate::view::{Check, StepId, StepState, Tone};
use crate::words::{self, report};
use serde::Serialize;
use ts_rs::TS;

/// The eighth step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FinishScreen {
    /// "Deployed to production".
    pub headline: String,
    /// "Maintenance of Tuesday 24 November is live since 8:08 pm Pacific."
    pub text: String,
    /// Figures: pull requests, files, database changes, retries.
    pub figures: Vec<Check>,
    /// The table.
    pub rows: Vec<ReportRow>,
    /// The report as Markdown, to copy.
    pub markdown: String,
    /// Where it was saved last.
    pub saved: Option<String>,
    /// `post-result` is possible.
    pub can_post: bool,
    /// `declare-result-shared` is possible.
    pub can_declare: bool,
    /// What the action bar says.
    pub hint: String,
}

/// One step in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportRow {
    /// Step title.
    pub step: String,
    /// Who.
    pub who: String,
    /// When it was the one to do: "7:02 pm".
    pub started: String,
    /// "4 min 10 s"; empty where nobody knows.
    pub took: String,
    /// The same in seconds.
    pub seconds: Option<u32>,
    /// "2 merged".
    pub result: String,
    /// State.
    pub state: StepState,
}

impl FinishScreen {
    pub(crate) fn draw(course: &Course<'_>) -> Self {
        let release = course.release;
        let state = course.state(StepId::Finish);
        let ready = state == StepState::Ready;
        let message = course
            .facts
            .announcement
            .fresh()
            .is_some_and(Option::is_some);
        let at = course
            .standing(StepId::Build)
            .since
            .filter(|_| course.state(StepId::Build) == StepState::Done);
        let (headline, text) = match (at, course.nothing_to_release()) {
            (Some(at), _) => (
                "Deployed to production".to_owned(),
                format!(
                    "{} of {} is live since {} {}.",
                    release.kind.word(),
                    words::date(release.date),
                    course.clock().at(at),
                    course.clock().zone()
                ),
            ),
            (None, true) => (
                "Nothing to release".to_owned(),
                "This release ends without a merge.".to_owned(),
            ),
            (None, false) => (
                "Wrap up".to_owned(),
                format!("{}.", course.standing(StepId::Finish).note),
            ),
        };
        Self {
            headline,
            text,
            figures: figures(course),
            rows: report::rows(course),
            markdown: report::markdown(course),
            saved: None,
            can_post: ready && message,
            can_declare: ready,
            hint: match (ready, message) {
                (true, true) => "The report is kept in Slipway. Slack gets the result in the thread of the announcement.".into(),
                (true, false) => "Slipway finds no announcement in Slack. Copy the report, share it, and mark it as shared.".into(),
                (false, _) => String::new(),
            },
        }
    }
}

/// "2", "pull requests".
pub(super) fn figure(number: usize, noun: &str) -> Check {
    let label = if number == 1 {
        noun.to_owned()
    } else {
        format!("{noun}s")
    };
    check(&label, &number.to_string(), Tone::Quiet)
}

/// "1", "retry".
pub(super) fn retries(course: &Course<'_>) -> Check {
    let number = report::retries(course);
    let label = if number == 1 { "retry" } else { "retries" };
    check(label, &number.to_string(), Tone::Quiet)
}

fn figures(course: &Course<'_>) -> Vec<Check> {
    let mut figures = vec![figure(report::merged(course), "pull request")];
    if let Some(pull) = course
        .facts
        .source
        .stale()
        .and_then(|source| source.release_pull.as_ref())
    {
        let words = size(pull.files, pull.additions, pull.deletions);
        let (number, label) = words.split_once(' ').unwrap_or((words.as_str(), ""));
        figures.push(check(label, number, Tone::Quiet));
    }
    figures.push(figure(course.release.statements.len(), "database change"));
    figures.push(retries(course));
    figures
}
