//! The team file, read at one commit ("Get repository content").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use slipway_core::ids::Sha;
use slipway_core::problem::Problem;
use slipway_core::team::{FoundTeamFile, LARGEST, TEAM_FILE, Team, TeamFileContent};

use super::GitHub;
use super::error::GitHubError;
use super::path::encode;
use super::repository;

/// <https://docs.github.com/en/rest/repos/contents#get-repository-content>
#[derive(Debug, Deserialize)]
struct ThingJson {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    size: u64,
    /// `base64`, or `none` for what is larger than 1 MB.
    #[serde(default)]
    encoding: String,
    /// In lines of 60 characters.
    #[serde(default)]
    content: String,
    /// Set for a submodule, whatever `type` says.
    #[serde(default)]
    submodule_git_url: Option<String>,
}

pub(super) async fn read(
    github: &GitHub,
    team: &Team,
    commit: &Sha,
) -> Result<FoundTeamFile, Problem> {
    let known = repository::known(github, team).await?;
    let address = format!(
        "{}/contents/{}?ref={}",
        known.path,
        encode(TEAM_FILE),
        encode(commit.as_str())
    );
    let content = match github.wire.get(&address).await {
        Ok(body) => content(body).map_err(|error| problem(&error))?,
        Err(error) => match refused(&error) {
            Some(content) => content,
            None => {
                if matches!(error, GitHubError::Moved(_)) {
                    github.forget();
                }
                return Err(problem(&error));
            }
        },
    };
    Ok(FoundTeamFile {
        repository: team.repository.clone(),
        commit: commit.clone(),
        content,
    })
}

/// One thing, or for a folder the list of what is in it.
fn content(body: Value) -> Result<TeamFileContent, GitHubError> {
    if body.is_array() {
        return Ok(TeamFileContent::Folder);
    }
    let thing: ThingJson =
        serde_json::from_value(body).map_err(|error| GitHubError::Garbled(error.to_string()))?;
    match thing.kind.as_str() {
        "submodule" => return Ok(TeamFileContent::Submodule),
        _ if thing.submodule_git_url.is_some() => return Ok(TeamFileContent::Submodule),
        "dir" => return Ok(TeamFileContent::Folder),
        "symlink" => return Ok(TeamFileContent::Link),
        _ => {}
    }
    if thing.size > LARGEST as u64 {
        return Ok(TeamFileContent::TooLarge);
    }
    if thing.encoding != "base64" {
        return Err(GitHubError::Garbled(format!(
            "a file in the encoding {}",
            thing.encoding
        )));
    }
    let lines: String = thing.content.split_ascii_whitespace().collect();
    let bytes = STANDARD
        .decode(lines)
        .map_err(|error| GitHubError::Garbled(error.to_string()))?;
    Ok(TeamFileContent::of(bytes))
}

/// A refusal that says what stands there. A commit that GitHub does not have is a 404 too, but no absent file.
fn refused(error: &GitHubError) -> Option<TeamFileContent> {
    let GitHubError::Refused {
        status, message, ..
    } = error
    else {
        return None;
    };
    match status {
        404 if !message.contains("No commit found") => Some(TeamFileContent::Absent),
        403 if message.contains("too_large") || message.contains("too large") => {
            Some(TeamFileContent::TooLarge)
        }
        _ => None,
    }
}

fn problem(error: &GitHubError) -> Problem {
    error.problem(TEAM_FILE)
}
