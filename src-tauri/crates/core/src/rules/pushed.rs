//! What came into the branch without a pull request.

use crate::facts::{Commit, Pull, PullState, Source};
use crate::ids::Sha;
use crate::record::{Milestone, PushedCommit};
use std::collections::{HashMap, HashSet};

/// As many commits are kept by name.
const NAMED: usize = 50;

/// Commits that are on the branch and no pull request brought in, as a milestone; `None` while the branch cannot be
/// compared. Where it cannot be told it names too many, never too few.
#[must_use]
pub(crate) fn pushed(source: &Source) -> Option<Milestone> {
    let commits = &source.comparison.as_ref()?.commits;
    let explained = explained(source, commits);
    let direct: Vec<&Commit> = commits
        .iter()
        .filter(|commit| !explained.contains(&commit.sha))
        .collect();
    Some(Milestone::Pushed {
        total: u32::try_from(direct.len()).unwrap_or(u32::MAX),
        commits: direct
            .into_iter()
            .take(NAMED)
            .map(|commit| PushedCommit {
                sha: commit.sha.clone(),
                title: crate::text::line(&commit.title, 200),
                author: commit.author.clone(),
            })
            .collect(),
    })
}

/// The merges of known pull requests, what came in with their other parents, and what was rebased before the last.
fn explained<'a>(source: &'a Source, commits: &'a [Commit]) -> HashSet<&'a Sha> {
    let known: HashMap<&Sha, &Commit> = commits.iter().map(|one| (&one.sha, one)).collect();
    let line = line(source, &known);
    let mut found = HashSet::new();
    for pull in &source.pulls {
        let PullState::Merged { sha, .. } = &pull.state else {
            continue;
        };
        let Some(merge) = known.get(sha) else {
            continue;
        };
        found.insert(&merge.sha);
        let mut next: Vec<&Sha> = merge.parents.iter().skip(1).collect();
        while let Some(commit) = next.pop().and_then(|sha| known.get(sha)) {
            if !line.contains(&commit.sha) && found.insert(&commit.sha) {
                next.extend(&commit.parents);
            }
        }
        found.extend(rebased(pull, merge, &known));
    }
    found
}

/// "Rebase and merge" puts a pull request's commits onto the branch once more, one upon the other and the last on top,
/// each as its author wrote it. As soon as one is another than it was, it was not that.
fn rebased<'a>(
    pull: &Pull,
    last: &'a Commit,
    known: &HashMap<&'a Sha, &'a Commit>,
) -> Vec<&'a Sha> {
    let mut found = Vec::new();
    let mut next = Some(last);
    for original in pull.commits.iter().rev().filter(|it| it.parents.len() < 2) {
        let Some(commit) = next.filter(|it| is_copy(it, original)) else {
            break;
        };
        found.push(&commit.sha);
        next = commit
            .parents
            .first()
            .and_then(|sha| known.get(sha))
            .copied();
    }
    found
}

/// The same words of the same author at the same moment.
fn is_copy(commit: &Commit, original: &Commit) -> bool {
    commit.parents.len() == 1
        && commit.written_at.is_some()
        && commit.written_at == original.written_at
        && commit.author == original.author
        && commit.title == original.title
}

/// The branch's own line: from its head, first parent by first parent.
fn line<'a>(source: &'a Source, known: &HashMap<&'a Sha, &'a Commit>) -> HashSet<&'a Sha> {
    let mut line = HashSet::new();
    let mut next = source.branch.as_ref().map(|branch| &branch.sha);
    while let Some(commit) = next.and_then(|sha| known.get(sha)) {
        if !line.insert(&commit.sha) {
            break;
        }
        next = commit.parents.first();
    }
    line
}
