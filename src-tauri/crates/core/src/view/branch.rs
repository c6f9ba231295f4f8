//! Create the revision branch; also the hotfix form.

use crate::draft::Draft;
use crate::facts::Facts;
use crate::ids::Sha;
use crate::kind::Kind;
use crate::rules::steps::branch::another;
use crate::rules::{Course, Form, naming};
use crate::view::{Check, LinkView, Links, Scene, StepId, StepState, Tone, encoded};
use crate::words::{self, Clock};
use serde::Serialize;
use ts_rs::TS;

/// The first step's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BranchScreen {
    /// The fix name as typed (hotfix only).
    pub fix_name: String,
    /// The date, `YYYY-MM-DD`.
    pub date: String,
    /// What the date means: "Today in Pacific time", "The date of the Tuesday window in Pacific time…".
    pub date_hint: String,
    /// The name in pieces for the preview.
    pub name: BranchName,
    /// Whether that name can be used.
    pub verdict: NameVerdict,
    /// The commit it starts from (base's head); `None` while GitHub was not seen.
    pub base_sha: Option<Sha>,
    /// "It starts from": commit, in production since, not yet released.
    pub origin: Vec<Check>,
    /// Other hotfix branches of the same date.
    pub same_day: Vec<String>,
    /// For a hotfix whose branch exists: git commands to fetch it.
    pub git_commands: String,
    /// The page that opens a pull request into the branch.
    pub compare_link: Option<LinkView>,
    /// The branch on GitHub, once it exists.
    pub link: Option<LinkView>,
    /// `create-branch` is possible.
    pub can_create: bool,
    /// `adopt-branch` is possible, at this head.
    pub can_adopt: Option<Sha>,
}

/// The branch name in pieces, so that the changing part can be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BranchName {
    /// "maintenance-", "hotfix-".
    pub before: String,
    /// "2026-11-24", "2026-11-23-login-timeout".
    pub marked: String,
    /// What follows, usually nothing.
    pub after: String,
}

/// Whether a name can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NameVerdict {
    /// One sentence; empty when there is nothing to say yet.
    pub text: String,
    /// Colour and shape.
    pub tone: Tone,
    /// The sentence is about the date, not the name.
    pub about_date: bool,
}

impl BranchScreen {
    /// The form of a draft.
    pub(crate) fn of_draft(scene: &Scene<'_>, draft: &Draft, facts: &Facts) -> Self {
        let form = Form::read(scene.team, scene.now, draft);
        let repository = facts.repository.fresh();
        let had: Vec<&str> = scene
            .releases
            .iter()
            .filter(|(release, _)| release.had_branch())
            .map(|(release, _)| release.id.as_str())
            .collect();
        let verdict = form.verdict(scene.team, repository, &had);
        let existing = repository.and_then(|repository| {
            repository
                .branches
                .iter()
                .find(|branch| Some(&branch.name) == form.name.as_ref())
        });
        let usable = verdict.tone != Tone::Bad && form.name.is_some();
        Self {
            fix_name: draft.fix_name.clone(),
            date: if draft.date.is_empty() {
                form.date.to_string()
            } else {
                draft.date.clone()
            },
            date_hint: date_hint(scene, &form),
            name: form.pieces(scene.team),
            base_sha: repository.map(|repository| repository.base.sha.clone()),
            origin: origin(scene, facts),
            same_day: same_day(scene, &form, facts),
            git_commands: String::new(),
            compare_link: None,
            link: None,
            can_create: usable && existing.is_none() && repository.is_some(),
            can_adopt: existing
                .filter(|_| form.kind == Kind::Maintenance)
                .map(|branch| branch.sha.clone()),
            verdict,
        }
    }

    /// The step of a release that was taken up.
    pub(crate) fn of_release(course: &Course<'_>, links: &mut Links) -> Self {
        let release = course.release;
        let repository = course.facts.repository.stale();
        let before = naming::prefix(course.team, release.kind).to_owned();
        let marked = release
            .id
            .as_str()
            .strip_prefix(&before)
            .unwrap_or(release.id.as_str())
            .to_owned();
        let exists = course.settled(StepId::Branch);
        let page = repository.filter(|_| exists).map(|repository| {
            let branch = encoded(release.id.as_str());
            let address = format!("{}/tree/{branch}", repository.html_url);
            links.add(format!("branch:{}", release.id), "Open on GitHub", &address)
        });
        let mut origin = Vec::new();
        if let Some(branch) = course
            .facts
            .source
            .stale()
            .and_then(|source| source.branch.as_ref())
        {
            if let Some(cut) = &branch.cut {
                origin.push(check(
                    "Cut from",
                    &format!("{} on {}", cut.short(), course.team.base),
                    Tone::Quiet,
                ));
            }
            origin.push(check("Head now", branch.sha.short(), Tone::Quiet));
        }
        if exists {
            origin.push(check(
                "Created",
                &course.standing(StepId::Branch).note,
                Tone::Good,
            ));
        }
        Self {
            fix_name: release.fix_name.clone().unwrap_or_default(),
            date: release.date.to_string(),
            date_hint: String::new(),
            name: BranchName {
                before,
                marked,
                after: String::new(),
            },
            verdict: NameVerdict {
                text: String::new(),
                tone: Tone::Quiet,
                about_date: false,
            },
            base_sha: repository.map(|repository| repository.base.sha.clone()),
            origin,
            same_day: Vec::new(),
            git_commands: git_commands(course),
            compare_link: compare_link(course, links),
            link: page,
            can_create: matches!(
                course.state(StepId::Branch),
                StepState::Ready | StepState::Failed
            ),
            can_adopt: another(course)
                .filter(|_| release.pending.is_none())
                .map(|branch| branch.sha.clone()),
        }
    }
}

