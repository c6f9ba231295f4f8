//! Our commit: what brought the release into base.

use std::collections::{HashMap, HashSet};

use slipway_core::facts::{BranchSeen, Landed, Pull, PullState};
use slipway_core::ids::Sha;
use slipway_core::problem::Problem;
use slipway_core::record::Milestone;
use slipway_core::release::Release;
use slipway_core::time::At;

use super::compare::compare;
use super::json::CommitJson;
use super::revision_branch::{Moved, moves};
use super::wire::Wire;

/// By its release pull request, whatever the method.
pub(super) fn by_pull(pull: Option<&Pull>) -> Option<Landed> {
    match &pull?.state {
        PullState::Merged { by, at, sha } => Some(Landed {
            sha: sha.clone(),
            by: by.clone(),
            at: *at,
        }),
        PullState::Open | PullState::Closed => None,
    }
}

/// As this desktop noted it, for when GitHub has forgotten.
pub(super) fn noted(release: &Release) -> Option<Landed> {
    release
        .milestones
        .iter()
        .rev()
        .find_map(|milestone| match milestone {
            Milestone::Landed { sha, by, at } => Some(Landed {
                sha: sha.clone(),
                by: by.clone(),
                at: *at,
            }),
            Milestone::Branch { .. }
            | Milestone::Announcement { .. }
            | Milestone::PullMerged { .. }
            | Milestone::Pushed { .. }
            | Milestone::Execution { .. }
            | Milestone::ApprovalAsked { .. }
            | Milestone::ApprovalAnswered { .. }
            | Milestone::BuildEnded { .. }
            | Milestone::Stopped { .. }
            | Milestone::RolledBack { .. }
            | Milestone::Finished { .. } => None,
        })
}

/// Without a pull request, by a push or the merges API. Asked only when base contains the branch's head.
pub(super) async fn directly(
    wire: &Wire,
    repository: &str,
    (base, release): (&str, &Release),
    branch: &BranchSeen,
    pulls: &[Pull],
) -> Result<Option<Landed>, Problem> {
    let worked_on = pulls
        .iter()
        .any(|pull| matches!(pull.state, PullState::Merged { .. }));
    let beyond_cut = branch
        .cut
        .as_ref()
        .map_or(worked_on, |cut| *cut != branch.sha);
    if !beyond_cut {
        return Ok(None);
    }
    let since = compare(wire, repository, branch.sha.as_str(), base)
        .await
        .map_err(|error| error.problem("comparison of base with the branch"))?
        .commits;
    let moved = moves(wire, repository, base, "").await?;
    let (sha, commit) = match brought_in_by(&branch.sha, &since) {
        Some(commit) => (commit.sha.clone(), Some(commit)),
        None => {
            let fast_forward = came_from(wire, repository, release, &branch.sha, &moved).await?
                || holds_merged(wire, repository, &branch.sha, pulls).await?;
            if !fast_forward {
                return Ok(None);
            }
            (branch.sha.clone(), None)
        }
    };
    if let Some(moved) = moved.into_iter().find(|moved| moved.to == sha) {
        return Ok(Some(Landed {
            sha,
            by: moved.by,
            at: moved.at,
        }));
    }
    let (by, at) = match commit {
        Some(commit) => (commit.login(), commit.committed_at()),
        None => (None, committed_at(wire, repository, &sha).await?),
    };
    Ok(at.map(|at| Landed { sha, by, at }))
}

/// The oldest commit on base's own line (its first parents) that contains `head`; `None` when `head` is on that line
/// itself. `since` is everything that base has and `head` has not.
fn brought_in_by<'a>(head: &Sha, since: &'a [CommitJson]) -> Option<&'a CommitJson> {
    let by_sha: HashMap<&Sha, &CommitJson> =
        since.iter().map(|commit| (&commit.sha, commit)).collect();
    let parents: HashSet<&Sha> = since
        .iter()
        .flat_map(|commit| &commit.parents)
        .map(|parent| &parent.sha)
        .collect();
    let mut line = Vec::new();
    let mut next = since.iter().find(|commit| !parents.contains(&commit.sha));
    while let Some(commit) = next {
        line.push(commit);
        let first = commit.parents.first().map(|parent| &parent.sha);
        if first == Some(head) {
            return None;
        }
        next = first.and_then(|sha| by_sha.get(sha).copied());
    }
    let containing = containing(head, since);
    line.into_iter()
        .rev()
        .find(|commit| containing.contains(&commit.sha))
}

