//! Pull requests ("List pull requests", "Get a pull request", "List reviews for a pull request").

use std::sync::PoisonError;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::Deserialize;
use slipway_core::facts::{Checks, Mergeability, Pull, PullState, Review, Verdict};
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::problem::Problem;
use slipway_core::text::line;
use slipway_core::time::At;

use super::GitHub;
use super::checks;
use super::error::GitHubError;
use super::json::{CommitJson, UserJson, at, login, sha};
use super::path::encode;
use super::wire::Wire;

/// Requests at the same time; GitHub allows a hundred of all clients of a person together.
const AT_ONCE: usize = 4;
const KEPT: usize = 2_000;
/// GitHub takes no longer ones.
const TITLE: usize = 256;

/// "List pull requests", "Get a pull request".
#[derive(Debug, Deserialize)]
pub(super) struct PullJson {
    number: u32,
    #[serde(default)]
    title: String,
    user: Option<UserJson>,
    state: String,
    #[serde(default)]
    draft: bool,
    merged_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    merge_commit_sha: Option<String>,
    created_at: Timestamp,
    head: EndJson,
    base: EndJson,
    html_url: String,
    // Only when one is read by itself:
    mergeable: Option<bool>,
    mergeable_state: Option<String>,
    merged_by: Option<UserJson>,
    #[serde(default)]
    changed_files: u32,
    #[serde(default)]
    additions: u32,
    #[serde(default)]
    deletions: u32,
}

#[derive(Debug, Deserialize)]
struct EndJson {
    #[serde(rename = "ref")]
    name: String,
    #[serde(default)]
    label: Option<String>,
    #[serde(deserialize_with = "sha")]
    sha: Sha,
}

#[derive(Debug, Deserialize)]
struct ReviewJson {
    user: Option<UserJson>,
    state: String,
}

/// All pull requests that ever went into a branch of this name, oldest first.
pub(super) async fn into_branch(
    wire: &Wire,
    repository: &str,
    branch: &str,
) -> Result<Vec<PullJson>, Problem> {
    let branch = encode(branch);
    let path = format!(
        "{repository}/pulls?state=all&base={branch}&sort=created&direction=asc&per_page=100"
    );
    wire.list(&path)
        .await
        .map_err(|error| error.problem("list of pull requests"))
}

/// The newest pull requests from a branch of this name of this repository into base, newest first.
pub(super) async fn from_branch(
    wire: &Wire,
    (repository, owner): (&str, &str),
    branch: &str,
    base: &str,
) -> Result<Vec<PullJson>, Problem> {
    let head = encode(&format!("{owner}:{branch}"));
    let base = encode(base);
    let path = format!(
        "{repository}/pulls?state=all&head={head}&base={base}&sort=created&direction=desc&per_page=100"
    );
    let mut listed: Vec<PullJson> = wire
        .get(&path)
        .await
        .map_err(|error| error.problem("list of pull requests"))?;
    // The filter is not trusted alone: an empty `head` would mean every branch.
    listed.retain(|pull| pull.head.name == branch);
    Ok(listed)
}

/// The pull requests into base that were merged or closed last, one page of them; none where the token may not see
/// them.
pub(super) async fn ended_into(
    wire: &Wire,
    repository: &str,
    base: &str,
) -> Result<Vec<PullJson>, Problem> {
    let base = encode(base);
    let path = format!(
        "{repository}/pulls?state=closed&base={base}&sort=updated&direction=desc&per_page=50"
    );
    match wire.get(&path).await {
        Ok(listed) => Ok(listed),
        Err(GitHubError::Refused {
            status: 403 | 404, ..
        }) => Ok(Vec::new()),
        Err(error) => Err(error.problem("list of pull requests")),
    }
}

/// Listed pull requests with all that is to know about them.
pub(super) async fn in_detail(
    github: &GitHub,
    repository: &str,
    listed: impl IntoIterator<Item = PullJson>,
) -> Result<Vec<Pull>, Problem> {
    stream::iter(listed)
        .map(|pull| complete(github, repository, pull))
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

/// Adds what a list does not tell: mergeability, checks and reviews, and who merged a merged one. That is read once.
async fn complete(github: &GitHub, repository: &str, listed: PullJson) -> Result<Pull, Problem> {
    let subject = format!("pull request #{}", listed.number);
    let detail = format!("{repository}/pulls/{}", listed.number);
    if listed.merged_at.is_some() {
        let key = (repository.to_owned(), PullNumber(listed.number));
        let known = github
            .merged
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let pull = read(github, repository, &detail, &subject).await?;
        let mut kept = github.merged.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, pull.clone());
        return Ok(pull);
    }
    if listed.state != "open" {
        return Ok(listed.into_fact(Checks::default(), Vec::new()));
    }
    read(github, repository, &detail, &subject).await
}

async fn read(
    github: &GitHub,
    repository: &str,
    detail: &str,
    subject: &str,
) -> Result<Pull, Problem> {
    let json: PullJson = github
        .wire
        .get(detail)
        .await
        .map_err(|error| error.problem(subject))?;
    let (checks, reviews) = tokio::try_join!(
        checks::read(&github.wire, repository, &json.head.sha),
        reviews(github, detail)
    )?;
    Ok(json.into_fact(checks, reviews))
}

