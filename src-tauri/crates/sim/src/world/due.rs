use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;

/// Something that is going to happen at a known time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What happens by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Event {
    /// Colleagues answer an announcement.
    ColleaguesOpenPulls {
        /// The branch that was announced.
        branch: String,
    },
    /// The checks on a commit pass.
    ChecksEnd {
        /// The commit.
        sha: String,
    },
    /// The pipeline notices a push.
    PickUp {
        /// Where master points now.
        sha: String,
    },
    /// The source action is through.
    SourceEnds {
        /// Its action execution.
        action: String,
    },
    /// Nobody answered an approval in time.
    ApprovalTimesOut {
        /// Its action execution.
        action: String,
    },
    /// A build's phase is over.
    BuildAdvances {
        /// The build.
        build: String,
    },
    /// A build says something.
    BuildLogs {
        /// The build.
        build: String,
        /// What it says.
        message: String,
    },
}

impl World {
    pub(crate) fn after(&mut self, wait: Duration, event: Event) {
        // A wait that reaches past the end of time is never over.
        if let Ok(at) = self.now.checked_add(wait) {
            self.due.push(Due { at, event });
        }
    }

    /// Removes and returns the earliest of what is due; among equals, what was planned first.
    pub(super) fn take_due(&mut self, now: Timestamp) -> Option<Due> {
        let (index, due) = self
            .due
            .iter()
            .enumerate()
            .min_by_key(|(index, due)| (due.at, *index))?;
        (due.at <= now)
            .then_some(index)
            .map(|index| self.due.remove(index))
    }
}
