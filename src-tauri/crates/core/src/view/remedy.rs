//! What to do about a step that is blocked and has no button for it.

use crate::facts::{ExecutionStatus, Stage};
use crate::rules::steps::{build, gate};
use crate::rules::{Course, roll_back, start};
use crate::view::{StepId, StepState};

/// Why, as far as the note does not say it, and what to do; empty when the step is not blocked or its screen tells
/// already.
pub(crate) fn remedy(course: &Course<'_>, step: StepId) -> String {
    if course.state(step) != StepState::Blocked {
        return String::new();
    }
    match step {
        StepId::Etl | StepId::Merge if course.branch_is_gone() => {
            "Restore the branch on GitHub, or put this release aside and start anew.".into()
        }
        StepId::Approval | StepId::Build => pipeline(course, step),
        StepId::Branch
        | StepId::Announce
        | StepId::Etl
        | StepId::Database
        | StepId::Merge
        | StepId::Finish => String::new(),
    }
}

/// The note as a sentence, and what to do about it.
pub(crate) fn reason(course: &Course<'_>, step: StepId) -> String {
    let sentence = format!("{}. {}", course.standing(step).note, remedy(course, step));
    sentence.trim_end().to_owned()
}

fn pipeline(course: &Course<'_>, step: StepId) -> String {
    if let Some(back) = roll_back::done(course).filter(|_| step == StepId::Build) {
        return format!(
            "Production runs {} again. What was merged stays in {} and goes out with the next deploy.",
            roll_back::to(course, back),
            course.team.base
        );
    }
    let held = if step == StepId::Approval {
        gate::held_before(course)
    } else {
        build::held_before(course)
    };
    if let Some(stage) = held {
        return switched_off(stage);
    }
    let can_start = start::startable(course).is_some();
    let start = if can_start {
        "It can be started again at the same commit, by whoever may (codepipeline:StartPipelineExecution)."
    } else {
        "Ask somebody who may start the pipeline (codepipeline:StartPipelineExecution) to do so in the AWS console; this page follows it by itself."
    };
    match course.execution().map(|ours| ours.status) {
        None if gate::nameless(course).is_some() => format!(
            "{} ran after the merge, but from an image or a file that names no commit, so Slipway cannot say whether it carries this release. Follow it and answer it in the AWS console, then put this release aside.",
            course.team.pipeline
        ),
        None => start.into(),
        Some(ExecutionStatus::Superseded) if can_start => "If the newer one carries this merge too, this page follows it by itself. Otherwise it can be started again at the same commit, by whoever may (codepipeline:StartPipelineExecution).".into(),
        Some(ExecutionStatus::Superseded) => "If the newer one carries this merge too, this page follows it by itself. Otherwise put this release aside and start anew.".into(),
        Some(
            ExecutionStatus::InProgress
            | ExecutionStatus::Stopping
            | ExecutionStatus::Succeeded
            | ExecutionStatus::Failed
            | ExecutionStatus::Stopped
            | ExecutionStatus::Cancelled
            | ExecutionStatus::Other,
        ) => format!("{start} Or put this release aside and start anew."),
    }
}

fn switched_off(stage: &Stage) -> String {
    let reason = stage.disabled.as_deref().unwrap_or_default();
    let reason = crate::text::line(reason, 300);
    let why = if reason.is_empty() {
        "Nobody wrote down why.".to_owned()
    } else {
        format!("The reason given: {reason}")
    };
    let stop = if why.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!(
        "{why}{stop} Somebody who may switch it on again (codepipeline:EnableStageTransition) can do so, here or in the AWS console; then the deploy goes on by itself."
    )
}