/// Adds what merged pull requests were made of, where their merge has one parent: then it is a squash, or the last of
/// the commits made anew ("List commits on a pull request", which shows 250 at most). That is read once.
pub(super) async fn with_commits(
    github: &GitHub,
    repository: &str,
    mut pulls: Vec<Pull>,
    on_branch: &[CommitJson],
) -> Result<Vec<Pull>, Problem> {
    for pull in &mut pulls {
        let PullState::Merged { sha, .. } = &pull.state else {
            continue;
        };
        let made_anew = |it: &&CommitJson| it.sha == *sha && it.parents.len() == 1;
        if !pull.commits.is_empty() || !on_branch.iter().any(|it| made_anew(&it)) {
            continue;
        }
        let number = pull.number;
        let path = format!("{repository}/pulls/{}/commits?per_page=100", number.0);
        let commits: Vec<CommitJson> = github
            .wire
            .list(&path)
            .await
            .map_err(|error| error.problem(&format!("commits of pull request {number}")))?;
        pull.commits = commits.into_iter().map(CommitJson::into_fact).collect();
        let mut kept = github.merged.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert((repository.to_owned(), number), pull.clone());
    }
    Ok(pulls)
}

/// Each reviewer's newest opinion. A comment does not take back an approval; a dismissal does.
async fn reviews(github: &GitHub, pull: &str) -> Result<Vec<Review>, Problem> {
    let path = format!("{pull}/reviews?per_page=100");
    let given: Vec<ReviewJson> = github
        .wire
        .list(&path)
        .await
        .map_err(|error| error.problem("list of reviews"))?;
    let mut newest: Vec<Review> = Vec::new();
    for review in given {
        let Some(by) = login(review.user.as_ref()) else {
            continue;
        };
        let (verdict, opinion) = match review.state.as_str() {
            "APPROVED" => (Verdict::Approved, true),
            "CHANGES_REQUESTED" => (Verdict::ChangesRequested, true),
            "DISMISSED" => (Verdict::Commented, true),
            "PENDING" => continue,
            _ => (Verdict::Commented, false),
        };
        match newest.iter_mut().find(|known| known.by == by) {
            Some(known) if opinion => known.verdict = verdict,
            Some(_) => {}
            None => newest.push(Review { by, verdict }),
        }
    }
    Ok(newest)
}

impl PullJson {
    /// When it was merged or closed; `None` while it is open.
    pub(super) fn ended_at(&self) -> Option<At> {
        self.merged_at.or(self.closed_at).map(at)
    }

    pub(super) fn is_merged(&self) -> bool {
        self.merged_at.is_some()
    }

    /// The branch that it brings in, when that is this repository's own.
    pub(super) fn branch_of(&self, owner: &str) -> Option<&str> {
        let branch = self.head.label.as_deref()?.strip_prefix(owner)?;
        branch.strip_prefix(':')
    }

    pub(super) fn head_sha(&self) -> &Sha {
        &self.head.sha
    }

    /// What its merge produced.
    pub(super) fn merge_commit(&self) -> Option<Sha> {
        self.merged_at?;
        let sha = self.merge_commit_sha.as_ref()?;
        (!sha.is_empty()).then(|| Sha(sha.to_ascii_lowercase()))
    }

    fn into_fact(self, checks: Checks, reviews: Vec<Review>) -> Pull {
        let mergeability = self.mergeability();
        let merge_commit = self.merge_commit();
        let state = match self.merged_at {
            Some(merged_at) => PullState::Merged {
                by: login(self.merged_by.as_ref()),
                at: at(merged_at),
                sha: merge_commit.unwrap_or_else(|| self.head.sha.clone()),
            },
            None if self.state == "open" => PullState::Open,
            None => PullState::Closed,
        };
        Pull {
            number: PullNumber(self.number),
            title: line(&self.title, TITLE),
            author: login(self.user.as_ref()).unwrap_or_else(|| "somebody".to_owned()),
            state,
            draft: self.draft,
            head_ref: self.head.name,
            head_sha: self.head.sha,
            base_ref: self.base.name,
            opened_at: at(self.created_at),
            mergeability,
            files: self.changed_files,
            additions: self.additions,
            deletions: self.deletions,
            checks,
            reviews,
            commits: Vec::new(),
            html_url: line(&self.html_url, 500),
        }
    }

    /// `null` and `unknown` mean that GitHub is still at it. For a state that is not known here, `mergeable` decides:
    /// GitHub itself refuses what may not be merged.
    fn mergeability(&self) -> Mergeability {
        match (self.mergeable, self.mergeable_state.as_deref()) {
            (Some(false), _) | (_, Some("dirty")) => Mergeability::Conflict,
            (_, Some("behind")) => Mergeability::Behind,
            (_, Some("blocked" | "draft")) => Mergeability::Blocked,
            (None, _) | (_, Some("unknown")) => Mergeability::Computing,
            (Some(true), _) => Mergeability::Clean,
        }
    }
}
