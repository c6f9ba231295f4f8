//! The start screen.

use crate::facts::{
    ActionState, BranchHead, Execution, ExecutionStatus, Pipeline, Repository, RunStatus, Stage,
};
use crate::ids::{ReleaseId, Sha};
use crate::kind::Kind;
use crate::rules::{Course, naming};
use crate::time::At;
use crate::view::settings::is_declined;
use crate::view::{Mode, Scene, StepId, StepState, StepView, Tone};
use crate::words::{self, Clock, duration};
use serde::Serialize;
use ts_rs::TS;

/// The start screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Home {
    /// No account is connected: only a practice deploy is offered.
    pub empty: bool,
    /// "Two things need you", "Nothing needs you".
    pub headline: String,
    /// Releases in progress, the one that needs this person first.
    pub in_progress: Vec<InProgress>,
    /// Releases on GitHub that are not open here.
    pub found: Vec<Found>,
    /// The next window.
    pub next: NextMaintenance,
    /// Why no release can be started now; `None` when it can.
    pub cannot_start: Option<String>,
    /// Team settings wait for a yes, or were not used: a quiet line that leads to Settings.
    pub settings_wait: Option<String>,
    /// The watched pipeline; `None` until AWS was seen.
    pub pipeline: Option<PipelineStrip>,
    /// What went out lately, newest first, at most five.
    pub recent: Vec<Recent>,
}

/// A release in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InProgress {
    /// Which.
    pub release: ReleaseId,
    /// "Approve a hotfix: login timeout".
    pub title: String,
    /// One sentence.
    pub text: String,
    /// The step it stands at.
    pub step: StepId,
    /// That step's state.
    pub state: StepState,
    /// That state in words, for the side column.
    pub word: String,
    /// Since when.
    pub since: Option<At>,
    /// It is this person's turn.
    pub needs_you: bool,
}

/// A release that is on GitHub and not open here. Its branch may be gone since the merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The branch name.
    pub name: String,
    /// Its head.
    pub sha: Sha,
}

/// The next maintenance window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NextMaintenance {
    /// When it begins.
    pub at: At,
    /// It is open now.
    pub open: bool,
    /// "Tue 24 Nov, 7:00 pm Pacific".
    pub words: String,
    /// The branch that would be made.
    pub branch: String,
    /// That release is here already: it is opened instead.
    pub started: bool,
    /// It is the day (or practice): starting it is the thing to do.
    pub today: bool,
}

/// One pipeline as three phases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PipelineStrip {
    /// Name.
    pub name: String,
    /// What the newest execution carries.
    pub carries: String,
    /// Its stages.
    pub phases: Vec<StripPhase>,
}

/// One stage on the strip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StripPhase {
    /// Stage name.
    pub name: String,
    /// State.
    pub state: StepState,
    /// "Done 5:34 pm".
    pub text: String,
}

/// Something that went out, or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Recent {
    /// Branch name or commit title.
    pub name: String,
    /// "Deployed", "Rejected", "Failed".
    pub result: String,
    /// Colour and shape.
    pub tone: Tone,
    /// When it ended.
    pub ended_at: At,
    /// "Tue 17 Nov, 8:06 pm".
    pub ended: String,
    /// "1 h 4 min".
    pub took: String,
    /// Its report is in the history.
    pub kept: bool,
}

/// Branches of releases this many days around now are offered to be taken up.
const FOUND_DAYS: i32 = 8;
/// How many past deploys are listed.
const RECENT: usize = 5;

impl Home {
    pub(crate) fn draw(scene: &Scene<'_>) -> Self {
        let mut in_progress: Vec<InProgress> = scene
            .releases
            .iter()
            .map(|(release, facts)| Course::new(scene.team, scene.now, release, facts))
            .filter(|course| !course.finished())
            .map(|course| in_progress(&course))
            .collect();
        in_progress.sort_by_key(|item| !item.needs_you);
        let need = in_progress.iter().filter(|item| item.needs_you).count();
        let facts = scene.shared;
        let connected =
            facts.repository.connected || facts.pipeline.connected || facts.workspace.connected;
        let cannot_start = match (facts.repository.connected, facts.repository.fresh()) {
            (false, _) => Some("Slipway is not signed in to GitHub.".to_owned()),
            (true, None) => Some("GitHub was not seen yet.".to_owned()),
            (true, Some(_)) => None,
        };
        Self {
            empty: !connected,
            headline: headline(need),
            in_progress,
            found: found(scene),
            next: next(scene),
            cannot_start,
            settings_wait: settings_wait(scene),
            pipeline: facts
                .pipeline
                .stale()
                .map(|pipeline| strip(scene, pipeline)),
            recent: facts
                .pipeline
                .stale()
                .map(|pipeline| recent(scene, pipeline))
                .unwrap_or_default(),
        }
    }
}

