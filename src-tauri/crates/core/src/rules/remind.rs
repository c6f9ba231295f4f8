//! Being told once more of a failure.

use crate::facts::{ActionRun, ExecutionStatus};
use crate::ids::ExecutionId;
use crate::problem::Problem;
use crate::record::Record;
use crate::release::Release;
use crate::reminder::Reminder;
use crate::rules::Course;
use crate::rules::decide::{Step, changed, input, not_offered};
use crate::rules::steps::build;
use crate::time::At;
use crate::view::{StepId, StepState};

/// In how many minutes a person can be reminded.
pub(crate) const MINUTES: [u32; 3] = [10, 30, 60];

/// A person wants to be told of the failure on the card once more. A reminder that was asked for before gives way.
pub(crate) fn ask(
    course: &Course<'_>,
    execution: &ExecutionId,
    minutes: u32,
) -> Result<Step, Problem> {
    if !MINUTES.contains(&minutes) {
        return Err(input(
            "This is no time that Slipway reminds at.",
            "Choose one of those on the card.",
        ));
    }
    let (failed, failed_at) =
        failed(course).ok_or_else(|| not_offered("There is nothing to be reminded of."))?;
    if failed != execution {
        return Err(changed(
            "Another execution carries the release by now.".into(),
            "Read what failed now, then ask for a reminder.",
        ));
    }
    Ok(Step::Write(Record::Remind {
        reminder: Reminder {
            at: course.now.plus_seconds(i64::from(minutes) * 60),
            execution: failed.clone(),
            failed_at,
        },
    }))
}

/// A person wants no reminder any more.
pub(crate) fn drop(course: &Course<'_>) -> Result<Step, Problem> {
    let reminder = course.release.reminder.as_ref();
    reminder
        .map(|_| Step::Write(Record::DropReminder))
        .ok_or_else(|| not_offered("No reminder is set."))
}

/// The failure that the build's step shows, and when it was so.
pub(crate) fn failed<'c>(course: &Course<'c>) -> Option<(&'c ExecutionId, At)> {
    if course.state(StepId::Build) != StepState::Failed {
        return None;
    }
    let ours = course.execution()?;
    let run = build::failed_run(course).map(|run| run.updated_at);
    Some((&ours.id, run.unwrap_or(ours.updated_at)))
}

/// The reminder that a person asked for and still waits for.
pub(crate) fn waiting<'c>(course: &Course<'c>) -> Option<&'c Reminder> {
    let reminder = course.release.reminder.as_ref()?;
    (reminder.at > course.now && lasts(course, reminder)).then_some(reminder)
}

/// The same failure is still there, as far as was seen.
pub(crate) fn lasts(course: &Course<'_>, reminder: &Reminder) -> bool {
    let began_since = |run: &ActionRun| run.started_at > reminder.failed_at;
    let failed = |status| status == ExecutionStatus::Failed;
    course.execution().is_some_and(|ours| {
        ours.id == reminder.execution
            && failed(ours.status)
            && !course
                .detail()
                .is_some_and(|it| it.runs.iter().any(began_since))
    })
}

/// When a person is reminded next, by this computer's clock; `None` when nobody asked for it, or that is past.
#[must_use]
pub fn next_reminder(release: &Release, now: At) -> Option<At> {
    let reminder = release.reminder.as_ref()?;
    (reminder.at > now).then_some(reminder.at)
}

/// A reminder is due, and nothing was seen since that tells whether it still counts.
pub(crate) fn is_due_unseen(course: &Course<'_>) -> bool {
    let seen = course.facts.pipeline.last.as_ref().map(|seen| seen.at);
    let due = |reminder: &&Reminder| {
        reminder.at <= course.now && seen.is_none_or(|seen| seen < reminder.at)
    };
    let reminder = course.release.reminder.as_ref();
    reminder.filter(due).is_some()
}
