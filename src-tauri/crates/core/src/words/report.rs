//! The report of a release: rows for the screen, Markdown to copy, the result for Slack.

use crate::action::Action;
use crate::facts::Category;
use crate::record::Milestone;
use crate::release::{Decided, Mark};
use crate::rules::Course;
use crate::text;
use crate::view::{ReportRow, StepId, StepState};
use crate::words::announcement::escape;
use crate::words::{self, pull_request, undecided};

/// One row a step.
#[must_use]
pub fn rows(course: &Course<'_>) -> Vec<ReportRow> {
    StepId::ALL
        .into_iter()
        .map(|step| row(course, step))
        .collect()
}

fn row(course: &Course<'_>, step: StepId) -> ReportRow {
    let standing = course.standing(step);
    ReportRow {
        step: words::step_title(step, course.release.kind, &course.team.base),
        who: who(course, step),
        at: standing
            .since
            .filter(|_| standing.state.is_settled() || standing.state == StepState::Failed)
            .map(|at| course.clock().at(at))
            .unwrap_or_default(),
        result: result(course, step),
        state: standing.state,
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

/// How often work was started again: runs beyond the first of each action.
#[must_use]
pub fn retries(course: &Course<'_>) -> usize {
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

/// The whole report as Markdown.
#[must_use]
pub fn markdown(course: &Course<'_>) -> String {
    let release = course.release;
    let mut report = format!("# {} {}\n\n", release.kind.word(), release.date);
    let branch = pull_request::code(release.id.as_str());
    report.push_str(&format!(
        "Branch {branch}. Times are {}.\n\n",
        course.clock().zone()
    ));
    report.push_str("| Step | Who | When | Result |\n| --- | --- | --- | --- |\n");
    for row in rows(course) {
        let cells = [&row.step, &row.who, &row.at, &row.result]
            .map(|cell| pull_request::escape(&text::line(cell, 300)));
        report.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    let pulls: Vec<String> = release.milestones.iter().filter_map(pull_line).collect();
    if !pulls.is_empty() {
        report.push_str(&format!("\n## Pull requests\n\n{}\n", pulls.join("\n")));
    }
    let decided: Vec<String> = release
        .decided
        .iter()
        .map(|it| decided_line(course, it))
        .collect();
    if !decided.is_empty() {
        report.push_str(&format!(
            "\n## Answers that were lost\n\n{}\n",
            decided.join("\n")
        ));
    }
    let control: Vec<String> = release
        .done
        .iter()
        .filter_map(|(mark, action)| control_line(course, mark, action))
        .collect();
    if !control.is_empty() {
        report.push_str(&format!(
            "\n## Stopped, rolled back, started again\n\n{}\n",
            control.join("\n")
        ));
    }
    let (total, commits) = course.pushed();
    if total > 0 {
        report.push_str("\n## Pushed without a pull request\n\n");
        report.push_str(&pull_request::commits(course, total, &commits));
    }
    if !release.statements.is_empty() {
        report.push_str("\n## Database changes\n");
        for statement in &release.statements {
            let run = statement.run.as_ref().map_or_else(
                || "Not recorded.".to_owned(),
                |run| {
                    format!(
                        "Run by {}, {}: {}",
                        run.by,
                        course.clock().full(run.at),
                        run.result
                    )
                },
            );
            report.push_str(&format!(
                "\n{}. {}\n\n{}\n",
                statement.number,
                pull_request::escape(&text::line(&run, 400)),
                fenced(&statement.sql)
            ));
        }
    }
    if let Some(note) = note(course) {
        let lines: Vec<String> = note.lines().map(pull_request::escape).collect();
        report.push_str(&format!("\n## Note for the team\n\n{}\n", lines.join("\n")));
    }
    report
}

/// What was written to the team with the result.
fn note(course: &Course<'_>) -> Option<String> {
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

fn pull_line(milestone: &Milestone) -> Option<String> {
    let Milestone::PullMerged {
        number,
        title,
        author,
        ..
    } = milestone
    else {
        return None;
    };
    Some(format!(
        "- {number} {}, {}",
        pull_request::escape(&text::line(title, 200)),
        pull_request::escape(&text::line(author, 80))
    ))
}

fn decided_line(course: &Course<'_>, decided: &Decided) -> String {
    let said = if decided.happened { "yes" } else { "no" };
    format!(
        "- {} {} looked and said {said}, {}.",
        pull_request::escape(&undecided::question(&decided.action)),
        pull_request::escape(&text::line(&decided.mark.by, 80)),
        course.clock().full(decided.mark.at)
    )
}

/// What was done about an execution from here.
fn control_line(course: &Course<'_>, mark: &Mark, action: &Action) -> Option<String> {
    let did = match action {
        Action::StopExecution {
            abandon: false,
            reason,
            ..
        } => format!("told the deploy to stop: {reason}"),
        Action::StopExecution { reason, .. } => format!("abandoned the deploy: {reason}"),
        Action::StartExecution { commit, .. } => {
            format!("started the pipeline again at {}", commit.short())
        }
        Action::RollBack { stage, commit, .. } => {
            format!("rolled {stage} back to {}", commit.short())
        }
        Action::EnableTransition { stage } => format!("switched on the way into {stage}"),
        Action::CreateBranch { .. }
        | Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::TellChange { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. }
        | Action::AnswerApproval { .. }
        | Action::RetryStage { .. }
        | Action::PostResult { .. } => return None,
    };
    Some(format!(
        "- {}, {} {}",
        course.clock().full(mark.at),
        pull_request::escape(&text::line(&mark.by, 80)),
        pull_request::escape(&text::line(&did, 300))
    ))
}

/// A code block that the text in it cannot end.
fn fenced(sql: &str) -> String {
    let sql = text::cut(sql.trim(), 4000);
    let fence = "`".repeat(pull_request::longest_run(&sql).max(2) + 1);
    format!("{fence}sql\n{sql}\n{fence}")
}

/// The result in Slack's markup.
#[must_use]
pub fn slack(course: &Course<'_>, note: &str) -> String {
    let release = course.release;
    let at = course.standing(StepId::Build).since;
    let when = at
        .map(|at| format!(" at {} {}", course.clock().time(at), course.clock().zone()))
        .unwrap_or_default();
    let commit = course
        .landed()
        .map(|landed| format!(", commit {}", landed.sha.short()))
        .unwrap_or_default();
    let brought = match merged(course) {
        0 => "pushed directly".to_owned(),
        _ => brought(course),
    };
    let mut lines = vec![
        format!("*Deployed to production{when}*"),
        format!(
            "{}, {brought}{commit}",
            escape(&text::line(release.id.as_str(), 200))
        ),
    ];
    for row in rows(course).iter().filter(|row| row.state.is_settled()) {
        let who = if row.who.is_empty() {
            String::new()
        } else {
            format!(", {}", escape(&text::line(&row.who, 80)))
        };
        lines.push(format!(
            "• {}: {}{who}",
            escape(&row.step),
            escape(&text::line(&row.result, 200))
        ));
    }
    if !note.trim().is_empty() {
        lines.push(format!("\n{}", escape(&text::cut(note.trim(), 1000))));
    }
    lines.join("\n")
}
