//! One change of the pipeline's state.

use crate::desktop::Event;
use crate::facts::{ActionRun, Category};
use crate::time::At;
use crate::view::StepId;

/// One change of our execution's state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change<'a> {
    /// Names it: release, execution, event, and the run that it shows in.
    pub(crate) key: String,
    /// When it was so, by the service's clock.
    pub(crate) at: At,
    /// What it was.
    pub(crate) what: What<'a>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What<'a> {
    /// An approval waits since then, until then.
    Asks {
        /// When it expires.
        until: At,
    },
    /// It waits for long by now.
    StillAsks {
        /// When it expires.
        until: At,
        /// Since when.
        since: At,
    },
    /// It still waits, and not for long any more.
    ExpiresSoon {
        /// When it expires.
        until: At,
        /// Seconds from this change until then.
        left: i64,
    },
    /// It was approved; by whom, where that can be seen.
    Approved {
        /// The answer's session or user name.
        by: Option<String>,
    },
    /// A pipeline that asks nobody went on from its source.
    Began,
    /// What ended badly runs again: this run of it, where runs can be read.
    Again {
        /// The first run of the new attempt.
        run: Option<&'a ActionRun>,
    },
    /// All stages are done.
    Succeeded,
    /// A stage failed: in this run, where runs can be read.
    Failed {
        /// The run that failed first.
        run: Option<&'a ActionRun>,
    },
    /// Nobody has done anything about a failure, and a person wanted to be told once more.
    StillFailed {
        /// The run that failed, where runs can be read.
        run: Option<&'a ActionRun>,
        /// When it failed.
        since: At,
    },
    /// Somebody said no.
    Rejected {
        /// Who.
        by: String,
        /// The reason.
        comment: &'a str,
    },
    /// Nobody answered in this many seconds.
    Expired {
        /// How long it waited.
        after: i64,
    },
    /// It was rejected or expired, and which of them cannot be seen.
    TurnedDown,
    /// Somebody stopped it.
    Stopped,
    /// The pipeline was edited under it.
    Cancelled,
    /// A stage was rolled back after it did not go well.
    RolledBack {
        /// To which commit.
        to: String,
    },
}

impl Change<'_> {
    /// Which switch it belongs to.
    pub(crate) fn event(&self) -> Event {
        self.what.event()
    }

    /// It shows in the stages only, not in a run: another desktop may give it another name.
    pub(crate) fn is_unseen(&self) -> bool {
        self.key.contains("/unseen-")
    }

    /// Where to look at it.
    pub(crate) fn step(&self) -> StepId {
        match &self.what {
            What::Asks { .. }
            | What::StillAsks { .. }
            | What::ExpiresSoon { .. }
            | What::Rejected { .. }
            | What::Expired { .. }
            | What::TurnedDown => StepId::Approval,
            What::Failed { run: Some(run) } | What::Again { run: Some(run) }
                if run.category == Category::Source =>
            {
                StepId::Approval
            }
            What::Approved { .. }
            | What::Began
            | What::Again { .. }
            | What::Succeeded
            | What::Failed { .. }
            | What::StillFailed { .. }
            | What::Stopped
            | What::Cancelled
            | What::RolledBack { .. } => StepId::Build,
        }
    }
}

impl What<'_> {
    pub(crate) fn event(&self) -> Event {
        match self {
            Self::Asks { .. } | Self::StillAsks { .. } | Self::ExpiresSoon { .. } => {
                Event::ApprovalNeeded
            }
            Self::Approved { .. } | Self::Began | Self::Again { .. } => Event::Building,
            Self::Succeeded => Event::Succeeded,
            Self::Failed { .. } | Self::StillFailed { .. } => Event::Failed,
            Self::Rejected { .. } | Self::TurnedDown => Event::Rejected,
            Self::Expired { .. } => Event::Expired,
            Self::Stopped | Self::Cancelled => Event::Stopped,
            Self::RolledBack { .. } => Event::RolledBack,
        }
    }
}
