//! The two kinds of release.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a release is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// The weekly deploy.
    Maintenance,
    /// One urgent fix, any day.
    Hotfix,
}

impl Kind {
    /// The word people use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Maintenance => "Maintenance",
            Self::Hotfix => "Hotfix",
        }
    }
}
