//! What went wrong with a build or a deploy, and who can do what about it.

mod remedy;
mod reminding;
mod support;

use crate::account::Power;
use crate::facts::{ActionRun, BuildPhase, Category, ExecutionDetail, RunStatus};
use crate::log::masking::mask;
use crate::record::Milestone;
use crate::rules::failure::{self, Diagnosis, FailureKind, Next, Signs};
use crate::rules::steps::{approval, build};
use crate::rules::{Course, answer, start};
use crate::team::Duty;
use crate::view::{Answer, Scene, StepId, StepState};
use crate::words::duration;
use serde::Serialize;
use ts_rs::TS;

pub use remedy::{Remedy, RemedyId};
pub use reminding::Reminding;

/// How many people are named.
const NAMES: usize = 4;
/// The service's own words.
const RAW: usize = 5_000;

/// What went wrong, in the order people need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What kind of thing went wrong.
    pub kind: FailureKind,
    /// "Quota or limit".
    pub word: String,
    /// "AWS has no free build slot".
    pub what: String,
    /// A sentence or two on it.
    pub why: String,
    /// "docker-build failed after 13 min.", "AWS did not start docker-build."
    pub place: String,
    /// The line that says so, in the service's own words; empty when nothing was told.
    pub quote: String,
    /// What production runs now, and whether the approval still counts.
    pub means: String,
    /// Who can act on it.
    pub who: String,
    /// What to do.
    pub remedy: String,
    /// What can be done from here.
    pub remedies: Vec<Remedy>,
    /// Being told once more, while it has failed.
    pub reminding: Option<Reminding>,
    /// All of the service's own words.
    pub raw: String,
    /// A text for whoever helps; empty when nothing was told.
    pub support: String,
}

impl Failure {
    /// Of a release whose build step failed.
    pub(super) fn draw(scene: &Scene<'_>, course: &Course<'_>) -> Option<Self> {
        if course.state(StepId::Build) != StepState::Failed {
            return None;
        }
        let run = build::failed_run(course);
        let detail = course.detail();
        let signs = run
            .zip(detail)
            .map_or_else(Signs::default, |(run, detail)| Signs::of(run, detail));
        let found = Diagnosis::of(&signs);
        let retry = answer::retryable(course).map(|(stage, _, _)| stage);
        let raw = raw(run, detail, &signs);
        let mut failure = Self {
            kind: found.says.kind,
            word: found.says.kind.words().to_owned(),
            what: found.says.what.to_owned(),
            why: found.says.why.to_owned(),
            place: where_it_failed(run),
            quote: mask(found.quote),
            means: means(course, run, retry.is_some()),
            who: who(scene, course, found.says.next, retry.is_some()),
            remedy: todo(
                found.says.remedy,
                raw.is_empty(),
                (retry.is_some(), start::startable(course).is_some()),
            ),
            remedies: Remedy::all(scene, course, found.says.next, retry.as_deref()),
            reminding: Reminding::draw(course),
            raw,
            support: String::new(),
        };
        failure.support = support::text(course, run, &failure);
        Some(failure)
    }
}

fn where_it_failed(run: Option<&ActionRun>) -> String {
    run.map_or_else(
        || "The pipeline does not show which action failed.".to_owned(),
        |run| {
            if failure::never_began(run) {
                return format!("AWS did not start {}.", run.action);
            }
            let took = duration(run.updated_at.seconds_since(run.started_at));
            format!("{} failed after {took}.", run.action)
        },
    )
}

/// The action's words, and the phase's where they say more.
fn raw(run: Option<&ActionRun>, detail: Option<&ExecutionDetail>, signs: &Signs<'_>) -> String {
    let Some(run) = run else {
        return String::new();
    };
    let mut lines: Vec<String> = Vec::new();
    lines.extend(match &run.error {
        Some(error) => Some(format!("{}: {}", error.code, error.message)),
        None => Some(run.summary.clone()).filter(|it| !it.trim().is_empty()),
    });
    let failed = |phase: &&BuildPhase| phase.name == signs.phase && !phase.message.is_empty();
    let phases = detail.map_or(&[][..], |detail| detail.phases.as_slice());
    if let Some(phase) = phases.iter().find(failed)
        && !lines.iter().any(|line| line.contains(&phase.message))
    {
        lines.push(format!(
            "Phase {}, {}: {}",
            phase.name, phase.code, phase.message
        ));
    }
    let lines: Vec<String> = lines
        .join("\n")
        .lines()
        .map(|line| mask(line.to_owned()))
        .collect();
    crate::text::cut(&lines.join("\n"), RAW)
}

