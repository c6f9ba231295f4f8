//! The four writes ("Create a reference", "Create a pull request", "Merge a pull request").

use http::Method;
use serde::{Deserialize, Serialize};
use slipway_core::action::{Action, Outcome};
use slipway_core::facts::MergeMethod;
use slipway_core::ids::{PullNumber, Sha};
use slipway_core::problem::{Code, Problem};

use super::error::GitHubError;
use super::json::RefJson;
use super::{GitHub, refusal};
use crate::outcome::{self, Effect};

const GITHUB: &str = "GitHub";

#[derive(Serialize)]
struct NewRef<'a> {
    #[serde(rename = "ref")]
    name: &'a str,
    sha: &'a Sha,
}

#[derive(Serialize)]
struct NewPull<'a> {
    title: &'a str,
    head: &'a str,
    base: &'a str,
    body: &'a str,
}

#[derive(Deserialize)]
struct OpenedJson {
    #[serde(rename = "number")]
    _number: u32,
}

#[derive(Serialize)]
struct Merge<'a> {
    sha: &'a Sha,
    merge_method: MergeMethod,
}

#[derive(Deserialize)]
struct MergedJson {
    merged: bool,
    #[serde(default)]
    message: String,
}

pub(super) async fn send(github: &GitHub, action: &Action) -> Outcome {
    let Some(path) = github.last_path() else {
        return Outcome::NotDone {
            problem: not_looked(),
        };
    };
    let sent = match action {
        Action::CreateBranch { name, sha } => create_branch(github, &path, name, sha).await,
        Action::MergePull {
            number,
            head,
            method,
            ..
        }
        | Action::MergeRelease {
            number,
            head,
            method,
        } => merge(github, &path, *number, head, *method).await,
        Action::OpenReleasePull {
            head,
            base,
            title,
            body,
        } => {
            let pull = NewPull {
                title,
                head,
                base,
                body,
            };
            let opened = github
                .wire
                .write::<_, OpenedJson>(Method::POST, &format!("{path}/pulls"), &pull)
                .await;
            opened.map(|_| ())
        }
        Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::PostResult { .. }
        | Action::TellChange { .. }
        | Action::AnswerApproval { .. }
        | Action::RetryStage { .. }
        | Action::StopExecution { .. }
        | Action::StartExecution { .. }
        | Action::RollBack { .. }
        | Action::EnableTransition { .. } => return outcome::not_ours(GITHUB),
    };
    match sent {
        Ok(()) => Outcome::Done,
        Err(error) => {
            tracing::debug!(%error, "GitHub: a write failed");
            if matches!(error, GitHubError::Moved(_)) {
                github.forget();
            }
            outcome::failed(error.effect(), problem(action, &error))
        }
    }
}

async fn create_branch(
    github: &GitHub,
    path: &str,
    name: &str,
    sha: &Sha,
) -> Result<(), GitHubError> {
    let reference = format!("refs/heads/{name}");
    let new = NewRef {
        name: &reference,
        sha,
    };
    let made: RefJson = github
        .wire
        .write(Method::POST, &format!("{path}/git/refs"), &new)
        .await?;
    if made.name == reference && made.object.sha == *sha {
        return Ok(());
    }
    Err(GitHubError::Garbled(format!(
        "made {} at {}",
        made.name, made.object.sha
    )))
}

async fn merge(
    github: &GitHub,
    path: &str,
    number: PullNumber,
    head: &Sha,
    method: MergeMethod,
) -> Result<(), GitHubError> {
    let path = format!("{path}/pulls/{}/merge", number.0);
    let merge = Merge {
        sha: head,
        merge_method: method,
    };
    let answer: MergedJson = github.wire.write(Method::PUT, &path, &merge).await?;
    if answer.merged {
        return Ok(());
    }
    Err(GitHubError::Refused {
        status: 405,
        message: answer.message,
        permission: None,
    })
}

fn problem(action: &Action, error: &GitHubError) -> Problem {
    match error {
        GitHubError::Refused {
            status,
            message,
            permission,
        } => refusal::words(action, *status, message, permission),
        GitHubError::Moved(_) => Problem::new(
            Code::Changed,
            "The repository has another name now.",
            "Nothing was changed.",
            "Try again; Slipway finds the new name by itself.",
        )
        .with_raw(&error.to_string()),
        GitHubError::NotSent(_)
        | GitHubError::Lost(_)
        | GitHubError::Broken { .. }
        | GitHubError::Garbled(_)
        | GitHubError::Throttled { .. }
        | GitHubError::SignedOut(_)
        | GitHubError::SingleSignOn { .. } => match error.effect() {
            Effect::Possible => outcome::lost(GITHUB, &refusal::doing(action), &error.to_string()),
            Effect::None => error.problem("repository"),
        },
    }
}

/// Writes go to the name that a look found, so there has to be one first.
pub(super) fn not_looked() -> Problem {
    Problem::new(
        Code::NotOffered,
        "The repository was not looked at yet.",
        "Nothing was sent.",
        "Wait until Slipway has read it, then try again.",
    )
}
