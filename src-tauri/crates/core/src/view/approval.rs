//! Approve the deploy.

use crate::action::Gate;
use crate::time::At;
use crate::view::{Check, LinkView, Person, PullView, Tone};
use serde::Serialize;
use ts_rs::TS;

/// The sixth step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalScreen {
    /// What would be released; `None` until our execution waits at the gate (or was answered).
    pub card: Option<ApprovalCard>,
    /// What is going on instead while there is no card.
    pub waiting: String,
    /// Said first when it releases more, less or something else than this release.
    pub warnings: Vec<String>,
    /// Who you are to AWS.
    pub you: Option<Person>,
    /// The caller's whole ARN.
    pub arn: String,
    /// `approve` is possible, for exactly this.
    pub gate: Option<Gate>,
    /// Why not, when the gate is open and `gate` is none.
    pub cannot: String,
    /// The reason that `reject` shows: which database changes stay.
    pub stays: String,
    /// The answer, once given: by whom, when, comment.
    pub answer: Option<Check>,
}

/// What a yes would release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalCard {
    /// "2 pull requests go to production".
    pub headline: String,
    /// "Started by Dana Whitfield at 7:02 pm. The build starts as soon as you approve."
    pub text: String,
    /// The pull requests in it.
    pub pulls: Vec<PullView>,
    /// "Database already changed", "No database changes".
    pub database_title: String,
    /// Which, by whom.
    pub database_text: String,
    /// "4be19d2".
    pub commit: String,
    /// "Exactly what Dana merged at 7:38 pm".
    pub commit_verdict: String,
    /// Colour and shape of it.
    pub commit_tone: Tone,
    /// Size, checks, waiting behind.
    pub facts: Vec<Check>,
    /// When it expires.
    pub expires_at: Option<At>,
    /// "Tue 1 Dec, 7:41 pm Pacific. After that it expires and has to be offered again."
    pub expires_words: String,
    /// The confirmation's object: "Release 2 pull requests, commit 4be19d2, to docker-production".
    pub object: String,
    /// Its pages.
    pub links: Vec<LinkView>,
}
