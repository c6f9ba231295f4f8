//! An action whose outcome looks do not tell: then a person says what they saw.

use crate::action::Action;
use crate::declaration::Declaration;
use crate::facts::{Facts, Look};
use crate::ids::ActionSeq;
use crate::intent::Intent;
use crate::problem::Problem;
use crate::release::{Pending, Release};
use crate::rules::Situation;
use crate::rules::decide::{Step, changed, declare, not_offered};
use crate::rules::settle::settle;
use crate::time::At;

/// Looks get this long after a reply was given up. Seconds.
const LOOKS_GET: i64 = 60;

/// The action that a person has to say the outcome of: it was looked for and did not show for a while, or it cannot be
/// looked for at all.
pub(crate) fn undecided<'a>(release: &'a Release, facts: &Facts, now: At) -> Option<&'a Pending> {
    let pending = release
        .pending
        .as_ref()
        .filter(|pending| pending.unknown.is_some() && !pending.action.is_repeatable())?;
    let (tried, possible) = match &pending.action {
        Action::CreateBranch { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. } => (tried(&facts.source, pending), true),
        Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::PostResult { .. }
        | Action::TellChange { .. } => {
            let workspace = facts.workspace.stale();
            let reads_back = workspace.is_none_or(|workspace| workspace.reads_back);
            (tried(&facts.workspace, pending), reads_back)
        }
        Action::AnswerApproval { .. }
        | Action::RetryStage { .. }
        | Action::StopExecution { .. }
        | Action::StartExecution { .. }
        | Action::RollBack { .. }
        | Action::EnableTransition { .. } => (tried(&facts.pipeline, pending), true),
    };
    let waited = now.seconds_since(pending.doubted_at) >= LOOKS_GET;
    let open = !possible || waited && tried && settle(pending, facts, now).is_none();
    open.then_some(pending)
}

/// It was looked at since, or cannot be.
fn tried<T>(look: &Look<T>, pending: &Pending) -> bool {
    let seen = look.last.as_ref();
    !look.connected
        || look.failing.is_some()
        || seen.is_some_and(|seen| seen.at > pending.doubted_at)
}

/// These do no harm while an outcome is unknown: a person tells it, or puts the release aside, and it is looked up when
/// the release is taken up again.
pub(crate) fn may_be_unknown(intent: &Intent, release: &Release) -> bool {
    let unknown = |it: &Pending| it.unknown.is_some();
    match intent {
        Intent::DeclareOutcome { .. } | Intent::DropReminder { .. } => true,
        Intent::CloseRelease { .. } => release.pending.as_ref().is_some_and(unknown),
        Intent::Look
        | Intent::StartPractice
        | Intent::EndPractice
        | Intent::Desktop { .. }
        | Intent::History { .. }
        | Intent::Draft { .. }
        | Intent::Log { .. }
        | Intent::DropDraft
        | Intent::CreateBranch { .. }
        | Intent::AdoptBranch { .. }
        | Intent::PostAnnouncement { .. }
        | Intent::DeclareAnnounced { .. }
        | Intent::MergePull { .. }
        | Intent::DeclareNoMorePulls { .. }
        | Intent::DeclareNoEtl { .. }
        | Intent::DeclareNoDatabase { .. }
        | Intent::AddStatement { .. }
        | Intent::RemoveStatement { .. }
        | Intent::RecordStatement { .. }
        | Intent::DeclareWithoutDatabase { .. }
        | Intent::OpenReleasePull { .. }
        | Intent::MergeRelease { .. }
        | Intent::Approve { .. }
        | Intent::Reject { .. }
        | Intent::RetryStage { .. }
        | Intent::StopExecution { .. }
        | Intent::StartPipeline { .. }
        | Intent::RollBack { .. }
        | Intent::EnableTransition { .. }
        | Intent::Remind { .. }
        | Intent::PostResult { .. }
        | Intent::TellChange { .. }
        | Intent::DeclareResultShared { .. } => false,
    }
}

/// A person says what became of it.
pub(crate) fn declare_outcome(
    situation: &Situation<'_>,
    release: &Release,
    seq: ActionSeq,
    happened: bool,
) -> Result<Step, Problem> {
    let pending = release.pending.as_ref().filter(|it| it.seq == seq);
    if pending.is_none() {
        return Err(changed(
            "What became of it is known by now.".into(),
            "Look at what this step says now.",
        ));
    }
    if undecided(release, situation.facts, situation.now).is_none() {
        return Err(not_offered("Slipway still looks what became of it."));
    }
    Ok(declare(Declaration::Outcome { seq, happened }))
}
