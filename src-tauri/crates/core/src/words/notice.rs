//! The words of notices: a title of up to 40 characters says what is so, a body of up to 120 which deploy and what next.

use crate::desktop::TestNotice;
use crate::facts::{ActionRun, Category};
use crate::record::Milestone;
use crate::rules::notices::{Change, What};
use crate::rules::{Course, failure, production};
use crate::team::Team;
use crate::text::{cut, line};
use crate::time::At;
use crate::view::{Mode, TestView, Tone};
use crate::words::{Clock, count, duration, report};

const BODY: usize = 120;
/// "… approved the deploy" leaves this much of the title.
const PERSON: usize = 20;
const RELEASE: usize = 48;
/// Of what the service says itself.
const RAW: usize = 400;
const DAY: i64 = 86_400;

/// What is so.
#[must_use]
pub(crate) fn title(what: &What<'_>) -> String {
    match what {
        What::Asks { .. } => "A deploy waits for your approval".into(),
        What::StillAsks { .. } => "A deploy still waits for approval".into(),
        What::ExpiresSoon { left, .. } => format!("An approval expires in {}", waited(*left)),
        What::Approved { by: Some(by) } => format!("{} approved the deploy", line(by, PERSON)),
        What::Approved { by: None } => "The deploy was approved".into(),
        What::Began => "The deploy has started".into(),
        What::Again { run } => match run.map(|run| run.category) {
            Some(Category::Source) => "The source is fetched again".into(),
            Some(Category::Work) => "The build runs again".into(),
            Some(Category::Approval | Category::Deploy) | None => "The deploy runs again".into(),
        },
        What::Succeeded => "Deployed to production".into(),
        What::Failed { run: Some(run) } if failure::never_began(run) => {
            "The build could not start".into()
        }
        What::Failed { run } => match run.map(|run| run.category) {
            Some(Category::Source) => "The source could not be fetched".into(),
            Some(Category::Work) => "The build failed".into(),
            Some(Category::Approval | Category::Deploy) | None => "The deploy failed".into(),
        },
        What::StillFailed { .. } => "You wanted to be reminded".into(),
        What::Rejected { by, .. } => format!("{} rejected the deploy", line(by, PERSON)),
        What::Expired { .. } => "An approval expired".into(),
        What::TurnedDown => "The deploy was not approved".into(),
        What::Stopped | What::Cancelled => "The deploy was stopped".into(),
        What::RolledBack { to } => format!("Rolled back to {}", line(to, 20)),
    }
}

/// Which deploy and what next. What is so now is said of the newest change only.
#[must_use]
pub(crate) fn body(course: &Course<'_>, change: &Change<'_>, is_newest: bool) -> String {
    let release = line(course.release.id.as_str(), RELEASE);
    let production = |untouched: &str| production(course, untouched, is_newest);
    let again = || is_newest.then(|| "It can be offered again.".to_owned());
    let open = || is_newest.then(|| "Open it to see why.".to_owned());
    let (first, more) = match &change.what {
        What::Asks { until } => {
            let brought = report::brought(course);
            let by = starter(course).map_or_else(String::new, |by| format!(", started by {by}"));
            (
                format!("{brought}{by}."),
                vec![Some(expires(course, *until))],
            )
        }
        What::StillAsks { until, since } => (
            format!("nobody has answered since {}.", course.clock().at(*since)),
            vec![Some(expires(course, *until))],
        ),
        What::ExpiresSoon { until, .. } => (
            "nobody has answered.".into(),
            vec![
                Some(expires(course, *until)),
                Some("Then it has to be asked again.".to_owned()),
            ],
        ),
        What::Approved { .. } => (
            "the pipeline goes on by itself.".into(),
            vec![Some("It is live when the last stage is done.".into())],
        ),
        What::Began => (
            format!(
                "{} asks nobody and goes on by itself.",
                line(&course.team.pipeline, 40)
            ),
            Vec::new(),
        ),
        What::Again { run } => {
            let what = run.map_or("it".into(), |run| line(&run.stage, 40));
            (
                format!("{what} was started again."),
                vec![Some("There is nothing to do.".to_owned()).filter(|_| is_newest)],
            )
        }
        What::Succeeded => {
            let (at, brought) = (course.clock().at(change.at), report::brought(course));
            (
                format!("live since {at} {}, with {brought}.", course.clock().zone()),
                vec![took(course)],
            )
        }
        What::Failed { run } => (
            failed(*run),
            vec![production("Production is unchanged."), open()],
        ),
        What::StillFailed { run, since } => (
            format!(
                "{} failed at {} and has not run since.",
                run.map_or("a stage".into(), |run| line(&run.action, 30)),
                course.clock().at(*since)
            ),
            Vec::new(),
        ),
        What::Rejected { comment, .. } => {
            let comment = line(comment, 36);
            let said = if comment.is_empty() {
                "no reason was given.".to_owned()
            } else {
                format!("“{comment}”.")
            };
            (said, vec![production("Nothing went out."), again()])
        }
        What::Expired { after } => {
            let after = waited(*after);
            (
                format!("nobody answered in {after}."),
                vec![production("Nothing went out."), again()],
            )
        }
        What::TurnedDown => (
            "rejected or expired; which cannot be seen.".into(),
            vec![production("Nothing went out."), again()],
        ),
        What::Stopped => (
            "stopped in AWS before it was done.".into(),
            vec![production("Production is unchanged.")],
        ),
        What::RolledBack { .. } => (
            "not out.".into(),
            vec![Some("Production runs what ran before.".to_owned()).filter(|_| is_newest)],
        ),
        What::Cancelled => (
            "the pipeline was edited while it ran.".into(),
            vec![production("Production is unchanged.")],
        ),
    };
    fitting(&format!("{release}: {first}"), more)
}