/// The git commands that fetch the branch, for the author of a hotfix.
pub(crate) fn git_commands(course: &Course<'_>) -> String {
    if course.release.kind != Kind::Hotfix || !course.settled(StepId::Branch) {
        return String::new();
    }
    let branch = &course.release.id;
    let (fetched, tracked) = (quoted(branch.as_str()), quoted(&format!("origin/{branch}")));
    format!("git fetch origin {fetched}\ngit switch --create my-fix {tracked}")
}

/// A word of a command line. A branch can be named by anybody, and git allows `$(…)` and `;` in a name.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The page that opens a pull request into the branch.
pub(crate) fn compare_link(course: &Course<'_>, links: &mut Links) -> Option<LinkView> {
    let repository = course
        .facts
        .repository
        .stale()
        .filter(|_| course.settled(StepId::Branch))?;
    let branch = encoded(course.release.id.as_str());
    let address = format!("{}/compare/{branch}...", repository.html_url);
    Some(links.add(
        format!("compare:{}", course.release.id),
        "Open a pull request on GitHub",
        &address,
    ))
}

fn date_hint(scene: &Scene<'_>, form: &Form) -> String {
    let zone = words::team::zone_time(&scene.team.window.zone);
    match form.kind {
        Kind::Maintenance => format!("The date of the window in {zone}, also after midnight."),
        Kind::Hotfix if form.date == scene.team.window.date_at(scene.now) => {
            format!("Today in {zone}.")
        }
        Kind::Hotfix => format!("{} in {zone}.", words::date(form.date)),
    }
}

fn origin(scene: &Scene<'_>, facts: &Facts) -> Vec<Check> {
    let Some(repository) = facts.repository.stale() else {
        return vec![check("Commit", "GitHub was not seen yet", Tone::Wait)];
    };
    let base = &repository.base;
    let mut lines = vec![check(
        "Commit",
        &format!("{} on {}", base.sha.short(), base.name),
        Tone::Quiet,
    )];
    let Some(pipeline) = facts.pipeline.stale() else {
        return lines;
    };
    let clock = Clock {
        window: &scene.team.window,
        now: scene.now,
    };
    let live = pipeline
        .executions
        .iter()
        .find(|execution| execution.status == crate::facts::ExecutionStatus::Succeeded);
    let Some(live) = live else { return lines };
    let runs_base = live
        .revisions
        .iter()
        .any(|revision| revision.sha.as_ref() == Some(&base.sha));
    if runs_base {
        lines.push(check(
            "In production",
            &format!("Yes, since {}", clock.full(live.updated_at)),
            Tone::Good,
        ));
        lines.push(check(
            "Not yet released",
            &format!("Nothing. {} has no newer commits.", base.name),
            Tone::Quiet,
        ));
    } else {
        let sha = live
            .revisions
            .iter()
            .find_map(|revision| revision.sha.as_ref());
        let sha = sha.map_or("another version", Sha::short);
        lines.push(check(
            "In production",
            &format!("{sha}, since {}", clock.full(live.updated_at)),
            Tone::Quiet,
        ));
        let text = format!(
            "{} has commits that are not in production. This release carries them too.",
            base.name
        );
        lines.push(check("Not yet released", &text, Tone::Wait));
    }
    lines
}

fn same_day(scene: &Scene<'_>, form: &Form, facts: &Facts) -> Vec<String> {
    let Some(repository) = facts
        .repository
        .stale()
        .filter(|_| form.kind == Kind::Hotfix)
    else {
        return Vec::new();
    };
    let same = |name: &str| {
        naming::parse(scene.team, name)
            .is_some_and(|parsed| parsed.kind == Kind::Hotfix && parsed.date == form.date)
    };
    repository
        .branches
        .iter()
        .filter(|branch| same(&branch.name))
        .map(|branch| branch.name.clone())
        .take(20)
        .collect()
}

pub(crate) fn check(label: &str, text: &str, tone: Tone) -> Check {
    Check {
        label: label.to_owned(),
        text: text.to_owned(),
        tone,
    }
}
