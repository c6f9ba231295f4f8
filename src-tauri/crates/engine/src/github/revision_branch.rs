//! The release's branch and its beginning ("Get a reference", "List repository activities").

use slipway_core::facts::BranchSeen;
use slipway_core::ids::Sha;
use slipway_core::problem::Problem;
use slipway_core::record::Milestone;
use slipway_core::release::Release;
use slipway_core::time::At;

use super::compare::Compared;
use super::error::GitHubError;
use super::json::{ActivityJson, RefJson, at, login};
use super::path::encode;
use super::wire::Wire;

/// When and by whom a branch was moved to a commit.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    pub(super) to: Sha,
    pub(super) by: Option<String>,
    pub(super) at: At,
}

/// The commit that a branch points at; `None` when there is no such branch.
pub(super) async fn head(
    wire: &Wire,
    repository: &str,
    branch: &str,
) -> Result<Option<Sha>, Problem> {
    match wire
        .get::<RefJson>(&format!("{repository}/git/ref/heads/{}", encode(branch)))
        .await
    {
        Ok(found) => Ok(Some(found.object.sha)),
        Err(GitHubError::Refused { status: 404, .. }) => Ok(None),
        Err(error) => Err(error.problem(&format!("branch {branch}"))),
    }
}

/// How branches of this name were made, newest first; empty when the token may not see that.
pub(super) async fn makings(
    wire: &Wire,
    repository: &str,
    branch: &str,
) -> Result<Vec<Moved>, Problem> {
    moves(wire, repository, branch, "&activity_type=branch_creation").await
}

/// The newest moves of a branch, newest first; empty when the token may not see them.
pub(super) async fn moves(
    wire: &Wire,
    repository: &str,
    branch: &str,
    more: &str,
) -> Result<Vec<Moved>, Problem> {
    let reference = encode(&format!("refs/heads/{branch}"));
    let path = format!("{repository}/activity?ref={reference}&direction=desc&per_page=100{more}");
    match wire.get::<Vec<ActivityJson>>(&path).await {
        Ok(activities) => Ok(activities.into_iter().map(Moved::from).collect()),
        Err(GitHubError::Refused {
            status: 403 | 404, ..
        }) => Ok(Vec::new()),
        Err(error) => Err(error.problem("activity of the branch")),
    }
}

/// Joins what GitHub and the journal tell of a branch's beginning.
pub(super) fn seen(
    head: Sha,
    creation: Option<Moved>,
    compared: &Compared,
    release: &Release,
) -> BranchSeen {
    let noted = release
        .milestones
        .iter()
        .rev()
        .find_map(|milestone| match milestone {
            Milestone::Branch { cut, by, at } => Some((cut.clone(), by.clone(), *at)),
            Milestone::Announcement { .. }
            | Milestone::PullMerged { .. }
            | Milestone::Pushed { .. }
            | Milestone::Landed { .. }
            | Milestone::Execution { .. }
            | Milestone::ApprovalAsked { .. }
            | Milestone::ApprovalAnswered { .. }
            | Milestone::BuildEnded { .. }
            | Milestone::Stopped { .. }
            | Milestone::RolledBack { .. }
            | Milestone::Finished { .. } => None,
        });
    match (creation, noted) {
        (Some(creation), noted) => {
            // A branch that was pushed with commits on it begins where it left base. Once base has those commits, only
            // the journal still knows; it is believed when it speaks of the same making.
            let pushed_ahead = compared
                .commits
                .iter()
                .any(|commit| commit.sha == creation.to);
            let noted = noted
                .filter(|(_, _, at)| *at == creation.at)
                .and_then(|(cut, ..)| cut);
            let cut = if pushed_ahead {
                compared.merge_base.clone()
            } else {
                noted.or(Some(creation.to))
            };
            BranchSeen {
                sha: head,
                cut,
                created_by: creation.by,
                created_at: Some(creation.at),
            }
        }
        (None, Some((cut, by, at))) => BranchSeen {
            sha: head,
            cut,
            created_by: by,
            created_at: Some(at),
        },
        (None, None) => BranchSeen {
            sha: head,
            cut: None,
            created_by: None,
            created_at: None,
        },
    }
}

impl From<ActivityJson> for Moved {
    fn from(json: ActivityJson) -> Self {
        Self {
            to: json.after,
            by: login(json.actor.as_ref()),
            at: at(json.timestamp),
        }
    }
}
