//! The report of a release: rows for the screen, Markdown to copy, JSON to keep, the result for Slack.

mod document;
mod lines;
mod markdown;
mod slack;
mod span;

pub use document::{beginning, document, end, json};
pub(crate) use lines::{CONTROLLED, answers, controlled, lost, ran};
pub use markdown::markdown;
pub use slack::slack;
pub use span::{Span, span};

use crate::action::Action;
use crate::facts::Category;
use crate::record::Milestone;
use crate::release::Release;
use crate::rules::Course;
use crate::text;
use crate::view::{ReportRow, StepId, StepState};
use crate::words;

/// One row a step.
#[must_use]
pub fn rows(course: &Course<'_>) -> Vec<ReportRow> {
    StepId::ALL
        .into_iter()
        .map(|step| row(course, step))
        .collect()
}

fn row(course: &Course<'_>, step: StepId) -> ReportRow {
    let span = span(course, step);
    let seconds = span.and_then(Span::seconds);
    ReportRow {
        step: words::step_title(step, course.release.kind, &course.team.base),
        who: who(course, step),
        started: span
            .map(|span| course.clock().at(span.began))
            .unwrap_or_default(),
        took: seconds
            .map(|seconds| words::duration(i64::from(seconds)))
            .unwrap_or_default(),
        seconds,
        result: result(course, step),
        state: course.state(step),
    }
}

fn who(course: &Course<'_>, step: StepId) -> String {
    let release = course.release;
    let login = |login: &Option<String>| login.as_deref().map(|login| course.name_of(login));
    let noted = |pick: &dyn Fn(&Milestone) -> Option<String>| {
        release.milestones.iter().rev().find_map(pick)
    };
    let name = match step {
        StepId::Branch => noted(&|m| {
            if let Milestone::Branch { by, .. } = m {
                login(by)
            } else {
                None
            }
        }),
        StepId::Announce => release
            .announced
            .as_ref()
            .map(|mark| mark.by.clone())
            .or_else(|| {
                let posted = |action: &Action| matches!(action, Action::PostAnnouncement { .. });
                release
                    .done
                    .iter()
                    .find(|(_, action)| posted(action))
                    .map(|(mark, _)| mark.by.clone())
            }),
        StepId::Etl => {
            let declared = release
                .no_more_pulls
                .as_ref()
                .or(release.no_etl.as_ref().map(|(mark, _)| mark));
            declared.map(|mark| mark.by.clone())
        }
        StepId::Database => database_people(course),
        StepId::Merge => course.landed().and_then(|landed| login(&landed.by)),
        StepId::Approval => noted(&|m| {
            if let Milestone::ApprovalAnswered { by, .. } = m {
                by.clone()
            } else {
                None
            }
        }),
        StepId::Build => (course.landed().is_some() && course.settled(StepId::Approval))
            .then(|| "AWS".to_owned()),
        StepId::Finish => release.result_shared.as_ref().map(|mark| mark.by.clone()),
    };
    name.unwrap_or_default()
}

/// Who ran the statements, or who declared that there are none.
fn database_people(course: &Course<'_>) -> Option<String> {
    let release = course.release;
    let mut people: Vec<&str> = release
        .statements
        .iter()
        .filter_map(|s| s.run.as_ref())
        .map(|run| run.by.as_str())
        .collect();
    people.dedup();
    if !people.is_empty() {
        return Some(words::list(&people));
    }
    let declared = release
        .no_database
        .as_ref()
        .or(release.without_database.as_ref().map(|(mark, _)| mark));
    declared.map(|mark| mark.by.clone())
}

