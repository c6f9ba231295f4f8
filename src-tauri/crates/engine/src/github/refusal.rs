//! GitHub's refusals of a write in plain words. 405 and 422 mean many things; their text decides, and a text that is
//! not known is kept beneath.

use slipway_core::action::Action;
use slipway_core::problem::{Code, Problem};
use slipway_core::text::line;

use super::error::forbidden;

/// The words for a refusal. Nothing happened in any of these cases.
pub(super) fn words(
    action: &Action,
    status: u16,
    message: &str,
    permission: &Option<String>,
) -> Problem {
    let known = match (action, status) {
        (_, 403) => Some(forbidden(&doing(action), permission, message)),
        (_, 404) => Some(not_found(action)),
        (Action::CreateBranch { name, sha }, _) => {
            branch(&line(name, 120), sha.short(), status, message)
        }
        (Action::MergePull { number, .. } | Action::MergeRelease { number, .. }, _) => {
            merge(&number.to_string(), status, message)
        }
        (Action::OpenReleasePull { head, base, .. }, _) => {
            pull(&line(head, 120), &line(base, 120), message)
        }
        (
            Action::PostAnnouncement { .. }
            | Action::UpdateAnnouncement { .. }
            | Action::PostResult { .. }
            | Action::TellChange { .. }
            | Action::AnswerApproval { .. }
            | Action::RetryStage { .. }
            | Action::StopExecution { .. }
            | Action::StartExecution { .. }
            | Action::RollBack { .. }
            | Action::EnableTransition { .. },
            _,
        ) => None,
    };
    known
        .unwrap_or_else(|| unknown(action))
        .with_raw(&format!("{status} {message}"))
}

