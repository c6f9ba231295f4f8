//! What a person asks for about what is over.

use crate::history::HistoryQuery;
use crate::ids::ReleaseId;
use serde::Deserialize;
use ts_rs::TS;

/// Something of what is over. Nothing of it is sent anywhere or written into the journal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum HistoryAsk {
    /// Show a page of the history, and follow it while it is shown.
    Show {
        /// Which releases.
        query: HistoryQuery,
    },
    /// Open the report of a release that is over.
    Open {
        /// Which.
        release: ReleaseId,
    },
    /// Close the report; the page behind it stays.
    Close,
    /// Leave the history: the view does not carry it any more.
    Leave,
    /// Write the reports of all releases that match into a file.
    Save {
        /// Which releases.
        query: HistoryQuery,
    },
    /// Write the report of one release into a file, be it over or not.
    SaveReport {
        /// Which.
        release: ReleaseId,
    },
}
