//! Moving branches: pushes, merges, deletions, and what follows from them.

use super::{
    ActivityKind, CheckRun, Conclusion, Event, FileChange, MergeMethod, NewCommit, Person,
    PullRequest, PullState, Repository, World,
};

impl World {
    /// Points a branch at a commit. Pull requests and the pipeline notice.
    pub(crate) fn move_branch(&mut self, branch: &str, sha: &str, kind: ActivityKind, actor: &str) {
        self.mark_what_arrives(branch, sha, actor);
        self.repository
            .point(branch, Some(sha), kind, actor, self.now);
        for pull in self
            .repository
            .pulls
            .iter_mut()
            .filter(|pull| pull.is_open() && pull.head == branch)
        {
            pull.head_sha = sha.to_owned();
            pull.updated_at = self.now;
        }
        if branch == Repository::DEFAULT_BRANCH {
            self.after(
                self.pace.pickup_after,
                Event::PickUp {
                    sha: sha.to_owned(),
                },
            );
        }
    }

    /// Makes a branch.
    pub(crate) fn create_branch(&mut self, branch: &str, sha: &str, actor: &str) {
        self.repository.point(
            branch,
            Some(sha),
            ActivityKind::BranchCreation,
            actor,
            self.now,
        );
    }

    /// Deletes a branch; the open pull requests from it close, and those into it, too, unless it was merged: then they
    /// go where it went
    /// (<https://docs.github.com/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-branches#working-with-branches>).
    /// Made again, it is announced anew.
    pub(crate) fn delete_branch(&mut self, branch: &str, actor: &str) {
        self.story.announced.remove(branch);
        self.repository
            .point(branch, None, ActivityKind::BranchDeletion, actor, self.now);
        self.retarget(branch);
        let orphans: Vec<u64> = self
            .repository
            .pulls
            .iter()
            .filter(|pull| pull.is_open() && (pull.head == branch || pull.base == branch))
            .map(|pull| pull.number)
            .collect();
        for number in orphans {
            self.settle_pull(number, PullState::Closed { at: self.now });
        }
    }

    /// The open pull requests into a branch that was merged go to where it was merged.
    fn retarget(&mut self, branch: &str) {
        let was_merged = |pull: &&PullRequest| {
            pull.head == branch && matches!(pull.state, PullState::Merged { .. })
        };
        let merged = self.repository.pulls.iter().rev().find(was_merged);
        let Some(base) = merged.map(|pull| pull.base.clone()) else {
            return;
        };
        let Some(base_sha) = self.repository.branches.get(&base).cloned() else {
            return;
        };
        let into = |pull: &&mut PullRequest| pull.is_open() && pull.base == branch;
        for pull in self.repository.pulls.iter_mut().filter(into) {
            pull.base.clone_from(&base);
            pull.base_sha.clone_from(&base_sha);
            pull.updated_at = self.now;
        }
    }

    /// Somebody pushes one commit to a branch. Returns it, or nothing if there is no such branch.
    pub(crate) fn push(
        &mut self,
        branch: &str,
        by: &str,
        message: &str,
        files: Vec<FileChange>,
    ) -> Option<String> {
        let parent = self.repository.branches.get(branch)?.clone();
        let at = self.now;
        let sha = self.repository.commit(NewCommit {
            parents: vec![parent],
            message,
            author: by,
            at,
            files,
        });
        self.move_branch(branch, &sha, ActivityKind::Push, by);
        Some(sha)
    }

    /// Commits a text to a branch, or removes it there. The pipeline is not started: its trigger leaves such files out.
    pub(crate) fn put_text(
        &mut self,
        branch: &str,
        by: &str,
        path: &str,
        text: Option<String>,
    ) -> Option<String> {
        let parent = self.repository.branches.get(branch)?.clone();
        let verb = if text.is_some() { "Add" } else { "Remove" };
        let at = self.now;
        let lines = text.as_deref().map_or(0, |text| text.lines().count());
        let sha = self.repository.commit(NewCommit {
            parents: vec![parent],
            message: &format!("{verb} {path}"),
            author: by,
            at,
            files: FileChange::spread(|_| path.to_owned(), 1, lines as u64, 0),
        });
        let texts = self
            .repository
            .commits
            .get_mut(&sha)
            .map(|it| &mut it.texts);
        texts?.insert(path.to_owned(), text);
        self.repository
            .point(branch, Some(&sha), ActivityKind::Push, by, at);
        Some(sha)
    }

