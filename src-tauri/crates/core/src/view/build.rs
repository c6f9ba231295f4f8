//! Watch the build.

use crate::facts::{ActionRun, Category, Execution, ExecutionStatus, Pipeline, RunStatus};
use crate::ids::ExecutionId;
use crate::record::Milestone;
use crate::release::Release;
use crate::rules::steps::{approval, build};
use crate::rules::{Course, answer, production, roll_back};
use crate::time::At;
use crate::view::remedy::reason;
use crate::view::{Failure, LinkView, Links, Scene, StepId, StepState};
use serde::Serialize;
use ts_rs::TS;

/// The seventh step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildScreen {
    /// Pipeline name.
    pub pipeline: String,
    /// "Building", "Deployed", "The build failed".
    pub headline: String,
    /// One sentence under it.
    pub text: String,
    /// When the build (after the approval) started.
    pub started_at: Option<At>,
    /// When it ended.
    pub ended_at: Option<At>,
    /// What earlier executions took from approval to end, in seconds (median), when there is a history.
    pub usually_seconds: Option<u32>,
    /// Stages and actions of our execution, in order.
    pub stages: Vec<StageView>,
    /// The end of the log, oldest first.
    pub log: Vec<LogView>,
    /// What went wrong.
    pub failure: Option<Failure>,
    /// The console page.
    pub link: Option<LinkView>,
    /// `retry-stage` is possible for this stage and execution.
    pub retry: Option<(String, ExecutionId)>,
    /// What the action bar says.
    pub hint: String,
}

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
}

/// One log line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogView {
    /// When.
    pub at: At,
    /// Text.
    pub text: String,
}

impl BuildScreen {
    pub(crate) fn draw(scene: &Scene<'_>, course: &Course<'_>, links: &mut Links) -> Self {
        let state = course.state(StepId::Build);
        let detail = course.detail();
        let approved_at = course
            .standing(StepId::Approval)
            .since
            .filter(|_| course.settled(StepId::Approval));
        let ended_at = course
            .execution()
            .filter(|execution| {
                !matches!(
                    execution.status,
                    ExecutionStatus::InProgress
                        | ExecutionStatus::Stopping
                        | ExecutionStatus::Other
                )
            })
            .map(|execution| execution.updated_at);
        let retry = (state == StepState::Failed)
            .then(|| answer::retryable(course))
            .flatten();
        Self {
            pipeline: course.team.pipeline.clone(),
            headline: headline(course, state).to_owned(),
            text: text(course, state),
            started_at: approved_at,
            ended_at: ended_at.filter(|_| approved_at.is_some()),
            usually_seconds: usually(scene, course),
            stages: stages(course),
            log: detail
                .map(|detail| detail.log.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|line| LogView {
                    at: line.at,
                    text: crate::text::cut(&line.text, 2000),
                })
                .collect(),
            failure: Failure::draw(scene, course),
            link: course
                .facts
                .pipeline
                .stale()
                .filter(|pipeline| !pipeline.console_url.is_empty())
                .map(|pipeline| links.add("pipeline", "Open in AWS", &pipeline.console_url)),
            hint: hint(state, retry.is_some()).to_owned(),
            retry: retry.map(|(stage, execution, _)| (stage, execution)),
        }
    }
}

/// What earlier deploys took from the approval to a good end: the median. AWS tells it of none without another call, so
/// it is taken from the releases that were followed here. Where nobody is asked, from the pipeline's own list.
fn usually(scene: &Scene<'_>, course: &Course<'_>) -> Option<u32> {
    let others = scene.releases.iter().map(|(release, _)| *release);
    let followed = others
        .filter(|release| release.id != course.release.id)
        .filter_map(approved_to_end);
    let mut took: Vec<i64> = if approval::pipeline_asks(course) {
        followed.collect()
    } else {
        let executions = &course.facts.pipeline.stale()?.executions;
        let succeeded = |one: &&Execution| one.status == ExecutionStatus::Succeeded;
        executions
            .iter()
            .filter(succeeded)
            .map(|one| one.updated_at.seconds_since(one.started_at))
            .collect()
    };
    took.sort_unstable();
    let median = *took.get(took.len() / 2)?;
    u32::try_from(median).ok().filter(|seconds| *seconds > 0)
}

