//! Which execution carries a release, and how often to look.

use crate::action::Action;
use crate::facts::{Execution, ExecutionStatus, Facts, Relation, Revision};
use crate::ids::{ExecutionId, Sha};
use crate::record::Milestone;
use crate::release::Release;
use crate::rules::{Course, remind, roll_back};
use crate::time::At;
use crate::view::Mode;

/// An execution cannot carry a commit from before it was made; clocks of two services may differ this much (seconds).
const CLOCK_DIFFERENCE: i64 = 300;
/// Seconds between looks while nothing moves.
const IDLE: u32 = 60;

/// The execution that carries this release: its source revision is our commit or a descendant, and it started after
/// the merge. One that succeeded comes first (the oldest such), then the oldest that still moves, then the newest
/// that ended otherwise. `None` before the merge: an earlier execution never counts, however green,
/// and neither does one that rolls a stage back.
#[must_use]
pub fn our_execution(release: &Release, facts: &Facts) -> Option<ExecutionId> {
    let (ours, landed_at) = landed(release, facts)?;
    let contains = |sha: &Sha| contains(facts, &ours, sha);
    let carries = |execution: &&Execution| {
        execution.started_at >= landed_at.plus_seconds(-CLOCK_DIFFERENCE)
            && execution.rolls_back.is_none()
            && execution
                .revisions
                .iter()
                .filter_map(|revision| revision.sha.as_ref())
                .any(contains)
    };
    let newest_first: Vec<&Execution> = facts
        .pipeline
        .stale()?
        .executions
        .iter()
        .filter(carries)
        .collect();
    let with = |status: ExecutionStatus| {
        newest_first
            .iter()
            .rfind(|execution| execution.status == status)
    };
    let set_aside = |execution: &&&Execution| {
        matches!(
            execution.status,
            ExecutionStatus::Superseded | ExecutionStatus::Cancelled
        )
    };
    with(ExecutionStatus::Succeeded)
        .or_else(|| with(ExecutionStatus::InProgress))
        .or_else(|| with(ExecutionStatus::Stopping))
        .or_else(|| newest_first.iter().find(|execution| !set_aside(execution)))
        .or_else(|| newest_first.first())
        .map(|execution| execution.id.clone())
}

/// The execution whose details are read: the one that an answer or a retry of unknown outcome is about, else ours.
#[must_use]
pub fn execution_to_read(release: &Release, facts: &Facts) -> Option<ExecutionId> {
    let unknown = release
        .pending
        .as_ref()
        .filter(|pending| pending.unknown.is_some());
    let asked_about = unknown.and_then(|pending| match &pending.action {
        Action::AnswerApproval { gate, .. } => Some(gate.execution.clone()),
        Action::RetryStage { execution, .. } | Action::StopExecution { execution, .. } => {
            Some(execution.clone())
        }
        Action::CreateBranch { .. }
        | Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. }
        | Action::StartExecution { .. }
        | Action::RollBack { .. }
        | Action::EnableTransition { .. }
        | Action::PostResult { .. }
        | Action::TellChange { .. } => None,
    });
    asked_about.or_else(|| our_execution(release, facts))
}

/// The commit that an execution would release: of several sources the one that carries ours.
pub(crate) fn commit<'a>(
    release: &Release,
    facts: &Facts,
    execution: &'a Execution,
) -> Option<&'a Sha> {
    let ours = landed(release, facts).map(|(ours, _)| ours);
    let mut shas = execution
        .revisions
        .iter()
        .filter_map(|revision| revision.sha.as_ref());
    let first = shas.clone().next();
    shas.find(|sha| ours.as_ref().is_some_and(|ours| contains(facts, ours, sha)))
        .or(first)
}

/// A revision is our commit or a descendant of it, as far as GitHub told.
fn contains(facts: &Facts, ours: &Sha, sha: &Sha) -> bool {
    let related = facts.source.stale().and_then(|source| {
        source
            .lineage
            .iter()
            .find(|lineage| lineage.revision == *sha)
    });
    sha == ours || related.is_some_and(|lineage| !matches!(lineage.relation, Relation::WithoutOurs))
}

/// Source revisions of executions since the merge whose relation to our commit is not known yet.
#[must_use]
pub fn revisions_to_relate(release: &Release, facts: &Facts) -> Vec<Sha> {
    let (Some((ours, landed_at)), Some(pipeline)) =
        (landed(release, facts), facts.pipeline.stale())
    else {
        return Vec::new();
    };
    let known = facts
        .source
        .stale()
        .map(|source| source.lineage.as_slice())
        .unwrap_or_default();
    let mut revisions: Vec<Sha> = pipeline
        .executions
        .iter()
        .filter(|execution| execution.started_at >= landed_at.plus_seconds(-CLOCK_DIFFERENCE))
        .flat_map(|execution| {
            execution
                .revisions
                .iter()
                .filter_map(|revision| revision.sha.clone())
        })
        .filter(|sha| *sha != ours && known.iter().all(|lineage| lineage.revision != *sha))
        .collect();
    revisions.sort();
    revisions.dedup();
    revisions
}

