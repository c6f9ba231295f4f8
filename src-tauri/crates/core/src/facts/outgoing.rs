//! What goes out, against what runs in production.

use crate::ids::Sha;

/// `GET /compare/{live}...{commit}`: what production has now, and what it would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What the newest execution that succeeded brought to production.
    pub live: Sha,
    /// What the execution that carries the release would bring.
    pub commit: Sha,
    /// Commits that would be new there.
    pub ahead_by: u32,
    /// Commits that production has and would lose.
    pub behind_by: u32,
    /// Changed files. GitHub lists 300 at most, however many there are
    /// (<https://docs.github.com/en/rest/commits/commits#compare-two-commits>).
    pub files: Vec<ChangedFile>,
}

/// One changed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path in the repository (cut).
    pub path: String,
    /// Added lines.
    pub additions: u32,
    /// Removed lines.
    pub deletions: u32,
}

impl Outgoing {
    /// So many files are listed at most.
    pub const LISTED: usize = 300;
}
