//! What goes out, against what runs in production.

use slipway_core::facts::{ChangedFile, Outgoing};
use slipway_core::ids::Sha;
use slipway_core::problem::Problem;
use slipway_core::text::line;

use super::GitHub;
use super::act::not_looked;
use super::compare::compare;
use super::error::GitHubError;

/// Longer than a path that people can read (characters).
const PATH: usize = 300;

pub(super) async fn read(
    github: &GitHub,
    live: &Sha,
    commit: &Sha,
) -> Result<Option<Outgoing>, Problem> {
    let path = github.last_path().ok_or_else(not_looked)?;
    let compared = match compare(&github.wire, &path, live.as_str(), commit.as_str()).await {
        Ok(compared) => compared,
        // Production was built from another repository, or from a commit that is gone.
        Err(GitHubError::Refused { status: 404, .. }) => return Ok(None),
        Err(error) => return Err(error.problem("comparison with what runs in production")),
    };
    Ok(Some(Outgoing {
        live: live.clone(),
        commit: commit.clone(),
        ahead_by: compared.ahead_by,
        behind_by: compared.behind_by,
        files: compared
            .files
            .into_iter()
            .map(|file| ChangedFile {
                path: line(&file.filename, PATH),
                additions: file.additions,
                deletions: file.deletions,
            })
            .collect(),
    }))
}
