//! Lines of a report that stand on the screen as they do in Markdown. They are plain text.

use crate::declaration::Statement;
use crate::record::Milestone;
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

/// The evidence that a statement ran.
pub(crate) fn ran(course: &Course<'_>, statement: &Statement) -> String {
    let Some(run) = &statement.run else {
        return "Not recorded.".to_owned();
    };
    let at = course.clock().full(run.at);
    format!("Run by {}, {at}: {}", run.by, run.result)
}