fn settings_wait(scene: &Scene<'_>) -> Option<String> {
    let waiting = scene.team_files.waiting(scene.team);
    if let Some(waiting) = waiting.filter(|waiting| !is_declined(scene, waiting)) {
        let changes = words::count(waiting.changes.len(), "change");
        let wait = if waiting.changes.len() == 1 {
            "waits"
        } else {
            "wait"
        };
        return Some(format!(
            "{changes} of the team's settings {wait} for your yes."
        ));
    }
    let problem = scene.team_files.problem()?;
    Some(problem.what.clone())
}

fn headline(need: usize) -> String {
    match need {
        0 => "Nothing needs you".into(),
        1 => "One thing needs you".into(),
        2 => "Two things need you".into(),
        n => format!("{n} things need you"),
    }
}

fn in_progress(course: &Course<'_>) -> InProgress {
    let step = course.current();
    let standing = course.standing(step);
    let view = StepView::draw(course, step);
    let what = match (course.release.kind, &course.release.fix_name) {
        (Kind::Hotfix, Some(fix_name)) => format!("hotfix {fix_name}"),
        (kind, _) => format!("{} {}", kind.word().to_lowercase(), course.release.date),
    };
    InProgress {
        release: course.release.id.clone(),
        title: format!("{}: {what}", view.title),
        text: view.lead,
        step,
        state: standing.state,
        word: standing.note.clone(),
        since: standing.since,
        needs_you: matches!(
            standing.state,
            StepState::Ready | StepState::Failed | StepState::Blocked
        ),
    }
}

/// Branches of releases, nearest to today first; also of merged ones whose branch is gone, but of none that has ended.
fn found(scene: &Scene<'_>) -> Vec<Found> {
    let Some(repository) = scene.shared.repository.fresh() else {
        return Vec::new();
    };
    let today = scene.team.window.date_at(scene.now);
    let open = |name: &str| {
        scene
            .releases
            .iter()
            .any(|(release, _)| release.id.as_str() == name)
    };
    let exists = |name: &str| repository.branches.iter().any(|branch| branch.name == name);
    let gone = repository
        .merged
        .iter()
        .map(|merged| &merged.branch)
        .filter(|branch| !exists(&branch.name));
    let mut found: Vec<(i32, &BranchHead)> = repository
        .branches
        .iter()
        .chain(gone)
        .filter(|branch| !open(&branch.name) && !scene.is_over(&branch.name))
        .filter(|branch| !ended(scene, repository, branch))
        .filter_map(|branch| {
            let date = naming::parse(scene.team, &branch.name)?.date;
            let hours = today.duration_until(date).as_hours();
            Some((i32::try_from(hours / 24).ok()?.abs(), branch))
        })
        .filter(|(days, _)| *days < FOUND_DAYS)
        .collect();
    found.sort_by_key(|(days, _)| *days);
    found.dedup_by(|(_, later), (_, earlier)| later.name == earlier.name);
    found
        .into_iter()
        .map(|(_, branch)| Found {
            name: branch.name.clone(),
            sha: branch.sha.clone(),
        })
        .take(10)
        .collect()
}

/// It was merged as it is, and the pipeline went through with that or with what came after it. Before the first look at
/// the pipeline that is not known, and nobody is offered for a moment what ended long ago.
fn ended(scene: &Scene<'_>, repository: &Repository, branch: &BranchHead) -> bool {
    let mut merges = repository.merged.iter();
    let Some(merged) = merges.find(|merged| merged.branch == *branch) else {
        return false;
    };
    let pipeline = &scene.shared.pipeline;
    if pipeline.connected && pipeline.last.is_none() && pipeline.failing.is_none() {
        return true;
    }
    let executions = pipeline.stale();
    let mut executions = executions.iter().flat_map(|pipeline| &pipeline.executions);
    executions.any(|execution| {
        let carries = execution
            .revisions
            .iter()
            .any(|revision| revision.sha.as_ref() == Some(&merged.commit));
        execution.status == ExecutionStatus::Succeeded
            && (carries || execution.started_at > merged.at)
    })
}

