//! What can be done about the execution that carries a release, beside a retry: with the words of each confirmation.

use crate::account::Power;
use crate::facts::{ActionRun, Category, RunStatus};
use crate::ids::{ExecutionId, Sha};
use crate::rules::roll_back::{self, RollBack};
use crate::rules::start::{self, Startable};
use crate::rules::stop::{self, Stoppable};
use crate::rules::{Course, transition};
use crate::text::line;
use crate::view::{Remedy, RemedyId, Scene, StepId, StepState};
use crate::words;
use serde::Serialize;
use ts_rs::TS;

/// What can be done about the execution that carries a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Control {
    /// `stop` is possible.
    pub stop: Option<StopControl>,
    /// `start-pipeline` is possible.
    pub start: Option<StartControl>,
    /// `enable-transition` is possible.
    pub transition: Option<TransitionControl>,
    /// `roll-back` is possible.
    pub roll_back: Option<RollBackControl>,
    /// These, each with its permission, where no card of a failure lists them.
    pub remedies: Vec<Remedy>,
}

/// What stopping an execution means, and for which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StopControl {
    /// The execution.
    pub execution: ExecutionId,
    /// "Execution 7c1f0a52 of docker-production, commit 4be19d2, for maintenance-2026-11-24".
    pub object: String,
    /// What "stop and wait" does; empty when it waits already.
    pub wait: String,
    /// What abandoning does, and its risk.
    pub abandon: String,
    /// How many characters the reason may have; AWS takes 200 together with the name that Slipway adds.
    pub reason_max: u32,
    /// Its permission.
    pub remedy: Remedy,
}

/// What starting the pipeline again means, and at which commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartControl {
    /// The step that offers it.
    pub step: StepId,
    /// The commit.
    pub commit: Sha,
    /// The execution that ended; `None` when the merge was not picked up.
    pub after: Option<ExecutionId>,
    /// "Commit 4be19d2 through docker-production, for maintenance-2026-11-24".
    pub object: String,
    /// What follows from it.
    pub text: String,
}

/// What switching on the way into a stage means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransitionControl {
    /// The step that offers it.
    pub step: StepId,
    /// The stage.
    pub stage: String,
    /// The reason for switching it off, as it was written down; may be empty.
    pub reason: String,
    /// "The way into Build of docker-production".
    pub object: String,
    /// What follows from it.
    pub text: String,
}

/// What rolling a stage back means, and to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RollBackControl {
    /// The stage.
    pub stage: String,
    /// The execution to go back to.
    pub target: ExecutionId,
    /// "0ddba11": what that one released.
    pub commit: String,
    /// "docker-build of docker-production to commit 0ddba11, deployed Tue 17 Nov, 8:06 pm Pacific".
    pub object: String,
    /// What follows from it.
    pub text: String,
}

impl Control {
    pub(super) fn draw(scene: &Scene<'_>, course: &Course<'_>) -> Self {
        let failed = course.state(StepId::Build) == StepState::Failed;
        Self {
            stop: stop::stoppable(course).map(|it| StopControl::draw(scene, course, &it)),
            start: start::startable(course).map(|it| StartControl::draw(course, it)),
            transition: TransitionControl::draw(course),
            roll_back: roll_back::possible(course).map(|it| RollBackControl::draw(course, &it)),
            remedies: match failed {
                true => Vec::new(),
                false => Self::remedies(scene, course),
            },
        }
    }

    /// What can be done where it does not go on.
    pub(super) fn remedies(scene: &Scene<'_>, course: &Course<'_>) -> Vec<Remedy> {
        let mut all = Vec::new();
        if start::startable(course).is_some() {
            let text =
                "The pipeline begins anew with exactly this commit, and asks for approval again.";
            let start = (RemedyId::StartAgain, Power::AwsStart);
            let title = "Start again at this commit";
            all.push(Remedy::of(scene, start, title, text.to_owned()));
        }
        if let Some(back) = roll_back::possible(course) {
            let text = format!(
                "{} runs again with commit {}, the last that went out. This release is not out then.",
                line(&back.stage, 100),
                back.commit.short()
            );
            let power = (RemedyId::RollBack, Power::AwsRollBack);
            all.push(Remedy::of(scene, power, "Roll the stage back", text));
        }
        if let Some((_, stage)) = transition::closed(course) {
            let text = format!(
                "The deploy waits in front of {} and goes on by itself then.",
                line(&stage.name, 100)
            );
            let enable = (RemedyId::EnableTransition, Power::AwsOpen);
            all.push(Remedy::of(scene, enable, "Switch the transition on", text));
        }
        all
    }
}

