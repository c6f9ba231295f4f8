//! Merge into base.

use crate::facts::Mergeability;
use crate::ids::{PullNumber, Sha};
use crate::rules::Course;
use crate::rules::steps::merge::{obstacle, open_pull};
use crate::view::branch::check;
use crate::view::etl::size;
use crate::view::remedy::remedy;
use crate::view::{Check, LinkView, Links, StepId, StepState, Tone};
use crate::words::{self, count, report};
use serde::Serialize;
use ts_rs::TS;

/// The fifth step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeScreen {
    /// The branch.
    pub from: String,
    /// "2 pull requests, 20 files, +550 −128".
    pub size: String,
    /// The base branch.
    pub into: String,
    /// "Starts docker-production and asks for approval".
    pub effect: String,
    /// Conflicts, checks, rules, database, newer commits on base.
    pub checks: Vec<Check>,
    /// The release pull request.
    pub number: Option<PullNumber>,
    /// Its head, sent back with the merge.
    pub head: Option<Sha>,
    /// Its page.
    pub link: Option<LinkView>,
    /// `open-release-pull` is possible.
    pub can_open: bool,
    /// `merge-release` is possible.
    pub can_merge: bool,
    /// What the action bar says.
    pub hint: String,
}

impl MergeScreen {
    pub(crate) fn draw(course: &Course<'_>, links: &mut Links) -> Self {
        let state = course.state(StepId::Merge);
        let acting = !state.is_settled() && !matches!(state, StepState::Later | StepState::Working);
        let source = course.facts.source.stale();
        let pull = source.and_then(|source| source.release_pull.as_ref());
        let open = open_pull(course);
        let comparison = source.and_then(|source| source.comparison.as_ref());
        let pulls = count(report::merged(course), "pull request");
        let size = pull
            .map(|pull| size(pull.files, pull.additions, pull.deletions))
            .or_else(|| {
                comparison.map(|comparison| {
                    size(comparison.files, comparison.additions, comparison.deletions)
                })
            });
        let can_merge = acting && open.is_some_and(|pull| obstacle(course, pull).is_none());
        let base = &course.team.base;
        Self {
            from: course.release.id.to_string(),
            size: size.map_or_else(|| pulls.clone(), |size| format!("{pulls}, {size}")),
            into: base.clone(),
            effect: format!("Starts {} and asks for approval", course.team.pipeline),
            checks: checks(course),
            number: pull.map(|pull| pull.number),
            head: open.map(|pull| pull.head_sha.clone()),
            link: pull.map(|pull| {
                let label = pull.number.to_string();
                links.add(format!("pull:{}", pull.number.0), label, &pull.html_url)
            }),
            can_open: acting
                && open.is_none()
                && course
                    .source()
                    .is_some_and(|source| source.branch.is_some())
                && course.holds_work(),
            can_merge,
            hint: if acting && course.branch_is_gone() && open.is_none() {
                remedy(course, StepId::Merge)
            } else if acting && matches!(state, StepState::Ready | StepState::Waiting) {
                "A merge stays, even if the deploy is rejected later.".into()
            } else {
                String::new()
            },
        }
    }
}

fn checks(course: &Course<'_>) -> Vec<Check> {
    let base = &course.team.base;
    let mut lines = Vec::new();
    if let Some(pull) = open_pull(course) {
        lines.push(match pull.mergeability {
            Mergeability::Conflict => check(
                "Conflicts",
                &format!("With {base}. Somebody has to solve them on GitHub."),
                Tone::Bad,
            ),
            Mergeability::Computing => check("Conflicts", "GitHub is checking", Tone::Wait),
            Mergeability::Clean | Mergeability::Behind | Mergeability::Blocked => {
                check("Conflicts", "None", Tone::Good)
            }
        });
        let total = pull.checks.total();
        let passed = pull.checks.passed.len();
        lines.push(
            match (total, pull.checks.failed.as_slice(), passed == total) {
                (0, _, _) => check("Checks", "None on this commit", Tone::Quiet),
                (_, [], true) => {
                    check("Checks", &format!("{passed} of {total} passed"), Tone::Good)
                }
                (_, [], false) => check(
                    "Checks",
                    &format!("{passed} of {total} passed, the others run"),
                    Tone::Wait,
                ),
                (_, failed, _) => check(
                    "Checks",
                    &format!("Failed: {}", crate::text::line(&words::list(failed), 120)),
                    Tone::Bad,
                ),
            },
        );
        lines.push(rules(course, pull.mergeability));
        if pull.mergeability == Mergeability::Behind {
            lines.push(check(
                &format!("Behind {base}"),
                &format!("{base} has newer commits. Update the branch on GitHub first."),
                Tone::Bad,
            ));
        }
    }
    let database = course.standing(StepId::Database);
    let tone = if database.state.is_settled() {
        Tone::Good
    } else {
        Tone::Wait
    };
    lines.push(check("Database", &database.note, tone));
    if let Some(comparison) = course
        .facts
        .source
        .stale()
        .and_then(|source| source.comparison.as_ref())
        && course.landed().is_none()
    {
        lines.push(match comparison.behind_by {
            0 => check(
                &format!("Newer on {base}"),
                "Nothing. Only this branch goes live.",
                Tone::Quiet,
            ),
            n => {
                let commits = count(usize::try_from(n).unwrap_or(usize::MAX), "commit");
                check(
                    &format!("Newer on {base}"),
                    &format!("{commits}, which go live too."),
                    Tone::Wait,
                )
            }
        });
    }
    lines
}

fn rules(course: &Course<'_>, mergeability: Mergeability) -> Check {
    let base = &course.team.base;
    let Some(repository) = course.facts.repository.stale() else {
        return check("Rules", "Not known", Tone::Quiet);
    };
    let label = format!("Rules of {base}");
    match (
        repository.merge_queue,
        repository.reviews_required,
        mergeability,
    ) {
        (true, _, _) => check(
            &label,
            "Merges go through GitHub’s merge queue. Add the pull request to it there.",
            Tone::Bad,
        ),
        (false, 0, Mergeability::Blocked) => {
            check(&label, "Not met yet. GitHub tells which.", Tone::Wait)
        }
        (false, 0, _) => check(&label, "Met", Tone::Good),
        (false, reviews, Mergeability::Blocked) => {
            let reviews = count(usize::try_from(reviews).unwrap_or(1), "approving review");
            check(&label, &format!("Needs {reviews}"), Tone::Wait)
        }
        (false, _, _) => check(&label, "Met", Tone::Good),
    }
}
