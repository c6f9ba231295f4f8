//! What a look says about an action whose outcome is not known.

use crate::action::{Action, Answer, Outcome};
use crate::facts::{ActionRun, BranchSeen, Category, Facts, Look, PullState, RunStatus};
use crate::ids::PullNumber;
use crate::problem::{Code, Problem};
use crate::release::Pending;
use crate::rules::steps::branch::is_cut_from;
use crate::time::At;

/// A service may still carry out a request this long after it was sent (GitHub ends its own requests after 10 s), so
/// "it is not there" counts only from then on. Seconds.
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
                (false, Some(_)) => Some(not_done("The message was not updated.")),
                (false, None) => None,
            }
        }
        Action::MergePull { number, .. } => {
            let (source, at) = after(&facts.source, pending.since)?;
            let pull = source.pulls.iter().find(|pull| pull.number == *number)?;
            judge(pending, at, merged(&pull.state), &not_merged(*number))
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
        Action::AnswerApproval { gate, answer, .. } => {
            let (detail, at) = after(&facts.execution, pending.since)?;
            let runs = &detail
                .as_ref()
                .filter(|detail| detail.execution.id == gate.execution)?
                .runs;
            let run = answered(runs, gate.token.as_str())?;
            settle_answer(pending, at, run, *answer)
        }
        Action::RetryStage {
            stage,
            execution,
            failed_at,
        } => {
            let (detail, at) = after(&facts.execution, pending.since)?;
            let runs = &detail
                .as_ref()
                .filter(|detail| detail.execution.id == *execution)?
                .runs;
            let newer = runs
                .iter()
                .any(|run| run.stage == *stage && run.started_at > *failed_at);
            judge(
                pending,
                at,
                newer.then_some(true),
                "The stage was not retried.",
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

/// A value that was seen after the action was sent.
fn after<T>(look: &Look<T>, sent: At) -> Option<(&T, At)> {
    let value = look.fresh()?;
    let at = look.last.as_ref()?.at;
    (at > sent).then_some((value, at))
}

/// `happened`: seen to be done, seen to be impossible now, or not seen.
fn judge(
    pending: &Pending,
    seen_at: At,
    happened: Option<bool>,
    sentence: &str,
) -> Option<Outcome> {
    match happened {
        Some(true) => Some(Outcome::Done),
        Some(false) => Some(not_done(sentence)),
        None => {
            (seen_at.seconds_since(pending.since) >= MAY_STILL_HAPPEN).then(|| not_done(sentence))
        }
    }
}

fn not_done(sentence: &str) -> Outcome {
    let problem = Problem::new(
        Code::Unreachable,
        sentence,
        "The connection broke before the request arrived. Nothing has changed.",
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

/// The run that a token belongs to; an approval's external id is its token.
fn answered<'a>(runs: &'a [ActionRun], token: &str) -> Option<&'a ActionRun> {
    let approvals = || runs.iter().filter(|run| run.category == Category::Approval);
    approvals()
        .find(|run| run.external_id.as_deref() == Some(token))
        .or_else(|| approvals().next_back())
}

fn settle_answer(pending: &Pending, at: At, run: &ActionRun, answer: Answer) -> Option<Outcome> {
    let happened = match run.status {
        RunStatus::Succeeded => answer == Answer::Approved,
        RunStatus::Failed => answer == Answer::Rejected,
        RunStatus::Stopped | RunStatus::Cancelled | RunStatus::Skipped => false,
        RunStatus::InProgress | RunStatus::Other => {
            return judge(pending, at, None, "Your answer did not reach AWS.");
        }
    };
    if happened {
        return Some(Outcome::Done);
    }
    let who = run
        .updated_by
        .as_deref()
        .map_or_else(|| "Nobody".to_owned(), super::steps::approval::arn_name);
    let what = match (run.status, answer) {
        (RunStatus::Succeeded, Answer::Rejected) => {
            format!("{who} approved it before your rejection arrived.")
        }
        (RunStatus::Failed, Answer::Approved) if run.updated_by.is_some() => {
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
    Some(Outcome::NotDone { problem })
}
