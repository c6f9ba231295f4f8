//! Who can approve, where the one who looks cannot.

use crate::account::{Allowed, Power};
use crate::action::Action;
use crate::problem::Code;
use crate::rules::{Course, own_release};
use crate::service::Service;
use crate::text::line;
use crate::view::{Ability, ApprovalCard, Scene};
use crate::words;
use serde::Serialize;
use ts_rs::TS;

/// What an answer takes.
/// <https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html>
const PERMISSION: &str = "codepipeline:PutApprovalResult";

/// Who can approve what this identity cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhoCan {
    /// Why it cannot.
    pub why: String,
    /// Names of the team's other approvers.
    pub others: Vec<String>,
    /// A text to ask them with, ready to be sent.
    pub nudge: String,
}

/// The permission that the caller lacks, as far as AWS told: when it was asked, or when an answer was tried.
pub(crate) fn lacking(scene: &Scene<'_>, course: &Course<'_>) -> Option<String> {
    let account = scene.accounts.services.get(&Service::Aws);
    let finding = account.and_then(|it| {
        let standing = it.checked.as_ref()?.result.as_ref().ok()?;
        let mut findings = standing.findings.iter();
        findings.find(|it| it.power == Power::AwsApprove)
    });
    let told = account
        .zip(finding)
        .map(|(account, finding)| Ability::answer(finding, account));
    let tried = course
        .release
        .last_problem
        .as_ref()
        .is_some_and(|(action, problem)| {
            matches!(action, Action::AnswerApproval { .. }) && problem.code == Code::Forbidden
        });
    let missing = match told {
        Some(Allowed::No { missing, .. }) if !missing.is_empty() => missing,
        Some(Allowed::No { .. }) => PERMISSION.to_owned(),
        // Nobody was asked what this sign-in may do, as in practice.
        None if tried => PERMISSION.to_owned(),
        Some(Allowed::Yes | Allowed::Unknown { .. }) | None => return None,
    };
    let missing = line(&missing, 120);
    Some(format!(
        "AWS does not let this identity approve: it lacks {missing}."
    ))
}

impl WhoCan {
    pub(crate) fn draw(course: &Course<'_>, card: &ApprovalCard, why: String) -> Self {
        let others = own_release::others(course);
        let others: Vec<String> = others.iter().map(|it| line(&it.name, 80)).collect();
        let whom = match others.as_slice() {
            [] => "Please".to_owned(),
            others => format!("{}: please", words::list(others)),
        };
        let until = match card.expires_at {
            Some(at) => format!(
                " It waits until {} {}.",
                course.clock().full(at),
                course.clock().zone()
            ),
            None => String::new(),
        };
        Self {
            why,
            nudge: format!(
                "{whom} approve the deploy of {} in {}. {}, commit {}.{until}",
                course.release.id, course.team.pipeline, card.headline, card.commit
            ),
            others,
        }
    }
}