    /// Merges a pull request, whatever speaks against it. Returns what is now on top of the base branch, or
    /// nothing if there is no such pull request or its base is gone.
    pub(crate) fn merge_pull(
        &mut self,
        number: u64,
        method: MergeMethod,
        by: &str,
        words: Option<&str>,
    ) -> Option<String> {
        let pull = self.repository.pull(number)?.clone();
        let base = self.repository.branches.get(&pull.base)?.clone();
        let files = self.repository.pull_files(&pull);
        let at = self.now;
        let landed = match method {
            MergeMethod::Merge => {
                let (owner, head, title) = (Repository::OWNER, &pull.head, &pull.title);
                let default =
                    format!("Merge pull request #{number} from {owner}/{head}\n\n{title}");
                let message = words.unwrap_or(&default);
                let parents = vec![base.clone(), pull.head_sha.clone()];
                vec![self.repository.commit(NewCommit {
                    parents,
                    message,
                    author: by,
                    at,
                    files,
                })]
            }
            MergeMethod::Squash => {
                let default = format!("{} (#{number})", pull.title);
                let message = words.unwrap_or(&default);
                let author = &pull.author;
                vec![self.repository.commit(NewCommit {
                    parents: vec![base.clone()],
                    message,
                    author,
                    at,
                    files,
                })]
            }
            MergeMethod::Rebase => self.replay(&pull, &base, by),
        };
        if method != MergeMethod::Rebase {
            for sha in &landed {
                self.repository.credit(sha, Person::GITHUB, None);
            }
        }
        let sha = landed.last().unwrap_or(&base).clone();
        let merged = PullState::Merged {
            at,
            by: by.to_owned(),
            sha: sha.clone(),
        };
        self.settle_pull(number, merged);
        if let Some(pull) = self.repository.pull_mut(number) {
            pull.landed_commits = landed;
        }
        self.move_branch(&pull.base, &sha, ActivityKind::PrMerge, by);
        if self.repository.allowed.delete_branch && pull.head != Repository::DEFAULT_BRANCH {
            self.delete_branch(&pull.head, by);
        }
        Some(sha)
    }

    /// Merges a commit into a branch without a pull request; `None` if the branch has it already.
    pub(crate) fn merge_commit(
        &mut self,
        base: &str,
        head: &str,
        message: &str,
        by: &str,
    ) -> Option<String> {
        let top = self.repository.branches.get(base)?.clone();
        if self.repository.contains(&top, head) {
            return None;
        }
        let files = self
            .repository
            .compare(&top, head)
            .map(|it| it.files)
            .unwrap_or_default();
        let parents = vec![top, head.to_owned()];
        let at = self.now;
        let sha = self.repository.commit(NewCommit {
            parents,
            message,
            author: by,
            at,
            files,
        });
        self.move_branch(base, &sha, ActivityKind::Push, by);
        Some(sha)
    }

    /// Closes or merges a pull request and keeps what it held.
    pub(crate) fn settle_pull(&mut self, number: u64, state: PullState) {
        let Some(pull) = self.repository.pull(number) else {
            return;
        };
        let commits = self
            .repository
            .pull_commits(pull)
            .into_iter()
            .map(|it| it.sha.clone())
            .collect();
        let files = self.repository.pull_files(pull);
        let now = self.now;
        if let Some(pull) = self.repository.pull_mut(number) {
            pull.settled_commits = commits;
            pull.settled_files = files;
            pull.state = state;
            pull.updated_at = now;
        }
    }

    /// Starts checks on a commit; they pass when their time has come, unless a person decides otherwise before.
    pub(crate) fn start_checks(&mut self, sha: &str, names: &[String]) {
        for name in names {
            let id = 30_000_000_000 + self.ids.number();
            let (name, head_sha, started_at) = (name.clone(), sha.to_owned(), self.now);
            self.repository.check_runs.push(CheckRun {
                id,
                name,
                head_sha,
                started_at,
                completed: None,
            });
        }
        if !names.is_empty() {
            self.after(
                self.pace.checks_take,
                Event::ChecksEnd {
                    sha: sha.to_owned(),
                },
            );
        }
    }

    /// Ends the checks that still run on a commit.
    pub(crate) fn end_checks(&mut self, sha: &str, how: Conclusion) {
        for run in self
            .repository
            .check_runs
            .iter_mut()
            .filter(|run| run.head_sha == sha)
        {
            run.completed.get_or_insert((self.now, how));
        }
    }

    /// Pull requests whose commits reach their base in another way count as merged.
    fn mark_what_arrives(&mut self, base: &str, top: &str, by: &str) {
        let reached = self.repository.ancestry(top);
        let arrived: Vec<u64> = self
            .repository
            .pulls
            .iter()
            .filter(|pull| {
                pull.is_open() && pull.base == base && reached.contains(pull.head_sha.as_str())
            })
            .map(|pull| pull.number)
            .collect();
        for number in arrived {
            let merged = PullState::Merged {
                at: self.now,
                by: by.to_owned(),
                sha: top.to_owned(),
            };
            self.settle_pull(number, merged);
        }
    }

    /// The pull request's commits once more, on top of `base`: "rebase and merge" keeps who wrote what when, and names who
    /// pressed the button as the committer
    /// (<https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/about-merge-methods-on-github#rebasing-and-merging-your-commits>).
    fn replay(&mut self, pull: &PullRequest, base: &str, by: &str) -> Vec<String> {
        let commits: Vec<_> = self
            .repository
            .pull_commits(pull)
            .into_iter()
            .filter(|it| !it.is_merge())
            .cloned()
            .collect();
        let at = self.now;
        let mut landed: Vec<String> = Vec::new();
        for commit in commits {
            let parent = landed.last().map_or(base, String::as_str).to_owned();
            let written_at = commit.written_at.unwrap_or(commit.at);
            let sha = self.repository.commit(NewCommit {
                parents: vec![parent],
                message: &commit.message,
                author: &commit.author,
                at,
                files: commit.files,
            });
            self.repository.credit(&sha, by, Some(written_at));
            landed.push(sha);
        }
        landed
    }
}
