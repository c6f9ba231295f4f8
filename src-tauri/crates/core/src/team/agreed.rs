//! The team settings in use, and where they come from.

use serde::{Deserialize, Serialize};

use crate::ids::Sha;
use crate::team::{TEAM_FILE, Team, TeamFileError};
use crate::text::line;

/// The text of a team file that a person agreed to, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgreedTeam {
    /// The settings, written out as a team file.
    pub text: String,
    /// Where they come from.
    pub source: TeamSource,
}

impl AgreedTeam {
    /// A team, written out.
    #[must_use]
    pub fn of(team: &Team, source: TeamSource) -> Self {
        Self {
            text: team.to_toml(),
            source,
        }
    }

    /// The team that was agreed to.
    ///
    /// # Errors
    /// When another version of Slipway wrote it, which knew other keys.
    pub fn team(&self) -> Result<Team, TeamFileError> {
        Team::read_back(&self.text)
    }
}

/// Where team settings come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TeamSource {
    /// `.slipway.toml` in the repository.
    Repository {
        /// `owner/name`.
        repository: String,
        /// The commit of base that it was read at.
        commit: Sha,
    },
    /// A file that this person chose or a text that they pasted.
    File,
}

impl TeamSource {
    /// ".slipway.toml in gitMLS/etl at 4f2c91a", "A file that you chose".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Repository { repository, commit } => {
                let (repository, commit) = (line(repository, 150), line(commit.short(), 10));
                format!("{TEAM_FILE} in {repository} at {commit}")
            }
            Self::File => "A file that you chose".to_owned(),
        }
    }
}
