//! The team settings in use, and where they come from.

use serde::{Deserialize, Serialize};

use crate::ids::Sha;

/// The text of a team file that a person agreed to, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgreedTeam {
    /// The settings, written out as a team file.
    pub text: String,
    /// Where they come from.
    pub source: TeamSource,
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
