//! Approve the deploy: done when the approval action of our execution succeeded.

use crate::action::Action;
use crate::facts::{
    ActionRun, ActionState, Category, Execution, ExecutionStatus, RunStatus, Stage,
};
use crate::ids::ExecutionId;
use crate::record::Milestone;
use crate::rules::course::Course;
use crate::rules::standing::Standing;
use crate::rules::steps::{build, gate};
use crate::time::At;
use crate::view::StepState;

/// After this long without an execution the pipeline has not picked the merge up.
const PICK_UP: i64 = 300;
/// How long an approval waits when its action sets no timeout of its own (account default).
const WAITS: i64 = 7 * 86_400;

pub(crate) fn standing(course: &Course<'_>) -> Standing {
    let clock = course.clock();
    if course.nothing_to_release() {
        return Standing::new(StepState::Skipped, "Skipped, nothing to release");
    }
    let Some(landed) = course.landed() else {
        return Standing::later("the merge");
    };
    if let Some((at, by)) = approved(course) {
        let by = by.map(|by| format!(", {by}")).unwrap_or_default();
        let note = format!("Approved {}{by}", clock.at(at));
        return Standing {
            state: StepState::Done,
            note,
            since: Some(at),
        };
    }
    if !pipeline_asks(course) {
        return Standing::new(StepState::Skipped, "This pipeline asks nobody");
    }
    if build::succeeded_at(course).is_some() {
        // It went out, so somebody said yes, also where this person may not see who.
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if let Some(unseen) = Standing::unseen(&clock, &course.facts.pipeline, "AWS") {
        return unseen;
    }
    if let Some(pending) = &course.release.pending
        && matches!(pending.action, Action::AnswerApproval { .. })
    {
        return Standing::new(StepState::Working, "Answering").since(Some(pending.since));
    }
    if let Some(pending) = &course.release.pending
        && matches!(pending.action, Action::StartExecution { .. })
    {
        return Standing::new(StepState::Working, "Starting the pipeline")
            .since(Some(pending.since));
    }
    let Some(ours) = course.execution() else {
        return match gate::nameless(course) {
            Some(one) => Standing::new(StepState::Blocked, "The pipeline names no commit")
                .since(Some(one.started_at)),
            None => not_picked_up(course, landed.at),
        };
    };
    let moves = matches!(
        ours.status,
        ExecutionStatus::InProgress | ExecutionStatus::Stopping
    );
    if !moves {
        if course.runs().is_none() {
            if let Some(standing) = unread(course, ours) {
                return standing;
            }
        } else if let Some(run) = newest_run(course)
            && run.status == RunStatus::Failed
        {
            return turned_down(course, run);
        }
    }
    match ours.status {
        ExecutionStatus::Superseded => {
            return Standing::new(StepState::Blocked, "A newer execution took its place")
                .since(Some(ours.updated_at));
        }
        ExecutionStatus::Cancelled => {
            return Standing::new(StepState::Blocked, "The pipeline was edited meanwhile")
                .since(Some(ours.updated_at));
        }
        ExecutionStatus::Stopping => {
            return Standing::new(StepState::Working, "Stopping").since(Some(ours.updated_at));
        }
        ExecutionStatus::Stopped => {
            return Standing::new(StepState::Blocked, "Stopped by somebody")
                .since(Some(ours.updated_at));
        }
        ExecutionStatus::Failed => {
            return Standing::new(StepState::Failed, failed_words(course))
                .since(Some(ours.updated_at));
        }
        ExecutionStatus::InProgress | ExecutionStatus::Succeeded | ExecutionStatus::Other => {}
    }
    if let Some(request) = gate::request(course) {
        return Standing::new(StepState::Ready, "Waiting for you").since(request.since);
    }
    if let Some(stage) = gate::held_before(course) {
        return Standing::new(
            StepState::Blocked,
            format!("Transition into {} is switched off", stage.name),
        );
    }
    if gate::taken_by(course).is_some() {
        return Standing::new(StepState::Waiting, "Another execution is at the gate")
            .since(Some(ours.updated_at));
    }
    if reached_gate(course, &ours.id) {
        return past_the_gate(course, ours);
    }
    Standing::new(StepState::Working, "The pipeline fetches the source")
        .since(Some(ours.started_at))
}

/// Our execution ended, and what ran in it was not read since. Where it cannot be read, the stages tell whether
/// somebody answered, though not who; `None` when the execution's status alone says enough.
fn unread(course: &Course<'_>, ours: &Execution) -> Option<Standing> {
    if !course.runs_are_hidden() {
        return Some(Standing::new(StepState::Unknown, "Not looked yet"));
    }
    if is_behind_the_gate(course, &ours.id) {
        return Some(Standing::new(StepState::Skipped, "Passed over"));
    }
    if ours.status != ExecutionStatus::Failed {
        return None;
    }
    if gate_failed(course, &ours.id) {
        return Some(Standing::new(StepState::Failed, "Not approved").since(Some(ours.updated_at)));
    }
    let failed = |stage: &Stage| {
        stage.execution.as_ref() == Some(&ours.id) && stage.status == Some(RunStatus::Failed)
    };
    if stages(course).iter().any(failed) {
        return None;
    }
    Standing::unseen(&course.clock(), &course.facts.execution, "AWS")
}

/// An approval of our execution failed: nothing else counts as a no.
pub(crate) fn was_turned_down(course: &Course<'_>) -> bool {
    match (course.runs(), course.execution()) {
        (Some(_), _) => newest_run(course).is_some_and(|run| run.status == RunStatus::Failed),
        (None, Some(ours)) => gate_failed(course, &ours.id),
        (None, None) => false,
    }
}

/// Our execution failed in a stage whose approval failed.
fn gate_failed(course: &Course<'_>, ours: &ExecutionId) -> bool {
    let failed = |action: &ActionState| {
        action.category == Category::Approval && action.status == Some(RunStatus::Failed)
    };
    stages(course).iter().any(|stage| {
        stage.execution.as_ref() == Some(ours)
            && stage.status == Some(RunStatus::Failed)
            && stage.actions.iter().any(failed)
    })
}

/// Our execution entered a stage behind the last one that asks, so somebody said yes.
pub(crate) fn is_behind_the_gate(course: &Course<'_>, ours: &ExecutionId) -> bool {
    let stages = stages(course).iter().rev();
    stages
        .take_while(|stage| !asks(stage))
        .any(|stage| stage.execution.as_ref() == Some(ours))
}

/// The answer that the stages show where what ran cannot be read: a yes, though not whose. `None` when it is noted.
pub(crate) fn passed_over(course: &Course<'_>, ours: &Execution) -> Option<Milestone> {
    let shown = course.runs_are_hidden() && is_behind_the_gate(course, &ours.id);
    if !shown || noted_approval(course).is_some() {
        return None;
    }
    let pipeline = course.facts.pipeline.last.as_ref()?;
    Some(Milestone::ApprovalAnswered {
        execution: ours.id.clone(),
        approved: true,
        by: None,
        comment: String::new(),
        at: pipeline.at,
    })
}

/// Which stage failed before anybody was asked.
fn failed_words(course: &Course<'_>) -> String {
    let failed = course.detail().and_then(|detail| {
        let runs = detail.runs.iter();
        runs.rev().find(|run| run.status == RunStatus::Failed)
    });
    failed.map_or_else(
        || "The execution failed".to_owned(),
        |run| format!("{} failed", crate::text::line(&run.stage, 60)),
    )
}

/// Our execution is at the gate or beyond it, and nothing that was seen says who answered.
fn past_the_gate(course: &Course<'_>, ours: &Execution) -> Standing {
    if course.runs_are_hidden() && is_behind_the_gate(course, &ours.id) {
        return Standing::new(StepState::Skipped, "Passed over");
    }
    if let Some(unseen) = Standing::unseen(&course.clock(), &course.facts.execution, "AWS") {
        return unseen;
    }
    if course.detail().is_none() {
        return Standing::new(StepState::Unknown, "Not looked yet");
    }
    Standing::new(StepState::Working, "The pipeline is at its gate").since(Some(ours.updated_at))
}

/// Our execution entered the stage that asks, or one behind it.
pub(super) fn reached_gate(course: &Course<'_>, ours: &ExecutionId) -> bool {
    stages(course)
        .iter()
        .skip_while(|stage| !asks(stage))
        .any(|stage| stage.execution.as_ref() == Some(ours))
}

pub(super) fn stages<'a>(course: &Course<'a>) -> &'a [Stage] {
    let pipeline = course.facts.pipeline.stale();
    pipeline.map_or(&[], |pipeline| pipeline.stages.as_slice())
}