/// What runs in production and what the execution that carries the release would bring there, while they are not the
/// same and were not compared: of several sources the one that carries ours.
#[must_use]
pub fn outgoing_to_compare(release: &Release, facts: &Facts) -> Option<(Sha, Sha)> {
    let (live, commit) = outgoing(release, facts)?;
    let known = facts.source.stale()?.outgoing.as_ref();
    let is_known = known.is_some_and(|known| known.live == live && known.commit == commit);
    (!is_known).then_some((live, commit))
}

/// The same, whether they were compared or not.
pub(crate) fn outgoing(release: &Release, facts: &Facts) -> Option<(Sha, Sha)> {
    let executions = &facts.pipeline.stale()?.executions;
    let ours = our_execution(release, facts)?;
    let ours = executions.iter().find(|execution| execution.id == ours)?;
    // What is out already is compared with nothing.
    if ours.status == ExecutionStatus::Succeeded {
        return None;
    }
    let commit = commit(release, facts, ours)?;
    let source = |it: &&Revision| it.sha.as_ref() == Some(commit);
    let source = &ours.revisions.iter().find(source)?.action;
    let live = executions
        .iter()
        .find(|execution| execution.status == ExecutionStatus::Succeeded)?;
    let revision = live.revisions.iter().find(|it| it.action == *source)?;
    let live = revision.sha.as_ref().filter(|live| *live != commit)?;
    Some((live.clone(), commit.clone()))
}

/// Seconds until the next look: short while something moves, long when nothing does.
#[must_use]
pub fn look_every(mode: Mode, releases: &[Course<'_>]) -> u32 {
    let real = releases.iter().map(look_every_for).min().unwrap_or(IDLE);
    match mode {
        Mode::Practice => real.min(2),
        Mode::Real => real,
    }
}

fn look_every_for(course: &Course<'_>) -> u32 {
    let unsettled = course.release.pending.is_some() || course.release.in_doubt.is_some();
    if unsettled || remind::is_due_unseen(course) {
        return 10;
    }
    if course.finished() {
        return IDLE;
    }
    let back = roll_back::since(course);
    if back.is_some_and(|it| it.status == ExecutionStatus::InProgress) {
        return 10;
    }
    let Some(execution) = course.execution() else {
        return 15;
    };
    let waits_since = course.facts.pipeline.stale().and_then(|pipeline| {
        pipeline
            .stages
            .iter()
            .filter(|stage| stage.execution.as_ref() == Some(&execution.id))
            .flat_map(|stage| &stage.actions)
            .find(|action| action.token.is_some())?
            .changed_at
    });
    match (execution.status, waits_since) {
        (ExecutionStatus::InProgress, Some(since)) if course.now.seconds_since(since) < 900 => 15,
        (ExecutionStatus::InProgress, Some(_)) => IDLE,
        (ExecutionStatus::InProgress, None) | (ExecutionStatus::Stopping, _) => 10,
        (
            ExecutionStatus::Succeeded
            | ExecutionStatus::Failed
            | ExecutionStatus::Stopped
            | ExecutionStatus::Superseded
            | ExecutionStatus::Cancelled
            | ExecutionStatus::Other,
            _,
        ) => IDLE,
    }
}

/// How long what was read closely of an execution that moves may stay as it is; what the stages show to have changed is
/// read again anyway. Seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closeness {
    /// Which actions ran in it (`ListActionExecutions`).
    pub runs: u32,
    /// Its build's phases and the end of its log (`BatchGetBuilds`, `GetLogEvents`).
    pub build: u32,
}

impl Closeness {
    /// Nothing of it stays: something is about to be decided on it, or was just sent.
    pub const NOW: Self = Self { runs: 0, build: 0 };
}

/// With a look every ten seconds, an hour costs at most 792 calls while its build is on somebody's screen, also with its
/// whole log open, and 400 while nobody sees it.
#[must_use]
pub fn closeness(seen: bool) -> Closeness {
    if seen {
        Closeness {
            runs: 60,
            build: 15,
        }
    } else {
        Closeness {
            runs: 600,
            build: 600,
        }
    }
}

/// What started before this cannot carry our commit.
#[must_use]
pub fn since_landed(release: &Release, facts: &Facts) -> Option<At> {
    let (_, landed_at) = landed(release, facts)?;
    Some(landed_at.plus_seconds(-CLOCK_DIFFERENCE))
}

/// Our commit and when it landed: as seen, else as noted.
fn landed(release: &Release, facts: &Facts) -> Option<(Sha, At)> {
    let seen = facts
        .source
        .stale()
        .and_then(|source| source.landed.as_ref());
    seen.map(|landed| (landed.sha.clone(), landed.at))
        .or_else(|| {
            release.milestones.iter().rev().find_map(|milestone| {
                if let Milestone::Landed { sha, at, .. } = milestone {
                    Some((sha.clone(), *at))
                } else {
                    None
                }
            })
        })
}