/// The title of the reminder before a window.
pub(crate) const OPENING: &str = "The maintenance window opens soon";

/// Which window, and what it waits for.
#[must_use]
pub(crate) fn opening(team: &Team, now: At, branch: &str, opens: At) -> String {
    let clock = Clock {
        window: &team.window,
        now,
    };
    let branch = line(branch, RELEASE);
    let first = format!("{branch}: opens {} {}.", clock.at(opens), clock.zone());
    fitting(&first, vec![Some("Its branch is not made yet.".to_owned())])
}

fn expires(course: &Course<'_>, until: At) -> String {
    let clock = course.clock();
    format!("Expires {} {}.", clock.full(until), clock.zone())
}

/// "7 days", "1 h 30 min".
#[must_use]
pub(crate) fn waited(seconds: i64) -> String {
    if seconds % DAY == 0 {
        count(usize::try_from(seconds / DAY).unwrap_or_default(), "day")
    } else {
        duration(seconds)
    }
}

/// As it goes to the desktop, where nothing around it says in which world it happened.
#[must_use]
pub fn on_desktop(mode: Mode, title: &str) -> String {
    match mode {
        Mode::Practice => format!("Practice: {title}"),
        Mode::Real => title.to_owned(),
    }
}

/// The test notice: its title and its body.
pub const TEST: (&str, &str) = (
    "A test notice from Slipway",
    "Notices look like this one. Press it, and Slipway comes to the front.",
);

/// What became of a test notice.
#[must_use]
pub fn tested(test: &TestNotice) -> TestView {
    let (text, tone) = match test {
        TestNotice::Taken {
            server,
            version,
            clicks,
        } => {
            let server = format!("{} {}", line(server, 60), line(version, 30));
            let server = server.trim();
            let clicks = if *clicks {
                "A press on a notice opens its step."
            } else {
                "It does not report clicks, so open Slipway from its icon."
            };
            (
                format!("{server} took it. {clicks} If you did not see it, look whether “do not disturb” is on."),
                Tone::Good,
            )
        }
        TestNotice::HandedOver => (
            "It was handed to the system, which does not say what becomes of it. If you did not see it, allow notices of Slipway in the system's settings.".into(),
            Tone::Quiet,
        ),
        TestNotice::Absent => (
            "No notification service answers on this desktop. The list in Slipway is complete all the same.".into(),
            Tone::Wait,
        ),
        TestNotice::Silent => (
            "A notification service is there and does not answer. The list in Slipway is complete all the same.".into(),
            Tone::Wait,
        ),
        TestNotice::Refused { .. } => (
            "The notification service refused it. The list in Slipway is complete all the same.".into(),
            Tone::Bad,
        ),
    };
    let raw = if let TestNotice::Refused { raw } = test {
        line(raw, RAW)
    } else {
        String::new()
    };
    TestView {
        label: "Test notice".into(),
        text,
        tone,
        raw,
    }
}

fn failed(run: Option<&ActionRun>) -> String {
    let Some(run) = run else {
        return "a stage failed.".into();
    };
    if failure::never_began(run) {
        return format!("AWS did not start {}.", line(&run.action, 40));
    }
    let took = duration(run.updated_at.seconds_since(run.started_at));
    format!("{} failed after {took}.", line(&run.action, 40))
}

/// What production runs, where that is certain.
fn production(course: &Course<'_>, untouched: &str, is_newest: bool) -> Option<String> {
    let said = match production::untouched(course)? {
        true => untouched,
        false => "Production may have changed in part.",
    };
    is_newest.then(|| said.to_owned())
}

/// Who made the branch.
fn starter(course: &Course<'_>) -> Option<String> {
    let noted = course.release.milestones.iter().find_map(|milestone| {
        if let Milestone::Branch { by, .. } = milestone {
            by.clone()
        } else {
            None
        }
    });
    let seen = || {
        let branch = course.facts.source.stale()?.branch.as_ref()?;
        branch.created_by.clone()
    };
    let login = noted.or_else(seen)?;
    Some(line(&course.name_of(&login), PERSON))
}

/// "16 min from the approval."
fn took(course: &Course<'_>) -> Option<String> {
    let runs = course.runs()?;
    let approved = runs
        .iter()
        .rfind(|run| run.category == Category::Approval)?;
    let seconds = course
        .execution()?
        .updated_at
        .seconds_since(approved.updated_at);
    Some(format!("It took {} from the approval.", duration(seconds)))
}

/// The first sentence, and of the others as many as there is room for.
fn fitting(first: &str, more: Vec<Option<String>>) -> String {
    let mut said = cut(first, BODY);
    for sentence in more.into_iter().flatten() {
        if said.chars().count() + 1 + sentence.chars().count() <= BODY {
            said.push(' ');
            said.push_str(&sentence);
        }
    }
    said
}