fn approved_to_end(release: &Release) -> Option<i64> {
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
    Some(ended?.seconds_since(approved?)).filter(|seconds| *seconds > 0)
}

fn headline<'a>(course: &'a Course<'_>, state: StepState) -> &'a str {
    match state {
        StepState::Done => "Deployed to production",
        StepState::Failed => &course.standing(StepId::Build).note,
        StepState::Blocked if build::held_before(course).is_some() => "The deploy is held up",
        StepState::Blocked if roll_back::done(course).is_some() => "Rolled back",
        StepState::Blocked => "The deploy stopped",
        StepState::Later => "Not started yet",
        StepState::Skipped => "Nothing to build",
        StepState::Unknown | StepState::NotConnected => "The build cannot be seen",
        StepState::Working if build::is_stopping(course) => "The deploy is stopping",
        StepState::Working if roll_back::since(course).is_some() => "Rolling back",
        StepState::Ready | StepState::Waiting | StepState::Working => "Building",
    }
}

fn text(course: &Course<'_>, state: StepState) -> String {
    match state {
        StepState::Done => {
            let at = course.standing(StepId::Build).since;
            at.map(|at| {
                format!(
                    "Live since {} {}.",
                    course.clock().at(at),
                    course.clock().zone()
                )
            })
            .unwrap_or_default()
        }
        StepState::Later => format!("{}.", course.standing(StepId::Build).note),
        StepState::Blocked => reason(course, StepId::Build),
        StepState::Working if build::is_stopping(course) => {
            "What runs is let finish, then it stops. Nothing begins after it.".into()
        }
        StepState::Working if roll_back::since(course).is_some() => {
            "Production runs the version from before again when it is done.".into()
        }
        StepState::Working => "The new version goes live when the last stage is done.".into(),
        // The card says it.
        StepState::Failed => String::new(),
        StepState::Ready
        | StepState::Waiting
        | StepState::Skipped
        | StepState::Unknown
        | StepState::NotConnected => format!("{}.", course.standing(StepId::Build).note),
    }
}

fn hint(state: StepState, can_retry: bool) -> &'static str {
    match (state, can_retry) {
        (StepState::Working, _) => {
            "This page keeps itself up to date. There is nothing to do here."
        }
        (StepState::Failed, true) => "Retry starts the same commit again.",
        (_, _) => "",
    }
}

/// Every action of the pipeline in order: with its newest run in our execution, or still to come.
fn stages(course: &Course<'_>) -> Vec<StageView> {
    let runs = course
        .detail()
        .map(|detail| detail.runs.as_slice())
        .unwrap_or_default();
    let Some(pipeline) = course.facts.pipeline.stale() else {
        return Vec::new();
    };
    let actions = pipeline
        .stages
        .iter()
        .flat_map(|stage| stage.actions.iter().map(move |action| (stage, action)));
    actions
        .map(|(stage, action)| {
            let run = runs
                .iter()
                .rfind(|run| run.stage == stage.name && run.action == action.name);
            let name = if stage.actions.len() == 1 {
                stage.name.clone()
            } else {
                action.name.clone()
            };
            match run {
                Some(run) => ran(course, name, run),
                None => StageView {
                    name,
                    state: StepState::Later,
                    text: String::new(),
                    started_at: None,
                    ended_at: None,
                },
            }
        })
        .collect()
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

/// What production runs now, as far as that is certain: what a deploy action began is not taken back when it fails.
pub(super) fn still_runs(course: &Course<'_>) -> String {
    match production::untouched(course) {
        Some(true) => {}
        Some(false) if course.runs().is_some() => {
            return "A deploy action had begun, so production may have changed in part.".into();
        }
        Some(false) | None => {
            return "Slipway cannot see whether a deploy action had begun, so production may have changed in part.".into();
        }
    }
    let live = |pipeline: &&Pipeline| {
        pipeline
            .executions
            .iter()
            .find(|execution| execution.status == ExecutionStatus::Succeeded)
            .map(|e| e.updated_at)
    };
    match course.facts.pipeline.stale().as_ref().and_then(live) {
        Some(at) => format!(
            "Production still runs the version from {}.",
            course.clock().full(at)
        ),
        None => "Nothing new went to production.".into(),
    }
}
