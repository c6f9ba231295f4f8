//! Approve the deploy.

use crate::action::Gate;
use crate::facts::Outgoing;
use crate::ids::{ExecutionId, Sha};
use crate::record::Milestone;
use crate::rules::own_release::{self, Own};
use crate::rules::steps::{approval, gate};
use crate::rules::{Course, answer};
use crate::time::At;
use crate::view::branch::check;
use crate::view::etl::{initials, size};
use crate::view::{Check, LinkView, Links, Person, PullView, StepId, StepState, Tone};
use crate::view::{Scene, WhoCan, carried, outgoing, who_can};
use crate::view::{pushed, waiting};
use crate::words::{self, count, report};
use serde::Serialize;
use ts_rs::TS;

/// The sixth step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalScreen {
    /// What would be released; `None` until our execution waits at the gate (or was answered).
    pub card: Option<ApprovalCard>,
    /// What is going on instead while there is no card, and why it does not go on while it is blocked.
    pub waiting: String,
    /// Said first when it releases more, less or something else than this release.
    pub warnings: Vec<String>,
    /// Who you are to AWS.
    pub you: Option<Person>,
    /// The caller's whole ARN.
    pub arn: String,
    /// `approve` is possible, for exactly this.
    pub gate: Option<Gate>,
    /// Why not, when the gate is open and `gate` is none.
    pub cannot: String,
    /// Why `approve` is not offered though `reject` is: the team lets nobody approve their own. Empty when it is.
    pub refused: String,
    /// Who can approve instead, where this identity cannot as far as that is known.
    pub who_can: Option<WhoCan>,
    /// The reason that `reject` shows: which database changes stay.
    pub stays: String,
    /// The answer, once given: by whom, when, comment. While something is asked, the one before that.
    pub answer: Option<Check>,
    /// How many characters the comment or reason may have; AWS takes 512 together with the name that Slipway adds.
    pub comment_max: u32,
    /// After a rejection or expiry: `retry-stage` offers it again, for this stage and execution.
    pub retry: Option<(String, ExecutionId)>,
}

/// What a yes would release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalCard {
    /// "2 pull requests go to production".
    pub headline: String,
    /// "Started by Dana Whitfield at 7:02 pm. The build starts as soon as you approve."
    pub text: String,
    /// The pull requests in it.
    pub pulls: Vec<PullView>,
    /// "Database already changed", "No database changes".
    pub database_title: String,
    /// Which, by whom.
    pub database_text: String,
    /// "4be19d2".
    pub commit: String,
    /// "Exactly what Dana merged at 7:38 pm".
    pub commit_verdict: String,
    /// Colour and shape of it.
    pub commit_tone: Tone,
    /// What is new against what runs now, size, checks, waiting behind.
    pub facts: Vec<Check>,
    /// Commits and execution in full, for whoever compares them elsewhere.
    pub ids: Vec<Check>,
    /// When it expires.
    pub expires_at: Option<At>,
    /// "Tue 1 Dec, 7:41 pm Pacific. After that it expires and has to be offered again."
    pub expires_words: String,
    /// The confirmation's object: "Release 2 pull requests, commit 4be19d2, to docker-production".
    pub object: String,
    /// Its pages.
    pub links: Vec<LinkView>,
}

