//! One release that is over, as one row.

use crate::history::{Approver, Ending, PastResult};
use crate::ids::ReleaseId;
use crate::kind::Kind;
use crate::record::Milestone;
use crate::release::Release;
use crate::time::At;
use crate::words::report;
use serde::{Deserialize, Serialize};

/// One release that is over: what the history shows of it without reading its records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PastRelease {
    /// Which.
    pub release: ReleaseId,
    /// Kind.
    pub kind: Kind,
    /// What came of it.
    pub result: PastResult,
    /// How often work was started again.
    pub retries: u32,
    /// When it began: its branch was made, or it was taken up here.
    pub began: At,
    /// When it ended.
    pub ended: At,
    /// Who began it: a name, a login where it began elsewhere.
    pub started_by: String,
    /// Who approved it.
    pub approved_by: Approver,
    /// Seconds from the approval to a good end.
    pub built_in: Option<u32>,
    /// It was put aside: it can be taken up again.
    pub put_aside: bool,
}

impl PastRelease {
    /// The row of a release; `None` while it is in progress.
    #[must_use]
    pub fn of(release: &Release) -> Option<Self> {
        let ending = Ending::of(release)?;
        let opened = release.opened.as_ref()?;
        let made = release.milestones.iter().find_map(|it| {
            if let Milestone::Branch { at, by, .. } = it {
                Some((*at, by.as_deref()))
            } else {
                None
            }
        });
        let began = made.map_or(opened.at, |(at, _)| at.min(opened.at));
        let elsewhere = made.and_then(|(_, by)| by).filter(|_| release.adopted);
        Some(Self {
            release: release.id.clone(),
            kind: release.kind,
            result: ending.result,
            retries: u32::try_from(report::noted_retries(release)).unwrap_or(u32::MAX),
            began,
            ended: ending.at.max(began),
            started_by: crate::text::line(elsewhere.unwrap_or(&opened.by), 80),
            approved_by: Approver::of(release, ending.result),
            built_in: built_in(release),
            put_aside: release.closed,
        })
    }

    /// Seconds from its beginning to its end.
    #[must_use]
    pub fn took(&self) -> i64 {
        self.ended.seconds_since(self.began)
    }
}

fn built_in(release: &Release) -> Option<u32> {
    let mut approved = None;
    let mut ended = None;
    for milestone in &release.milestones {
        if let Milestone::ApprovalAnswered {
            approved: true, at, ..
        } = milestone
        {
            approved = Some(*at);
        }
        if let Milestone::BuildEnded {
            succeeded: true,
            at,
        } = milestone
        {
            ended = Some(*at);
        }
    }
    let seconds = ended?.seconds_since(approved?);
    u32::try_from(seconds).ok().filter(|seconds| *seconds > 0)
}
