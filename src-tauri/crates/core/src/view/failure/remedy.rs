//! What can be done from here, and whether this sign-in may.

use crate::account::{Allowed, Power};
use crate::facts::{ActionRun, Category};
use crate::rules::failure::Next;
use crate::rules::steps::build;
use crate::rules::{Course, FixName};
use crate::team::Duty;
use crate::view::ability::{self, permission};
use crate::view::failure::named;
use crate::view::{Ability, Answer, Control, Scene};
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
    /// The permission that it takes, as the service calls it; empty when it takes none.
    pub permission: String,
    /// Whether this sign-in has it.
    pub may: Answer,
    /// Who else can, where this sign-in may not; else empty.
    pub who: String,
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
    /// `start-pipeline`.
    StartAgain,
    /// `stop`.
    Stop,
    /// `roll-back`.
    RollBack,
    /// `enable-transition`.
    EnableTransition,
    /// `remind`, in some minutes.
    Remind,
    /// `start-hotfix`.
    StartHotfix,
}

impl Remedy {
    /// What takes a permission of a service.
    pub(in crate::view) fn of(
        scene: &Scene<'_>,
        (id, power): (RemedyId, Power),
        title: &str,
        text: String,
    ) -> Self {
        let may = may(scene, power);
        Self {
            id,
            title: title.to_owned(),
            text,
            permission: permission(power).to_owned(),
            may,
            who: if may == Answer::No {
                who(scene)
            } else {
                String::new()
            },
            recommended: false,
            fix_name: None,
        }
    }

    pub(super) fn all(
        scene: &Scene<'_>,
        course: &Course<'_>,
        next: Next,
        retry: Option<&str>,
    ) -> Vec<Self> {
        let mut all = Vec::new();
        if let Some(stage) = retry {
            let retry = (RemedyId::RetryFailed, Power::AwsOperate);
            all.push(Self {
                recommended: next == Next::Wait,
                ..Self::of(
                    scene,
                    retry,
                    "Retry the failed actions",
                    again(next).to_owned(),
                )
            });
            all.extend(Self::whole(scene, course, stage));
        }
        all.extend(Control::remedies(scene, course));
        all.push(Self {
            id: RemedyId::Remind,
            title: "Remind me later".to_owned(),
            text: "Slipway tells you once more, unless it runs again by then.".to_owned(),
            permission: String::new(),
            may: Answer::Yes,
            who: String::new(),
            recommended: false,
            fix_name: None,
        });
        let hotfix = match next {
            Next::Hotfix => "A new commit goes through the same steps, on a branch of its own.",
            Next::Wait | Next::PutRight => {
                "Only when the code is at fault. It hardly is, this time."
            }
            Next::Decide | Next::Read => "Only when the code is at fault.",
        };
        let start = (RemedyId::StartHotfix, Power::GitHubWrite);
        all.push(Self {
            recommended: next == Next::Hotfix,
            fix_name: fix_name(course),
            ..Self::of(scene, start, "Start a hotfix", hotfix.to_owned())
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
        let whole = (RemedyId::RetryAll, Power::AwsOperate);
        Some(Self::of(scene, whole, "Retry the whole stage", text))
    }
}

/// Who else can, as far as Slipway knows.
fn who(scene: &Scene<'_>) -> String {
    let engineers = named(&scene.team.people, Duty::ReleaseEngineer);
    if engineers.is_empty() {
        "Somebody else has to, who has this permission.".to_owned()
    } else {
        format!("Somebody else has to. In your team: {engineers}.")
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

/// Whether this sign-in may, as far as its service said or it was seen.
pub(super) fn may(scene: &Scene<'_>, power: Power) -> Answer {
    let service = ability::service(power);
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
