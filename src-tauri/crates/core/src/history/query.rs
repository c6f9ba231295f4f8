//! Which releases of the history are wanted.

use crate::history::PastResult;
use crate::history::search_text::fold;
use crate::kind::Kind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which releases of the history are wanted, and from where on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryQuery {
    /// What was typed: all of these words, wherever they stand, without regard to case and accents.
    pub text: String,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this result.
    pub result: Option<PastResult>,
    /// How many newer ones come before the page.
    pub from: u32,
}

impl HistoryQuery {
    /// The most words that are looked for; further ones are not regarded.
    const WORDS: usize = 12;

    /// The words to find in a [`search_text`](crate::history::search_text), as they stand there.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let text = fold(&crate::text::cut(&self.text, 500));
        let words = text.split(' ').filter(|word| !word.is_empty());
        words.take(Self::WORDS).map(str::to_owned).collect()
    }

    /// Everything is wanted.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.words().is_empty() && self.kind.is_none() && self.result.is_none()
    }
}
