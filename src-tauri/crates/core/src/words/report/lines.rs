//! Lines of a report that stand on the screen as they do in Markdown. They are plain text.

use crate::action::Action;
use crate::declaration::Statement;
use crate::record::Milestone;
use crate::release::Mark;
use crate::rules::Course;
use crate::text;
use crate::words::undecided;

/// What was said to the question whether it may go out, with the reasons given.
pub(crate) fn answers(course: &Course<'_>) -> Vec<String> {
    let milestones = course.release.milestones.iter();
    let said = milestones.filter_map(|milestone| {
        let Milestone::ApprovalAnswered {
            approved,
            by,
            comment,
            at,
            ..
        } = milestone
        else {
            return None;
        };
        let what = match (approved, by) {
            (true, _) => "Approved",
            (false, Some(_)) => "Rejected",
            (false, None) => "Expired",
        };
        let by = by.as_ref().map(|by| format!(" by {}", text::line(by, 80)));
        let comment = text::line(comment, 512);
        let said = match comment.is_empty() {
            true => String::new(),
            false => format!(": {comment}"),
        };
        Some(format!(
            "{what}{}, {}{said}",
            by.unwrap_or_default(),
            course.clock().full(*at)
        ))
    });
    said.collect()
}

/// What people said became of actions, where looks did not tell.
pub(crate) fn lost(course: &Course<'_>) -> Vec<String> {
    let decided = course.release.decided.iter();
    let line = |it: &crate::release::Decided| {
        let said = if it.happened { "yes" } else { "no" };
        format!(
            "{} {} looked and said {said}, {}.",
            undecided::question(&it.action),
            text::line(&it.mark.by, 80),
            course.clock().full(it.mark.at)
        )
    };
    decided.map(line).collect()
}

/// The heading of [`controlled`].
pub(crate) const CONTROLLED: &str = "Stopped, rolled back, started again";

/// What was done from here about an execution, beside retries.
pub(crate) fn controlled(course: &Course<'_>) -> Vec<String> {
    let done = course.release.done.iter();
    let line = |(mark, action): &(Mark, Action)| {
        let did = match action {
            Action::StopExecution {
                abandon: false,
                reason,
                ..
            } => format!("told the deploy to stop: {reason}"),
            Action::StopExecution { reason, .. } => format!("abandoned the deploy: {reason}"),
            Action::StartExecution { commit, .. } => {
                format!("started the pipeline again at {}", commit.short())
            }
            Action::RollBack { stage, commit, .. } => {
                format!("rolled {stage} back to {}", commit.short())
            }
            Action::EnableTransition { stage } => format!("switched on the way into {stage}"),
            Action::CreateBranch { .. }
            | Action::PostAnnouncement { .. }
            | Action::UpdateAnnouncement { .. }
            | Action::TellChange { .. }
            | Action::MergePull { .. }
            | Action::OpenReleasePull { .. }
            | Action::MergeRelease { .. }
            | Action::AnswerApproval { .. }
            | Action::RetryStage { .. }
            | Action::PostResult { .. } => return None,
        };
        Some(format!(
            "{}, {} {}",
            course.clock().full(mark.at),
            text::line(&mark.by, 80),
            text::line(&did, 300)
        ))
    };
    done.filter_map(line).collect()
}

/// The evidence that a statement ran.
pub(crate) fn ran(course: &Course<'_>, statement: &Statement) -> String {
    let Some(run) = &statement.run else {
        return "Not recorded.".to_owned();
    };
    let at = course.clock().full(run.at);
    format!("Run by {}, {at}: {}", run.by, run.result)
}