/// The commits that have `head` among their ancestors.
fn containing<'a>(head: &Sha, since: &'a [CommitJson]) -> HashSet<&'a Sha> {
    let mut found: HashSet<&Sha> = HashSet::new();
    loop {
        let before = found.len();
        for commit in since {
            if commit
                .parents
                .iter()
                .any(|parent| parent.sha == *head || found.contains(&parent.sha))
            {
                found.insert(&commit.sha);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// A head on base's own line was either fast-forwarded into base, or the branch was moved along base without any work
/// of its own. Whoever had the commit first tells.
async fn came_from(
    wire: &Wire,
    repository: &str,
    release: &Release,
    head: &Sha,
    base: &[Moved],
) -> Result<bool, Problem> {
    let branch = moves(wire, repository, release.id.as_str(), "").await?;
    let first = |moves: &[Moved]| {
        moves
            .iter()
            .filter(|moved| moved.to == *head)
            .map(|moved| moved.at)
            .min()
    };
    Ok(match (first(&branch), first(base)) {
        (Some(branch), Some(base)) => branch <= base,
        (Some(_) | None, None) | (None, Some(_)) => false,
    })
}

/// A head that contains what was merged into the branch is no mere commit of base: base has the work. Asked where the
/// repository's activity does not tell.
async fn holds_merged(
    wire: &Wire,
    repository: &str,
    head: &Sha,
    pulls: &[Pull],
) -> Result<bool, Problem> {
    for pull in pulls.iter().rev() {
        let PullState::Merged { sha, .. } = &pull.state else {
            continue;
        };
        let since = compare(wire, repository, sha.as_str(), head.as_str())
            .await
            .map_err(|error| error.problem("comparison of the branch with its work"))?;
        if matches!(since.status.as_str(), "identical" | "ahead") {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn committed_at(wire: &Wire, repository: &str, sha: &Sha) -> Result<Option<At>, Problem> {
    let commit: CommitJson = wire
        .get(&format!("{repository}/commits/{sha}"))
        .await
        .map_err(|error| error.problem("commit"))?;
    Ok(commit.committed_at())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(sha: char, parents: &str) -> CommitJson {
        let id = |c: char| c.to_string().repeat(40);
        let parents: Vec<_> = parents
            .chars()
            .map(|c| serde_json::json!({"sha": id(c)}))
            .collect();
        let json =
            serde_json::json!({"sha": id(sha), "commit": {"message": ""}, "parents": parents});
        serde_json::from_value(json).expect("a commit")
    }

    fn brought_in(head: char, since: &[CommitJson]) -> Option<char> {
        let head = Sha(head.to_string().repeat(40));
        brought_in_by(&head, since)?.sha.as_str().chars().next()
    }

    #[test]
    fn finds_the_merge_on_bases_own_line() {
        // a is base when d was merged into it as b; then c.
        assert_eq!(
            brought_in('d', &[commit('b', "ad"), commit('c', "b")]),
            Some('b')
        );
        // d went into e, and e into base as f.
        assert_eq!(
            brought_in(
                'd',
                &[commit('e', "9d"), commit('f', "ae"), commit('c', "f")]
            ),
            Some('f')
        );
    }

    #[test]
    fn knows_a_head_on_bases_own_line() {
        assert_eq!(brought_in('d', &[]), None);
        assert_eq!(brought_in('d', &[commit('b', "d")]), None);
        // Another branch took base in and was merged afterwards.
        assert_eq!(
            brought_in('d', &[commit('e', "9d"), commit('f', "de")]),
            None
        );
    }
}
