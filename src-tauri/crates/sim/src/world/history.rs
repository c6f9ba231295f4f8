//! Questions about the commit graph.

use std::collections::BTreeSet;

use super::{Commit, FileChange, PullRequest, Repository};

/// What `base...head` amounts to.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The best common ancestor.
    pub merge_base: &'a Commit,
    /// What head has and base has not, oldest first.
    pub ahead: Vec<&'a Commit>,
    /// How many commits base has and head has not.
    pub behind_by: usize,
    /// What the commits ahead changed.
    pub files: Vec<FileChange>,
}

impl Comparison<'_> {
    /// GitHub's word for it.
    pub fn status(&self) -> &'static str {
        match (self.ahead.is_empty(), self.behind_by) {
            (true, 0) => "identical",
            (true, _) => "behind",
            (false, 0) => "ahead",
            (false, _) => "diverged",
        }
    }
}

impl Repository {
    /// Compares two commits; `None` if they have no common ancestor.
    pub fn compare(&self, base: &str, head: &str) -> Option<Comparison<'_>> {
        let (of_base, of_head) = (self.ancestry(base), self.ancestry(head));
        let merge_base = of_base
            .intersection(&of_head)
            .filter_map(|sha| self.commits.get(*sha))
            .max_by_key(|it| it.order)?;
        let mut ahead: Vec<&Commit> = of_head
            .difference(&of_base)
            .filter_map(|sha| self.commits.get(*sha))
            .collect();
        ahead.sort_by_key(|commit| commit.order);
        let files = FileChange::union(
            ahead
                .iter()
                .filter(|commit| !commit.is_merge())
                .flat_map(|commit| &commit.files),
        );
        Some(Comparison {
            merge_base,
            ahead,
            behind_by: of_base.difference(&of_head).count(),
            files,
        })
    }

    /// Whether `sha` is `descendant` itself or one of its ancestors.
    pub fn contains(&self, descendant: &str, sha: &str) -> bool {
        self.ancestry(descendant).contains(sha)
    }

    /// The commits from a commit backwards, newest first.
    pub fn log(&self, from: &str) -> Vec<&Commit> {
        let mut commits: Vec<&Commit> = self
            .ancestry(from)
            .into_iter()
            .filter_map(|sha| self.commits.get(sha))
            .collect();
        commits.sort_by_key(|commit| std::cmp::Reverse(commit.order));
        commits
    }

    /// The commits of a pull request, oldest first.
    pub fn pull_commits(&self, pull: &PullRequest) -> Vec<&Commit> {
        if pull.is_open() {
            return self
                .open_comparison(pull)
                .map(|it| it.ahead)
                .unwrap_or_default();
        }
        pull.settled_commits
            .iter()
            .filter_map(|sha| self.commits.get(sha))
            .collect()
    }

    /// The files of a pull request.
    pub fn pull_files(&self, pull: &PullRequest) -> Vec<FileChange> {
        if pull.is_open() {
            return self
                .open_comparison(pull)
                .map(|it| it.files)
                .unwrap_or_default();
        }
        pull.settled_files.clone()
    }

    fn open_comparison(&self, pull: &PullRequest) -> Option<Comparison<'_>> {
        self.compare(
            self.branches.get(&pull.base).unwrap_or(&pull.base_sha),
            &pull.head_sha,
        )
    }

    /// A commit and all its ancestors.
    pub(super) fn ancestry(&self, sha: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut open = vec![sha];
        while let Some(commit) = open.pop().and_then(|sha| self.commits.get(sha)) {
            if seen.insert(commit.sha.as_str()) {
                open.extend(commit.parents.iter().map(String::as_str));
            }
        }
        seen
    }
}
