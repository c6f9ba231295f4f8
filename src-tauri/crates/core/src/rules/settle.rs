//! What a look says about an action whose outcome is not known.

mod pipeline;

use crate::action::{Action, Answer, Gate, Outcome};
use crate::facts::{
    ActionRun, BranchSeen, Category, ExecutionDetail, Facts, Look, PullState, RunStatus,
};
use crate::ids::{ExecutionId, PullNumber};
use crate::problem::{Code, Problem};
use crate::release::Pending;
use crate::rules::settle::pipeline::{Request, has_ended, request, started_again};
use crate::rules::steps::branch::is_cut_from;
use crate::rules::stop::{self, Verdict};
use crate::rules::{roll_back, start};
use crate::time::At;

/// A service may still carry out a request this long after its reply was given up (GitHub ends its own requests after
/// 10 s), so "it is not there" counts only in a look that began then or later. Seconds.
const MAY_STILL_HAPPEN: i64 = 15;

/// The outcome, once the facts show it. Only looks that succeeded after the action was sent count.
#[must_use]
pub fn settle(pending: &Pending, facts: &Facts, _now: At) -> Option<Outcome> {
    match &pending.action {
        Action::CreateBranch { name, sha } => {
            let (source, at) = after(&facts.source, pending.since)?;
            match &source.branch {
                Some(branch) if !is_cut_from(branch, sha) => Some(Outcome::NotDone {
                    problem: another_branch(name, branch),
                }),
                branch => judge(
                    pending,
                    at,
                    branch.is_some().then_some(true),
                    "The branch was not created.",
                ),
            }
        }
        Action::PostAnnouncement { .. } => {
            let (message, at) = after(&facts.announcement, pending.since)?;
            judge(
                pending,
                at,
                message.is_some().then_some(true),
                "The message was not posted.",
            )
        }
        Action::UpdateAnnouncement { text, .. } => {
            let same = after(&facts.announcement, pending.since)
                .and_then(|(message, _)| message.as_ref())
                .is_some_and(|message| message.text == *text);
            match (same, &pending.unknown) {
                (true, _) => Some(Outcome::Done),
                // Sending it twice changes nothing, so a lost reply does not have to hold anything up.
                (false, Some(_)) => Some(Outcome::NotDone {
                    problem: not_updated(),
                }),
                (false, None) => None,
            }
        }
        Action::MergePull { number, .. } => {
            let (source, at) = after(&facts.source, pending.since)?;
            // One that goes into another branch by now was not merged into this one: those stay in the list.
            let pull = source.pulls.iter().find(|pull| pull.number == *number);
            let happened = pull.and_then(|pull| merged(&pull.state));
            judge(pending, at, happened, &not_merged(*number))
        }
        Action::OpenReleasePull { .. } => {
            let (source, at) = after(&facts.source, pending.since)?;
            let open = source
                .release_pull
                .as_ref()
                .filter(|pull| pull.state != PullState::Closed);
            judge(
                pending,
                at,
                open.map(|_| true),
                "The pull request was not opened.",
            )
        }
        Action::MergeRelease { number, .. } => {
            let (source, at) = after(&facts.source, pending.since)?;
            let pull = source
                .release_pull
                .as_ref()
                .filter(|pull| pull.number == *number);
            let happened = source
                .landed
                .is_some()
                .then_some(true)
                .or_else(|| merged(&pull?.state));
            judge(pending, at, happened, &not_merged(*number))
        }
        Action::AnswerApproval { gate, answer, .. } => settle_answer(pending, facts, gate, *answer),
        Action::RetryStage {
            stage,
            execution,
            failed_at,
            ..
        } => {
            let (newer, at) = match detail(pending, facts, execution) {
                Some((detail, at)) => {
                    let newer =
                        |run: &ActionRun| run.stage == *stage && run.started_at > *failed_at;
                    (detail.runs.iter().any(newer), at)
                }
                None => {
                    let (pipeline, at) = after(&facts.pipeline, pending.since)?;
                    let newer = started_again(pipeline, stage, execution, *failed_at)?;
                    (newer, at)
                }
            };
            judge(
                pending,
                at,
                newer.then_some(true),
                "The stage was not retried.",
            )
        }
        Action::StopExecution {
            execution,
            abandon,
            was_stopping,
            ..
        } => {
            let (pipeline, at) = after(&facts.pipeline, pending.since)?;
            let told = (*abandon, *was_stopping);
            let happened = match stop::happened(pipeline, execution, told)? {
                Verdict::Ended(outcome) => return Some(outcome),
                Verdict::Stopped => Some(true),
                Verdict::NotYet => None,
            };
            let sentence = if *abandon {
                "The deploy was not abandoned."
            } else {
                "The deploy was not told to stop."
            };
            judge(pending, at, happened, sentence)
        }
        Action::StartExecution { commit, newest, .. } => {
            let (pipeline, at) = after(&facts.pipeline, pending.since)?;
            let started = start::happened(pipeline, commit, *newest)?;
            judge(
                pending,
                at,
                started.then_some(true),
                "The pipeline was not started.",
            )
        }
        Action::RollBack { target, newest, .. } => {
            let (pipeline, at) = after(&facts.pipeline, pending.since)?;
            let happened = roll_back::happened(pipeline, target, *newest);
            judge(
                pending,
                at,
                happened.then_some(true),
                "The stage was not rolled back.",
            )
        }
        Action::EnableTransition { stage } => {
            let (pipeline, at) = after(&facts.pipeline, pending.since)?;
            let stage = pipeline.stages.iter().find(|it| it.name == *stage)?;
            judge(
                pending,
                at,
                stage.disabled.is_none().then_some(true),
                "The transition was not switched on.",
            )
        }
        Action::TellChange { change, .. } => {
            let (message, at) = after(&facts.announcement, pending.since)?;
            let told = message
                .as_ref()
                .is_some_and(|message| message.told.contains(change));
            judge(
                pending,
                at,
                told.then_some(true),
                "The message in the thread was not posted.",
            )
        }
        Action::PostResult { .. } => {
            let (message, at) = after(&facts.announcement, pending.since)?;
            let posted = message
                .as_ref()
                .is_some_and(|message| message.result_posted);
            judge(
                pending,
                at,
                posted.then_some(true),
                "The result was not posted.",
            )
        }
    }
}

