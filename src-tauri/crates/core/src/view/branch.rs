//! Create the revision branch; also the hotfix form.

use crate::ids::Sha;
use crate::view::{Check, LinkView, Tone};
use serde::Serialize;
use ts_rs::TS;

/// The first step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BranchScreen {
    /// The fix name as typed (hotfix only).
    pub fix_name: String,
    /// The date, `YYYY-MM-DD`.
    pub date: String,
    /// What the date means: "Today in Pacific time", "The date of the Tuesday window in Pacific time…".
    pub date_hint: String,
    /// The name in pieces for the preview.
    pub name: BranchName,
    /// Whether that name can be used.
    pub verdict: NameVerdict,
    /// The commit it starts from (base's head); `None` while GitHub was not seen.
    pub base_sha: Option<Sha>,
    /// "It starts from": commit, in production since, not yet released.
    pub origin: Vec<Check>,
    /// Other hotfix branches of the same date.
    pub same_day: Vec<String>,
    /// For a hotfix whose branch exists: git commands to fetch it.
    pub git_commands: String,
    /// The page that opens a pull request into the branch.
    pub compare_link: Option<LinkView>,
    /// The branch on GitHub, once it exists.
    pub link: Option<LinkView>,
    /// `create-branch` is possible.
    pub can_create: bool,
    /// `adopt-branch` is possible, at this head.
    pub can_adopt: Option<Sha>,
}

/// The branch name in pieces, so that the changing part can be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BranchName {
    /// "maintenance-", "hotfix-".
    pub before: String,
    /// "2026-11-24", "2026-11-23-login-timeout".
    pub marked: String,
    /// What follows, usually nothing.
    pub after: String,
}

/// Whether a name can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NameVerdict {
    /// One sentence; empty when there is nothing to say yet.
    pub text: String,
    /// Colour and shape.
    pub tone: Tone,
    /// The sentence is about the date, not the name.
    pub about_date: bool,
}
