//! Two commits compared ("Compare two commits"): the list of commits is paged, the files come with the first page.

use slipway_core::facts::Comparison;
use slipway_core::ids::Sha;

use super::error::GitHubError;
use super::json::{CommitJson, CompareJson, FileJson};
use super::path::encode;
use super::wire::Wire;

/// All pages of one comparison.
#[derive(Debug)]
pub(super) struct Compared {
    /// `identical`, `ahead`, `behind` or `diverged`.
    pub(super) status: String,
    pub(super) ahead_by: u32,
    pub(super) behind_by: u32,
    pub(super) merge_base: Option<Sha>,
    /// Ahead, oldest first.
    pub(super) commits: Vec<CommitJson>,
    pub(super) files: Vec<FileJson>,
}

/// What `head` has that `base` has not. Both may be names or ids.
pub(super) async fn compare(
    wire: &Wire,
    repository: &str,
    base: &str,
    head: &str,
) -> Result<Compared, GitHubError> {
    let path = format!(
        "{repository}/compare/{}...{}?per_page=100",
        encode(base),
        encode(head)
    );
    let mut pages = wire.pages::<CompareJson>(&path).await?.into_iter();
    let Some(first) = pages.next() else {
        return Err(GitHubError::Garbled("no page".to_owned()));
    };
    let mut commits = first.commits;
    commits.extend(pages.flat_map(|page| page.commits));
    Ok(Compared {
        status: first.status,
        ahead_by: first.ahead_by,
        behind_by: first.behind_by,
        merge_base: first.merge_base_commit.map(|commit| commit.sha),
        commits,
        files: first.files.unwrap_or_default(),
    })
}

impl Compared {
    pub(super) fn into_fact(self) -> Comparison {
        Comparison {
            ahead_by: self.ahead_by,
            behind_by: self.behind_by,
            files: u32::try_from(self.files.len()).unwrap_or(u32::MAX),
            additions: self
                .files
                .iter()
                .map(|file| file.additions)
                .fold(0, u32::saturating_add),
            deletions: self
                .files
                .iter()
                .map(|file| file.deletions)
                .fold(0, u32::saturating_add),
            commits: self
                .commits
                .into_iter()
                .map(CommitJson::into_fact)
                .collect(),
        }
    }
}
