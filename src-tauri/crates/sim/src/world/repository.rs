use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Activity, ActivityKind, CheckRun, Commit, FileChange, PullRequest};
use super::{activity::NO_COMMIT, ids};

/// The repository `gitMLS/etl`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Repository {
    /// All commits, by SHA.
    pub commits: BTreeMap<String, Commit>,
    /// Where each branch points.
    pub branches: BTreeMap<String, String>,
    /// Who moved which branch, oldest first.
    pub activities: Vec<Activity>,
    /// All pull requests, oldest first.
    pub pulls: Vec<PullRequest>,
    /// All check runs, oldest first.
    pub check_runs: Vec<CheckRun>,
    /// The rules of branches, as GitHub's rules endpoint words them.
    pub rules: BTreeMap<String, Vec<Value>>,
    /// Which ways to merge are allowed, and what follows.
    pub allowed: AllowedMerges,
    /// Its name.
    #[serde(default = "first_name")]
    pub name: String,
    /// Names that it had before; they lead on to it.
    #[serde(default)]
    pub former: Vec<String>,
}

/// How the repository merges pull requests.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AllowedMerges {
    /// Merge commits.
    pub merge: bool,
    /// Squash merges.
    pub squash: bool,
    /// Rebase merges.
    pub rebase: bool,
    /// Whether the branch that was merged is deleted at once.
    #[serde(default)]
    pub delete_branch: bool,
}

/// What a new commit consists of.
pub(crate) struct NewCommit<'a> {
    pub(crate) parents: Vec<String>,
    pub(crate) message: &'a str,
    pub(crate) author: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) files: Vec<FileChange>,
}

impl Repository {
    /// Owner of the repository.
    pub const OWNER: &str = "gitMLS";
    /// Its name at first.
    pub const NAME: &str = "etl";
    /// What it is known by, whatever its name.
    pub const ID: u64 = 58_430_917;
    /// The branch that goes to production.
    pub const DEFAULT_BRANCH: &str = "master";

    pub(crate) fn empty() -> Repository {
        Repository {
            commits: BTreeMap::new(),
            branches: BTreeMap::new(),
            activities: Vec::new(),
            pulls: Vec::new(),
            check_runs: Vec::new(),
            rules: BTreeMap::new(),
            allowed: AllowedMerges {
                merge: true,
                squash: true,
                rebase: true,
                delete_branch: false,
            },
            name: first_name(),
            former: Vec::new(),
        }
    }

    /// `owner/name`
    pub fn full_name(&self) -> String {
        format!("{}/{}", Repository::OWNER, self.name)
    }

    /// Makes a commit; no branch moves.
    pub(crate) fn commit(&mut self, new: NewCommit<'_>) -> String {
        let order = self.commits.len() as u64;
        let (at, place) = (new.at.to_string(), order.to_string());
        let own = [new.message, new.author, &at, &place];
        let sha = ids::sha(new.parents.iter().map(String::as_str).chain(own));
        let tree = ids::sha(["tree", sha.as_str()]);
        let commit = Commit {
            sha: sha.clone(),
            tree,
            parents: new.parents,
            message: new.message.to_owned(),
            author: new.author.to_owned(),
            at: new.at,
            written_at: None,
            committer: None,
            files: new.files,
            texts: BTreeMap::new(),
            order,
        };
        self.commits.insert(sha.clone(), commit);
        sha
    }

    /// Says who made a commit of somebody else's work, and when that was written.
    pub(crate) fn credit(&mut self, sha: &str, committer: &str, written_at: Option<Timestamp>) {
        if let Some(commit) = self.commits.get_mut(sha) {
            commit.committer = Some(committer.to_owned());
            commit.written_at = written_at;
        }
    }

    /// Points a branch at a commit (or nowhere) and writes down who did it.
    pub(crate) fn point(
        &mut self,
        branch: &str,
        to: Option<&str>,
        kind: ActivityKind,
        actor: &str,
        at: Timestamp,
    ) {
        let before = match to {
            Some(sha) => self.branches.insert(branch.to_owned(), sha.to_owned()),
            None => self.branches.remove(branch),
        };
        self.activities.push(Activity {
            id: 20_000_000_000 + self.activities.len() as u64,
            kind,
            reference: format!("refs/heads/{branch}"),
            before: before.unwrap_or_else(|| NO_COMMIT.to_owned()),
            after: to.unwrap_or(NO_COMMIT).to_owned(),
            actor: actor.to_owned(),
            at,
        });
    }

    /// The commit that a SHA, a branch or `refs/heads/<branch>` names.
    pub fn resolve(&self, name: &str) -> Option<&Commit> {
        let branch = name
            .strip_prefix("refs/heads/")
            .or(name.strip_prefix("heads/"));
        let sha = self
            .branches
            .get(branch.unwrap_or(name))
            .map_or(name, String::as_str);
        self.commits.get(&sha.to_ascii_lowercase())
    }

    /// The texts in the repository at a commit, by path: what its newest ancestor says of each.
    pub fn texts_at(&self, commit: &Commit) -> BTreeMap<&str, &str> {
        let mut texts = BTreeMap::new();
        for commit in self.log(&commit.sha).into_iter().rev() {
            for (path, text) in &commit.texts {
                match text {
                    Some(text) => texts.insert(path.as_str(), text.as_str()),
                    None => texts.remove(path.as_str()),
                };
            }
        }
        texts
    }

    /// The pull request of that number.
    pub fn pull(&self, number: u64) -> Option<&PullRequest> {
        self.pulls.iter().find(|pull| pull.number == number)
    }

    pub(crate) fn pull_mut(&mut self, number: u64) -> Option<&mut PullRequest> {
        self.pulls.iter_mut().find(|pull| pull.number == number)
    }

    /// The check runs on a commit.
    pub fn checks_of(&self, sha: &str) -> impl Iterator<Item = &CheckRun> {
        self.check_runs
            .iter()
            .filter(move |run| run.head_sha == sha)
    }

    /// The branch that makes a branch of this name impossible: `a` and `a/b` cannot both be.
    pub(crate) fn in_the_way_of(&self, name: &str) -> Option<&str> {
        self.branches
            .keys()
            .find(|other| {
                other
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('/'))
                    || name
                        .strip_prefix(other.as_str())
                        .is_some_and(|rest| rest.starts_with('/'))
            })
            .map(String::as_str)
    }
}

fn first_name() -> String {
    Repository::NAME.to_owned()
}
