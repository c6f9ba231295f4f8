//! What was told, in the window.

use serde::Serialize;
use ts_rs::TS;

use crate::desktop::{Event, Notice};
use crate::ids::ReleaseId;
use crate::time::At;
use crate::view::{StepId, Tone};

/// One line of the list of what was told. The list is the truth; a desktop notice may have been missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView {
    /// Unique in the list.
    pub key: String,
    /// What it is about.
    pub event: Event,
    /// "A deploy waits for your approval".
    pub title: String,
    /// Which deploy and what next.
    pub body: String,
    /// When it was so.
    pub at: At,
    /// Colour and shape.
    pub tone: Tone,
    /// Where it leads.
    pub release: ReleaseId,
    /// And to which step.
    pub step: StepId,
    /// That release is here and can be opened.
    pub opens: bool,
}

impl NoticeView {
    pub(crate) fn draw(notice: &Notice, opens: bool) -> Self {
        Self {
            key: notice.key.clone(),
            event: notice.event,
            title: notice.title.clone(),
            body: notice.body.clone(),
            at: notice.at,
            tone: match notice.event {
                Event::ApprovalNeeded => Tone::Wait,
                Event::MaintenanceSoon | Event::Building => Tone::Quiet,
                Event::Succeeded => Tone::Good,
                Event::Failed
                | Event::Rejected
                | Event::Expired
                | Event::Stopped
                | Event::RolledBack => Tone::Bad,
            },
            release: notice.release.clone(),
            step: notice.step,
            opens,
        }
    }
}
