//! What colleagues do on GitHub.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Done, Mistake};
use crate::github;
use crate::world::{
    ActivityKind, AllowedMerges, Conclusion, FileChange, MergeMethod, NewPull, PRIYA, PullState,
    Repository, ReviewState, TOMAS, World,
};

/// A colleague opens a pull request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenPull {
    /// The branch that is to receive the work.
    pub base: String,
    /// Its title.
    pub title: String,
    /// Its description.
    pub body: Option<String>,
    /// The branch of new work, `etl/work` by default; a number is put behind it if it is taken.
    pub head: Option<String>,
    /// Login of who opens it; Priya by default.
    pub author: Option<String>,
    /// How many files it changes, 3 by default.
    pub files: Option<u64>,
    /// Lines added, 40 by default.
    pub additions: Option<u64>,
    /// Lines removed, 8 by default.
    pub deletions: Option<u64>,
    /// Names of its checks; none by default. They pass when their time has come.
    #[serde(default)]
    pub checks: Vec<String>,
    /// Whether Tomás approves at once.
    #[serde(default)]
    pub approved: bool,
    /// Whether it conflicts with its base.
    #[serde(default)]
    pub conflict: bool,
}

/// A pull request changes. What is absent stays; what is there happens in this order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePull {
    /// Message of a commit that its author pushes to its head branch; the checks begin again.
    pub push: Option<String>,
    /// Names of checks that begin on its head.
    #[serde(default)]
    pub run: Vec<String>,
    /// Ends the checks.
    pub checks: Option<ChecksEnd>,
    /// Somebody reviews it.
    pub review: Option<ReviewBy>,
    /// Whether it conflicts with its base.
    pub conflict: Option<bool>,
    /// Whether it is a draft.
    pub draft: Option<bool>,
    /// Closes it.
    #[serde(default)]
    pub close: bool,
    /// Somebody merges it.
    pub merge: Option<MergeBy>,
}

/// How the checks of a pull request end.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChecksEnd {
    /// All pass.
    Pass,
    /// All fail.
    Fail,
}

/// Somebody reviews.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewBy {
    /// Login of the reviewer; Tomás by default.
    pub by: Option<String>,
    /// `APPROVED`, `CHANGES_REQUESTED` or `COMMENTED`.
    pub state: ReviewState,
}

/// Somebody merges.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeBy {
    /// Login of who merges; Tomás by default.
    pub by: Option<String>,
    /// `merge` (the default), `squash` or `rebase`.
    pub method: Option<MergeMethod>,
}

/// Somebody makes a branch by hand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeBranch {
    /// Its name.
    pub name: String,
    /// A commit or a branch; `master` by default.
    pub sha: Option<String>,
    /// Login of who makes it; Tomás by default.
    pub by: Option<String>,
}

