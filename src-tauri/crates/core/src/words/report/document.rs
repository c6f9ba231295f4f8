//! The report as JSON, to keep: `{"slipway_report": 1, "made_at": …, "releases": [ … ]}`. Keys are in snake case, times in
//! RFC 3339 in UTC, durations in seconds. The number goes up when a key changes its meaning or goes; new keys may come.

use crate::action::Action;
use crate::history::PastRelease;
use crate::kind::Kind;
use crate::record::Milestone;
use crate::release::Mark;
use crate::rules::Course;
use crate::text::{cut, line};
use crate::time::At;
use crate::view::{StepId, StepState};
use crate::words::report::{note, retries, rows, span};
use crate::words::{links, undecided};
use jiff::Timestamp;
use serde::Serialize;

/// The version of the shape.
const VERSION: u32 = 1;

/// One report as a whole file.
#[must_use]
pub fn json(course: &Course<'_>, now: At) -> String {
    format!("{}{}{}", beginning(now), document(course), end())
}

/// What stands before the first report of a file. Between two reports stands a comma.
#[must_use]
pub fn beginning(now: At) -> String {
    format!(
        "{{\n\"slipway_report\": {VERSION},\n\"made_at\": \"{}\",\n\"releases\": [\n",
        time(now)
    )
}

/// What stands behind the last report of a file.
#[must_use]
pub fn end() -> &'static str {
    "\n]\n}\n"
}

/// One report, as it stands among others in a file.
#[must_use]
pub fn document(course: &Course<'_>) -> String {
    serde_json::to_string_pretty(&Document::of(course)).unwrap_or_default()
}

