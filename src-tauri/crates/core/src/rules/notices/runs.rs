//! The changes that the runs of our execution show.

use super::told::Told;
use super::{Change, What};
use crate::desktop::Event;
use crate::facts::{ActionRun, Category, Execution, ExecutionStatus, RunStatus};
use crate::rules::Course;
use crate::rules::steps::approval;

/// What the runs of an execution tell.
pub(super) struct Runs<'c, 'a> {
    pub(super) course: &'c Course<'a>,
    pub(super) ours: &'a Execution,
    pub(super) runs: &'a [ActionRun],
    pub(super) told: &'c Told<'c>,
}

/// A stage's actions from one start of it to the next.
struct Attempt<'a> {
    runs: Vec<&'a ActionRun>,
    is_retry: bool,
    is_last: bool,
}

impl<'a> Runs<'_, 'a> {
    pub(super) fn changes(&self) -> Vec<Change<'a>> {
        let mut changes = Vec::new();
        for run in self.runs {
            if run.category == Category::Approval {
                self.approval(run, &mut changes);
            }
        }
        if !approval::pipeline_asks(self.course)
            && let Some(first) = self.runs.iter().find(|run| is_work(run))
        {
            changes.push(self.told.change(first.started_at, What::Began, &first.id));
        }
        for attempt in self.attempts() {
            self.attempt(&attempt, &mut changes);
        }
        changes.sort_by_key(|change| change.at);
        changes.extend(self.end(&changes));
        changes
    }

    fn approval(&self, run: &'a ActionRun, changes: &mut Vec<Change<'a>>) {
        let waits = approval::waits_for(self.course, &run.stage, &run.action);
        let until = run.started_at.plus_seconds(waits);
        changes.push(
            self.told
                .change(run.started_at, What::Asks { until }, &run.id),
        );
        let answered_at = run.updated_at.max(run.started_at);
        let answer = match run.status {
            RunStatus::Succeeded => What::Approved {
                by: run.updated_by.as_deref().map(approval::arn_name),
            },
            RunStatus::Failed => match approval::rejected_by(self.course, run) {
                Some(by) => What::Rejected {
                    by,
                    comment: &run.summary,
                },
                None => What::Expired { after: waits },
            },
            RunStatus::InProgress
            | RunStatus::Stopped
            | RunStatus::Cancelled
            | RunStatus::Skipped
            | RunStatus::Other => return,
        };
        changes.push(self.told.change(answered_at, answer, &run.id));
    }

    fn attempt(&self, attempt: &Attempt<'a>, changes: &mut Vec<Change<'a>>) {
        if attempt.is_retry
            && let Some(run) = attempt.runs.first().copied()
        {
            changes.push(
                self.told
                    .change(run.started_at, What::Again { run: Some(run) }, &run.id),
            );
        }
        // The stage goes on while another of its actions does; it has failed when it began anew, or nothing moves.
        let is_over = !attempt.is_last || self.ours.status == ExecutionStatus::Failed;
        let failed = attempt
            .runs
            .iter()
            .filter(|run| run.status == RunStatus::Failed);
        if is_over && let Some(run) = failed.min_by_key(|run| (run.updated_at, &run.id)) {
            changes.push(self.told.change(
                run.updated_at,
                What::Failed { run: Some(run) },
                &run.id,
            ));
        }
    }

    /// How it ended, unless an answer or a run told that already.
    fn end(&self, changes: &[Change<'_>]) -> Option<Change<'a>> {
        let newest = self.runs.last().map_or("", |run| run.id.as_str());
        let what = match self.ours.status {
            ExecutionStatus::Succeeded => {
                return Some(self.told.once(self.ours.updated_at, What::Succeeded));
            }
            ExecutionStatus::Stopped => What::Stopped,
            ExecutionStatus::Cancelled => What::Cancelled,
            ExecutionStatus::Failed => {
                let said = changes.last().map(|change| change.what.event());
                let is_said =
                    matches!(said, Some(Event::Failed | Event::Rejected | Event::Expired));
                if is_said {
                    return None;
                }
                What::Failed { run: None }
            }
            // The newer execution that took its place carries the release; its relation may not be known yet.
            ExecutionStatus::Superseded
            | ExecutionStatus::InProgress
            | ExecutionStatus::Stopping
            | ExecutionStatus::Other => return None,
        };
        Some(self.told.change(self.ours.updated_at, what, newest))
    }

    /// The runs of the stages' actions, in the order in which the stages were entered.
    fn attempts(&self) -> Vec<Attempt<'a>> {
        let mut attempts: Vec<Attempt<'a>> = Vec::new();
        let moving = self.runs.iter();
        for run in moving.filter(|run| run.category != Category::Approval) {
            let of_stage = |attempt: &&mut Attempt<'a>| attempt.runs[0].stage == run.stage;
            let last = attempts.iter_mut().rfind(of_stage);
            match last {
                Some(last) if last.runs.iter().all(|it| it.action != run.action) => {
                    last.runs.push(run);
                }
                last => {
                    let is_retry = last.is_some();
                    if let Some(last) = last {
                        last.is_last = false;
                    }
                    attempts.push(Attempt {
                        runs: vec![run],
                        is_retry,
                        is_last: true,
                    });
                }
            }
        }
        attempts
    }
}

fn is_work(run: &ActionRun) -> bool {
    matches!(run.category, Category::Work | Category::Deploy)
}
