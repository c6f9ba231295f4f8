//! From a person's intent to what is written down and sent.

use crate::action::Action;
use crate::declaration::Declaration;
use crate::draft::Draft;
use crate::ids::{ReleaseId, Sha};
use crate::intent::Intent;
use crate::problem::{Code, Problem};
use crate::record::Record;
use crate::release::Release;
use crate::rules::{
    Course, Decision, Form, Situation, announcing, answer, database, follow_up, lately, naming,
    remind, roll_back, start, steps, stop, thread, transition, undecided,
};
use crate::view::{StepId, StepState};

/// Decides what an intent leads to, on facts that were just read. What was on screen travels with the intent: if the
/// facts differ from it, nothing is sent and the difference is said.
///
/// # Errors
/// The reason why nothing is written or sent.
pub fn decide(intent: &Intent, situation: &Situation<'_>) -> Result<Decision, Problem> {
    let decision = decided(intent, situation)?;
    lately::refuse_again(situation, &decision)?;
    Ok(decision)
}

fn decided(intent: &Intent, situation: &Situation<'_>) -> Result<Decision, Problem> {
    match intent {
        Intent::Look
        | Intent::StartPractice
        | Intent::EndPractice
        | Intent::Desktop { .. }
        | Intent::History { .. }
        | Intent::Draft { .. }
        | Intent::Log { .. }
        | Intent::DropDraft => Err(not_offered("This is not something to send.")),
        Intent::CreateBranch { name, sha } => create_branch(situation, name, sha),
        Intent::AdoptBranch { name, sha } => adopt_branch(situation, name, sha),
        Intent::CloseRelease { .. }
        | Intent::PostAnnouncement { .. }
        | Intent::DeclareAnnounced { .. }
        | Intent::MergePull { .. }
        | Intent::DeclareNoMorePulls { .. }
        | Intent::DeclareNoEtl { .. }
        | Intent::DeclareNoDatabase { .. }
        | Intent::AddStatement { .. }
        | Intent::RemoveStatement { .. }
        | Intent::RecordStatement { .. }
        | Intent::DeclareWithoutDatabase { .. }
        | Intent::OpenReleasePull { .. }
        | Intent::MergeRelease { .. }
        | Intent::Approve { .. }
        | Intent::Reject { .. }
        | Intent::RetryStage { .. }
        | Intent::StopExecution { .. }
        | Intent::StartPipeline { .. }
        | Intent::RollBack { .. }
        | Intent::EnableTransition { .. }
        | Intent::Remind { .. }
        | Intent::DropReminder { .. }
        | Intent::PostResult { .. }
        | Intent::TellChange { .. }
        | Intent::DeclareResultShared { .. }
        | Intent::DeclareOutcome { .. } => in_release(intent, situation),
    }
}

fn create_branch(situation: &Situation<'_>, name: &str, sha: &Sha) -> Result<Decision, Problem> {
    let repository = situation
        .facts
        .repository
        .fresh()
        .ok_or_else(|| unseen(situation, "GitHub"))?;
    if let Some(release) = situation.release {
        settled_outcome(release)?;
        let course = Course::new(situation.team, situation.now, release, situation.facts);
        // One that was put aside begins anew.
        if !release.closed {
            unsettled(&course, StepId::Branch)?;
        }
    }
    let had: Vec<&str> = situation
        .release
        .filter(|release| !release.closed && release.had_branch())
        .map(|release| release.id.as_str())
        .into_iter()
        .collect();
    // Another form may be open while a branch that could not be made is asked for again.
    let form = situation
        .draft
        .map(|draft| Form::read(situation.team, situation.now, draft))
        .filter(|form| situation.release.is_none() || form.name.as_deref() == Some(name));
    let (form_release, verdict) = match (form, situation.release) {
        (Some(form), _) => (
            form.release(),
            form.verdict(situation.team, Some(repository), &had),
        ),
        (None, Some(release)) => {
            let draft = Draft {
                kind: release.kind,
                fix_name: release.fix_name.clone().unwrap_or_default(),
                date: release.date.to_string(),
            };
            (
                release.clone(),
                Form::read(situation.team, situation.now, &draft).verdict(
                    situation.team,
                    Some(repository),
                    &had,
                ),
            )
        }
        (None, None) => {
            return Err(not_offered(
                "The form for this branch is not open any more.",
            ));
        }
    };
    if form_release.id.as_str().is_empty() {
        return Err(input(
            &verdict.text,
            "Complete the name, then create the branch.",
        ));
    }
    if form_release.id.as_str() != name {
        return Err(changed(
            "The name changed while you pressed the button.".into(),
            "Read the name once more, then create the branch.",
        ));
    }
    if let Some(existing) = repository
        .branches
        .iter()
        .find(|branch| branch.name == name)
    {
        return Err(changed(
            format!(
                "The branch {name} exists already, at {}.",
                existing.sha.short()
            ),
            "Slipway never moves a branch. Go on with it, or use another name or date.",
        ));
    }
    if verdict.tone == crate::view::Tone::Bad {
        return Err(Problem::new(
            Code::Input,
            verdict.text,
            "No branch was created.",
            "Change the name and try again.",
        ));
    }
    if repository.base.sha != *sha {
        return Err(changed(
            format!(
                "{} moved from {} to {} meanwhile.",
                repository.base.name,
                sha.short(),
                repository.base.sha.short()
            ),
            "Read what it starts from now, then create the branch.",
        ));
    }
    let opened = Record::Opened {
        kind: form_release.kind,
        date: form_release.date,
        fix_name: form_release.fix_name.clone(),
        adopted: false,
    };
    let is_new = situation
        .release
        .is_none_or(|release| release.opened.is_none() || release.closed);
    Ok(Decision {
        release: form_release.id,
        farewell: None,
        records: if is_new { vec![opened] } else { Vec::new() },
        action: Some(Action::CreateBranch {
            name: name.to_owned(),
            sha: sha.clone(),
        }),
    })
}

