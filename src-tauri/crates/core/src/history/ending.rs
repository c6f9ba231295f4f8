//! How a release ended.

use crate::action::Action;
use crate::record::Milestone;
use crate::release::Release;
use crate::time::At;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What came of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PastResult {
    /// It went to production.
    Deployed,
    /// Somebody said no.
    Rejected,
    /// Nobody answered in time.
    Expired,
    /// The build or the deploy failed.
    Failed,
    /// Somebody stopped it.
    Stopped,
    /// It failed or was stopped, and production was taken back to an earlier deploy.
    RolledBack,
    /// It was put aside before anything came of it.
    PutAside,
    /// There was nothing to deploy.
    NothingToDeploy,
}

impl PastResult {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::Deployed,
        Self::Rejected,
        Self::Expired,
        Self::Failed,
        Self::Stopped,
        Self::RolledBack,
        Self::PutAside,
        Self::NothingToDeploy,
    ];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deployed => "deployed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::RolledBack => "rolled_back",
            Self::PutAside => "put_aside",
            Self::NothingToDeploy => "nothing_to_deploy",
        }
    }
}

/// What came of a release, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// What.
    pub result: PastResult,
    /// When that was so.
    pub at: At,
}

impl Ending {
    /// What came of a release that is over: put aside, or with every step settled. `None` for one in progress. Journals
    /// from before the end was noted hold what was posted or said to be shared.
    #[must_use]
    pub fn of(release: &Release) -> Option<Self> {
        let finished = noted(release, |it| {
            if let Milestone::Finished { at } = it {
                Some(*at)
            } else {
                None
            }
        });
        let deployed = noted(release, |it| {
            if let Milestone::BuildEnded {
                succeeded: true,
                at,
            } = it
            {
                Some(*at)
            } else {
                None
            }
        });
        let aside = release.put_aside.as_ref().map(|mark| mark.at);
        let aside = aside.filter(|_| release.closed);
        if aside.is_none() && finished.is_none() && !(deployed.is_some() && is_shared(release)) {
            return None;
        }
        if let Some(at) = deployed {
            let result = PastResult::Deployed;
            return Some(Self { result, at });
        }
        if let Some(ending) = turned_down(release).or_else(|| broken_off(release)) {
            return Some(ending);
        }
        let nothing = finished.map(|at| Self {
            result: PastResult::NothingToDeploy,
            at,
        });
        nothing.or_else(|| {
            Some(Self {
                result: PastResult::PutAside,
                at: aside?,
            })
        })
    }
}

fn noted<T>(release: &Release, pick: impl Fn(&Milestone) -> Option<T>) -> Option<T> {
    release.milestones.iter().rev().find_map(pick)
}

/// The newest answer was a no, or there was none in time.
fn turned_down(release: &Release) -> Option<Ending> {
    let answer = noted(release, |it| {
        if let Milestone::ApprovalAnswered {
            approved, by, at, ..
        } = it
        {
            Some((*approved, by.is_some(), *at))
        } else {
            None
        }
    });
    let (_, by_somebody, at) = answer.filter(|(approved, _, _)| !approved)?;
    let result = if by_somebody {
        PastResult::Rejected
    } else {
        PastResult::Expired
    };
    Some(Ending { result, at })
}

fn broken_off(release: &Release) -> Option<Ending> {
    let ending = |result, at: &At| Some(Ending { result, at: *at });
    noted(release, |it| {
        if let Milestone::BuildEnded {
            succeeded: false,
            at,
        } = it
        {
            ending(PastResult::Failed, at)
        } else if let Milestone::Stopped { at } = it {
            ending(PastResult::Stopped, at)
        } else if let Milestone::RolledBack { at, .. } = it {
            ending(PastResult::RolledBack, at)
        } else {
            None
        }
    })
}

fn is_shared(release: &Release) -> bool {
    let posted = |(_, action): &(_, Action)| matches!(action, Action::PostResult { .. });
    release.result_shared.is_some() || release.done.iter().any(posted)
}
