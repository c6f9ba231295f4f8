//! Merge the ETL pull request.

use crate::facts::{Mergeability, Pull, PullState, Verdict};
use crate::ids::{PullNumber, Sha};
use crate::kind::Kind;
use crate::rules::Course;
use crate::rules::steps::etl::obstacle;
use crate::time::At;
use crate::view::branch::{check, compare_link, git_commands};
use crate::view::remedy::remedy;
use crate::view::{Check, LinkView, Links, StepId, StepState, Tone};
use crate::words::{self, count};
use serde::Serialize;
use ts_rs::TS;

/// The third step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EtlScreen {
    /// "2 open pull requests", "Waiting for the first pull request".
    pub headline: String,
    /// Open ones, oldest first.
    pub open: Vec<PullView>,
    /// Merged ones, oldest first.
    pub merged: Vec<PullView>,
    /// "Nothing yet. maintenance-… is the same as master at 9f3c1e7." or what the branch holds.
    pub holds: String,
    /// Commits pushed to the branch without a pull request ("4f2c91a Fix typo, by dana").
    pub direct: Vec<String>,
    /// The pull request that the one filled button merges.
    pub next: Option<PullNumber>,
    /// The branch's head, shown and sent back with "no more".
    pub head: Option<Sha>,
    /// `declare-no-more-pulls` is possible.
    pub can_close: bool,
    /// It is the thing to do now (nothing open, something merged).
    pub close_is_next: bool,
    /// `declare-no-etl` is possible.
    pub can_declare_none: bool,
    /// What the action bar says.
    pub hint: String,
    /// For a hotfix: git commands to fetch the branch, to copy.
    pub git_commands: String,
    /// The page that opens a pull request into the branch.
    pub compare_link: Option<LinkView>,
}

/// One pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PullView {
    /// Number.
    pub number: PullNumber,
    /// Title.
    pub title: String,
    /// Author.
    pub author: String,
    /// Author's initials.
    pub initials: String,
    /// Head, sent back with a merge.
    pub head: Sha,
    /// When it was opened.
    pub opened_at: At,
    /// "14 files, +412 −87".
    pub size: String,
    /// Checks, reviews, conflicts.
    pub checks: Vec<Check>,
    /// Ready, waiting, blocked, done, failed (conflict).
    pub state: StepState,
    /// "Can be merged", "Waiting for checks".
    pub word: String,
    /// Its page.
    pub link: LinkView,
    /// `merge-pull` is possible.
    pub can_merge: bool,
}

impl EtlScreen {
    pub(crate) fn draw(course: &Course<'_>, links: &mut Links) -> Self {
        let state = course.state(StepId::Etl);
        let acting = !state.is_settled() && !matches!(state, StepState::Later | StepState::Working);
        let source = course.facts.source.stale();
        let open: Vec<&Pull> = source.map(open_pulls).unwrap_or_default();
        let next = open.iter().find(|_| acting).and_then(|_| {
            open.iter()
                .find(|pull| course.source().is_some() && obstacle(pull).is_none())
                .map(|pull| pull.number)
        });
        let can_close = acting
            && course
                .source()
                .is_some_and(|source| source.branch.is_some())
            && course.holds_work();
        Self {
            headline: headline(course, open.len()),
            open: open
                .iter()
                .map(|pull| PullView::draw(course, pull, acting, links))
                .collect(),
            merged: course
                .merged_pulls()
                .into_iter()
                .map(|pull| PullView::draw(course, pull, false, links))
                .collect(),
            holds: holds(course),
            direct: direct(course),
            next,
            head: source
                .and_then(|source| source.branch.as_ref())
                .map(|branch| branch.sha.clone()),
            can_close,
            close_is_next: can_close && open.is_empty(),
            can_declare_none: acting && course.source().is_some() && !course.holds_work(),
            hint: hint(course, &open, next, can_close),
            git_commands: git_commands(course),
            compare_link: compare_link(course, links),
        }
    }
}

fn open_pulls(source: &crate::facts::Source) -> Vec<&Pull> {
    source
        .pulls
        .iter()
        .filter(|pull| pull.state == PullState::Open)
        .collect()
}

fn headline(course: &Course<'_>, open: usize) -> String {
    match (open, course.settled(StepId::Etl)) {
        (0, true) => "No open pull requests".into(),
        (0, false) if course.holds_work() => "No open pull requests".into(),
        (0, false) => "Waiting for the first pull request".into(),
        (open, _) => format!("{} open", count(open, "pull request"))
            .replace("pull requests open", "open pull requests")
            .replace("pull request open", "open pull request"),
    }
}

fn holds(course: &Course<'_>) -> String {
    let branch = &course.release.id;
    let base = &course.team.base;
    let Some(source) = course.facts.source.stale() else {
        return String::new();
    };
    let Some(comparison) = &source.comparison else {
        return format!("{branch} does not exist any more.");
    };
    if comparison.ahead_by == 0 {
        let at = source
            .branch
            .as_ref()
            .map(|branch| format!(", at {}", branch.sha.short()))
            .unwrap_or_default();
        return format!("Nothing yet. {branch} is the same as {base}{at}.");
    }
    let commits = count(
        usize::try_from(comparison.ahead_by).unwrap_or(usize::MAX),
        "commit",
    );
    format!(
        "{commits} that {base} does not have, {}.",
        size(comparison.files, comparison.additions, comparison.deletions)
    )
}

/// Commits that no merged pull request brought in.
fn direct(course: &Course<'_>) -> Vec<String> {
    let (total, commits) = course.pushed();
    let more = usize::try_from(total)
        .unwrap_or(usize::MAX)
        .saturating_sub(commits.len());
    let named = commits.iter().map(|commit| course.pushed_words(commit));
    let more = (more > 0).then(|| format!("and {more} more"));
    named.chain(more).collect()
}

