//! What a person asks for in front of a log.

use crate::ids::ReleaseId;
use serde::Deserialize;
use ts_rs::TS;

/// Something about the log of a build that is open, or to be opened. Nothing is sent to anybody but reads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum LogWish {
    /// Whose build is on the screen, with the end of its log; none once it is not any more. It is read more often then:
    /// what a person sees moves, and AWS is not asked for what nobody sees.
    Watch {
        /// Which release.
        release: Option<ReleaseId>,
    },
    /// Read the whole log of the newest build of a release, in place of one that is open.
    Open {
        /// Which release.
        release: ReleaseId,
    },
    /// Close it: what was read is thrown away.
    Close,
    /// Show the lines around one, counted from 0, without going on to its end.
    Show {
        /// Which line.
        line: u32,
    },
    /// Go to the end and stay there while it grows, or stay where it is.
    Follow {
        /// Whether.
        on: bool,
    },
    /// Look for a text, from the lines that are shown on; none ends the search.
    Search {
        /// As typed.
        text: String,
    },
    /// Go to the next line in which it was found, or to the one before.
    Step {
        /// Which way.
        forward: bool,
    },
    /// Read on after something kept it from that.
    ReadOn,
}