pub(super) fn asks(stage: &Stage) -> bool {
    let approval = |action: &ActionState| action.category == Category::Approval;
    stage.actions.iter().any(approval)
}

/// When and by whom our execution was approved: as seen now, else as noted.
fn approved(course: &Course<'_>) -> Option<(At, Option<String>)> {
    let seen = newest_run(course)
        .filter(|run| run.status == RunStatus::Succeeded)
        .map(|run| (run.updated_at, run.updated_by.as_deref().map(arn_name)));
    seen.or_else(|| noted_approval(course).filter(|_| newest_run(course).is_none()))
}

/// The newest answer in the journal, if it was a yes for the execution that carries us now.
fn noted_approval(course: &Course<'_>) -> Option<(At, Option<String>)> {
    let seen = course.execution().map(|execution| &execution.id);
    let ours = seen.or_else(|| noted_execution(course));
    let answers = course.release.milestones.iter().rev();
    let (approved, at, by) = answers
        .filter_map(|milestone| {
            if let Milestone::ApprovalAnswered {
                execution,
                approved,
                by,
                at,
                ..
            } = milestone
            {
                Some((execution, (*approved, *at, by.clone())))
            } else {
                None
            }
        })
        .find(|(execution, _)| ours.is_none_or(|ours| ours == *execution))?
        .1;
    approved.then_some((at, by))
}