fn hint(course: &Course<'_>, open: &[&Pull], next: Option<PullNumber>, can_close: bool) -> String {
    let base = &course.team.base;
    if course.settled(StepId::Etl) {
        return match (open, course.landed()) {
            ([], _) | (_, Some(_)) => String::new(),
            _ => "The list is closed. Merge it on GitHub, or take it next time.".into(),
        };
    }
    if course.state(StepId::Etl) == StepState::Blocked {
        return remedy(course, StepId::Etl);
    }
    match course.state(StepId::Etl) {
        StepState::Later | StepState::Failed | StepState::Unknown | StepState::NotConnected => {
            return String::new();
        }
        StepState::Ready
        | StepState::Waiting
        | StepState::Blocked
        | StepState::Working
        | StepState::Done
        | StepState::Skipped => {}
    }
    let left_out = || {
        let numbers: Vec<String> = open.iter().map(|pull| pull.number.to_string()).collect();
        format!(
            "No more pull requests leaves {} out and opens the pull request into {base}.",
            words::list(&numbers)
        )
    };
    match (open.len(), next, can_close) {
        (0, _, true) => {
            format!("Closing the list also opens the pull request into {base}. It is merged later.")
        }
        (0, _, false) => match course.release.kind {
            Kind::Maintenance => "New pull requests appear here by themselves.".into(),
            Kind::Hotfix => "The fix appears here by itself once its pull request is open.".into(),
        },
        (_, _, true) => left_out(),
        (_, Some(_), false) => {
            "Merges exactly the commits that you see here into the branch.".into()
        }
        (_, None, false) => "The list tells what each one waits for.".into(),
    }
}

/// "14 files, +412 −87".
pub(crate) fn size(files: u32, additions: u32, deletions: u32) -> String {
    format!(
        "{}, +{additions} −{deletions}",
        count(usize::try_from(files).unwrap_or(usize::MAX), "file")
    )
}

impl PullView {
    pub(crate) fn draw(course: &Course<'_>, pull: &Pull, acting: bool, links: &mut Links) -> Self {
        let author = course.name_of(&pull.author);
        let obstacle = obstacle(pull);
        let (state, word) = match (&pull.state, &obstacle) {
            (PullState::Merged { at, by, .. }, _) => {
                let by = by
                    .as_deref()
                    .map(|by| format!(" by {}", course.name_of(by)))
                    .unwrap_or_default();
                (
                    StepState::Done,
                    format!("Merged {}{by}", course.clock().at(*at)),
                )
            }
            (PullState::Closed, _) => (StepState::Skipped, "Closed".to_owned()),
            (PullState::Open, Some(obstacle)) => (obstacle.state, obstacle.word.clone()),
            (PullState::Open, None) => (StepState::Ready, "Can be merged".to_owned()),
        };
        Self {
            number: pull.number,
            title: crate::text::line(&pull.title, 256),
            initials: initials(&author),
            author,
            head: pull.head_sha.clone(),
            opened_at: pull.opened_at,
            size: size(pull.files, pull.additions, pull.deletions),
            checks: checks(course, pull),
            can_merge: acting && course.source().is_some() && state == StepState::Ready,
            state,
            word,
            link: links.add(
                format!("pull:{}", pull.number.0),
                pull.number.to_string(),
                &pull.html_url,
            ),
        }
    }
}

fn checks(course: &Course<'_>, pull: &Pull) -> Vec<Check> {
    let total = pull.checks.total();
    let passed = pull.checks.passed.len();
    let mut lines = Vec::new();
    lines.push(
        match (
            total,
            pull.checks.failed.as_slice(),
            pull.checks.pending.is_empty(),
        ) {
            (0, _, _) => check("Checks", "No checks", Tone::Quiet),
            (_, [], true) => check(
                "Checks",
                &format!("{passed} of {total} checks passed"),
                Tone::Good,
            ),
            (_, [], false) => check(
                "Checks",
                &format!("{passed} of {total} checks passed"),
                Tone::Wait,
            ),
            (_, failed, _) => check(
                "Checks",
                &format!("Failed: {}", crate::text::line(&words::list(failed), 120)),
                Tone::Bad,
            ),
        },
    );
    let with = |verdict| {
        let people: Vec<String> = pull
            .reviews
            .iter()
            .filter(|review| review.verdict == verdict)
            .map(|review| course.name_of(&review.by))
            .collect();
        people
    };
    let (approved, wanted) = (with(Verdict::Approved), with(Verdict::ChangesRequested));
    lines.push(match (approved.is_empty(), wanted.is_empty()) {
        (_, false) => check(
            "Review",
            &format!("Changes requested by {}", words::list(&wanted)),
            Tone::Bad,
        ),
        (false, true) => check(
            "Review",
            &format!("Approved by {}", words::list(&approved)),
            Tone::Good,
        ),
        (true, true) => check("Review", "No review", Tone::Quiet),
    });
    if pull.state == PullState::Open {
        lines.push(match pull.mergeability {
            Mergeability::Conflict => check("Conflicts", "Conflicts", Tone::Bad),
            Mergeability::Computing => {
                check("Conflicts", "GitHub is checking for conflicts", Tone::Wait)
            }
            Mergeability::Clean | Mergeability::Behind | Mergeability::Blocked => {
                check("Conflicts", "No conflicts", Tone::Good)
            }
        });
    }
    lines
}

/// One or two letters for a name.
pub(crate) fn initials(name: &str) -> String {
    let name = crate::text::line(name, 80);
    let mut words = name
        .split([' ', '-', '.', '_'])
        .filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}
