//! What colleagues do by themselves: they read announcements and open pull requests into the branch.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ActivityKind, Event, FileChange, NewCommit, PRIYA, PullRequest, PullState, Repository, Review,
    ReviewState, TOMAS, World,
};

const BRINGS_NOTHING: &str = "sim-empty";
const CONFLICTS: &str = "sim-conflict";
const CHECKS: [&str; 2] = ["unit-tests", "schema-check"];

/// What colleagues do when something is announced.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Story {
    /// How many pull requests the next announcement brings.
    pub etl_pulls: u32,
    /// Branches whose announcement was read. A branch is answered once.
    pub announced: BTreeSet<String>,
}

/// A pull request that somebody is about to open from a branch of new work.
pub(crate) struct NewPull {
    pub(crate) base: String,
    /// The branch of new work; a number is put behind it if it is taken.
    pub(crate) head: String,
    pub(crate) title: String,
    pub(crate) body: Option<String>,
    pub(crate) author: String,
    pub(crate) files: Vec<FileChange>,
    pub(crate) checks: Vec<String>,
    /// Logins of those who approve at once.
    pub(crate) approved_by: Vec<String>,
    pub(crate) conflict: bool,
}

impl World {
    /// Colleagues read a message; a branch named in it is answered later.
    pub(super) fn colleagues_read(&mut self, text: &str) {
        let named: Vec<String> = self
            .repository
            .branches
            .keys()
            .filter(|branch| branch.starts_with("maintenance-") || branch.starts_with("hotfix-"))
            .filter(|branch| names(text, branch) && !self.story.announced.contains(*branch))
            .cloned()
            .collect();
        for branch in named {
            self.story.announced.insert(branch.clone());
            self.after(
                self.pace.etl_pull_after,
                Event::ColleaguesOpenPulls { branch },
            );
        }
    }

    pub(super) fn colleagues_open_pulls(&mut self, branch: &str) {
        let pulls = if branch.contains(BRINGS_NOTHING) {
            0
        } else {
            self.story.etl_pulls
        };
        for index in 0..pulls {
            let pull = match branch.strip_prefix("maintenance-") {
                Some(date) => maintenance_pull(branch, date, index),
                None => hotfix_pull(branch),
            };
            self.open_new_work(pull);
        }
    }

    /// Makes a branch of new work and opens a pull request from it. `None` if there is no such base.
    pub(crate) fn open_new_work(&mut self, new: NewPull) -> Option<u64> {
        let parent = self.repository.branches.get(&new.base)?.clone();
        let head = self.free_branch_name(&new.head);
        let (at, author) = (self.now, new.author.as_str());
        self.repository.point(
            &head,
            Some(&parent),
            ActivityKind::BranchCreation,
            author,
            at,
        );
        let half = new.files.len().div_ceil(2);
        let parts = [new.files[..half].to_vec(), new.files[half..].to_vec()];
        let follow_up = format!("{}: follow-up", new.title);
        let mut top = parent;
        for (files, message) in parts
            .into_iter()
            .zip([new.title.as_str(), follow_up.as_str()])
        {
            if !files.is_empty() {
                let parents = vec![top];
                top = self.repository.commit(NewCommit {
                    parents,
                    message,
                    author,
                    at,
                    files,
                });
            }
        }
        self.move_branch(&head, &top, ActivityKind::Push, author);
        let number = self.open_pull(&new.base, &head, &new.title, new.body, author, false)?;
        self.start_checks(&top, &new.checks);
        for reviewer in &new.approved_by {
            self.review(number, reviewer, ReviewState::Approved);
        }
        if let Some(pull) = self.repository.pull_mut(number) {
            pull.conflict = new.conflict;
        }
        Some(number)
    }

