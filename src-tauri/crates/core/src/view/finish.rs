//! Wrap up.

use crate::view::{Check, StepState};
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
    /// "7:02 pm".
    pub at: String,
    /// "2 merged".
    pub result: String,
    /// State.
    pub state: StepState,
}
