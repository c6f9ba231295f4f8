//! What is over: a page of it, and one report.

use crate::history::{HistoryQuery, PastRelease, PastResult};
use crate::ids::ReleaseId;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::view::etl::initials;
use crate::view::{Links, PastScreen, Person, Scene, StepState};
use crate::words::{self, Clock, duration, history};
use serde::Serialize;
use ts_rs::TS;

/// The history, while somebody looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryScreen {
    /// What was asked for.
    pub query: HistoryQuery,
    /// "Last 60 days: 12 deployed, 1 rejected".
    pub lately: String,
    /// Its rows by month, newest first.
    pub months: Vec<HistoryMonth>,
    /// "51 to 100 of 312 deploys".
    pub extent: String,
    /// How many there are on all pages.
    pub total: u32,
    /// Nothing is over yet, whatever is asked for.
    pub empty: bool,
    /// Where the page of newer ones begins.
    pub newer: Option<u32>,
    /// Where the page of earlier ones begins.
    pub earlier: Option<u32>,
    /// The rows as Markdown, to copy.
    pub markdown: String,
    /// The results that can be asked for.
    pub results: Vec<ResultChoice>,
    /// Where the last file went: "/home/dana/Downloads/slipway-history-2026-11-30.json".
    pub saved: Option<String>,
    /// Why it cannot be read.
    pub problem: Option<Problem>,
    /// The report that is open.
    pub report: Option<PastScreen>,
}

/// The releases that ended in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryMonth {
    /// "November", "November 2025".
    pub name: String,
    /// Newest first.
    pub rows: Vec<HistoryRow>,
}

/// One release that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// Which.
    pub release: ReleaseId,
    /// Kind.
    pub kind: Kind,
    /// "Deployed, 1 retry".
    pub word: String,
    /// Shape and colour.
    pub state: StepState,
    /// "Tue 17, 8:06 pm".
    pub finished: String,
    /// "1 h 4 min".
    pub took: String,
    /// The same in seconds.
    pub seconds: u32,
    /// Who began it.
    pub started_by: Person,
    /// Who approved it, where that is known.
    pub approved_by: Option<Person>,
    /// The same in words: a name, "Not known", "Nobody".
    pub approver: String,
}

/// A result that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultChoice {
    /// Which.
    pub result: PastResult,
    /// What it is called.
    pub word: String,
}

impl HistoryScreen {
    /// Nothing while nobody looks at it.
    pub(crate) fn draw(scene: &Scene<'_>, links: &mut Links) -> Option<Self> {
        let (query, page) = scene.history.shown.as_ref()?;
        let nothing = Default::default();
        let (page, problem) = match page {
            Ok(page) => (page, None),
            Err(problem) => (&nothing, Some(problem.clone())),
        };
        let clock = Clock {
            window: &scene.team.window,
            now: scene.now,
        };
        let shown = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        let after = query.from.saturating_add(shown);
        Some(Self {
            query: query.clone(),
            lately: history::lately(&page.lately),
            months: months(scene, &clock, &page.rows),
            extent: history::extent(query.from, page.rows.len(), page.total),
            total: page.total,
            empty: page.all == 0 && problem.is_none(),
            newer: (query.from > 0).then(|| query.from.saturating_sub(crate::history::PAGE)),
            earlier: (after < page.total && shown > 0).then_some(after),
            markdown: history::markdown(&clock, query, page.total, &page.rows),
            results: PastResult::ALL.map(choice).into(),
            saved: scene.saved(None),
            problem,
            report: scene
                .history
                .opened
                .as_ref()
                .map(|opened| PastScreen::draw(scene, opened, links)),
        })
    }
}

fn choice(result: PastResult) -> ResultChoice {
    ResultChoice {
        result,
        word: history::result_word(result).to_owned(),
    }
}

fn months(scene: &Scene<'_>, clock: &Clock<'_>, rows: &[PastRelease]) -> Vec<HistoryMonth> {
    let mut months: Vec<HistoryMonth> = Vec::new();
    for row in rows {
        let name = history::month(&scene.team.window, row.ended, scene.now);
        let drawn = draw(clock, row);
        match months.last_mut().filter(|month| month.name == name) {
            Some(month) => month.rows.push(drawn),
            None => months.push(HistoryMonth {
                name,
                rows: vec![drawn],
            }),
        }
    }
    months
}

fn draw(clock: &Clock<'_>, row: &PastRelease) -> HistoryRow {
    HistoryRow {
        release: row.release.clone(),
        kind: row.kind,
        word: history::result(row),
        state: state(row.result),
        finished: history::in_month(clock, row.ended),
        took: duration(row.took()),
        seconds: u32::try_from(row.took()).unwrap_or(u32::MAX),
        started_by: person(&row.started_by),
        approved_by: row.approved_by.name().map(person),
        approver: history::approver(&row.approved_by).to_owned(),
    }
}

fn person(name: &str) -> Person {
    Person {
        name: name.to_owned(),
        initials: initials(name),
        detail: String::new(),
    }
}

/// Shape and colour of a result.
pub(super) fn state(result: PastResult) -> StepState {
    match result {
        PastResult::Deployed => StepState::Done,
        PastResult::Rejected
        | PastResult::Expired
        | PastResult::Failed
        | PastResult::RolledBack => StepState::Failed,
        PastResult::Stopped | PastResult::PutAside | PastResult::NothingToDeploy => {
            StepState::Skipped
        }
    }
}

/// "1 h 4 min".
pub(super) fn took(row: &PastRelease) -> String {
    words::duration(row.took())
}