/// Somebody pushes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushCommit {
    /// The branch.
    pub branch: String,
    /// Login of who pushes; Tomás by default.
    pub by: Option<String>,
    /// The commit's message.
    #[serde(default)]
    pub message: String,
    /// The commit that the branch is to point at, instead of a new one: a fast-forward, or what `--force` does.
    pub sha: Option<String>,
    /// How many files it changes, 1 by default.
    pub files: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PutFile {
    path: String,
    /// `null` removes the file.
    text: Option<String>,
    branch: Option<String>,
    by: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SetRules {
    branch: String,
    rules: Vec<Value>,
}

const MOST_FILES: u64 = 3_000;

pub(super) fn open_pull(world: &mut World, order: OpenPull) -> Done {
    let files = order.files.unwrap_or(3).min(MOST_FILES);
    let (additions, deletions) = (order.additions.unwrap_or(40), order.deletions.unwrap_or(8));
    let head = order.head.unwrap_or_else(|| "etl/work".to_owned());
    check_name(&head)?;
    let base = order.base.clone();
    let number = world.open_new_work(NewPull {
        base: order.base,
        files: FileChange::spread(
            |it| format!("{head}/{it:02}.py"),
            files,
            additions,
            deletions,
        ),
        head,
        title: order.title,
        body: order.body,
        author: order.author.unwrap_or_else(|| PRIYA.login.to_owned()),
        checks: order.checks,
        approved_by: if order.approved {
            vec![TOMAS.login.to_owned()]
        } else {
            Vec::new()
        },
        conflict: order.conflict,
    });
    number
        .map(|number| json!({"number": number}))
        .ok_or_else(|| no_branch(&base))
}

pub(super) fn change_pull(world: &mut World, number: &str, order: ChangePull) -> Done {
    let number: u64 = number.parse().unwrap_or(0);
    let pull = world
        .repository
        .pull(number)
        .ok_or_else(|| Mistake::of(404, "there is no such pull request"))?;
    if !pull.is_open() {
        return Err(Mistake::of(422, "it is open no more"));
    }
    let (head, author) = (pull.head.clone(), pull.author.clone());
    if let Some(message) = &order.push {
        let names: Vec<String> = world
            .repository
            .checks_of(&pull.head_sha)
            .map(|run| run.name.clone())
            .collect();
        let files = FileChange::spread(|it| format!("{head}/later_{it:02}.py"), 1, 7, 2);
        let sha = world
            .push(&head, &author, message, files)
            .ok_or_else(|| no_branch(&head))?;
        world.start_checks(&sha, &names);
    }
    let head_sha = world
        .repository
        .pull(number)
        .map(|it| it.head_sha.clone())
        .unwrap_or_default();
    world.start_checks(&head_sha, &order.run);
    match order.checks {
        Some(ChecksEnd::Pass) => world.end_checks(&head_sha, Conclusion::Success),
        Some(ChecksEnd::Fail) => world.end_checks(&head_sha, Conclusion::Failure),
        None => {}
    }
    if let Some(review) = order.review {
        world.review(
            number,
            review.by.as_deref().unwrap_or(TOMAS.login),
            review.state,
        );
    }
    let now = world.now;
    if let Some(pull) = world.repository.pull_mut(number) {
        pull.conflict = order.conflict.unwrap_or(pull.conflict);
        pull.draft = order.draft.unwrap_or(pull.draft);
        pull.updated_at = now;
    }
    if order.close {
        world.settle_pull(number, PullState::Closed { at: now });
    } else if let Some(merge) = order.merge {
        let by = merge.by.unwrap_or_else(|| TOMAS.login.to_owned());
        let method = merge.method.unwrap_or(MergeMethod::Merge);
        world
            .merge_pull(number, method, &by, None)
            .ok_or_else(|| Mistake::of(422, "its base branch is gone"))?;
    }
    Ok(json!(world.repository.pull(number)))
}

pub(super) fn make_branch(world: &mut World, order: MakeBranch) -> Done {
    check_name(&order.name)?;
    if world.repository.branches.contains_key(&order.name)
        || world.repository.in_the_way_of(&order.name).is_some()
    {
        return Err(Mistake::of(
            422,
            "there is such a branch, or one in its way",
        ));
    }
    let from = order.sha.as_deref().unwrap_or(Repository::DEFAULT_BRANCH);
    let commit = world
        .repository
        .resolve(from)
        .ok_or_else(|| Mistake::of(422, "there is no such commit"))?;
    let sha = commit.sha.clone();
    world.create_branch(
        &order.name,
        &sha,
        order.by.as_deref().unwrap_or(TOMAS.login),
    );
    Ok(json!({"sha": sha}))
}

pub(super) fn delete_branch(world: &mut World, name: &str, by: Option<&str>) -> Done {
    if name == Repository::DEFAULT_BRANCH || !world.repository.branches.contains_key(name) {
        return Err(no_branch(name));
    }
    world.delete_branch(name, by.unwrap_or(TOMAS.login));
    Ok(json!({}))
}

pub(super) fn push(world: &mut World, order: PushCommit) -> Done {
    let count = order.files.unwrap_or(1).min(MOST_FILES);
    let files = FileChange::spread(
        |it| format!("etl/pushed_{it:02}.py"),
        count,
        12 * count,
        3 * count,
    );
    let by = order.by.as_deref().unwrap_or(TOMAS.login);
    if let Some(sha) = order.sha {
        let known = world.repository.commits.contains_key(&sha);
        if !known || !world.repository.branches.contains_key(&order.branch) {
            return Err(Mistake::of(422, "there is no such commit or branch"));
        }
        let before = world.repository.branches.get(&order.branch);
        let forward = before.is_none_or(|before| world.repository.contains(&sha, before));
        let kind = if forward {
            ActivityKind::Push
        } else {
            ActivityKind::ForcePush
        };
        world.move_branch(&order.branch, &sha, kind, by);
        return Ok(json!({"sha": sha}));
    }
    let sha = world.push(&order.branch, by, &order.message, files);
    sha.map(|sha| json!({"sha": sha}))
        .ok_or_else(|| no_branch(&order.branch))
}

pub(super) fn put_file(world: &mut World, order: PutFile) -> Done {
    let branch = order
        .branch
        .as_deref()
        .unwrap_or(Repository::DEFAULT_BRANCH);
    let by = order.by.as_deref().unwrap_or(TOMAS.login);
    if order
        .path
        .split('/')
        .any(|part| matches!(part, "" | "." | ".."))
    {
        return Err(Mistake::of(422, "git knows no such path"));
    }
    let sha = world.put_text(branch, by, &order.path, order.text);
    sha.map(|sha| json!({"sha": sha}))
        .ok_or_else(|| no_branch(branch))
}

pub(super) fn set_rules(world: &mut World, order: SetRules) -> Done {
    if order
        .rules
        .iter()
        .any(|rule| !rule.get("type").is_some_and(Value::is_string))
    {
        return Err(Mistake::of(422, "every rule has a type"));
    }
    world.repository.rules.insert(order.branch, order.rules);
    Ok(json!({}))
}

#[derive(Debug, Deserialize)]
pub(super) struct Rename {
    name: String,
}

pub(super) fn rename(world: &mut World, order: Rename) -> Done {
    let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    if order.name.is_empty() || !order.name.chars().all(is_name) {
        return Err(Mistake::of(422, "GitHub takes no such name"));
    }
    let repository = &mut world.repository;
    repository.former.retain(|name| *name != order.name);
    let former = std::mem::replace(&mut repository.name, order.name);
    repository.former.push(former);
    Ok(json!({"full_name": world.repository.full_name()}))
}

pub(super) fn allow(world: &mut World, order: AllowedMerges) -> Done {
    world.repository.allowed = order;
    Ok(json!({}))
}

fn check_name(branch: &str) -> Result<(), Mistake> {
    if github::is_valid_branch(branch) {
        Ok(())
    } else {
        Err(Mistake::of(422, "git knows no such branch name"))
    }
}

fn no_branch(name: &str) -> Mistake {
    Mistake::of(
        422,
        format!("there is no branch {name} that this can be done to"),
    )
}
