//! Who approved a release.

use crate::history::PastResult;
use crate::record::Milestone;
use crate::release::Release;
use serde::{Deserialize, Serialize};

/// Who approved a release, as far as its records tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Approver {
    /// This one: the last part of an ARN.
    Named(String),
    /// Somebody did: nobody here may know who.
    NotKnown,
    /// None was asked, or none said yes.
    Nobody,
}

impl Approver {
    /// The newest yes counts. What went out after somebody was asked was approved, whether that was seen or not.
    pub(super) fn of(release: &Release, result: PastResult) -> Self {
        let mut milestones = release.milestones.iter().rev();
        let yes = milestones.find_map(|it| {
            if let Milestone::ApprovalAnswered {
                approved: true, by, ..
            } = it
            {
                Some(by.as_deref())
            } else {
                None
            }
        });
        let asked = |it: &Milestone| matches!(it, Milestone::ApprovalAsked { .. });
        match yes {
            Some(Some(by)) => Self::Named(crate::text::line(by, 80)),
            Some(None) => Self::NotKnown,
            None if result == PastResult::Deployed && release.milestones.iter().any(asked) => {
                Self::NotKnown
            }
            None => Self::Nobody,
        }
    }

    /// The name, where it is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::NotKnown | Self::Nobody => None,
        }
    }
}
