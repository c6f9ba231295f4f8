//! What an intent is about: its release, and what has to be read again before deciding.

use crate::ids::ReleaseId;
use crate::intent::Intent;
use crate::rules::SourceId;

/// What has to be read again before [`decide`](crate::rules::decide).
#[must_use]
pub fn reads(intent: &Intent) -> &'static [SourceId] {
    match intent {
        Intent::CreateBranch { .. } | Intent::AdoptBranch { .. } => &[SourceId::Repository],
        Intent::PostAnnouncement { .. } => &[SourceId::Workspace, SourceId::Announcement],
        Intent::MergePull { .. }
        | Intent::DeclareNoMorePulls { .. }
        | Intent::DeclareNoEtl { .. } => &[SourceId::Source],
        Intent::OpenReleasePull { .. } | Intent::MergeRelease { .. } => {
            &[SourceId::Repository, SourceId::Source]
        }
        Intent::Approve { .. }
        | Intent::Reject { .. }
        | Intent::RetryStage { .. }
        | Intent::StopExecution { .. }
        | Intent::RollBack { .. }
        | Intent::EnableTransition { .. } => &[SourceId::Pipeline, SourceId::Execution],
        // What began since may carry the release, which GitHub tells.
        Intent::StartPipeline { .. } => {
            &[SourceId::Pipeline, SourceId::Execution, SourceId::Source]
        }
        Intent::PostResult { .. } => &[SourceId::Pipeline, SourceId::Announcement],
        Intent::TellChange { .. } => &[
            SourceId::Pipeline,
            SourceId::Execution,
            SourceId::Announcement,
        ],
        Intent::Look
        | Intent::StartPractice
        | Intent::EndPractice
        | Intent::Desktop { .. }
        | Intent::Log { .. }
        | Intent::History { .. }
        | Intent::Draft { .. }
        | Intent::DropDraft
        | Intent::CloseRelease { .. }
        | Intent::Remind { .. }
        | Intent::DropReminder { .. }
        | Intent::DeclareAnnounced { .. }
        | Intent::DeclareNoDatabase { .. }
        | Intent::AddStatement { .. }
        | Intent::RemoveStatement { .. }
        | Intent::RecordStatement { .. }
        | Intent::DeclareWithoutDatabase { .. }
        | Intent::DeclareResultShared { .. }
        | Intent::DeclareOutcome { .. } => &[],
    }
}

/// The release an intent is about: for a branch to be created, the one it would become.
#[must_use]
pub fn release_of(intent: &Intent) -> Option<ReleaseId> {
    match intent {
        Intent::Look
        | Intent::StartPractice
        | Intent::EndPractice
        | Intent::Desktop { .. }
        | Intent::Log { .. }
        | Intent::History { .. }
        | Intent::Draft { .. }
        | Intent::DropDraft => None,
        Intent::CreateBranch { name, .. } | Intent::AdoptBranch { name, .. } => {
            Some(ReleaseId(name.clone()))
        }
        Intent::CloseRelease { release }
        | Intent::PostAnnouncement { release, .. }
        | Intent::DeclareAnnounced { release }
        | Intent::MergePull { release, .. }
        | Intent::DeclareNoMorePulls { release, .. }
        | Intent::DeclareNoEtl { release, .. }
        | Intent::DeclareNoDatabase { release }
        | Intent::AddStatement { release, .. }
        | Intent::RemoveStatement { release, .. }
        | Intent::RecordStatement { release, .. }
        | Intent::DeclareWithoutDatabase { release, .. }
        | Intent::OpenReleasePull { release, .. }
        | Intent::MergeRelease { release, .. }
        | Intent::Approve { release, .. }
        | Intent::Reject { release, .. }
        | Intent::RetryStage { release, .. }
        | Intent::StopExecution { release, .. }
        | Intent::StartPipeline { release, .. }
        | Intent::RollBack { release, .. }
        | Intent::EnableTransition { release, .. }
        | Intent::Remind { release, .. }
        | Intent::DropReminder { release }
        | Intent::PostResult { release, .. }
        | Intent::TellChange { release, .. }
        | Intent::DeclareResultShared { release }
        | Intent::DeclareOutcome { release, .. } => Some(release.clone()),
    }
}