fn means(course: &Course<'_>, run: Option<&ActionRun>, can_retry: bool) -> String {
    // Another execution asks anew, and where nobody was asked there is nothing to stay.
    if !can_retry || !approval::pipeline_asks(course) {
        return super::build::still_runs(course);
    }
    let asked_in_it = run.is_some_and(|run| {
        course.runs().is_some_and(|runs| {
            let approval = |it: &ActionRun| {
                it.category == Category::Approval
                    && it.stage == run.stage
                    && it.status == RunStatus::Succeeded
            };
            runs.iter().any(approval)
        })
    });
    let approval = if asked_in_it {
        "The approval stays valid when only the failed actions are retried."
    } else {
        "The approval stays valid, so nobody has to approve again."
    };
    format!("{} {approval}", super::build::still_runs(course))
}

/// What a rule says, without what cannot be done here.
fn todo(remedy: &str, nothing_told: bool, (can_retry, can_start): (bool, bool)) -> String {
    let read = if nothing_told {
        remedy.replace("Read what AWS says below.", "Look at it in AWS.")
    } else {
        remedy.to_owned()
    };
    if can_retry {
        return read;
    }
    if can_start {
        return format!(
            "{read} The stage cannot be retried. When the cause is gone, the pipeline can be started again at the same commit."
        );
    }
    format!(
        "{read} The stage cannot be retried here. When the cause is gone, ask somebody who may start the pipeline (codepipeline:StartPipelineExecution) to do so in the AWS console."
    )
}

/// Who can act, as far as Slipway knows: the team's own list, whose changes went out, and what this sign-in may do.
fn who(scene: &Scene<'_>, course: &Course<'_>, next: Next, can_retry: bool) -> String {
    let retries = |scene: &Scene<'_>| match can_retry {
        true => retries(scene),
        false => "Whoever may start the pipeline.".to_owned(),
    };
    match next {
        Next::Hotfix => {
            let authors = authors(course);
            if authors.is_empty() {
                "Whoever wrote the change. Slipway cannot tell who that was.".to_owned()
            } else {
                format!("Whoever wrote the change. In this release are changes by {authors}.")
            }
        }
        Next::PutRight => format!(
            "Somebody who administers AWS for your team. {}",
            retries(scene)
        ),
        Next::Wait => retries(scene),
        Next::Read | Next::Decide => {
            let engineers = named(&scene.team.people, Duty::ReleaseEngineer);
            if engineers.is_empty() {
                retries(scene)
            } else {
                format!("{engineers}. {}", retries(scene))
            }
        }
    }
}

fn retries(scene: &Scene<'_>) -> String {
    let who = match remedy::may(scene, Power::AwsOperate) {
        Answer::Yes => return "You can retry: your AWS sign-in may.".to_owned(),
        Answer::No => "Your AWS sign-in may not retry; somebody else has to",
        Answer::Unknown => "Whoever may retry a stage; AWS does not say beforehand whether you may",
    };
    let engineers = named(&scene.team.people, Duty::ReleaseEngineer);
    if engineers.is_empty() {
        format!("{who}.")
    } else {
        format!("{who}. In your team: {engineers}.")
    }
}

/// "Dana Whitfield, release engineer".
fn named(people: &[crate::team::Person], duty: Duty) -> String {
    let mut names: Vec<String> = people
        .iter()
        .filter(|person| person.does.contains(&duty))
        .map(|person| crate::text::line(&person.name, 80))
        .collect();
    names.truncate(NAMES);
    if names.is_empty() {
        return String::new();
    }
    format!("{}, {}", names.join(", "), duty.words())
}

/// Whose pull requests were merged into the branch.
fn authors(course: &Course<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for milestone in &course.release.milestones {
        if let Milestone::PullMerged { author, .. } = milestone {
            let name = course.name_of(author);
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let names = names.join(", ");
    if more == 0 {
        names
    } else {
        format!("{names} and {more} more")
    }
}
