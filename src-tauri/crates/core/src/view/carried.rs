//! What an execution carries to production beside the release.

use crate::facts::{ExecutionStatus, Relation};
use crate::rules::Course;
use crate::rules::own_release::{self, Own};
use crate::time::At;
use crate::view::{StepId, outgoing};
use crate::words;

/// What is said first: it carries more than this release, or takes something back, or is the approver's own.
pub(crate) fn warnings(course: &Course<'_>) -> Vec<String> {
    let (Some(ours), Some(commit)) = (course.execution(), course.commit()) else {
        return Vec::new();
    };
    let mut said = outgoing::warnings(course);
    let lineage = course
        .facts
        .source
        .stale()
        .map(|source| source.lineage.as_slice())
        .unwrap_or_default();
    let relation = lineage
        .iter()
        .find(|lineage| lineage.revision == *commit)
        .map(|lineage| &lineage.relation);
    if let Some(Relation::Descendant(more)) = relation
        && !more.is_empty()
    {
        let titles: Vec<String> = more
            .iter()
            .map(|commit| {
                let title = crate::text::line(&commit.title, 120);
                format!("{title} ({})", course.name_of(&commit.author))
            })
            .collect();
        let commits = if more.len() == 1 {
            "commit that is"
        } else {
            "commits that are"
        };
        said.push(format!(
            "It also carries {} {commits} not in this release: {}.",
            more.len(),
            words::list(&titles)
        ));
    }
    if let Some(earlier) = unreleased_before(course, ours.started_at) {
        said.push(format!(
            "It also carries what was merged before and never released: {earlier}."
        ));
    }
    let is_open = !course.settled(StepId::Approval);
    if is_open && own_release::own(course) == Own::Yes && !own_release::is_refused(course) {
        said.push(
            "You started this release yourself. Somebody else may see what you do not.".to_owned(),
        );
    }
    said
}

/// Base's commits are built one after the other: what entered the pipeline after the last success and before ours, and
/// did not succeed, goes out with ours.
fn unreleased_before(course: &Course<'_>, ours_started: At) -> Option<String> {
    let executions = &course.facts.pipeline.stale()?.executions;
    let earlier: Vec<_> = executions
        .iter()
        .filter(|execution| execution.started_at < ours_started)
        .collect();
    let since_success = earlier
        .iter()
        .take_while(|execution| execution.status != ExecutionStatus::Succeeded);
    let ours = course.landed().map(|landed| landed.sha);
    let mut titles: Vec<String> = since_success
        .flat_map(|execution| &execution.revisions)
        .filter_map(|revision| Some((revision.sha.as_ref()?, &revision.summary)))
        .filter(|(sha, _)| Some(*sha) != course.commit() && Some(*sha) != ours.as_ref())
        .map(|(sha, summary)| format!("{} {}", sha.short(), crate::text::line(summary, 80)))
        .collect();
    titles.dedup();
    (!titles.is_empty()).then(|| words::list(&titles))
}
