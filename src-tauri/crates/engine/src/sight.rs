//! One thing that can be looked at.

use std::time::Duration;

use slipway_core::action::Action;
use slipway_core::ids::ReleaseId;
use slipway_core::rules::SourceId;

use slipway_core::service::Service;

/// One source of facts; three of them exist once for each release.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sight {
    Repository,
    Workspace,
    Pipeline,
    /// The team file at the head of base, in real mode.
    TeamFile,
    Source(ReleaseId),
    Announcement(ReleaseId),
    Execution(ReleaseId),
}

impl Sight {
    pub(crate) const SHARED: [Self; 3] = [Self::Repository, Self::Workspace, Self::Pipeline];

    pub(crate) fn of(source: SourceId, release: &ReleaseId) -> Self {
        match source {
            SourceId::Repository => Self::Repository,
            SourceId::Workspace => Self::Workspace,
            SourceId::Pipeline => Self::Pipeline,
            SourceId::Source => Self::Source(release.clone()),
            SourceId::Announcement => Self::Announcement(release.clone()),
            SourceId::Execution => Self::Execution(release.clone()),
        }
    }

    /// What shows whether an action happened.
    pub(crate) fn showing(action: &Action, release: &ReleaseId) -> Vec<Self> {
        let sources: &[SourceId] = match action {
            Action::CreateBranch { .. } => &[SourceId::Repository, SourceId::Source],
            Action::PostAnnouncement { .. }
            | Action::UpdateAnnouncement { .. }
            | Action::PostResult { .. }
            | Action::TellChange { .. } => &[SourceId::Announcement],
            Action::MergePull { .. } | Action::OpenReleasePull { .. } => &[SourceId::Source],
            Action::MergeRelease { .. } => {
                &[SourceId::Repository, SourceId::Source, SourceId::Pipeline]
            }
            Action::AnswerApproval { .. }
            | Action::RetryStage { .. }
            | Action::StopExecution { .. }
            | Action::StartExecution { .. }
            | Action::RollBack { .. }
            | Action::EnableTransition { .. } => &[SourceId::Pipeline, SourceId::Execution],
        };
        sources
            .iter()
            .map(|source| Self::of(*source, release))
            .collect()
    }

    pub(crate) fn release(&self) -> Option<&ReleaseId> {
        match self {
            Self::Repository | Self::Workspace | Self::Pipeline | Self::TeamFile => None,
            Self::Source(release) | Self::Announcement(release) | Self::Execution(release) => {
                Some(release)
            }
        }
    }

    pub(crate) fn service(&self) -> Service {
        match self {
            Self::Repository | Self::TeamFile | Self::Source(_) => Service::GitHub,
            Self::Workspace | Self::Announcement(_) => Service::Slack,
            Self::Pipeline | Self::Execution(_) => Service::Aws,
        }
    }

    /// Reads in the order in which one needs what another has shown.
    pub(crate) fn rank(&self) -> usize {
        match self {
            Self::Repository | Self::Workspace | Self::Pipeline => 0,
            Self::Source(_) | Self::TeamFile => 1,
            Self::Announcement(_) | Self::Execution(_) => 2,
        }
    }

    /// What changes seldom is not looked at more often than this; an action reads it again anyway.
    pub(crate) fn at_most_every(&self) -> Duration {
        match self {
            Self::Workspace => Duration::from_secs(300),
            Self::Repository | Self::Announcement(_) => Duration::from_secs(30),
            Self::Pipeline | Self::TeamFile | Self::Source(_) | Self::Execution(_) => {
                Duration::ZERO
            }
        }
    }
}
