//! What can be done from here, and whether this sign-in may.

use crate::account::{Allowed, Power};
use crate::facts::{ActionRun, Category};
use crate::rules::failure::Next;
use crate::rules::steps::build;
use crate::rules::{Course, FixName};
use crate::service::Service;
use crate::view::{Ability, Answer, Scene};
use serde::Serialize;
use ts_rs::TS;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Remedy {
    /// Which.
    pub id: RemedyId,
    /// "Retry the failed actions".
    pub title: String,
    /// What it does, and when it helps.
    pub text: String,
    /// The permission that it takes, as the service calls it.
    pub permission: String,
    /// Whether this sign-in has it.
    pub may: Answer,
    /// The rule that knows the failure recommends it.
    pub recommended: bool,
    /// The fix name to begin with, of a hotfix.
    pub fix_name: Option<String>,
}

/// What can be done about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RemedyId {
    /// `retry-stage` with the failed actions.
    RetryFailed,
    /// `retry-stage` with all actions.
    RetryAll,
    /// `start-hotfix`.
    StartHotfix,
}

impl Remedy {
    pub(super) fn all(
        scene: &Scene<'_>,
        course: &Course<'_>,
        next: Next,
        retry: Option<&str>,
    ) -> Vec<Self> {
        let mut all = Vec::new();
        if let Some(stage) = retry {
            all.push(Self {
                id: RemedyId::RetryFailed,
                title: "Retry the failed actions".to_owned(),
                text: again(next).to_owned(),
                permission: "codepipeline:RetryStageExecution".to_owned(),
                may: may(scene, Service::Aws),
                recommended: next == Next::Wait,
                fix_name: None,
            });
            all.extend(Self::whole(scene, course, stage));
        }
        all.push(Self {
            id: RemedyId::StartHotfix,
            title: "Start a hotfix".to_owned(),
            text: match next {
                Next::Hotfix => "A new commit goes through the same steps, on a branch of its own.",
                Next::Wait | Next::PutRight => {
                    "Only when the code is at fault. It hardly is, this time."
                }
                Next::Decide | Next::Read => "Only when the code is at fault.",
            }
            .to_owned(),
            permission: "contents=write".to_owned(),
            may: may(scene, Service::GitHub),
            recommended: next == Next::Hotfix,
            fix_name: fix_name(course),
        });
        all
    }

    /// Of a stage with more than one action. With one, it is the same as to retry what failed.
    fn whole(scene: &Scene<'_>, course: &Course<'_>, stage: &str) -> Option<Self> {
        let stages = &course.facts.pipeline.stale()?.stages;
        let actions = &stages.iter().find(|it| it.name == stage)?.actions;
        if actions.len() < 2 {
            return None;
        }
        let asks = actions.iter().any(|it| it.category == Category::Approval);
        let deploys = actions.iter().any(|it| it.category == Category::Deploy);
        let mut text = "All of its actions run again, also those that went well.".to_owned();
        if asks {
            text.push_str(" The approval is asked for again.");
        }
        if deploys {
            text.push_str(" What was deployed is deployed once more.");
        }
        Some(Self {
            id: RemedyId::RetryAll,
            title: "Retry the whole stage".to_owned(),
            text,
            permission: "codepipeline:RetryStageExecution".to_owned(),
            may: may(scene, Service::Aws),
            recommended: false,
            fix_name: None,
        })
    }
}

fn again(next: Next) -> &'static str {
    match next {
        Next::Wait => "The same commit again. It helps once the cause has passed.",
        Next::PutRight => "The same commit again. It helps once the cause is put right.",
        Next::Hotfix => "The same commit again. It fails again unless the cause comes and goes.",
        Next::Decide | Next::Read => "The same commit again.",
    }
}

/// Whether this sign-in may retry (AWS), or make a branch and merge (GitHub).
pub(super) fn may(scene: &Scene<'_>, service: Service) -> Answer {
    let power = match service {
        Service::Aws => Power::AwsOperate,
        Service::GitHub => Power::GitHubWrite,
        Service::Slack => Power::SlackPost,
    };
    let Some(account) = scene.accounts.services.get(&service) else {
        return Answer::Unknown;
    };
    let standing = account.checked.as_ref().map(|it| it.result.as_ref());
    let finding = match standing {
        Some(Ok(standing)) => standing.findings.iter().find(|it| it.power == power),
        Some(Err(_)) | None => None,
    };
    match (finding, account.tried.get(&power)) {
        (Some(finding), _) => match Ability::answer(finding, account) {
            Allowed::Yes => Answer::Yes,
            Allowed::No { .. } => Answer::No,
            Allowed::Unknown { .. } => Answer::Unknown,
        },
        (None, Some(true)) => Answer::Yes,
        (None, Some(false)) => Answer::No,
        (None, None) => Answer::Unknown,
    }
}

/// "fix-docker-build": what failed, as a name to begin with.
fn fix_name(course: &Course<'_>) -> Option<String> {
    let action = build::failed_run(course).map_or("build", |run: &ActionRun| run.action.as_str());
    let name = FixName::fold(&format!("fix {action}")).ok()?;
    Some(name.as_str().to_owned())
}
