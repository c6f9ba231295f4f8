//! Actions that count for exactly what was shown: merges carry a head, answers a gate, retries an execution.

use crate::action::{Action, Answer, Gate, RetryMode};
use crate::declaration::Declaration;
use crate::facts::{ExecutionStatus, PullState};
use crate::ids::{ExecutionId, PullNumber, Sha};
use crate::problem::{Code, Problem};
use crate::rules::decide::{Step, changed, declare, input, not_offered, unseen, unsettled};
use crate::rules::{Course, Situation, follow_up, own_release, steps};
use crate::view::{StepId, StepState};

/// `result.summary` of `PutApprovalResult` takes at most this many characters.
const SUMMARY: usize = 512;
/// Of these, the name of who answers takes at most this many.
const NAME: usize = 80;

pub(crate) fn merge_pull(
    situation: &Situation<'_>,
    course: &Course<'_>,
    number: PullNumber,
    head: &Sha,
) -> Result<Step, Problem> {
    let source = course.source().ok_or_else(|| unseen(situation, "GitHub"))?;
    let pull = source
        .pulls
        .iter()
        .find(|pull| pull.number == number)
        .ok_or_else(|| {
            changed(
                format!("{number} no longer goes into this branch."),
                "Look at the list again.",
            )
        })?;
    match &pull.state {
        PullState::Merged { .. } => {
            return Err(changed(
                format!("{number} is merged already."),
                "Nothing was merged a second time.",
            ));
        }
        PullState::Closed => {
            return Err(changed(format!("{number} was closed."), "Ask its author."));
        }
        PullState::Open => {}
    }
    head_unchanged(number, head, &pull.head_sha)?;
    unsettled(course, StepId::Etl)?;
    if let Some(obstacle) = steps::etl::obstacle(pull) {
        return Err(not_offered(&format!("{number}: {}.", obstacle.word)));
    }
    let method = follow_up::merge_method(course);
    Ok(Step::Send(Action::MergePull {
        number,
        head: head.clone(),
        method,
        title: pull.title.clone(),
    }))
}

pub(crate) fn merge_release(
    situation: &Situation<'_>,
    course: &Course<'_>,
    number: PullNumber,
    head: &Sha,
) -> Result<Step, Problem> {
    if course.source().is_none() {
        return Err(unseen(situation, "GitHub"));
    }
    unsettled(course, StepId::Merge)?;
    let pull = steps::merge::open_pull(course)
        .filter(|pull| pull.number == number)
        .ok_or_else(|| {
            changed(
                format!("{number} is not open any more."),
                "Look at what this step says now.",
            )
        })?;
    head_unchanged(number, head, &pull.head_sha)?;
    if let Some((_, words)) = steps::merge::obstacle(course, pull) {
        return Err(not_offered(&format!("{words}.")));
    }
    Ok(Step::Send(Action::MergeRelease {
        number,
        head: head.clone(),
        method: follow_up::merge_method(course),
    }))
}

fn head_unchanged(number: PullNumber, shown: &Sha, seen: &Sha) -> Result<(), Problem> {
    if shown == seen {
        return Ok(());
    }
    Err(changed(
        format!(
            "{number} got new commits while you looked: {} is now {}.",
            shown.short(),
            seen.short()
        ),
        "Look at what is new, then merge it.",
    ))
}

pub(crate) fn no_more_pulls(
    situation: &Situation<'_>,
    course: &Course<'_>,
    head: &Sha,
) -> Result<Step, Problem> {
    let source = course.source().ok_or_else(|| unseen(situation, "GitHub"))?;
    unsettled(course, StepId::Etl)?;
    if !course.holds_work() {
        return Err(not_offered("The branch holds nothing yet."));
    }
    let branch = source
        .branch
        .as_ref()
        .ok_or_else(|| not_offered("The branch is gone."))?;
    if branch.sha != *head {
        return Err(changed(
            format!(
                "The branch moved from {} to {} meanwhile.",
                head.short(),
                branch.sha.short()
            ),
            "Look at what came in, then close the list.",
        ));
    }
    Ok(declare(Declaration::NoMorePulls))
}

pub(crate) fn no_etl(
    situation: &Situation<'_>,
    course: &Course<'_>,
    reason: &str,
) -> Result<Step, Problem> {
    if course.source().is_none() {
        return Err(unseen(situation, "GitHub"));
    }
    unsettled(course, StepId::Etl)?;
    if course.holds_work() {
        return Err(changed(
            "The branch holds work.".into(),
            "Say that no more pull requests come instead.",
        ));
    }
    let reason = whole(reason, "The reason", 500)?;
    if reason.is_empty() {
        return Err(input(
            "The reason is missing.",
            "Say why there is none this time. It goes into the report.",
        ));
    }
    Ok(declare(Declaration::NoEtl { reason }))
}

pub(crate) fn approve(
    situation: &Situation<'_>,
    course: &Course<'_>,
    gate: &Gate,
    comment: &str,
) -> Result<Step, Problem> {
    let comment = clean(comment);
    let gate = gate_unchanged(situation, course, gate)?;
    if own_release::is_refused(course) {
        return Err(Problem::new(
            Code::NotOffered,
            "You started this release.",
            "Your team’s settings say that somebody else approves it. Nothing was sent, and your comment is kept.",
            "Ask another approver.",
        ));
    }
    let summary = match comment.as_str() {
        "" => format!("Approved by {} with Slipway", you(course)),
        comment => signed(comment, course),
    };
    send_answer(gate, Answer::Approved, summary, "comment")
}