/// What was tried, as in "GitHub did not say whether it could …".
pub(super) fn doing(action: &Action) -> String {
    match action {
        Action::CreateBranch { name, .. } => format!("create the branch {}", line(name, 120)),
        Action::MergePull { number, .. } | Action::MergeRelease { number, .. } => {
            format!("merge {number}")
        }
        Action::OpenReleasePull { head, .. } => {
            format!("open the pull request from {}", line(head, 120))
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
        | Action::EnableTransition { .. } => "do this".to_owned(),
    }
}

fn not_found(action: &Action) -> Problem {
    Problem::new(
        Code::Forbidden,
        format!(
            "You may not {}, or something it needs is gone.",
            doing(action)
        ),
        "GitHub says \"not found\" for both. Nothing was changed.",
        "Look at the repository on GitHub; use a token that may write to it.",
    )
}

fn branch(name: &str, commit: &str, status: u16, message: &str) -> Option<Problem> {
    Some(if message.contains("already exists") {
        Problem::new(
            Code::Changed,
            format!("The branch {name} exists already."),
            "Nothing was created or moved.",
            "Look at it; adopt it if it is this release's.",
        )
    } else if message.contains("Object does not exist") {
        Problem::new(
            Code::Changed,
            format!("GitHub does not know the commit {commit}."),
            "The branch was not created.",
            "Look at the base branch again, then create it from the newest commit.",
        )
    } else if message.contains("not a valid ref name") {
        Problem::new(
            Code::Input,
            format!("GitHub does not take {name} as a branch name."),
            "The branch was not created.",
            "Choose another name.",
        )
    } else if message.to_ascii_lowercase().contains("rule violation") {
        Problem::new(
            Code::Refused,
            format!("A rule of the repository forbids the branch {name}."),
            "The branch was not created.",
            "Ask an administrator of the repository.",
        )
    } else if status == 409 {
        Problem::new(
            Code::Refused,
            "The repository is empty or not available.",
            "The branch was not created.",
            "Look at the repository on GitHub.",
        )
    } else {
        return None;
    })
}

fn merge(number: &str, status: u16, message: &str) -> Option<Problem> {
    let text = message.to_ascii_lowercase();
    let has = |part: &str| text.contains(part);
    let refused = |what: String, remedy: &str| {
        Problem::new(Code::Refused, what, "Nothing was merged.", remedy)
    };
    Some(
        if has("head branch was modified") || (status == 409 && has("sha")) {
            Problem::new(
                Code::Changed,
                format!("Somebody pushed to {number} after you looked at it."),
                "Nothing was merged.",
                "Look at the new commits, then merge.",
            )
        } else if has("base branch was modified") {
            Problem::new(
                Code::Changed,
                format!("The base branch of {number} changed while GitHub was merging."),
                "Nothing was merged.",
                "Merge it again.",
            )
        } else if has("out of date") {
            Problem::new(
                Code::Changed,
                format!("{number} does not hold the newest commits of its base branch."),
                "Nothing was merged.",
                "Look again; if it stays so, update its branch on GitHub.",
            )
        } else if has("merge queue") {
            refused(
                format!("{number} has to go through the merge queue."),
                "Add it to the queue on GitHub.",
            )
        } else if has("status check") {
            refused(
                format!("A required check of {number} has not passed."),
                "Wait for the checks, then merge.",
            )
        } else if has("approving review") || has("review is required") || has("changes requested") {
            refused(
                format!("{number} needs an approving review."),
                "Ask somebody with write access to review it.",
            )
        } else if has("not authorized to push") {
            Problem::new(
                Code::Forbidden,
                format!("You may not merge {number}: you may not push to its base branch."),
                "Nothing was merged.",
                "Ask somebody who may.",
            )
        } else if has("are not allowed on this repository") {
            refused(
                format!("The repository does not allow this way to merge {number}."),
                "Look again; Slipway then takes a way that is allowed.",
            )
        } else if has("rule violation") {
            refused(
                format!("A rule of the repository forbids merging {number}."),
                "Ask an administrator of the repository.",
            )
        } else if has("draft") {
            refused(
                format!("{number} is a draft."),
                "Its author marks it as ready for review.",
            )
        } else if has("not mergeable") || has("merge conflict") {
            refused(
                format!(
                    "{number} cannot be merged now: it conflicts, is a draft, or GitHub is still checking it."
                ),
                "Wait a moment; if it stays so, its author resolves the conflicts.",
            )
        } else {
            return None;
        },
    )
}

fn pull(head: &str, base: &str, message: &str) -> Option<Problem> {
    Some(if message.contains("already exists") {
        Problem::new(
            Code::Changed,
            format!("A pull request from {head} into {base} is open already."),
            "No second one was opened.",
            "Look at it; Slipway goes on with it.",
        )
    } else if message.contains("No commits between") {
        Problem::new(
            Code::Refused,
            format!("{head} holds nothing that {base} does not have."),
            "No pull request was opened.",
            "Merge the work into the branch first.",
        )
    } else if message.contains("head: invalid") || message.contains("base: invalid") {
        Problem::new(
            Code::Changed,
            format!("GitHub does not find {head} or {base}."),
            "No pull request was opened.",
            "Look at the branches again.",
        )
    } else {
        return None;
    })
}

/// Its words are kept beneath.
fn unknown(action: &Action) -> Problem {
    Problem::new(
        Code::Refused,
        format!("GitHub refuses to {}.", doing(action)),
        "Nothing was changed.",
        "Read GitHub’s own words in the details, then look at it on GitHub.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use slipway_core::facts::MergeMethod;
    use slipway_core::ids::PullNumber;

    #[test]
    fn tells_the_meanings_of_405_apart() {
        let action = Action::MergeRelease {
            number: PullNumber(7),
            head: "a".into(),
            method: MergeMethod::Merge,
        };
        let what = |message: &str| words(&action, 405, message, &None);
        for (message, code, part) in [
            (
                "Base branch was modified. Review and try the merge again.",
                Code::Changed,
                "base branch of #7",
            ),
            (
                "Required status check \"etl\" is expected.",
                Code::Refused,
                "required check",
            ),
            (
                "2 of 3 required status checks have not succeeded",
                Code::Refused,
                "required check",
            ),
            (
                "At least 1 approving review is required by reviewers with write access.",
                Code::Refused,
                "review",
            ),
            (
                "You're not authorized to push to this branch",
                Code::Forbidden,
                "may not merge",
            ),
            (
                "Changes must be made through the merge queue",
                Code::Refused,
                "merge queue",
            ),
            (
                "Squash merges are not allowed on this repository.",
                Code::Refused,
                "this way to merge",
            ),
            ("Pull Request is not mergeable", Code::Refused, "conflicts"),
            (
                "Something new",
                Code::Refused,
                "GitHub refuses to merge #7.",
            ),
        ] {
            let problem = what(message);
            assert_eq!(problem.code, code, "{message}");
            assert!(problem.what.contains(part), "{message}: {}", problem.what);
            assert!(
                problem.raw.contains(message),
                "the service's own words stay"
            );
        }
    }
}
