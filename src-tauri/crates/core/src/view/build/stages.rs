//! The stages and actions of our execution.

use crate::facts::{ActionRun, ActionState, Category, RunStatus, Stage};
use crate::rules::Course;
use crate::rules::steps::approval;
use crate::time::At;
use crate::view::StepState;
use crate::words;
use serde::Serialize;
use ts_rs::TS;

/// One action of our execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StageView {
    /// "Source", "Approval", "docker-build".
    pub name: String,
    /// State.
    pub state: StepState,
    /// "Got 4be19d2 from master", "Phase BUILD".
    pub text: String,
    /// When it started.
    pub started_at: Option<At>,
    /// When it ended.
    pub ended_at: Option<At>,
    /// Those with the same number run at the same time.
    pub group: u32,
    /// "At the same time as unit-tests and lint"; empty where it runs alone.
    pub beside: String,
}

/// Every action of the pipeline in order: with its newest run in our execution, or still to come.
pub(super) fn stages(course: &Course<'_>) -> Vec<StageView> {
    let runs = course
        .detail()
        .map(|detail| detail.runs.as_slice())
        .unwrap_or_default();
    let Some(pipeline) = course.facts.pipeline.stale() else {
        return Vec::new();
    };
    let mut group = 0;
    let mut before = None;
    let actions = pipeline.stages.iter().flat_map(|stage| {
        in_order(stage)
            .into_iter()
            .map(move |action| (stage, action))
    });
    actions
        .map(|(stage, action)| {
            let place = (&stage.name, action.run_order);
            if action.run_order == 0 || before.replace(place) != Some(place) {
                group += 1;
            }
            let run = runs
                .iter()
                .rfind(|run| run.stage == stage.name && run.action == action.name);
            let name = if stage.actions.len() == 1 {
                stage.name.clone()
            } else {
                action.name.clone()
            };
            let mut view = match run {
                Some(run) => ran(course, name, run),
                None => StageView {
                    name,
                    state: StepState::Later,
                    text: String::new(),
                    started_at: None,
                    ended_at: None,
                    group: 0,
                    beside: String::new(),
                },
            };
            view.group = group;
            view.beside = beside(stage, action);
            view
        })
        .collect()
}

/// The actions in the order in which they run.
fn in_order(stage: &Stage) -> Vec<&ActionState> {
    let mut actions: Vec<&ActionState> = stage.actions.iter().collect();
    actions.sort_by_key(|action| action.run_order);
    actions
}

fn beside(stage: &Stage, action: &ActionState) -> String {
    let others = stage.actions.iter().filter(|other| {
        other.run_order > 0 && other.run_order == action.run_order && other.name != action.name
    });
    let names: Vec<&str> = others.map(|other| other.name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("At the same time as {}", words::list(names)),
    }
}

fn ran(course: &Course<'_>, name: String, run: &ActionRun) -> StageView {
    let state = match (run.status, run.category) {
        (RunStatus::InProgress, Category::Approval) => StepState::Waiting,
        (RunStatus::InProgress, Category::Source | Category::Work | Category::Deploy) => {
            StepState::Working
        }
        (RunStatus::Succeeded, _) => StepState::Done,
        (RunStatus::Failed, _) => StepState::Failed,
        (RunStatus::Stopped | RunStatus::Cancelled, _) => StepState::Blocked,
        (RunStatus::Skipped, _) => StepState::Skipped,
        (RunStatus::Other, _) => StepState::Unknown,
    };
    let ended = !matches!(run.status, RunStatus::InProgress | RunStatus::Other);
    StageView {
        name,
        state,
        text: run_text(course, run),
        started_at: Some(run.started_at),
        ended_at: ended.then_some(run.updated_at),
        group: 0,
        beside: String::new(),
    }
}

fn run_text(course: &Course<'_>, run: &ActionRun) -> String {
    match (run.category, run.status) {
        (Category::Source, RunStatus::Succeeded) => {
            let sha = course.execution().and_then(|ours| {
                ours.revisions
                    .iter()
                    .find_map(|revision| revision.sha.clone())
            });
            sha.map(|sha| format!("Got {} from {}", sha.short(), course.team.base))
                .unwrap_or_default()
        }
        (Category::Approval, RunStatus::Succeeded) => {
            let by = run
                .updated_by
                .as_deref()
                .map_or_else(|| "Somebody".to_owned(), approval::arn_name);
            format!("{by} approved")
        }
        (Category::Approval, RunStatus::InProgress) => "Waits for an answer".into(),
        (Category::Approval, RunStatus::Failed) => match approval::rejected_by(course, run) {
            Some(by) => format!("{by} rejected"),
            None => "Nobody answered in time".into(),
        },
        (Category::Work, RunStatus::InProgress) => {
            let phases = course
                .detail()
                .map(|detail| detail.phases.as_slice())
                .unwrap_or_default();
            let phase = phases
                .iter()
                .rfind(|phase| phase.ended_at.is_none())
                .or(phases.last());
            phase
                .map(|phase| phase_words(&phase.name))
                .unwrap_or_default()
        }
        (_, _) => crate::text::line(&run.summary, 160),
    }
}

/// `phaseType` of CodeBuild in words.
fn phase_words(name: &str) -> String {
    match name {
        "SUBMITTED" | "QUEUED" => "Waiting for a build machine".to_owned(),
        "PROVISIONING" => "Starting a build machine".to_owned(),
        "DOWNLOAD_SOURCE" => "Fetching the source".to_owned(),
        "INSTALL" => "Installing what the build needs".to_owned(),
        "PRE_BUILD" => "Preparing the build".to_owned(),
        "BUILD" => "Building".to_owned(),
        "POST_BUILD" => "Finishing the build".to_owned(),
        "UPLOAD_ARTIFACTS" => "Storing what was built".to_owned(),
        "FINALIZING" | "COMPLETED" => "Cleaning up".to_owned(),
        other => format!("Phase {}", crate::text::line(other, 60)),
    }
}
