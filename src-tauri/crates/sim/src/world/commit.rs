use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A commit. Its SHA-1 is made from its content, like git's, though not git's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commit {
    /// 40 hexadecimal digits.
    pub sha: String,
    /// The same for its tree.
    pub tree: String,
    /// SHAs of the parents, first parent first.
    pub parents: Vec<String>,
    /// The whole message.
    pub message: String,
    /// Login of the author.
    pub author: String,
    /// When it was made.
    pub at: Timestamp,
    /// When its author wrote it, where that was before: a rebase keeps it.
    #[serde(default)]
    pub written_at: Option<Timestamp>,
    /// Login of who made it, where that is not the author.
    #[serde(default)]
    pub committer: Option<String>,
    /// What it changed against its first parent.
    pub files: Vec<FileChange>,
    /// Texts that it put into the repository, by path; `None` for one that it removed. Only what a script put there has
    /// contents.
    #[serde(default)]
    pub texts: BTreeMap<String, Option<String>>,
    /// Place in the order in which the world's commits were made: parents come before children.
    pub order: u64,
}

impl Commit {
    /// The message's first line.
    pub fn title(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }

    /// Whether it joins two lines of history.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }
}

/// One file in a commit or a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileChange {
    /// Path in the repository.
    pub filename: String,
    /// Lines added.
    pub additions: u64,
    /// Lines removed.
    pub deletions: u64,
}

impl FileChange {
    /// `count` files that add and delete that many lines between them.
    pub(crate) fn spread(
        path: impl Fn(u64) -> String,
        count: u64,
        additions: u64,
        deletions: u64,
    ) -> Vec<FileChange> {
        let share = |total: u64, index: u64| {
            let even = total / count.max(1);
            if index == 0 {
                total - even * (count.max(1) - 1)
            } else {
                even
            }
        };
        (0..count)
            .map(|index| FileChange {
                filename: path(index),
                additions: share(additions, index),
                deletions: share(deletions, index),
            })
            .collect()
    }

    /// Joins the changes of several commits: one entry per file.
    pub(crate) fn union<'a>(changes: impl IntoIterator<Item = &'a FileChange>) -> Vec<FileChange> {
        let mut joined: Vec<FileChange> = Vec::new();
        for change in changes {
            match joined
                .iter_mut()
                .find(|seen| seen.filename == change.filename)
            {
                Some(seen) => {
                    seen.additions += change.additions;
                    seen.deletions += change.deletions;
                }
                None => joined.push(change.clone()),
            }
        }
        joined
    }
}