pub(crate) fn reject(
    situation: &Situation<'_>,
    course: &Course<'_>,
    gate: &Gate,
    reason: &str,
) -> Result<Step, Problem> {
    let reason = clean(reason);
    if reason.is_empty() {
        return Err(input(
            "The reason is missing.",
            "Say why. The team sees it.",
        ));
    }
    let gate = gate_unchanged(situation, course, gate)?;
    send_answer(gate, Answer::Rejected, signed(&reason, course), "reason")
}

/// Typed text without what nobody can see, whole: it is never cut silently.
fn clean(typed: &str) -> String {
    crate::text::cut(typed, usize::MAX).trim().to_owned()
}

/// The same, when it is not too long.
pub(crate) fn whole(typed: &str, what: &str, most: usize) -> Result<String, Problem> {
    let text = clean(typed);
    let length = text.chars().count();
    if length <= most {
        return Ok(text);
    }
    let over = crate::words::count(length - most, "character");
    Err(input(
        &format!("{what} is too long."),
        &format!("Shorten it by {over}."),
    ))
}

/// How many characters a comment may have beside the name that Slipway adds.
pub(crate) fn comment_max(course: &Course<'_>) -> u32 {
    let suffix = signed("", course).chars().count();
    u32::try_from(SUMMARY.saturating_sub(suffix)).unwrap_or(0)
}

fn send_answer(gate: Gate, answer: Answer, summary: String, field: &str) -> Result<Step, Problem> {
    let length = summary.chars().count();
    if length > SUMMARY {
        let over = length - SUMMARY;
        return Err(input(
            &format!("The {field} is too long for AWS."),
            &format!("Shorten it by {}.", crate::words::count(over, "character")),
        ));
    }
    Ok(Step::Send(Action::AnswerApproval {
        gate,
        answer,
        summary,
    }))
}

fn gate_unchanged(
    situation: &Situation<'_>,
    course: &Course<'_>,
    shown: &Gate,
) -> Result<Gate, Problem> {
    if course.facts.pipeline.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    if course.settled(StepId::Approval) {
        let note = &course.standing(StepId::Approval).note;
        return Err(changed(
            format!("It was answered already: {note}."),
            "There is nothing left to answer here.",
        ));
    }
    let Some(seen) = steps::gate::gate(course) else {
        let note = &course.standing(StepId::Approval).note;
        return Err(not_offered(&format!("The approval is not open: {note}.")));
    };
    if seen == *shown {
        return Ok(seen);
    }
    let what = if seen.commit == shown.commit {
        "The deploy was offered again: this is a new request for approval.".to_owned()
    } else {
        format!(
            "What you were reading, {}, is no longer offered; {} is.",
            shown.commit.short(),
            seen.commit.short()
        )
    };
    Err(Problem::new(
        Code::Changed,
        what,
        "Nothing was answered, and your comment is kept.",
        "Read the new version first.",
    ))
}

/// A text with who wrote it.
pub(crate) fn signed(text: &str, course: &Course<'_>) -> String {
    format!("{text} ({}, with Slipway)", you(course))
}

fn you(course: &Course<'_>) -> String {
    let login = course
        .facts
        .repository
        .stale()
        .map(|repository| repository.me.name.clone());
    let name = login.unwrap_or_else(|| {
        let arn = course
            .facts
            .pipeline
            .stale()
            .map(|pipeline| pipeline.caller_arn.as_str())
            .unwrap_or_default();
        steps::approval::arn_name(arn)
    });
    crate::text::line(&name, NAME)
}

/// The stage of our execution that failed and can be retried, with when its newest failed run ended.
pub(crate) fn retryable(course: &Course<'_>) -> Option<(String, ExecutionId, crate::time::At)> {
    let ours = course
        .execution()
        .filter(|ours| ours.status == ExecutionStatus::Failed)?;
    course.facts.execution.fresh()?;
    let failed = |step: StepId| course.state(step) == StepState::Failed;
    if !failed(StepId::Approval) && !failed(StepId::Build) {
        return None;
    }
    let run = course
        .detail()?
        .runs
        .iter()
        .rfind(|run| run.status == crate::facts::RunStatus::Failed)?;
    let entered = |stage: &&crate::facts::Stage| {
        stage.name == run.stage && stage.execution.as_ref() == Some(&ours.id)
    };
    let pipeline = course.facts.pipeline.fresh()?;
    // Where executions do not wait for each other, the stage may show another one.
    let is_there = |stage: &&crate::facts::Stage| pipeline.parallel && stage.name == run.stage;
    let mut stages = pipeline.stages.iter();
    stages.find(|stage| entered(stage) || is_there(stage))?;
    Some((run.stage.clone(), ours.id.clone(), run.updated_at))
}

pub(crate) fn retry(
    situation: &Situation<'_>,
    course: &Course<'_>,
    (stage, execution): (&str, &ExecutionId),
    mode: RetryMode,
) -> Result<Step, Problem> {
    if course.facts.pipeline.fresh().is_none() || course.facts.execution.fresh().is_none() {
        return Err(unseen(situation, "AWS"));
    }
    let (seen_stage, seen_execution, failed_at) = retryable(course).ok_or_else(|| {
        not_offered(
            "There is nothing to retry: nothing failed, or something newer is in that stage.",
        )
    })?;
    if seen_stage != stage || seen_execution != *execution {
        return Err(changed(
            "Another stage failed meanwhile.".into(),
            "Read what failed now, then retry.",
        ));
    }
    Ok(Step::Send(Action::RetryStage {
        stage: seen_stage,
        execution: seen_execution,
        failed_at,
        mode,
    }))
}