fn next(scene: &Scene<'_>) -> NextMaintenance {
    let occurrence = scene.team.window.current_or_next(scene.now);
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let open = occurrence.opens <= scene.now;
    let branch = naming::branch_name(scene.team, Kind::Maintenance, occurrence.date, "");
    let started = scene
        .releases
        .iter()
        .any(|(release, _)| release.id.as_str() == branch);
    let day = open || scene.team.window.date_at(scene.now) == occurrence.date;
    NextMaintenance {
        at: occurrence.opens,
        open,
        words: format!("{} {}", clock.full(occurrence.opens), clock.zone()),
        branch,
        started,
        today: !started && (day || scene.mode == Mode::Practice),
    }
}

fn strip(scene: &Scene<'_>, pipeline: &Pipeline) -> PipelineStrip {
    let newest = pipeline.executions.first();
    PipelineStrip {
        name: pipeline.name.clone(),
        carries: newest.map(carries).unwrap_or_default(),
        phases: pipeline
            .stages
            .iter()
            .map(|stage| phase(scene, stage, newest))
            .collect(),
    }
}

/// A stage, for the newest execution: what an older one left behind there is still to come.
fn phase(scene: &Scene<'_>, stage: &Stage, newest: Option<&Execution>) -> StripPhase {
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let current = newest.is_some_and(|newest| stage.execution.as_ref() == Some(&newest.id));
    let changed = stage
        .actions
        .iter()
        .filter_map(|action| action.changed_at)
        .max();
    let at = changed.map(|at| clock.at(at)).unwrap_or_default();
    let gate = |action: &ActionState| {
        action.token.is_some() && action.status == Some(RunStatus::InProgress)
    };
    let (state, text) = match stage.status.filter(|_| current) {
        Some(RunStatus::InProgress) if stage.actions.iter().any(gate) => {
            (StepState::Waiting, "Waiting for an approver".to_owned())
        }
        Some(RunStatus::InProgress) => (StepState::Working, "Working".to_owned()),
        Some(RunStatus::Succeeded) => (StepState::Done, format!("Done {at}")),
        Some(RunStatus::Failed) => (StepState::Failed, format!("Failed {at}")),
        Some(RunStatus::Stopped | RunStatus::Cancelled) => {
            (StepState::Blocked, format!("Stopped {at}"))
        }
        Some(RunStatus::Skipped) => (StepState::Skipped, "Skipped".to_owned()),
        Some(RunStatus::Other) => (StepState::Unknown, "Unknown".to_owned()),
        None => (StepState::Later, "Later".to_owned()),
    };
    StripPhase {
        name: stage.name.clone(),
        state,
        text,
    }
}

fn carries(execution: &Execution) -> String {
    execution
        .revisions
        .first()
        .map(|revision| title(&revision.summary))
        .unwrap_or_default()
}

/// GitHub's merge commits name the branch that came in; other commits have a title.
fn title(summary: &str) -> String {
    let line = crate::text::line(summary, 120);
    let merged = line
        .strip_prefix("Merge pull request #")
        .and_then(|rest| rest.split_once(" from "));
    match merged.and_then(|(_, from)| from.split_once('/')) {
        Some((_, branch)) => branch.to_owned(),
        None => line,
    }
}

fn recent(scene: &Scene<'_>, pipeline: &Pipeline) -> Vec<Recent> {
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let ended = pipeline.executions.iter().filter_map(|execution| {
        let (result, tone) = match execution.status {
            ExecutionStatus::Succeeded if execution.rolls_back.is_some() => {
                ("Rolled back", Tone::Bad)
            }
            ExecutionStatus::Succeeded => ("Deployed", Tone::Good),
            ExecutionStatus::Failed => ("Not deployed", Tone::Bad),
            ExecutionStatus::Stopped => ("Stopped", Tone::Bad),
            ExecutionStatus::InProgress
            | ExecutionStatus::Stopping
            | ExecutionStatus::Superseded
            | ExecutionStatus::Cancelled
            | ExecutionStatus::Other => return None,
        };
        let name = carries(execution);
        Some(Recent {
            kept: scene.keeps(&name),
            name,
            result: result.to_owned(),
            tone,
            ended_at: execution.updated_at,
            ended: clock.full(execution.updated_at),
            took: duration(execution.updated_at.seconds_since(execution.started_at)),
        })
    });
    ended.take(RECENT).collect()
}
