//! Something went wrong, said in the order people need it.

use crate::view::LinkView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happened, what it means and what to do. The words are for people; the raw text is kept apart and folded away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{what}")]
pub struct Problem {
    /// What the program does about it.
    pub code: Code,
    /// What happened: one sentence, says first whether production changed when that could be in doubt.
    pub what: String,
    /// What it means for the deploy.
    pub means: String,
    /// What to do now.
    pub remedy: String,
    /// The outside system's own words (cut), empty when there are none.
    pub raw: String,
    /// Where the remedy is carried out, when that is a page.
    pub link: Option<LinkView>,
}

/// Why something did not work. A variant exists only because something acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Code {
    /// Typed text is not usable; the field that holds it shows the sentence.
    Input,
    /// The facts differ from what was shown; nothing was sent, the person looks again.
    Changed,
    /// The action is not offered now (an earlier step, a missing precondition); nothing was sent.
    NotOffered,
    /// The service could not be reached or gave no usable answer; reads go on by themselves.
    Unreachable,
    /// The service asks to slow down; reads wait that long by themselves.
    Throttled,
    /// The sign-in is missing, wrong or ended; looking stops until it is renewed.
    SignedOut,
    /// Signed in, but not allowed; names the permission.
    Forbidden,
    /// The bot is not in the channel.
    NotInChannel,
    /// The service refused what was sent; trying the same again is no use.
    Refused,
    /// Sent, but whether it happened could not be learned yet; it is looked up, never repeated.
    Unknown,
    /// The journal cannot be written, so nothing may be sent.
    Journal,
}

impl Problem {
    /// A problem without a raw text or link.
    pub fn new(
        code: Code,
        what: impl Into<String>,
        means: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            code,
            what: what.into(),
            means: means.into(),
            remedy: remedy.into(),
            raw: String::new(),
            link: None,
        }
    }

    /// The same problem with the outside system's own words, cut to 2,000 characters.
    #[must_use]
    pub fn with_raw(mut self, raw: &str) -> Self {
        self.raw = crate::text::cut(raw, 2000);
        self
    }
}
