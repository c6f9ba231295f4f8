//! What a decision is made on.

use crate::action::Action;
use crate::draft::Draft;
use crate::facts::Facts;
use crate::ids::ReleaseId;
use crate::record::Record;
use crate::release::Release;
use crate::team::Team;
use crate::time::At;
use crate::view::Mode;

/// Everything a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The team's settings.
    pub team: &'a Team,
    /// Practice or real.
    pub mode: Mode,
    /// This computer's clock.
    pub now: At,
    /// The form, while it is open.
    pub draft: Option<&'a Draft>,
    /// The release in question.
    pub release: Option<&'a Release>,
    /// What was seen, for that release.
    pub facts: &'a Facts,
}

/// What follows from an intent: what to write down, and at most one thing to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The release it belongs to.
    pub release: ReleaseId,
    /// Sent first of all; whatever comes of it, the rest goes on.
    pub farewell: Option<Action>,
    /// Written to the journal before anything is sent, in this order.
    pub records: Vec<Record>,
    /// Sent after that.
    pub action: Option<Action>,
}

/// One thing that can be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceId {
    /// [`Facts::repository`].
    Repository,
    /// [`Facts::source`].
    Source,
    /// [`Facts::workspace`].
    Workspace,
    /// [`Facts::announcement`].
    Announcement,
    /// [`Facts::pipeline`].
    Pipeline,
    /// [`Facts::execution`].
    Execution,
}