#[derive(Serialize)]
struct Document {
    branch: String,
    kind: &'static str,
    date: String,
    fix_name: Option<String>,
    /// What came of it; null while it is in progress.
    result: Option<&'static str>,
    started_at: Option<String>,
    started_by: Option<String>,
    ended_at: Option<String>,
    seconds: Option<i64>,
    /// Null: nobody did, or nobody may know who; `answers` tells.
    approved_by: Option<String>,
    retries: usize,
    commit: Option<String>,
    executions: Vec<String>,
    steps: Vec<Step>,
    pull_requests: Vec<PullRequest>,
    pushed: Pushed,
    statements: Vec<Statement>,
    reasons: Vec<Reason>,
    answers: Vec<Answer>,
    retried: Vec<Retried>,
    controlled: Vec<Controlled>,
    lost_answers: Vec<LostAnswer>,
    note: Option<String>,
    put_aside: Option<By>,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Step {
    step: StepId,
    title: String,
    state: StepState,
    who: String,
    started_at: Option<String>,
    ended_at: Option<String>,
    seconds: Option<u32>,
    result: String,
}

#[derive(Serialize)]
struct PullRequest {
    number: u32,
    title: String,
    author: String,
    merged_by: Option<String>,
    merged_at: String,
}

#[derive(Serialize)]
struct Pushed {
    total: u32,
    commits: Vec<Commit>,
}

#[derive(Serialize)]
struct Commit {
    sha: String,
    title: String,
    author: String,
}

#[derive(Serialize)]
struct Statement {
    number: u32,
    sql: String,
    run: Option<Run>,
}

#[derive(Serialize)]
struct Run {
    by: String,
    at: String,
    result: String,
}

#[derive(Serialize)]
struct Reason {
    step: StepId,
    by: String,
    at: String,
    reason: String,
}

#[derive(Serialize)]
struct Answer {
    execution: String,
    approved: bool,
    /// Null: it expired, or nobody may know who it was.
    by: Option<String>,
    at: String,
    comment: String,
}

#[derive(Serialize)]
struct Retried {
    stage: String,
    execution: String,
    by: String,
    at: String,
}

/// What was done from here about an execution, beside retries; null where that does not apply.
#[derive(Serialize)]
struct Controlled {
    /// `told_to_stop`, `abandoned`, `started_again`, `rolled_back`, or `let_in` where the way into a stage was switched
    /// on.
    did: &'static str,
    /// The one that was stopped, or gone back to.
    execution: Option<String>,
    /// The one that was started again, or gone back to.
    commit: Option<String>,
    /// The one that was let into, or rolled back.
    stage: Option<String>,
    by: String,
    at: String,
    /// Why it was stopped.
    reason: Option<String>,
}

#[derive(Serialize)]
struct LostAnswer {
    question: String,
    happened: bool,
    by: String,
    at: String,
}

#[derive(Serialize)]
struct By {
    by: String,
    at: String,
}

#[derive(Serialize)]
struct Link {
    label: String,
    address: String,
}

impl Document {
    fn of(course: &Course<'_>) -> Self {
        let release = course.release;
        let row = PastRelease::of(release);
        let (total, commits) = course.pushed();
        let began = row.as_ref().map(|row| row.began);
        let opened = release.opened.as_ref();
        Self {
            branch: line(release.id.as_str(), 200),
            kind: match release.kind {
                Kind::Maintenance => "maintenance",
                Kind::Hotfix => "hotfix",
            },
            date: release.date.to_string(),
            fix_name: release.fix_name.as_deref().map(|it| line(it, 200)),
            result: row.as_ref().map(|row| row.result.name()),
            started_at: began.or(opened.map(|mark| mark.at)).map(time),
            started_by: row
                .as_ref()
                .map(|row| row.started_by.clone())
                .or(opened.map(|mark| line(&mark.by, 80))),
            ended_at: row.as_ref().map(|row| time(row.ended)),
            seconds: row.as_ref().map(PastRelease::took),
            approved_by: row
                .as_ref()
                .and_then(|row| row.approved_by.name().map(str::to_owned)),
            retries: retries(course),
            commit: course.landed().map(|it| line(it.sha.as_str(), 80)),
            executions: links::executions(course),
            steps: steps(course),
            pull_requests: release.milestones.iter().filter_map(pull).collect(),
            pushed: Pushed {
                total,
                commits: commits.iter().map(commit).collect(),
            },
            statements: statements(course),
            reasons: reasons(course),
            answers: release.milestones.iter().filter_map(answer).collect(),
            retried: release.done.iter().filter_map(retried).collect(),
            controlled: release.done.iter().filter_map(controlled).collect(),
            lost_answers: lost_answers(course),
            note: note(course),
            put_aside: release.put_aside.as_ref().map(|mark| By {
                by: line(&mark.by, 80),
                at: time(mark.at),
            }),
            links: links::addresses(course)
                .into_iter()
                .map(|(label, address)| Link { label, address })
                .collect(),
        }
    }
}

fn steps(course: &Course<'_>) -> Vec<Step> {
    let rows = StepId::ALL.into_iter().zip(rows(course));
    let step = |(step, row): (StepId, crate::view::ReportRow)| {
        let span = span(course, step);
        Step {
            step,
            title: row.step,
            state: row.state,
            who: line(&row.who, 200),
            started_at: span.map(|span| time(span.began)),
            ended_at: span.map(|span| time(span.ended)),
            seconds: row.seconds,
            result: line(&row.result, 300),
        }
    };
    rows.map(step).collect()
}

fn pull(milestone: &Milestone) -> Option<PullRequest> {
    if let Milestone::PullMerged {
        number,
        title,
        author,
        by,
        at,
    } = milestone
    {
        Some(PullRequest {
            number: number.0,
            title: line(title, 200),
            author: line(author, 80),
            merged_by: by.as_deref().map(|by| line(by, 80)),
            merged_at: time(*at),
        })
    } else {
        None
    }
}

fn commit(commit: &crate::record::PushedCommit) -> Commit {
    Commit {
        sha: line(commit.sha.as_str(), 80),
        title: line(&commit.title, 200),
        author: line(&commit.author, 80),
    }
}

fn statements(course: &Course<'_>) -> Vec<Statement> {
    let statements = course.release.statements.iter();
    let statement = |it: &crate::declaration::Statement| Statement {
        number: it.number,
        sql: cut(&it.sql, 20_000),
        run: it.run.as_ref().map(|run| Run {
            by: line(&run.by, 80),
            at: time(run.at),
            result: cut(&run.result, 2000),
        }),
    };
    statements.map(statement).collect()
}

fn reasons(course: &Course<'_>) -> Vec<Reason> {
    let release = course.release;
    let given = [
        (StepId::Etl, &release.no_etl),
        (StepId::Database, &release.without_database),
    ];
    let given = given.into_iter().filter_map(|(step, it)| {
        let (Mark { by, at }, reason) = it.as_ref()?;
        Some(Reason {
            step,
            by: line(by, 80),
            at: time(*at),
            reason: cut(reason, 2000),
        })
    });
    given.collect()
}

fn answer(milestone: &Milestone) -> Option<Answer> {
    if let Milestone::ApprovalAnswered {
        execution,
        approved,
        by,
        comment,
        at,
    } = milestone
    {
        Some(Answer {
            execution: line(execution.as_str(), 80),
            approved: *approved,
            by: by.as_deref().map(|by| line(by, 80)),
            at: time(*at),
            comment: cut(comment, 512),
        })
    } else {
        None
    }
}

fn retried((mark, action): &(Mark, Action)) -> Option<Retried> {
    if let Action::RetryStage {
        stage, execution, ..
    } = action
    {
        Some(Retried {
            stage: line(stage, 100),
            execution: line(execution.as_str(), 80),
            by: line(&mark.by, 80),
            at: time(mark.at),
        })
    } else {
        None
    }
}

fn controlled((mark, action): &(Mark, Action)) -> Option<Controlled> {
    let did = |did| Controlled {
        did,
        execution: None,
        commit: None,
        stage: None,
        by: line(&mark.by, 80),
        at: time(mark.at),
        reason: None,
    };
    match action {
        Action::StopExecution {
            execution,
            abandon,
            reason,
            ..
        } => Some(Controlled {
            execution: Some(line(execution.as_str(), 80)),
            reason: Some(cut(reason, 2000)),
            ..did(if *abandon {
                "abandoned"
            } else {
                "told_to_stop"
            })
        }),
        Action::StartExecution { commit, .. } => Some(Controlled {
            commit: Some(line(commit.as_str(), 80)),
            ..did("started_again")
        }),
        Action::RollBack {
            stage,
            target,
            commit,
            ..
        } => Some(Controlled {
            execution: Some(line(target.as_str(), 80)),
            commit: Some(line(commit.as_str(), 80)),
            stage: Some(line(stage, 100)),
            ..did("rolled_back")
        }),
        Action::EnableTransition { stage } => Some(Controlled {
            stage: Some(line(stage, 100)),
            ..did("let_in")
        }),
        Action::CreateBranch { .. }
        | Action::PostAnnouncement { .. }
        | Action::UpdateAnnouncement { .. }
        | Action::TellChange { .. }
        | Action::MergePull { .. }
        | Action::OpenReleasePull { .. }
        | Action::MergeRelease { .. }
        | Action::AnswerApproval { .. }
        | Action::RetryStage { .. }
        | Action::PostResult { .. } => None,
    }
}

fn lost_answers(course: &Course<'_>) -> Vec<LostAnswer> {
    let decided = course.release.decided.iter();
    let said = decided.map(|it| LostAnswer {
        question: line(&undecided::question(&it.action), 400),
        happened: it.happened,
        by: line(&it.mark.by, 80),
        at: time(it.mark.at),
    });
    said.collect()
}

/// `2026-11-25T04:08:00Z`.
fn time(at: At) -> String {
    let timestamp = Timestamp::from_millisecond(at.0);
    timestamp.unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
