//! Merge into base.

use crate::ids::{PullNumber, Sha};
use crate::view::{Check, LinkView};
use serde::Serialize;
use ts_rs::TS;

/// The fifth step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeScreen {
    /// The branch.
    pub from: String,
    /// "2 pull requests, 20 files, +550 −128".
    pub size: String,
    /// The base branch.
    pub into: String,
    /// "Starts docker-production and asks for approval".
    pub effect: String,
    /// Conflicts, checks, rules, database, newer commits on base.
    pub checks: Vec<Check>,
    /// The release pull request.
    pub number: Option<PullNumber>,
    /// Its head, sent back with the merge.
    pub head: Option<Sha>,
    /// Its page.
    pub link: Option<LinkView>,
    /// `open-release-pull` is possible.
    pub can_open: bool,
    /// `merge-release` is possible.
    pub can_merge: bool,
    /// What the action bar says.
    pub hint: String,
}
