//! What happens on GitHub.

use super::{CUT, HEAD, OURS, World, at, sha};
use slipway_core::facts::{
    BranchHead, BranchSeen, Checks, Commit, Comparison, Landed, Lineage, Mergeability,
    MergedRelease, Pull, PullState, Relation, Repository, Source,
};
use slipway_core::ids::PullNumber;

/// An open pull request that can be merged, by Sam.
pub(crate) fn pull(number: u32) -> Pull {
    Pull {
        number: PullNumber(number),
        title: format!("Load the listings of feed {number}"),
        author: "sam".into(),
        state: PullState::Open,
        draft: false,
        head_ref: format!("feed-{number}"),
        head_sha: sha(&format!("{number:07}")),
        base_ref: "maintenance-2026-11-24".into(),
        opened_at: at(12),
        mergeability: Mergeability::Clean,
        files: 14,
        additions: 412,
        deletions: 87,
        checks: Checks {
            passed: vec!["test".into(), "lint".into()],
            ..Checks::default()
        },
        reviews: Vec::new(),
        commits: Vec::new(),
        html_url: format!("https://github.com/gitMLS/etl/pull/{number}"),
    }
}

impl World {
    pub(crate) fn repository(&mut self) -> &mut Repository {
        &mut self.facts.repository.last.as_mut().unwrap().value
    }

    pub(crate) fn source(&mut self) -> &mut Source {
        &mut self.facts.source.last.as_mut().unwrap().value
    }

    /// The branch exists, made by Dana at 7:02 pm from master, with nothing on it.
    pub(crate) fn branch(mut self) -> Self {
        let head = BranchHead {
            name: self.release.id.to_string(),
            sha: sha(CUT),
        };
        self.repository().branches.push(head);
        self.source().branch = Some(BranchSeen {
            sha: sha(CUT),
            cut: Some(sha(CUT)),
            created_by: Some("dana".into()),
            created_at: Some(at(2)),
        });
        self.source().comparison = Some(Comparison::default());
        self
    }

    /// The branch exists, made by Sam at 7:02 pm from another commit.
    pub(crate) fn branch_of_another(self) -> Self {
        let mut world = self.branch();
        let branch = world.source().branch.as_mut().unwrap();
        branch.sha = sha(HEAD);
        branch.cut = Some(sha(HEAD));
        branch.created_by = Some("sam".into());
        world.repository().branches.last_mut().unwrap().sha = sha(HEAD);
        world
    }

    /// The same, and nobody knows who made it where.
    pub(crate) fn branch_of_nobody(self) -> Self {
        let mut world = self.branch_of_another();
        let branch = world.source().branch.as_mut().unwrap();
        (branch.cut, branch.created_by, branch.created_at) = (None, None, None);
        world
    }

    /// The branch was deleted.
    pub(crate) fn branch_deleted(mut self) -> Self {
        self.repository().branches.clear();
        self.source().branch = None;
        self.source().comparison = None;
        self
    }

    /// A pull request into the branch.
    pub(crate) fn pull(self, number: u32) -> Self {
        self.pull_that(number, |_| {})
    }

    /// A pull request into the branch, changed.
    pub(crate) fn pull_that(mut self, number: u32, change: impl FnOnce(&mut Pull)) -> Self {
        let mut pull = pull(number);
        pull.base_ref = self.release.id.to_string();
        change(&mut pull);
        self.source().pulls.push(pull);
        self
    }

    /// That pull request was merged into the branch by Dana at 7:20 pm.
    pub(crate) fn merged(mut self, number: u32) -> Self {
        let merged = PullState::Merged {
            by: Some("dana".into()),
            at: at(20),
            sha: sha(HEAD),
        };
        let pulls = &mut self.source().pulls;
        pulls
            .iter_mut()
            .find(|pull| pull.number.0 == number)
            .unwrap()
            .state = merged;
        self.ahead(2).brought_in()
    }

