//! Names of things in the outside systems, one type each so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text as the outside system spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id!(
    /// One release is one revision branch, so its branch name is its identity on every desktop.
    ReleaseId
);
text_id!(
    /// A full commit id: 40 (or 64) lower-case hex digits.
    Sha
);
text_id!(
    /// A CodePipeline execution id (lower-case UUID).
    ExecutionId
);
text_id!(
    /// The token that an answer to a waiting approval action has to carry. Not a credential.
    ApprovalToken
);
text_id!(
    /// A link the window may ask to be opened; resolved to an address inside the engine, never by the page.
    LinkId
);
text_id!(
    /// A Slack message's `ts`, unique within its channel.
    MessageTs
);
text_id!(
    /// A Slack channel id (`C…` or `G…`).
    ChannelId
);

impl Sha {
    /// The first seven digits, as GitHub shows a commit.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..7).unwrap_or(&self.0)
    }
}

/// A pull request's number in its repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct PullNumber(pub u32);

impl std::fmt::Display for PullNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// An action's place in this desktop's journal: what was about to be sent and what came of it share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct ActionSeq(pub u32);