impl StopControl {
    fn draw(scene: &Scene<'_>, course: &Course<'_>, stoppable: &Stoppable<'_>) -> Self {
        let id = &stoppable.execution.id;
        let commit = course.commit();
        let commit = commit.map_or_else(String::new, |it| format!(", commit {}", it.short()));
        let running = running(course);
        let (is, it) = match running.as_str() {
            "" => ("What runs is".to_owned(), "What runs"),
            running => (format!("{running} is"), running),
        };
        let wait = format!(
            "{is} let finish, and nothing begins after it. What has gone out by then stays out."
        );
        let text = "Nothing begins any more. What was merged goes out with the next deploy.";
        let stop = (RemedyId::Stop, Power::AwsStop);
        Self {
            execution: id.clone(),
            object: format!(
                "Execution {} of {}{commit}, for {}",
                short(id),
                course.team.pipeline,
                line(course.release.id.as_str(), 200)
            ),
            wait: if stoppable.stopping {
                String::new()
            } else {
                wait
            },
            abandon: format!(
                "AWS does not wait. {it} goes on by itself and may still change production, and a later deploy can be overtaken by it."
            ),
            reason_max: stop::reason_max(course),
            remedy: Remedy::of(scene, stop, "Stop this deploy", text.to_owned()),
        }
    }

    /// It was told to stop a moment ago, though that does not show yet.
    pub(super) fn waiting(mut self) -> Self {
        self.wait.clear();
        self
    }
}

impl StartControl {
    fn draw(course: &Course<'_>, start: Startable) -> Self {
        let pipeline = &course.team.pipeline;
        let commit = start.commit.short();
        let before = match &start.after {
            Some(id) => format!("Execution {} stays as it ended. ", short(id)),
            None => String::new(),
        };
        let asks = if crate::rules::steps::approval::pipeline_asks(course) {
            "It asks for approval again: nothing goes out before somebody says yes."
        } else {
            "This pipeline asks nobody: it goes out by itself."
        };
        Self {
            step: step(course),
            object: format!(
                "Commit {commit} through {pipeline}, for {}",
                line(course.release.id.as_str(), 200)
            ),
            text: format!("{before}A new one begins with exactly this commit. {asks}"),
            commit: start.commit,
            after: start.after,
        }
    }
}

impl RollBackControl {
    fn draw(course: &Course<'_>, back: &RollBack<'_>) -> Self {
        let (stage, commit) = (line(&back.stage, 100), back.commit.short());
        let clock = course.clock();
        let ran = course.release.statements.iter().any(|it| it.run.is_some());
        let database = match ran {
            true => " Database changes already made stay.",
            false => "",
        };
        Self {
            object: format!(
                "{stage} of {} to commit {commit}, deployed {} {}",
                course.team.pipeline,
                clock.full(back.target.updated_at),
                clock.zone()
            ),
            text: format!(
                "AWS runs {stage} again with what went out then; nobody is asked for approval. {} is not out then, and what was merged stays in {}.{database}",
                line(course.release.id.as_str(), 200),
                course.team.base
            ),
            commit: commit.to_owned(),
            stage: back.stage.clone(),
            target: back.target.id.clone(),
        }
    }
}

impl TransitionControl {
    fn draw(course: &Course<'_>) -> Option<Self> {
        let (step, stage) = transition::closed(course)?;
        let name = line(&stage.name, 100);
        let reason = line(stage.disabled.as_deref().unwrap_or_default(), 300);
        let why = if reason.is_empty() {
            "Nobody wrote down why it was switched off.".to_owned()
        } else {
            format!("The reason given for switching it off: “{reason}”.")
        };
        Some(Self {
            step,
            object: format!("The way into {name} of {}", course.team.pipeline),
            text: format!(
                "{why} Every execution that waits there goes on by itself, this one first. If you do not know that the reason is gone, ask first."
            ),
            stage: stage.name.clone(),
            reason: stage.disabled.clone().unwrap_or_default(),
        })
    }
}

/// The step that says why it does not go on.
fn step(course: &Course<'_>) -> StepId {
    if course.settled(StepId::Approval) {
        StepId::Build
    } else {
        StepId::Approval
    }
}

/// "docker-build", "docker-build and scan": what runs in our execution now.
fn running(course: &Course<'_>) -> String {
    let runs = course.runs().unwrap_or_default().iter();
    let runs = runs.filter(|run: &&ActionRun| {
        run.status == RunStatus::InProgress && run.category != Category::Approval
    });
    let names: Vec<String> = runs.map(|run| line(&run.action, 60)).collect();
    words::list(&names)
}

/// The first part of an execution's id, as people compare it.
fn short(id: &ExecutionId) -> &str {
    let id = id.as_str();
    id.split('-').next().unwrap_or(id)
}