    /// Opens a pull request between two branches that exist.
    pub(crate) fn open_pull(
        &mut self,
        base: &str,
        head: &str,
        title: &str,
        body: Option<String>,
        author: &str,
        draft: bool,
    ) -> Option<u64> {
        let base_sha = self.repository.branches.get(base)?.clone();
        let head_sha = self.repository.branches.get(head)?.clone();
        let number = self
            .repository
            .pulls
            .last()
            .map_or(471, |last| last.number + 1);
        self.repository.pulls.push(PullRequest {
            number,
            title: title.to_owned(),
            body,
            author: author.to_owned(),
            base: base.to_owned(),
            base_sha,
            head: head.to_owned(),
            head_sha,
            draft,
            conflict: false,
            state: PullState::Open,
            created_at: self.now,
            updated_at: self.now,
            reviews: Vec::new(),
            requested_reviewers: Vec::new(),
            comments: Vec::new(),
            mergeability_known_for: None,
            settled_commits: Vec::new(),
            landed_commits: Vec::new(),
            settled_files: Vec::new(),
        });
        Some(number)
    }

    /// Somebody reviews the newest commit of a pull request.
    pub(crate) fn review(&mut self, number: u64, by: &str, state: ReviewState) {
        let id = 2_000_000_000 + self.ids.number();
        let at = self.now;
        if let Some(pull) = self.repository.pull_mut(number) {
            pull.requested_reviewers.retain(|login| login != by);
            pull.reviews.push(Review {
                id,
                author: by.to_owned(),
                state,
                commit: pull.head_sha.clone(),
                at,
            });
            pull.updated_at = at;
        }
    }

    fn free_branch_name(&self, wanted: &str) -> String {
        let taken = |name: &String| {
            self.repository.branches.contains_key(name)
                || self.repository.in_the_way_of(name).is_some()
        };
        std::iter::once(wanted.to_owned())
            .chain((2..).map(|number| format!("{wanted}-{number}")))
            .find(|name| !taken(name))
            .unwrap_or_default()
    }
}

/// Whether a text holds a branch's name, and not only as the beginning of a longer one.
fn names(text: &str, branch: &str) -> bool {
    let part_of_name = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '/');
    text.match_indices(branch).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + branch.len()..].chars().next();
        !after.is_some_and(part_of_name)
            && !before.is_some_and(|char| char.is_alphanumeric() || char == '-')
    })
}

fn maintenance_pull(branch: &str, date: &str, index: u32) -> NewPull {
    const WORK: [(&str, &str); 4] = [
        ("Import Maricopa county tax rolls", "maricopa-tax-rolls"),
        (
            "Normalise parcel numbers of Pima county",
            "pima-parcel-numbers",
        ),
        (
            "Read Doña Ana’s new feed: “assessed value” → cents",
            "dona-ana-feed",
        ),
        ("Drop listings that were withdrawn", "withdrawn-listings"),
    ];
    let (title, slug) = WORK[index as usize % WORK.len()];
    let files = FileChange::spread(
        |it| format!("etl/{}/step_{it:02}.py", slug.replace('-', "_")),
        14,
        412,
        87,
    );
    colleagues_pull(
        branch,
        format!("etl/{slug}-{date}"),
        title.to_owned(),
        files,
    )
}

fn hotfix_pull(branch: &str) -> NewPull {
    // hotfix-2026-11-23-login-timeout
    let rest = branch.strip_prefix("hotfix-").unwrap_or(branch);
    let (date, fix) = match rest.char_indices().nth(10) {
        Some((at, '-')) => (&rest[..at], &rest[at + 1..]),
        Some(_) | None => ("", rest),
    };
    let title = format!("Fix {}", fix.replace(['-', '_'], " "));
    let files = FileChange::spread(
        |it| format!("etl/{}_{it}.py", fix.replace('-', "_")),
        1 + fix.len() as u64 % 3,
        18,
        5,
    );
    let head = if date.is_empty() {
        format!("etl/{fix}")
    } else {
        format!("etl/{fix}-{date}")
    };
    colleagues_pull(branch, head, title, files)
}

fn colleagues_pull(branch: &str, head: String, title: String, files: Vec<FileChange>) -> NewPull {
    NewPull {
        base: branch.to_owned(),
        head,
        title,
        body: Some(format!(
            "For `{branch}` of `{}/{}`.",
            Repository::OWNER,
            Repository::NAME
        )),
        author: PRIYA.login.to_owned(),
        files,
        checks: CHECKS.map(str::to_owned).into(),
        approved_by: vec![TOMAS.login.to_owned()],
        conflict: branch.contains(CONFLICTS),
    }
}
