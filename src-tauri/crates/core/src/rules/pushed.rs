//! What came into the branch without a pull request.

use crate::facts::{Commit, PullState, Source};
use crate::ids::Sha;
use crate::record::{Milestone, PushedCommit};
use std::collections::{HashMap, HashSet};

/// As many commits are kept by name.
const NAMED: usize = 50;

/// Commits that are on the branch and no pull request brought in, as a milestone; `None` while the branch cannot be
/// compared. A pull request that was rebased explains its last commit only, so this may name too many, never too few.
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

/// The merges of known pull requests, and what came in with their other parents.
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
    }
    found
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
