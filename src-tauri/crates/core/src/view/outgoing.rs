//! What is new in production after a yes, as the approver reads it.

use std::collections::BTreeMap;

use crate::facts::{ChangedFile, ExecutionStatus, Outgoing};
use crate::rules::Course;
use crate::text::line;
use crate::view::branch::check;
use crate::view::etl::size;
use crate::view::{Check, StepId, Tone};
use crate::words::{self, count};

/// How much is new against what runs now, and where in the repository.
pub(crate) fn facts(course: &Course<'_>) -> Vec<Check> {
    let Some(outgoing) = course.outgoing() else {
        let untold = course.has_outgoing() && !course.settled(StepId::Approval);
        let said = "Not compared with what runs now";
        return Vec::from_iter(untold.then(|| check("New in production", said, Tone::Wait)));
    };
    let mut lines = vec![check(
        "New in production",
        &new(course, outgoing),
        Tone::Quiet,
    )];
    if outgoing.files.is_empty() {
        return lines;
    }
    let sum =
        |of: fn(&ChangedFile) -> u32| outgoing.files.iter().map(of).fold(0, u32::saturating_add);
    let files = u32::try_from(outgoing.files.len()).unwrap_or(u32::MAX);
    let size = size(files, sum(|it| it.additions), sum(|it| it.deletions));
    let size = match outgoing.files.len() < Outgoing::LISTED {
        true => format!("{size} lines"),
        false => format!("At least {size} lines; GitHub lists no more files than these"),
    };
    lines.push(check("Size", &size, Tone::Quiet));
    lines.push(check("Where", &folders(&outgoing.files), Tone::Quiet));
    lines
}

/// What is said first, because it is not what an approver expects of a deploy.
pub(crate) fn warnings(course: &Course<'_>) -> Vec<String> {
    let Some(outgoing) = course.outgoing().filter(|it| it.behind_by > 0) else {
        return Vec::new();
    };
    let lost = commits(outgoing.behind_by);
    vec![match outgoing.ahead_by {
        0 => format!(
            "It is older than what production runs now: approving takes {lost} of production back."
        ),
        _ => format!(
            "It was not built from what production runs now: approving takes {lost} of production back."
        ),
    }]
}

fn new(course: &Course<'_>, outgoing: &Outgoing) -> String {
    let executions = course.facts.pipeline.stale().map(|it| it.executions.iter());
    let live = executions
        .into_iter()
        .flatten()
        .find(|execution| execution.status == ExecutionStatus::Succeeded);
    let since = live.map_or_else(String::new, |live| {
        format!(
            " since the deploy of {}",
            course.clock().full(live.updated_at)
        )
    });
    match outgoing.ahead_by {
        0 => "Nothing".to_owned(),
        ahead => format!("{}{since}", commits(ahead)),
    }
}

fn commits(number: u32) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "commit")
}

/// "etl 14 files, db 4 files and 2 others": the first part of each path, those with the most files first.
fn folders(files: &[ChangedFile]) -> String {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        let parts = file.path.split_once('/');
        let folder = parts.map_or("top level", |(folder, _)| folder);
        *folders.entry(folder).or_default() += 1;
    }
    let mut folders: Vec<(&str, usize)> = folders.into_iter().collect();
    folders.sort_by_key(|(_, files)| std::cmp::Reverse(*files));
    let named: Vec<String> = folders
        .into_iter()
        .map(|(folder, files)| format!("{} {}", line(folder, 60), count(files, "file")))
        .collect();
    words::list(&named)
}