fn adopt_branch(situation: &Situation<'_>, name: &str, sha: &Sha) -> Result<Decision, Problem> {
    if let Some(release) = situation.release {
        settled_outcome(release)?;
    }
    let repository = situation
        .facts
        .repository
        .fresh()
        .ok_or_else(|| unseen(situation, "GitHub"))?;
    // After the merge the branch may be deleted; its pull request still tells what became of it.
    let merged = repository.merged.iter().map(|merged| &merged.branch);
    let branch = repository
        .branches
        .iter()
        .chain(merged)
        .find(|branch| branch.name == name)
        .ok_or_else(|| {
            changed(
                format!("The branch {name} is gone."),
                "Create it, or use another one.",
            )
        })?;
    if branch.sha != *sha {
        return Err(changed(
            format!(
                "{name} moved from {} to {} meanwhile.",
                sha.short(),
                branch.sha.short()
            ),
            "Look at what is on it now, then go on with it.",
        ));
    }
    let parsed = naming::parse(situation.team, name)
        .ok_or_else(|| not_offered("This branch is not named like a release."))?;
    let opened = Record::Opened {
        kind: parsed.kind,
        date: parsed.date,
        fix_name: parsed.fix_name,
        adopted: true,
    };
    Ok(Decision {
        release: ReleaseId(name.to_owned()),
        farewell: None,
        records: vec![opened],
        action: None,
    })
}

fn in_release(intent: &Intent, situation: &Situation<'_>) -> Result<Decision, Problem> {
    let release = situation
        .release
        .ok_or_else(|| not_offered("This release is not open here any more."))?;
    if !undecided::may_be_unknown(intent, release) {
        settled_outcome(release)?;
    }
    let course = Course::new(situation.team, situation.now, release, situation.facts);
    let outcome = act_in_release(intent, situation, &course)?;
    Ok(match outcome {
        Step::Write(record) => Decision {
            release: release.id.clone(),
            farewell: announcing::farewell(&course).filter(|_| record == Record::Closed),
            records: vec![record],
            action: None,
        },
        Step::Send(action) => Decision {
            release: release.id.clone(),
            farewell: None,
            records: Vec::new(),
            action: Some(action),
        },
    })
}

/// Nothing is sent, and nothing is said about a step, while the last action may still happen.
fn settled_outcome(release: &Release) -> Result<(), Problem> {
    if release.pending.is_some() {
        return Err(not_offered(
            "The last action is still being looked up. Wait until its outcome is known.",
        ));
    }
    Ok(())
}

/// One thing to write down or to send.
pub(crate) enum Step {
    /// Write it down.
    Write(Record),
    /// Send it.
    Send(Action),
}

/// A declaration to write down.
pub(crate) fn declare(declaration: Declaration) -> Step {
    Step::Write(Record::Declared { declaration })
}

