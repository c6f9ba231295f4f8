//! Pull requests ("List pull requests", "Get a pull request", "List reviews for a pull request").

use std::sync::PoisonError;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::Deserialize;
use slipway_core::facts::{Checks, Mergeability, Pull, PullState, Review, Verdict};
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::problem::Problem;
use slipway_core::text::line;

use super::GitHub;
use super::checks;
use super::json::{UserJson, at, login, sha};
use super::path::encode;

/// Requests at the same time; GitHub allows a hundred of all clients of a person together.
const AT_ONCE: usize = 4;
const KEPT: usize = 2_000;

#[derive(Debug, Deserialize)]
struct PullJson {
    number: u32,
    #[serde(default)]
    title: String,
    user: Option<UserJson>,
    state: String,
    #[serde(default)]
    draft: bool,
    merged_at: Option<Timestamp>,
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
    #[serde(deserialize_with = "sha")]
    sha: Sha,
}

#[derive(Debug, Deserialize)]
struct ReviewJson {
    user: Option<UserJson>,
    state: String,
}

/// All pull requests into a branch, oldest first.
pub(super) async fn into_branch(
    github: &GitHub,
    repository: &str,
    branch: &str,
) -> Result<Vec<Pull>, Problem> {
    let branch = encode(branch);
    let path = format!(
        "{repository}/pulls?state=all&base={branch}&sort=created&direction=asc&per_page=100"
    );
    let listed: Vec<PullJson> = github
        .wire
        .list(&path)
        .await
        .map_err(|error| error.problem("list of pull requests"))?;
    stream::iter(listed)
        .map(|pull| complete(github, repository, pull))
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

/// The newest pull request of a branch of this repository into base.
pub(super) async fn of_release(
    github: &GitHub,
    (repository, owner): (&str, &str),
    branch: &str,
    base: &str,
) -> Result<Option<Pull>, Problem> {
    let head = encode(&format!("{owner}:{branch}"));
    let base = encode(base);
    let path = format!(
        "{repository}/pulls?state=all&head={head}&base={base}&sort=created&direction=desc&per_page=10"
    );
    let listed: Vec<PullJson> = github
        .wire
        .get(&path)
        .await
        .map_err(|error| error.problem("list of pull requests"))?;
    // The filter is not trusted alone: an empty `head` would mean every branch.
    match listed.into_iter().find(|pull| pull.head.name == branch) {
        Some(pull) => Ok(Some(complete(github, repository, pull).await?)),
        None => Ok(None),
    }
}

/// Adds what a list does not tell: mergeability, checks and reviews of an open one, who merged a merged one.
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
        let json: PullJson = github
            .wire
            .get(&detail)
            .await
            .map_err(|error| error.problem(&subject))?;
        let pull = json.into_fact(Checks::default(), Vec::new());
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
    let json: PullJson = github
        .wire
        .get(&detail)
        .await
        .map_err(|error| error.problem(&subject))?;
    let (checks, reviews) = tokio::try_join!(
        checks::read(&github.wire, repository, &json.head.sha),
        reviews(github, &detail)
    )?;
    Ok(json.into_fact(checks, reviews))
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
    fn into_fact(self, checks: Checks, reviews: Vec<Review>) -> Pull {
        let mergeability = self.mergeability();
        let merge_commit = self.merge_commit_sha.filter(|sha| !sha.is_empty());
        let state = match (self.merged_at, merge_commit) {
            (Some(merged_at), Some(sha)) => PullState::Merged {
                by: login(self.merged_by.as_ref()),
                at: at(merged_at),
                sha: Sha(sha.to_ascii_lowercase()),
            },
            (Some(merged_at), None) => PullState::Merged {
                by: login(self.merged_by.as_ref()),
                at: at(merged_at),
                sha: self.head.sha.clone(),
            },
            (None, _) if self.state == "open" => PullState::Open,
            (None, _) => PullState::Closed,
        };
        Pull {
            number: PullNumber(self.number),
            title: line(&self.title, 120),
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
