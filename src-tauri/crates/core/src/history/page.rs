//! What the engine holds of the history.

use crate::history::{HistoryQuery, PastRelease, PastResult};
use crate::ids::ReleaseId;
use crate::problem::Problem;
use crate::release::Release;

/// How many rows a page has.
pub const PAGE: u32 = 50;

/// The history as it is shown now, and what of it is known without being shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The newest releases that are over, newest first: what is usual is told from them.
    pub newest: Vec<PastRelease>,
    /// The page that is shown, with what was asked for.
    pub shown: Option<(HistoryQuery, Result<HistoryPage, Problem>)>,
    /// The report that is shown.
    pub opened: Option<Opened>,
    /// Where the last file went.
    pub saved: Option<Saved>,
}

/// A file that was written for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Of which release; `None` for all that matched.
    pub release: Option<ReleaseId>,
    /// Where it is.
    pub path: String,
}

/// One page of the history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryPage {
    /// Its rows, newest first; at most [`PAGE`].
    pub rows: Vec<PastRelease>,
    /// How many there are on all pages.
    pub total: u32,
    /// How many releases are over, whatever was asked for.
    pub all: u32,
    /// What came of those of the last 60 days.
    pub lately: Vec<Tally>,
}

/// How many releases had one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Which.
    pub result: PastResult,
    /// How many.
    pub count: u32,
}

/// A release that is over, folded from its records to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The release.
    pub release: Release,
    /// Its row.
    pub row: PastRelease,
}