fn act_in_release(
    intent: &Intent,
    situation: &Situation<'_>,
    course: &Course<'_>,
) -> Result<Step, Problem> {
    match intent {
        Intent::CloseRelease { .. } => Ok(Step::Write(Record::Closed)),
        Intent::PostAnnouncement { text, .. } => announcing::post(situation, course, text),
        Intent::DeclareAnnounced { .. } => {
            unsettled(course, StepId::Announce)?;
            Ok(declare(Declaration::Announced))
        }
        Intent::MergePull { number, head, .. } => {
            answer::merge_pull(situation, course, *number, head)
        }
        Intent::DeclareNoMorePulls { head, .. } => answer::no_more_pulls(situation, course, head),
        Intent::DeclareNoEtl { reason, .. } => answer::no_etl(situation, course, reason),
        Intent::DeclareNoDatabase { .. } => database::none(course),
        Intent::AddStatement { sql, .. } => database::add(course, sql),
        Intent::RemoveStatement { number, .. } => database::remove(course, *number),
        Intent::RecordStatement { number, run, .. } => database::record(course, *number, run),
        Intent::DeclareWithoutDatabase { reason, .. } => database::without(course, reason),
        Intent::OpenReleasePull { head, .. } => open_release_pull(situation, course, head),
        Intent::MergeRelease { number, head, .. } => {
            answer::merge_release(situation, course, *number, head)
        }
        Intent::Approve { gate, comment, .. } => answer::approve(situation, course, gate, comment),
        Intent::Reject { gate, reason, .. } => answer::reject(situation, course, gate, reason),
        Intent::RetryStage {
            stage,
            execution,
            mode,
            ..
        } => answer::retry(situation, course, (stage, execution), *mode),
        Intent::StopExecution {
            execution,
            abandon,
            reason,
            ..
        } => stop::stop(situation, course, execution, (*abandon, reason)),
        Intent::StartPipeline { commit, after, .. } => {
            start::start(situation, course, commit, after.as_ref())
        }
        Intent::RollBack { stage, target, .. } => {
            roll_back::roll_back(situation, course, (stage, target))
        }
        Intent::EnableTransition { stage, reason, .. } => {
            transition::enable(situation, course, (stage, reason))
        }
        Intent::Remind {
            execution, minutes, ..
        } => remind::ask(course, execution, *minutes),
        Intent::DropReminder { .. } => remind::drop(course),
        Intent::PostResult { note, .. } => announcing::post_result(situation, course, note),
        Intent::TellChange { change, .. } => thread::tell(situation, course, change),
        Intent::DeclareResultShared { .. } => {
            unsettled(course, StepId::Finish)?;
            Ok(declare(Declaration::ResultShared))
        }
        Intent::DeclareOutcome { seq, happened, .. } => {
            undecided::declare_outcome(situation, course.release, *seq, *happened)
        }
        Intent::Look
        | Intent::StartPractice
        | Intent::EndPractice
        | Intent::Desktop { .. }
        | Intent::History { .. }
        | Intent::Draft { .. }
        | Intent::Log { .. }
        | Intent::DropDraft
        | Intent::CreateBranch { .. }
        | Intent::AdoptBranch { .. } => Err(not_offered("This is not something to send.")),
    }
}

fn open_release_pull(
    situation: &Situation<'_>,
    course: &Course<'_>,
    head: &Sha,
) -> Result<Step, Problem> {
    let source = course.source().ok_or_else(|| unseen(situation, "GitHub"))?;
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
            "Look at what is on it now, then open the pull request.",
        ));
    }
    if !course.holds_work()
        || steps::merge::open_pull(course).is_some()
        || course.landed().is_some()
    {
        return Err(not_offered("There is nothing to open a pull request for."));
    }
    Ok(Step::Send(follow_up::open_release_pull(course)))
}

/// The step can be acted on: not settled, and no earlier step comes first.
pub(crate) fn unsettled(course: &Course<'_>, step: StepId) -> Result<(), Problem> {
    match course.state(step) {
        StepState::Done | StepState::Skipped => Err(not_offered("This step is settled already.")),
        StepState::Later => Err(not_offered(&format!("{}.", course.standing(step).note))),
        StepState::Working => Err(not_offered(
            "This step is being worked on. Wait until that is done.",
        )),
        StepState::Ready
        | StepState::Waiting
        | StepState::Blocked
        | StepState::Failed
        | StepState::Unknown
        | StepState::NotConnected => Ok(()),
    }
}

pub(crate) fn input(what: &str, remedy: &str) -> Problem {
    Problem::new(Code::Input, what, "Nothing was sent.", remedy)
}

pub(crate) fn changed(what: String, remedy: &str) -> Problem {
    Problem::new(Code::Changed, what, "Nothing was sent.", remedy)
}

pub(crate) fn not_offered(what: &str) -> Problem {
    Problem::new(
        Code::NotOffered,
        what,
        "Nothing was sent.",
        "Look at what this step says now.",
    )
}

/// The facts that a decision needs could not be read just now.
pub(crate) fn unseen(situation: &Situation<'_>, service: &str) -> Problem {
    let facts = situation.facts;
    let failing = match service {
        "GitHub" => facts
            .source
            .failing
            .as_ref()
            .or(facts.repository.failing.as_ref()),
        "Slack" => facts
            .workspace
            .failing
            .as_ref()
            .or(facts.announcement.failing.as_ref()),
        _ => facts
            .pipeline
            .failing
            .as_ref()
            .or(facts.execution.failing.as_ref()),
    };
    match failing {
        Some(failing) => Problem {
            means: "Nothing was sent, and nothing you typed is lost.".into(),
            ..failing.problem.clone()
        },
        None => Problem::new(
            Code::Unreachable,
            format!("{service} was not read yet."),
            "Nothing was sent, and nothing you typed is lost.",
            "Wait for the next look, then try again.",
        ),
    }
}