fn result(course: &Course<'_>, step: StepId) -> String {
    let release = course.release;
    let state = course.state(step);
    if state == StepState::Skipped {
        let reason = match step {
            StepId::Etl => release
                .no_etl
                .as_ref()
                .map(|(_, reason)| format!("None this time: {reason}")),
            StepId::Database => release
                .without_database
                .as_ref()
                .map(|(_, reason)| format!("Merged without: {reason}")),
            StepId::Branch
            | StepId::Announce
            | StepId::Merge
            | StepId::Approval
            | StepId::Build
            | StepId::Finish => None,
        };
        return reason.unwrap_or_else(|| course.standing(step).note.clone());
    }
    if state == StepState::Ready {
        return "Not yet".to_owned();
    }
    if state != StepState::Done {
        return course.standing(step).note.clone();
    }
    match step {
        StepId::Branch => release.id.to_string(),
        StepId::Announce => if release.announced.is_some() {
            "Told another way"
        } else {
            "Posted in Slack"
        }
        .to_owned(),
        StepId::Etl => match merged(course) {
            0 => "Pushed directly".to_owned(),
            n => match course.pushed().0 {
                0 => format!("{n} merged"),
                pushed => format!("{n} merged, {pushed} pushed directly"),
            },
        },
        StepId::Database => match release.statements.len() {
            0 => "None needed".to_owned(),
            n => words::count(n, "change"),
        },
        StepId::Merge => course
            .landed()
            .map(|landed| landed.sha.short().to_owned())
            .unwrap_or_default(),
        StepId::Approval => "Approved".to_owned(),
        StepId::Build => "Deployed".to_owned(),
        StepId::Finish => "Shared".to_owned(),
    }
}

/// How many pull requests were merged into the branch.
#[must_use]
pub fn merged(course: &Course<'_>) -> usize {
    let noted = course
        .release
        .milestones
        .iter()
        .filter(|m| matches!(m, Milestone::PullMerged { .. }))
        .count();
    noted.max(course.merged_pulls().len())
}

/// "2 pull requests", "2 pull requests and 1 direct commit".
#[must_use]
pub fn brought(course: &Course<'_>) -> String {
    let pulls = words::count(merged(course), "pull request");
    let pushed = usize::try_from(course.pushed().0).unwrap_or(usize::MAX);
    let commits = words::count(pushed, "direct commit");
    match (merged(course), pushed) {
        (_, 0) => pulls,
        (0, _) => commits,
        (_, _) => format!("{pulls} and {commits}"),
    }
}

/// How often work was started again: runs beyond the first of each action where they are seen, else as noted.
#[must_use]
pub fn retries(course: &Course<'_>) -> usize {
    seen_retries(course).max(noted_retries(course.release))
}

/// How often work was started again, as far as the records tell: retries asked for here, or failures before a good end.
#[must_use]
pub fn noted_retries(release: &Release) -> usize {
    let asked = release.done.iter();
    let asked = asked.filter(|(_, action)| matches!(action, Action::RetryStage { .. }));
    let ended = |succeeded: bool| move |it: &&Milestone| matches!(it, Milestone::BuildEnded { succeeded: it, .. } if *it == succeeded);
    let went_out = release.milestones.iter().any(|it| ended(true)(&it));
    let failures = release.milestones.iter().filter(ended(false)).count();
    let failures = if went_out { failures } else { 0 };
    asked.count().max(failures)
}

fn seen_retries(course: &Course<'_>) -> usize {
    let runs = course
        .detail()
        .map(|detail| detail.runs.as_slice())
        .unwrap_or_default();
    let work: Vec<(&str, &str)> = runs
        .iter()
        .filter(|run| matches!(run.category, Category::Work | Category::Deploy))
        .map(|run| (run.stage.as_str(), run.action.as_str()))
        .collect();
    let mut actions = work.clone();
    actions.sort_unstable();
    actions.dedup();
    work.len() - actions.len()
}

/// What was written to the team with the result.
pub(crate) fn note(course: &Course<'_>) -> Option<String> {
    let done = course.release.done.iter().rev();
    let mut notes = done.filter_map(|(_, action)| match action {
        Action::PostResult { note, .. } => Some(text::cut(note.trim(), 1000)),
        Action::CreateBranch { .. }
        | Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::TellChange { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. }
        | Action::AnswerApproval { .. }
        | Action::RetryStage { .. }
        | Action::StopExecution { .. }
        | Action::StartExecution { .. }
        | Action::RollBack { .. }
        | Action::EnableTransition { .. } => None,
    });
    notes.next().filter(|note| !note.is_empty())
}
