//! Addresses of what a release left behind in the outside systems.

use crate::action::Action;
use crate::record::Milestone;
use crate::rules::Course;
use crate::view::encoded;

/// What can be looked at, with its page: the pull request into base, the commit, the executions. Of the team's present
/// repository, as GitHub names it now, where that was seen.
#[must_use]
pub(crate) fn addresses(course: &Course<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Some(repository) = course.facts.repository.stale() {
        let page = &repository.html_url;
        if let Some(number) = release_pull(course) {
            found.push((
                format!("Pull request {number}"),
                format!("{page}/pull/{}", number.0),
            ));
        }
        if let Some(landed) = course.landed() {
            let commit = landed.sha;
            let label = format!("Commit {}", plain(commit.short()));
            found.push((label, format!("{page}/commit/{}", encoded(commit.as_str()))));
        }
    }
    let pipeline = course.facts.pipeline.stale();
    let console = pipeline
        .map(|it| it.console_url.as_str())
        .filter(|it| !it.is_empty());
    if let Some((page, query)) = console.and_then(|it| it.split_once("/view?")) {
        for id in executions(course) {
            let address = format!("{page}/executions/{}/timeline?{query}", encoded(&id));
            found.push((format!("Execution {}", plain(&id)), address));
        }
    }
    found
}

fn release_pull(course: &Course<'_>) -> Option<crate::ids::PullNumber> {
    let source = course.facts.source.stale();
    let seen = source.and_then(|source| source.release_pull.as_ref());
    let merged = course.release.done.iter().rev();
    let mut merged = merged.filter_map(|(_, action)| {
        if let Action::MergeRelease { number, .. } = action {
            Some(*number)
        } else {
            None
        }
    });
    seen.map(|pull| pull.number).or_else(|| merged.next())
}

/// Ids are letters, digits and dashes.
fn plain(id: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    id.chars().filter(is_plain).collect()
}

/// The executions that carried it, oldest first.
pub(crate) fn executions(course: &Course<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for milestone in &course.release.milestones {
        if let Milestone::Execution { id, .. } = milestone
            && !found.iter().any(|it| it == id.as_str())
        {
            found.push(crate::text::line(id.as_str(), 80));
        }
    }
    found
}
