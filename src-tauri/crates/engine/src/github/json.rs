//! The parts of GitHub's answers that Slipway uses, read leniently: a new value or a missing field is no error.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use slipway_core::facts::Commit;
use slipway_core::ids::Sha;
use slipway_core::text::line;
use slipway_core::time::At;

/// A user; GitHub gives `null` or `{}` for one that is gone.
#[derive(Debug, Deserialize)]
pub(super) struct UserJson {
    pub(super) login: Option<String>,
    pub(super) name: Option<String>,
}

/// "Get a repository".
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RepositoryJson {
    pub(super) full_name: String,
    pub(super) html_url: String,
    #[serde(default)]
    pub(super) allow_merge_commit: bool,
    #[serde(default)]
    pub(super) allow_squash_merge: bool,
    #[serde(default)]
    pub(super) allow_rebase_merge: bool,
    #[serde(default)]
    pub(super) private: bool,
    #[serde(default)]
    pub(super) permissions: Option<PermissionsJson>,
}

/// What the person behind a token may do in a repository.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PermissionsJson {
    #[serde(default)]
    pub(super) push: bool,
}

impl RepositoryJson {
    /// One of the three is always allowed, so none means that they are not shown.
    pub(super) fn shows_merge_settings(&self) -> bool {
        self.allow_merge_commit || self.allow_squash_merge || self.allow_rebase_merge
    }
}

/// "Get a reference".
#[derive(Debug, Deserialize)]
pub(super) struct RefJson {
    #[serde(rename = "ref")]
    pub(super) name: String,
    pub(super) object: ShaJson,
}

/// Anything that has an id.
#[derive(Debug, Deserialize)]
pub(super) struct ShaJson {
    #[serde(deserialize_with = "sha")]
    pub(super) sha: Sha,
}

/// "Get rules for a branch".
#[derive(Debug, Deserialize)]
pub(super) struct RuleJson {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) parameters: Option<RuleParametersJson>,
}

/// Of the rule `pull_request`.
#[derive(Debug, Deserialize)]
pub(super) struct RuleParametersJson {
    pub(super) required_approving_review_count: Option<u32>,
}

/// "List repository activities".
#[derive(Debug, Deserialize)]
pub(super) struct ActivityJson {
    #[serde(deserialize_with = "sha")]
    pub(super) after: Sha,
    pub(super) timestamp: Timestamp,
    pub(super) actor: Option<UserJson>,
}

/// "Compare two commits".
#[derive(Debug, Deserialize)]
pub(super) struct CompareJson {
    pub(super) status: String,
    pub(super) ahead_by: u32,
    pub(super) behind_by: u32,
    pub(super) merge_base_commit: Option<ShaJson>,
    #[serde(default)]
    pub(super) commits: Vec<CommitJson>,
    #[serde(default)]
    pub(super) files: Option<Vec<FileJson>>,
}

/// One changed file.
#[derive(Debug, Deserialize)]
pub(super) struct FileJson {
    #[serde(default)]
    pub(super) filename: String,
    #[serde(default)]
    pub(super) additions: u32,
    #[serde(default)]
    pub(super) deletions: u32,
}

/// "Commit".
#[derive(Debug, Deserialize)]
pub(super) struct CommitJson {
    #[serde(deserialize_with = "sha")]
    pub(super) sha: Sha,
    pub(super) commit: CommitTextJson,
    #[serde(default)]
    pub(super) author: Option<UserJson>,
    #[serde(default)]
    pub(super) parents: Vec<ShaJson>,
}

/// What git itself knows of a commit.
#[derive(Debug, Deserialize)]
pub(super) struct CommitTextJson {
    pub(super) message: String,
    pub(super) author: Option<SignatureJson>,
    pub(super) committer: Option<SignatureJson>,
}

/// Name and date in a commit.
#[derive(Debug, Deserialize)]
pub(super) struct SignatureJson {
    pub(super) name: Option<String>,
    pub(super) date: Option<Timestamp>,
}

impl CommitJson {
    pub(super) fn login(&self) -> Option<String> {
        login(self.author.as_ref())
    }

    pub(super) fn committed_at(&self) -> Option<At> {
        self.commit
            .committer
            .as_ref()
            .and_then(|it| it.date)
            .map(at)
    }

    pub(super) fn into_fact(self) -> Commit {
        let name = self
            .commit
            .author
            .as_ref()
            .and_then(|it| it.name.as_deref())
            .map(|it| line(it, 60));
        let author = self.login().or(name.filter(|it| !it.is_empty()));
        Commit {
            title: line(&self.commit.message, 120),
            author: author.unwrap_or_else(|| "somebody".to_owned()),
            at: self.committed_at(),
            written_at: self.commit.author.and_then(|it| it.date).map(at),
            parents: self.parents.into_iter().map(|parent| parent.sha).collect(),
            sha: self.sha,
        }
    }
}

/// The login, when there is one.
pub(super) fn login(user: Option<&UserJson>) -> Option<String> {
    user.and_then(|user| user.login.as_deref())
        .map(|login| line(login, 60))
        .filter(|login| !login.is_empty())
}

/// A time as the rest of the program keeps it.
pub(super) fn at(time: Timestamp) -> At {
    At(time.as_millisecond())
}

pub(super) fn sha<'de, D: Deserializer<'de>>(from: D) -> Result<Sha, D::Error> {
    let text = String::deserialize(from)?;
    if (text.len() == 40 || text.len() == 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Sha(text.to_ascii_lowercase()));
    }
    Err(serde::de::Error::custom("not a commit id"))
}