impl ApprovalScreen {
    pub(crate) fn draw(scene: &Scene<'_>, course: &Course<'_>, links: &mut Links) -> Self {
        let gate = gate::gate(course);
        let pipeline = course.facts.pipeline.stale();
        let arn = pipeline
            .map(|pipeline| pipeline.caller_arn.clone())
            .unwrap_or_default();
        let card = card(course, links);
        let cannot = match (&gate, course.state(StepId::Approval)) {
            (None, StepState::Ready) => "Its source is not a commit, so Slipway cannot say what it would release. Answer in the AWS console.".to_owned(),
            (Some(_) | None, _) => String::new(),
        };
        let retryable = (course.state(StepId::Approval) == StepState::Failed)
            .then(|| answer::retryable(course))
            .flatten();
        let open = gate.is_some();
        let refused = match open && own_release::is_refused(course) {
            true => OWN.to_owned(),
            false => String::new(),
        };
        let why = match refused.as_str() {
            "" => who_can::lacking(scene, course),
            own => Some(own.to_owned()),
        };
        Self {
            who_can: card
                .as_ref()
                .zip(why)
                .filter(|_| open)
                .map(|(card, why)| WhoCan::draw(course, card, why)),
            refused,
            warnings: if card.is_some() {
                carried::warnings(course)
            } else {
                Vec::new()
            },
            waiting: if card.is_none() || course.state(StepId::Approval) == StepState::Blocked {
                waiting::at_the_gate(course)
            } else {
                String::new()
            },
            card,
            you: pipeline.map(|pipeline| {
                let name = approval::arn_name(&arn);
                Person {
                    initials: initials(&name),
                    name,
                    detail: format!("{}, account {}", role(&arn), pipeline.account),
                }
            }),
            arn,
            gate,
            cannot,
            stays: stays(course),
            answer: given(course).map(|given| told(course, given)),
            comment_max: answer::comment_max(course),
            retry: retryable.map(|(stage, execution, _)| (stage, execution)),
        }
    }
}

/// Said where the team lets nobody approve what they started.
const OWN: &str =
    "You started this release, and your team’s settings say that somebody else approves it.";

/// The role of an assumed-role ARN, else the kind of identity.
fn role(arn: &str) -> String {
    let resource = arn.rsplit(':').next().unwrap_or(arn);
    let mut parts = resource.split('/');
    match (parts.next(), parts.next()) {
        (Some("assumed-role"), Some(role)) => role.to_owned(),
        (Some(kind), _) => kind.to_owned(),
        (None, _) => String::new(),
    }
}

/// The card, from the moment our execution has reached the gate.
fn card(course: &Course<'_>, links: &mut Links) -> Option<ApprovalCard> {
    let asked = approval::newest_run(course)
        .map(|run| (run.started_at, run.stage.clone(), run.action.clone()));
    let open = gate::request(course)
        .and_then(|request| Some((request.since?, request.stage, request.action)));
    let (asked_at, stage, action) = open.or(asked)?;
    let commit = course.commit()?;
    let merged = report::merged(course);
    let (pushed, _) = course.pushed();
    let (headline, object) = match (merged, report::brought(course)) {
        (0, _) if pushed == 0 => (
            "Direct commits go to production".to_owned(),
            "direct commits".to_owned(),
        ),
        (merged, brought) => {
            let one = merged + usize::try_from(pushed).unwrap_or(usize::MAX) == 1;
            let verb = if one { "goes" } else { "go" };
            (format!("{brought} {verb} to production"), brought)
        }
    };
    let waits = approval::waits_for(course, &stage, &action);
    let expires_at = asked_at.plus_seconds(waits);
    let (database_title, database_text) = database(course);
    let (commit_verdict, commit_tone) = verdict(course, commit);
    let pipeline = course.facts.pipeline.stale();
    let mut pages = Vec::new();
    if let Some(pipeline) = pipeline.filter(|it| !it.console_url.is_empty()) {
        pages.push(links.add("pipeline", "Open in AWS", &pipeline.console_url));
    }
    if let Some(repository) = course.facts.repository.stale() {
        let address = format!("{}/commit/{commit}", repository.html_url);
        pages.push(links.add(format!("commit:{commit}"), "Commit on GitHub", &address));
    }
    if let (Some(repository), Some(outgoing)) = (course.facts.repository.stale(), course.outgoing())
    {
        let Outgoing { live, commit, .. } = outgoing;
        let address = format!("{}/compare/{live}...{commit}", repository.html_url);
        pages.push(links.add(format!("outgoing:{commit}"), "All changes", &address));
    }
    Some(ApprovalCard {
        headline,
        text: started(course),
        pulls: course
            .merged_pulls()
            .into_iter()
            .map(|pull| PullView::draw(course, pull, false, links))
            .collect(),
        database_title,
        database_text,
        commit: commit.short().to_owned(),
        commit_verdict,
        commit_tone,
        facts: facts(course),
        ids: ids(course, commit),
        expires_at: (course.state(StepId::Approval) == StepState::Ready).then_some(expires_at),
        expires_words: format!(
            "{} {}. After that it expires and has to be offered again.",
            course.clock().full(expires_at),
            course.clock().zone()
        ),
        object: format!(
            "Release {object}, commit {}, to {}",
            commit.short(),
            course.team.pipeline
        ),
        links: pages,
    })
}

