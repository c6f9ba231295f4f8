//! The one Slack message of a release, and its result.

use crate::action::Action;
use crate::kind::Kind;
use crate::release::{Pending, Release};
use crate::rules::steps::{approval, build, gate};
use crate::rules::{Course, production, roll_back};
use crate::team::Team;
use crate::view::{StepId, StepState};
use crate::words::{self, report};

/// Slack keeps at most this many characters of a section's text.
pub const MAX: usize = 3000;

/// The plain text to begin with.
#[must_use]
pub fn suggestion(team: &Team, release: &Release) -> String {
    let date = words::date(release.date);
    let branch = &release.id;
    match release.kind {
        Kind::Maintenance => format!(
            "Maintenance deploy, {date}\nThe branch {branch} is ready. ETL team: please open your pull requests against it.\nDatabase changes on {}? Tell us here.",
            team.database_host
        ),
        Kind::Hotfix => format!(
            "Hotfix, {date}\nThe branch {branch} is ready. The fix goes in with a pull request against it.\nDatabase changes on {}? Tell us here.",
            team.database_host
        ),
    }
}

const EDGE: char = '.';

/// Text as text in Slack's markup. `&`, `<` and `>` have their entities. The marks for bold, italic, struck and code
/// have none, so a sign that looks the same stands for them where they would act: at the edge of a word.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // What the text will stand between is not known: its ends count as the edge of a word.
    let mut before = EDGE;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(EDGE);
        let within = before.is_alphanumeric() && after.is_alphanumeric();
        let alone = before.is_whitespace() && after.is_whitespace();
        let acts = !within && !alone;
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '`' => out.push('ˋ'),
            '*' if acts => out.push('∗'),
            '_' if acts => out.push('ˍ'),
            '~' if acts => out.push('∼'),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// The message as sent: what the person wrote, escaped, and the status line.
#[must_use]
pub fn message(written: &str, status: &str) -> String {
    format!(
        "{}\n\n_{status}_",
        escape(&crate::text::cut(written.trim(), MAX - 200))
    )
}

/// A sent message with another status line.
#[must_use]
pub fn with_status(sent: &str, status: &str) -> String {
    let written = sent
        .rsplit_once("\n\n_")
        .map_or(sent, |(written, _)| written);
    format!("{written}\n\n_{status}_")
}

/// "Step 3 of 8: waiting for the ETL pull request". `None` while the current step cannot be seen: the message keeps
/// what it says rather than saying something that may be wrong.
#[must_use]
pub fn status_line(course: &Course<'_>) -> Option<String> {
    if course.finished() && !course.nothing_to_release() {
        return Some("Deployed to production".to_owned());
    }
    if course.nothing_to_release() && course.settled(StepId::Database) {
        return Some("Nothing to release this time".to_owned());
    }
    let step = course.current();
    let words = match (step, course.state(step)) {
        (_, StepState::Unknown | StepState::NotConnected) => return None,
        (StepId::Branch | StepId::Announce | StepId::Etl, _) => {
            waiting_for_pulls(course.release.kind)
        }
        (StepId::Database, _) => "settling database changes",
        (StepId::Merge, _) => {
            let base = escape(&course.team.base);
            return Some(format!("Step 5 of 8: merging into {base}"));
        }
        (StepId::Approval, StepState::Failed) => {
            return failed(course, step, turned_down(course));
        }
        // It may have gone through; nothing tells.
        (StepId::Approval, StepState::Blocked) if gate::nameless(course).is_some() => return None,
        (StepId::Approval, StepState::Blocked) => "held up before the approval",
        (StepId::Approval, _) if gate::taken_by(course).is_some() => {
            "another deploy is at the approval"
        }
        (StepId::Approval, _) if !is_asked(course) => "waiting for the pipeline",
        (StepId::Approval, _) => "waiting for approval",
        (StepId::Build, StepState::Failed) => {
            let what = course.standing(step).note.to_lowercase();
            return failed(course, step, &what);
        }
        (StepId::Build, StepState::Blocked) if build::held_before(course).is_some() => {
            "held up after the approval"
        }
        (StepId::Build, StepState::Working | StepState::Blocked)
            if roll_back::since(course).is_some() =>
        {
            let note = course.standing(step).note.to_lowercase();
            return Some(numbered(step, &escape(&note)));
        }
        (StepId::Build, StepState::Blocked) => "the deploy was stopped",
        (StepId::Build, _) if build::is_stopping(course) => "the deploy is stopping",
        (StepId::Build, _) if report::retries(course) > 0 => "building again",
        (StepId::Build, _) => "building",
        (StepId::Finish, _) => "deployed to production",
    };
    Some(numbered(step, words))
}

/// Somebody is asked, or has just answered.
fn is_asked(course: &Course<'_>) -> bool {
    let answers = |pending: &Pending| matches!(pending.action, Action::AnswerApproval { .. });
    gate::request(course).is_some() || course.release.pending.as_ref().is_some_and(answers)
}

/// Nobody answering is not a no.
fn turned_down(course: &Course<'_>) -> &'static str {
    match approval::newest_run(course).filter(|_| approval::was_turned_down(course)) {
        Some(run) if approval::rejected_by(course, run).is_some() => "rejected",
        Some(_) => "the approval expired",
        None if approval::was_turned_down(course) => "not approved",
        None => "the deploy failed before the approval",
    }
}

/// The last words about a release that is put aside: nothing keeps the message true from here on. `None` for one that
/// is out, or ended without a merge.
#[must_use]
pub fn put_aside(course: &Course<'_>) -> Option<String> {
    if course.settled(StepId::Build) || course.nothing_to_release() {
        return None;
    }
    let by = course.facts.repository.stale();
    let by = by.map(|seen| escape(&crate::text::line(&seen.me.name, 80)));
    let by = by.map_or_else(String::new, |by| format!(" by {by}"));
    Some(format!(
        "Put aside{by}. This message is not kept up to date any more"
    ))
}

fn numbered(step: StepId, words: &str) -> String {
    format!("Step {} of 8: {words}", step.max(StepId::Etl) as usize + 1)
}

/// What failed, and what that means for production; `None` until that was looked at.
fn failed(course: &Course<'_>, step: StepId, what: &str) -> Option<String> {
    let production = if production::untouched(course)? {
        "production is unchanged"
    } else {
        "production may have changed in part"
    };
    Some(numbered(step, &format!("{what}, {production}")))
}

/// The status line of a message that is about to be posted.
#[must_use]
pub fn first_status(kind: Kind) -> String {
    format!("Step 3 of 8: {}", waiting_for_pulls(kind))
}

fn waiting_for_pulls(kind: Kind) -> &'static str {
    match kind {
        Kind::Maintenance => "waiting for pull requests",
        Kind::Hotfix => "waiting for the fix",
    }
}
