//! What a look at the repository's team file shows.

use crate::ids::Sha;
use crate::team::LARGEST;

/// The team file's path in the repository.
pub const TEAM_FILE: &str = ".slipway.toml";

/// The first line of what git keeps in place of a file that is in Git LFS
/// (<https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>).
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1";

/// What stands under [`TEAM_FILE`] in a repository, at one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundTeamFile {
    /// `owner/name`, as the team's settings have it.
    pub repository: String,
    /// The commit of base that was looked at.
    pub commit: Sha,
    /// What stands there.
    pub content: TeamFileContent,
}

/// What stands under the team file's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamFileContent {
    /// Nothing.
    Absent,
    /// A text.
    Text(String),
    /// More than a team file may have.
    TooLarge,
    /// Bytes that are no UTF-8.
    NoText,
    /// A pointer of Git LFS in place of the text.
    Pointer,
    /// A folder.
    Folder,
    /// Another repository.
    Submodule,
    /// A symbolic link that leads to no file of the repository.
    Link,
}

impl TeamFileContent {
    /// What the bytes of a file are.
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        if bytes.len() > LARGEST {
            return Self::TooLarge;
        }
        if bytes.starts_with(POINTER) {
            return Self::Pointer;
        }
        String::from_utf8(bytes).map_or(Self::NoText, Self::Text)
    }

    /// Why it cannot be a team file, after ".slipway.toml ".
    #[must_use]
    pub fn wrong(&self) -> Option<&'static str> {
        match self {
            Self::Absent | Self::Text(_) => None,
            Self::TooLarge => Some("is larger than 100 kB"),
            Self::NoText => Some("is not UTF-8 text"),
            Self::Pointer => {
                Some("is kept in Git LFS, so the repository holds only a pointer to it")
            }
            Self::Folder => Some("is a folder"),
            Self::Submodule => Some("is a submodule"),
            Self::Link => Some("is a symbolic link that leads to no file of the repository"),
        }
    }
}