/// A value whose look began after the action was sent.
fn after<T>(look: &Look<T>, sent: At) -> Option<(&T, At)> {
    let value = look.fresh()?;
    let at = look.last.as_ref()?.at;
    (at > sent).then_some((value, at))
}

/// `happened`: seen to be done, seen to be impossible now, or not seen.
fn judge(
    pending: &Pending,
    looked_at: At,
    happened: Option<bool>,
    sentence: &str,
) -> Option<Outcome> {
    match happened {
        Some(true) => Some(Outcome::Done),
        Some(false) => Some(not_done(sentence)),
        None => {
            let waited = looked_at.seconds_since(pending.doubted_at);
            (waited >= MAY_STILL_HAPPEN).then(|| not_done(sentence))
        }
    }
}

fn not_done(sentence: &str) -> Outcome {
    let problem = Problem::new(
        Code::Unreachable,
        sentence,
        "Slipway looked for it and does not see it, so the request was most likely lost on its way.",
        "You can do it again.",
    );
    Outcome::NotDone { problem }
}

fn another_branch(name: &str, branch: &BranchSeen) -> Problem {
    let what = match &branch.cut {
        Some(cut) => format!(
            "{} made the branch {name} first, from {}.",
            branch.created_by.as_deref().unwrap_or("Somebody"),
            cut.short()
        ),
        None => format!("The branch {name} is there, but not at the commit that was shown."),
    };
    Problem::new(
        Code::Changed,
        what,
        "Slipway made no branch and moved none.",
        "Look at what is on it, then go on with it or use another name.",
    )
}

fn not_updated() -> Problem {
    Problem::new(
        Code::Unreachable,
        "The message was not updated.",
        "It may be that it was; sending it again changes nothing then.",
        "Wait; Slipway sends it again by itself.",
    )
}

fn merged(state: &PullState) -> Option<bool> {
    match state {
        PullState::Merged { .. } => Some(true),
        PullState::Closed => Some(false),
        PullState::Open => None,
    }
}

fn not_merged(number: PullNumber) -> String {
    format!("{number} was not merged.")
}

/// The details of this execution, if those are what was read.
fn detail<'a>(
    pending: &Pending,
    facts: &'a Facts,
    execution: &ExecutionId,
) -> Option<(&'a ExecutionDetail, At)> {
    let (detail, at) = after(&facts.execution, pending.since)?;
    let detail = detail.as_ref().filter(|it| it.execution.id == *execution)?;
    Some((detail, at))
}

/// The run that a gate's token belongs to; an approval's external id is its token.
fn answered<'a>(runs: &'a [ActionRun], gate: &Gate) -> Option<&'a ActionRun> {
    let asked = || {
        runs.iter().filter(|run| {
            run.category == Category::Approval
                && run.stage == gate.stage
                && run.action == gate.action
        })
    };
    asked()
        .find(|run| run.external_id.as_deref() == Some(gate.token.as_str()))
        .or_else(|| asked().rfind(|run| run.external_id.is_none()))
}

fn settle_answer(pending: &Pending, facts: &Facts, gate: &Gate, answer: Answer) -> Option<Outcome> {
    let told = detail(pending, facts, &gate.execution);
    let run = told.and_then(|(detail, _)| answered(&detail.runs, gate));
    let (status, updated_by) = match run {
        Some(run) if has_ended(run.status) => (run.status, run.updated_by.as_deref()),
        Some(_) | None => {
            let (pipeline, at) = after(&facts.pipeline, pending.since)?;
            let at = told.map_or(at, |(_, told_at)| at.min(told_at));
            match request(pipeline, gate) {
                Request::Ended(status) => (status, None),
                // In the details it is open, too.
                Request::Untold if run.is_none() => return None,
                Request::Open | Request::Untold => {
                    return judge(pending, at, None, "Your answer did not reach AWS.");
                }
            }
        }
    };
    Some(match (status, answer) {
        (RunStatus::Succeeded, Answer::Approved) | (RunStatus::Failed, Answer::Rejected) => {
            Outcome::Done
        }
        (_, _) => not_counted(status, updated_by, answer),
    })
}

/// The request for approval was answered another way.
fn not_counted(status: RunStatus, updated_by: Option<&str>, answer: Answer) -> Outcome {
    let who = updated_by.map_or_else(|| "Somebody".to_owned(), super::steps::approval::arn_name);
    let what = match (status, answer) {
        (RunStatus::Succeeded, Answer::Rejected) => {
            format!("{who} approved it before your rejection arrived.")
        }
        (RunStatus::Failed, Answer::Approved) if updated_by.is_some() => {
            format!("{who} rejected it before your approval arrived.")
        }
        _ => "The request for approval ended before your answer arrived.".to_owned(),
    };
    let problem = Problem::new(
        Code::Changed,
        what,
        "Your answer was not counted.",
        "Talk to the others, then look at what the pipeline does now.",
    );
    Outcome::NotDone { problem }
}