    /// The comparison shows what the merged pull requests brought in, and the merge.
    fn brought_in(mut self) -> Self {
        let commit = |of, parents| Commit {
            sha: of,
            title: "Load the listings".into(),
            author: "sam".into(),
            at: Some(at(15)),
            written_at: Some(at(15)),
            parents,
        };
        let source = self.source();
        let merged = |pull: &&Pull| matches!(pull.state, PullState::Merged { .. });
        let heads = source.pulls.iter().filter(merged);
        let heads: Vec<_> = heads.map(|pull| pull.head_sha.clone()).collect();
        let parents = std::iter::once(sha(CUT)).chain(heads.clone()).collect();
        let brought = heads.into_iter().map(|head| commit(head, vec![sha(CUT)]));
        source.comparison.as_mut().unwrap().commits =
            brought.chain([commit(sha(HEAD), parents)]).collect();
        self
    }

    /// Beside the pull requests, somebody pushed this commit to the branch.
    pub(crate) fn pushed_too(mut self, short: &str, title: &str) -> Self {
        let comparison = self.source().comparison.as_mut().unwrap();
        comparison.ahead_by += 1;
        comparison.commits.push(Commit {
            sha: sha(short),
            title: title.to_owned(),
            author: "kim".into(),
            at: Some(at(21)),
            written_at: Some(at(21)),
            parents: vec![sha(HEAD)],
        });
        self.source().branch.as_mut().unwrap().sha = sha(short);
        self
    }

    /// Commits were pushed straight to the branch by Sam.
    pub(crate) fn pushed(self) -> Self {
        self.ahead(1)
    }

    fn ahead(mut self, commits: u32) -> Self {
        self.source().branch.as_mut().unwrap().sha = sha(HEAD);
        let commit = |n: u32| Commit {
            sha: sha(&format!("c0ffee{n}")),
            title: format!("Read feed {n} once more"),
            author: "sam".into(),
            at: Some(at(15)),
            written_at: Some(at(15)),
            parents: vec![sha(CUT)],
        };
        self.source().comparison = Some(Comparison {
            ahead_by: commits,
            behind_by: 0,
            commits: (0..commits).map(commit).collect(),
            files: 14,
            additions: 412,
            deletions: 87,
        });
        self
    }

    /// The release pull request, #420, is open and can be merged.
    pub(crate) fn release_pull(self) -> Self {
        self.release_pull_that(|_| {})
    }

    /// The release pull request, changed.
    pub(crate) fn release_pull_that(mut self, change: impl FnOnce(&mut Pull)) -> Self {
        let mut pull = Pull {
            title: "Maintenance 2026-11-24".into(),
            author: "dana".into(),
            head_ref: self.release.id.to_string(),
            head_sha: sha(HEAD),
            base_ref: "master".into(),
            ..pull(420)
        };
        change(&mut pull);
        self.source().release_pull = Some(pull);
        self
    }

    /// The release pull request was merged by Dana at 7:38 pm: our commit.
    pub(crate) fn landed(self) -> Self {
        self.landed_as(OURS, Some("dana"))
    }

    /// The same, with another commit or person.
    pub(crate) fn landed_as(mut self, ours: &str, by: Option<&str>) -> Self {
        let by = by.map(str::to_owned);
        let ours = sha(ours);
        self.repository().base.sha = ours.clone();
        let source = self.source();
        if let Some(pull) = &mut source.release_pull {
            pull.state = PullState::Merged {
                by: by.clone(),
                at: at(38),
                sha: ours.clone(),
            };
        }
        source.comparison = source.branch.as_ref().map(|_| Comparison::default());
        source.landed = Some(Landed {
            sha: ours,
            by,
            at: at(38),
        });
        self.now = self.now.max(at(39));
        self
    }

    /// A release, merged at 7:38 pm as our commit.
    pub(crate) fn merged_release(name: &str, head: &str) -> MergedRelease {
        MergedRelease {
            branch: BranchHead {
                name: name.to_owned(),
                sha: sha(head),
            },
            commit: sha(OURS),
            at: at(38),
        }
    }

    /// GitHub told how a revision relates to our commit.
    pub(crate) fn related(mut self, revision: &str, relation: Relation) -> Self {
        self.source().lineage.push(Lineage {
            revision: sha(revision),
            relation,
        });
        self
    }

    /// A commit that is no part of this release.
    pub(crate) fn other_commit(title: &str) -> Commit {
        Commit {
            sha: sha("beef"),
            title: title.to_owned(),
            author: "kim".into(),
            at: Some(at(40)),
            written_at: Some(at(40)),
            parents: Vec::new(),
        }
    }
}
