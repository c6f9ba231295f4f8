//! Stopping an execution that is behind the gate.
//! <https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-stop.html>

use crate::action::{Action, Outcome};
use crate::facts::{Execution, ExecutionStatus, Pipeline};
use crate::ids::ExecutionId;
use crate::problem::{Code, Problem};
use crate::rules::decide::{Step, changed, input, not_offered, unseen};
use crate::rules::{Course, Situation, answer};
use crate::view::StepId;

/// `reason` of `StopPipelineExecution` takes at most this many characters.
/// <https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StopPipelineExecution.html>
const REASON: usize = 200;

/// An execution that can be stopped.
pub(crate) struct Stoppable<'a> {
    /// Which.
    pub(crate) execution: &'a Execution,
    /// It was told to stop and waits for what runs: it can be abandoned, and nothing else.
    pub(crate) stopping: bool,
}

/// Our execution, while it moves behind the gate. At the gate it is rejected instead.
pub(crate) fn stoppable<'a>(course: &Course<'a>) -> Option<Stoppable<'a>> {
    course.facts.pipeline.fresh()?;
    let execution = course
        .execution()
        .filter(|_| course.settled(StepId::Approval))?;
    let stopping = match execution.status {
        ExecutionStatus::InProgress => false,
        ExecutionStatus::Stopping => true,
        ExecutionStatus::Stopped
        | ExecutionStatus::Succeeded
        | ExecutionStatus::Failed
        | ExecutionStatus::Superseded
        | ExecutionStatus::Cancelled
        | ExecutionStatus::Other => return None,
    };
    Some(Stoppable {
        execution,
        stopping,
    })
}

/// How many characters the reason may have beside the name that Slipway adds.
pub(crate) fn reason_max(course: &Course<'_>) -> u32 {
    let suffix = answer::signed("", course).chars().count();
    u32::try_from(REASON.saturating_sub(suffix)).unwrap_or(0)
}

pub(crate) fn stop(
    situation: &Situation<'_>,
    course: &Course<'_>,
    execution: &ExecutionId,
    (abandon, reason): (bool, &str),
) -> Result<Step, Problem> {
    let most = usize::try_from(reason_max(course)).unwrap_or(usize::MAX);
    let reason = answer::whole(reason, "The reason", most)?;
    if reason.is_empty() {
        return Err(input(
            "The reason is missing.",
            "Say why. AWS keeps it with the execution.",
        ));
    }
    if course.facts.pipeline.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let seen = stoppable(course).ok_or_else(|| {
        not_offered("There is nothing to stop: the deploy is not under way behind the approval.")
    })?;
    if seen.execution.id != *execution {
        return Err(changed(
            "Another execution carries the release by now.".into(),
            "Look at what runs now, then stop it.",
        ));
    }
    if seen.stopping && !abandon {
        return Err(changed(
            "It was told to stop already, and waits for what runs.".into(),
            "Wait until that has ended.",
        ));
    }
    Ok(Step::Send(Action::StopExecution {
        execution: execution.clone(),
        abandon,
        was_stopping: seen.stopping,
        reason: answer::signed(&reason, course),
    }))
}

/// Whether it was stopped, or abandoned, as the pipeline's list shows; `None` when that does not tell. That it stops is no
/// sign that it was abandoned: somebody may have told it to wait for what runs.
pub(crate) fn happened(
    pipeline: &Pipeline,
    execution: &ExecutionId,
    (abandon, told_before): (bool, bool),
) -> Option<Verdict> {
    let mut executions = pipeline.executions.iter();
    let seen = executions.find(|it| it.id == *execution)?;
    Some(match seen.status {
        ExecutionStatus::Stopped => Verdict::Stopped,
        ExecutionStatus::Stopping if !abandon => Verdict::Stopped,
        ExecutionStatus::Stopping if !told_before => return None,
        ExecutionStatus::Stopping | ExecutionStatus::InProgress | ExecutionStatus::Other => {
            Verdict::NotYet
        }
        ExecutionStatus::Succeeded
        | ExecutionStatus::Failed
        | ExecutionStatus::Superseded
        | ExecutionStatus::Cancelled => Verdict::Ended(Outcome::NotDone { problem: ended() }),
    })
}

/// What the list shows of a request to stop.
pub(crate) enum Verdict {
    /// It counts.
    Stopped,
    /// Nothing shows of it.
    NotYet,
    /// The execution ended another way.
    Ended(Outcome),
}

fn ended() -> Problem {
    Problem::new(
        Code::Changed,
        "The deploy ended before it could be stopped.",
        "What it did stays as it is.",
        "Look at how it ended.",
    )
}
