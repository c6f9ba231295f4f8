//! Watch the build.

mod stages;
mod took;

use crate::facts::{ExecutionStatus, Pipeline};
use crate::ids::ExecutionId;
use crate::rules::steps::build;
use crate::rules::{self, Course, answer, production, roll_back};
use crate::time::At;
use crate::view::remedy::reason;
use crate::view::{Failure, LinkView, Links, Scene, StepId, StepState};
use serde::Serialize;
use took::Took;
use ts_rs::TS;

pub use stages::StageView;

/// The seventh step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BuildScreen {
    /// Pipeline name.
    pub pipeline: String,
    /// "Building", "Deployed", "The build failed", "The build could not start".
    pub headline: String,
    /// One sentence under it.
    pub text: String,
    /// When the build (after the approval) started.
    pub started_at: Option<At>,
    /// When it ended.
    pub ended_at: Option<At>,
    /// What earlier executions took from approval to end, in seconds (median), when there is a history.
    pub usually_seconds: Option<u32>,
    /// What nine in ten of them took at most, in seconds: what takes more takes longer than usual.
    pub seldom_over_seconds: Option<u32>,
    /// "Compared with 12 earlier deploys"; empty without a history.
    pub compared: String,
    /// Stages and actions of our execution, in order.
    pub stages: Vec<StageView>,
    /// The end of the log, oldest first.
    pub log: Vec<LogView>,
    /// The whole of it can be shown.
    pub has_log: bool,
    /// What went wrong.
    pub failure: Option<Failure>,
    /// The console page.
    pub link: Option<LinkView>,
    /// `retry-stage` is possible for this stage and execution.
    pub retry: Option<(String, ExecutionId)>,
    /// What the action bar says.
    pub hint: String,
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
        let took = Took::before(scene, course);
        Self {
            pipeline: course.team.pipeline.clone(),
            headline: headline(course, state).to_owned(),
            text: text(course, state),
            started_at: approved_at,
            ended_at: ended_at.filter(|_| approved_at.is_some()),
            usually_seconds: took.as_ref().map(|took| took.median),
            seldom_over_seconds: took.as_ref().map(|took| took.ninth_decile),
            compared: took.map(Took::words).unwrap_or_default(),
            stages: stages::stages(course),
            log: detail
                .map(|detail| detail.log.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|line| LogView {
                    at: line.at,
                    text: crate::text::cut(&line.text, 2000),
                })
                .collect(),
            has_log: rules::log_of(course).is_some(),
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