fn started(course: &Course<'_>) -> String {
    let by = course.release.milestones.iter().find_map(|milestone| {
        if let Milestone::Branch { by, at, .. } = milestone {
            Some((by.clone(), *at))
        } else {
            None
        }
    });
    let started = match by {
        Some((Some(by), at)) => format!(
            "Started by {} at {}.",
            course.name_of(&by),
            course.clock().at(at)
        ),
        Some((None, at)) => format!("Started at {}.", course.clock().at(at)),
        None => String::new(),
    };
    if given(course).is_some_and(|answer| answer.tone == Tone::Good) {
        return started;
    }
    format!("{started} The build starts as soon as you approve.")
        .trim()
        .to_owned()
}

fn verdict(course: &Course<'_>, commit: &Sha) -> (String, Tone) {
    let Some(landed) = course.landed() else {
        return (String::new(), Tone::Quiet);
    };
    if *commit != landed.sha {
        return ("Carries this release and more".into(), Tone::Wait);
    }
    let by = landed
        .by
        .map_or_else(|| "was".to_owned(), |by| course.name_of(&by));
    (
        format!(
            "Exactly what {by} merged at {}",
            course.clock().at(landed.at)
        ),
        Tone::Good,
    )
}

fn database(course: &Course<'_>) -> (String, String) {
    let release = course.release;
    let ran: Vec<_> = release
        .statements
        .iter()
        .filter_map(|statement| statement.run.as_ref())
        .collect();
    let left = release.statements.len() - ran.len();
    let mut people: Vec<&str> = ran.iter().map(|run| run.by.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    match (ran.len(), left, &release.without_database) {
        (0, 0, None) if release.no_database.is_some() => {
            let by = release
                .no_database
                .as_ref()
                .map(|mark| mark.by.clone())
                .unwrap_or_default();
            (
                "No database changes".into(),
                format!("{by} said that none are needed."),
            )
        }
        (0, 0, None) => (
            "Database changes are not known".into(),
            "Nobody said whether any are needed.".into(),
        ),
        (_, _, Some((mark, reason))) => (
            "Database changes are not settled".into(),
            format!("{} went on without them: {reason}", mark.by),
        ),
        (ran_count, 0, None) => {
            let last = ran.iter().map(|run| run.at).max().unwrap_or(course.now);
            let text = format!(
                "{}, run by {}, last at {}.",
                count(ran_count, "change"),
                words::list(&people),
                course.clock().at(last)
            );
            ("Database already changed".into(), text)
        }
        (_, left, None) => (
            "Database changes are not finished".into(),
            format!("{} not recorded.", count(left, "change")),
        ),
    }
}

/// Nobody has to read these, and somebody may want to.
fn ids(course: &Course<'_>, commit: &Sha) -> Vec<Check> {
    let mut ids = vec![check("Commit", commit.as_str(), Tone::Quiet)];
    if let Some(execution) = course.execution() {
        ids.push(check("Execution", execution.id.as_str(), Tone::Quiet));
    }
    if let Some(outgoing) = course.outgoing() {
        ids.push(check("Live now", outgoing.live.as_str(), Tone::Quiet));
    }
    ids
}

fn facts(course: &Course<'_>) -> Vec<Check> {
    let mut lines = pushed::facts(course);
    lines.extend(outgoing::facts(course));
    if let Some(pull) = course
        .facts
        .source
        .stale()
        .and_then(|source| source.release_pull.as_ref())
    {
        let (total, passed) = (pull.checks.total(), pull.checks.passed.len());
        lines.push(match total {
            0 => check("Checks", "None on this commit", Tone::Quiet),
            _ if total == passed => {
                check("Checks", &format!("{passed} of {total} passed"), Tone::Good)
            }
            _ => check("Checks", &format!("{passed} of {total} passed"), Tone::Wait),
        });
        if course.outgoing().is_none() {
            lines.push(check(
                "Size",
                &format!("{} lines", size(pull.files, pull.additions, pull.deletions)),
                Tone::Quiet,
            ));
        }
    }
    lines.extend(whose(course));
    let waiting = course.facts.pipeline.stale().is_some_and(|pipeline| {
        let ours = course.execution().map(|execution| &execution.id);
        pipeline
            .stages
            .iter()
            .any(|stage| stage.waiting.is_some() && stage.waiting.as_ref() != ours)
    });
    lines.push(if waiting {
        check(
            "Waiting behind",
            "A newer execution. Rejecting lets it in.",
            Tone::Wait,
        )
    } else {
        check(
            "Waiting behind",
            "Nothing. Rejecting stops this deploy only.",
            Tone::Quiet,
        )
    });
    lines
}

/// Said where the team wants to know and nobody can tell.
fn whose(course: &Course<'_>) -> Option<Check> {
    let untold = course.team.forbid_own && own_release::own(course) == Own::CannotTell;
    untold.then(|| {
        check(
            "Started by",
            "Slipway cannot tell whether it was you: the team’s list of people does not say who this AWS identity is.",
            Tone::Wait,
        )
    })
}

fn stays(course: &Course<'_>) -> String {
    let ran = course
        .release
        .statements
        .iter()
        .filter(|statement| statement.run.is_some())
        .count();
    match ran {
        0 => format!(
            "The merge stays in {}. No database change was recorded for this release.",
            course.team.base
        ),
        ran => {
            let stay = if ran == 1 { "stays" } else { "stay" };
            format!(
                "The merge stays in {}, and {} already made {stay} too.",
                course.team.base,
                count(ran, "database change")
            )
        }
    }
}

/// While something is asked anew, what was answered before is no answer to it.
fn told(course: &Course<'_>, given: Check) -> Check {
    if course.state(StepId::Approval) != StepState::Ready {
        return given;
    }
    let mut label = given.label;
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    check(
        &format!("Before this question: {label}"),
        &given.text,
        Tone::Quiet,
    )
}

fn given(course: &Course<'_>) -> Option<Check> {
    let newest = course
        .release
        .milestones
        .iter()
        .rev()
        .find_map(|milestone| match milestone {
            Milestone::ApprovalAnswered {
                approved,
                by,
                comment,
                at,
                ..
            } => Some((*approved, by.clone(), comment.clone(), *at)),
            Milestone::Branch { .. }
            | Milestone::Announcement { .. }
            | Milestone::PullMerged { .. }
            | Milestone::Pushed { .. }
            | Milestone::Landed { .. }
            | Milestone::Execution { .. }
            | Milestone::ApprovalAsked { .. }
            | Milestone::BuildEnded { .. }
            | Milestone::Stopped { .. }
            | Milestone::RolledBack { .. }
            | Milestone::Finished { .. } => None,
        })?;
    let (approved, by, comment, at) = newest;
    let when = course.clock().at(at);
    Some(match (approved, by) {
        (true, by) => check(
            &format!(
                "Approved {when} by {}",
                by.unwrap_or_else(|| "somebody".into())
            ),
            &comment,
            Tone::Good,
        ),
        (false, Some(by)) => check(&format!("Rejected {when} by {by}"), &comment, Tone::Bad),
        (false, None) => check(
            &format!("Expired {when}"),
            "Nobody answered in time.",
            Tone::Bad,
        ),
    })
}