/// The execution that carried us when the pipeline was last seen, for as long as it is not seen again.
fn noted_execution<'a>(course: &Course<'a>) -> Option<&'a ExecutionId> {
    course
        .release
        .milestones
        .iter()
        .rev()
        .find_map(|milestone| {
            if let Milestone::Execution { id, .. } = milestone {
                Some(id)
            } else {
                None
            }
        })
}

fn not_picked_up(course: &Course<'_>, landed_at: At) -> Standing {
    if course.now.seconds_since(landed_at) > PICK_UP {
        return Standing::new(StepState::Blocked, "The pipeline has not picked it up")
            .since(Some(landed_at));
    }
    Standing::new(
        StepState::Waiting,
        format!("Waiting for {}", course.team.pipeline),
    )
    .since(Some(landed_at))
}

fn turned_down(course: &Course<'_>, run: &ActionRun) -> Standing {
    let clock = course.clock();
    let note = match rejected_by(course, run) {
        Some(by) => format!("Rejected {}, {by}", clock.at(run.updated_at)),
        None => format!("Expired {}", clock.at(run.updated_at)),
    };
    Standing {
        state: StepState::Failed,
        note,
        since: Some(run.updated_at),
    }
}

/// Who rejected; `None` when nobody did and the approval ran out of time, which is its own outcome.
pub(crate) fn rejected_by(course: &Course<'_>, run: &ActionRun) -> Option<String> {
    let seconds = run.updated_at.seconds_since(run.started_at);
    let expired = run.updated_by.is_none() || seconds >= waits_for(course, &run.stage, &run.action);
    if expired {
        None
    } else {
        run.updated_by.as_deref().map(arn_name)
    }
}

/// Seconds that an approval waits before it expires.
pub(crate) fn waits_for(course: &Course<'_>, stage: &str, action: &str) -> i64 {
    let minutes = course.facts.pipeline.stale().and_then(|pipeline| {
        let stage = pipeline
            .stages
            .iter()
            .find(|candidate| candidate.name == stage)?;
        stage
            .actions
            .iter()
            .find(|candidate| candidate.name == action)?
            .timeout_minutes
    });
    minutes.map_or(WAITS, |minutes| i64::from(minutes) * 60)
}

/// The newest approval run of our execution.
pub(crate) fn newest_run<'a>(course: &Course<'a>) -> Option<&'a ActionRun> {
    course
        .detail()?
        .runs
        .iter()
        .rfind(|run| run.category == Category::Approval)
}

/// Somebody has to say yes.
pub(crate) fn pipeline_asks(course: &Course<'_>) -> bool {
    let stages = stages(course);
    stages.is_empty() || stages.iter().any(asks)
}

/// The last part of an ARN: the session or user name.
pub(crate) fn arn_name(arn: &str) -> String {
    arn.rsplit(['/', ':']).next().unwrap_or(arn).to_owned()
}
