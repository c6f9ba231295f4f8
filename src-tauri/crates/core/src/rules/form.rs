//! The form of a release that has no branch yet: its name and whether that can be used.

use crate::draft::Draft;
use crate::facts::Repository;
use crate::ids::ReleaseId;
use crate::kind::Kind;
use crate::release::Release;
use crate::rules::{FixName, naming};
use crate::team::Team;
use crate::time::At;
use crate::view::{BranchName, NameVerdict, Tone};
use crate::words;
use jiff::civil::Date;

/// What the typed text amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Kind.
    pub kind: Kind,
    /// The date: as typed, else the suggested one.
    pub date: Date,
    /// The date lies before today and before the window that is open.
    pub has_passed: bool,
    /// The folded fix name of a hotfix, when there is one.
    pub fix_name: Option<String>,
    /// The whole branch name; `None` while it is not complete.
    pub name: Option<String>,
    /// What is wrong with what was typed.
    problem: Option<NameVerdict>,
}

impl Form {
    /// Reads the typed text.
    #[must_use]
    pub fn read(team: &Team, now: At, draft: &Draft) -> Self {
        let suggested = suggested_date(team, now, draft.kind);
        let typed = draft.date.trim();
        let (date, date_problem) = match naming::date(typed) {
            _ if typed.is_empty() => (suggested, None),
            Some(date) => (date, None),
            None => (suggested, Some(bad("Use a date such as 2026-11-24.", true))),
        };
        let (fix_name, name_problem) = match draft.kind {
            Kind::Maintenance => (None, None),
            Kind::Hotfix => match FixName::fold(&draft.fix_name) {
                Ok(name) => (Some(name.as_str().to_owned()), None),
                Err(_) if draft.fix_name.is_empty() => (None, Some(quiet(""))),
                Err(error) => (None, Some(bad(&error.to_string(), false))),
            },
        };
        let problem = date_problem.or(name_problem);
        let name = problem.is_none().then(|| {
            naming::branch_name(
                team,
                draft.kind,
                date,
                fix_name.as_deref().unwrap_or_default(),
            )
        });
        // The window's date is suggested until the window ends, also after midnight.
        let has_passed = date < suggested.min(team.window.date_at(now));
        Self {
            kind: draft.kind,
            date,
            has_passed,
            fix_name,
            name,
            problem,
        }
    }

    /// Whether the name can be used, given what the repository holds (`None` while it was not seen) and the names of
    /// branches that releases taken up here have had.
    #[must_use]
    pub fn verdict(
        &self,
        team: &Team,
        repository: Option<&Repository>,
        had: &[&str],
    ) -> NameVerdict {
        if let Some(problem) = &self.problem {
            return problem.clone();
        }
        let (Some(name), Some(repository)) = (&self.name, repository) else {
            return quiet("");
        };
        if let Some(taken) = repository
            .branches
            .iter()
            .find(|branch| branch.name == *name)
        {
            return match self.kind {
                Kind::Maintenance if taken.sha == repository.base.sha => {
                    wait("This branch exists already, with nothing on it. Go on with it.")
                }
                Kind::Maintenance => wait(&format!(
                    "This branch exists already, at {}. Go on with it.",
                    taken.sha.short()
                )),
                Kind::Hotfix => bad(&self.taken(team, repository, had), false),
            };
        }
        if is_used(repository, had, name) {
            return match self.kind {
                Kind::Maintenance => bad(
                    "A release of this date had its branch already. Use another date.",
                    true,
                ),
                Kind::Hotfix => bad(&self.taken(team, repository, had), false),
            };
        }
        if has_below(repository, name) {
            return bad(
                "Branches below this name exist, so GitHub cannot make it. Use another one.",
                false,
            );
        }
        let doubted = |why: &str| {
            let date = words::date(self.date);
            NameVerdict {
                about_date: true,
                ..wait(&format!("{date} {why}. You can still use it."))
            }
        };
        match self.kind {
            Kind::Maintenance | Kind::Hotfix if self.has_passed => doubted("has passed"),
            Kind::Hotfix => NameVerdict {
                text: "This name is free.".into(),
                tone: Tone::Good,
                about_date: false,
            },
            Kind::Maintenance if self.date.weekday() != team.window.weekday => {
                doubted("is not the day of the window")
            }
            Kind::Maintenance => quiet("No branch has this name yet."),
        }
    }

    /// The name in pieces for the preview.
    #[must_use]
    pub fn pieces(&self, team: &Team) -> BranchName {
        let before = naming::prefix(team, self.kind).to_owned();
        let whole = naming::branch_name(
            team,
            self.kind,
            self.date,
            self.fix_name.as_deref().unwrap_or_default(),
        );
        let marked = whole
            .strip_prefix(&before)
            .unwrap_or(&whole)
            .trim_end_matches('-')
            .to_owned();
        BranchName {
            before,
            marked,
            after: String::new(),
        }
    }

    /// The release that this form would become.
    #[must_use]
    pub fn release(&self) -> Release {
        let id = ReleaseId(self.name.clone().unwrap_or_default());
        Release::draft(id, self.kind, self.date, self.fix_name.clone())
    }

    fn taken(&self, team: &Team, repository: &Repository, had: &[&str]) -> String {
        let fix_name = self.fix_name.as_deref().unwrap_or_default();
        let free = (2..100)
            .map(|n| format!("{fix_name}-{n}"))
            .find(|candidate| {
                let name = naming::branch_name(team, self.kind, self.date, candidate);
                FixName::fold(candidate).is_ok()
                    && repository.branches.iter().all(|branch| branch.name != name)
                    && !is_used(repository, had, &name)
                    && !has_below(repository, &name)
            });
        match free {
            Some(free) => {
                format!("This name is taken on that day. Use another one, such as {free}.")
            }
            None => "This name is taken on that day. Use another one.".to_owned(),
        }
    }
}

/// A release had a branch of this name, whether or not it is still there. Made again, its past would be mixed up with
/// the new one's.
fn is_used(repository: &Repository, had: &[&str], name: &str) -> bool {
    had.contains(&name)
        || repository
            .merged
            .iter()
            .any(|merged| merged.branch.name == name)
}

/// A branch below a name takes that name away: git keeps branches as files in directories.
fn has_below(repository: &Repository, name: &str) -> bool {
    let below = |branch: &str| {
        branch
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    repository.branches.iter().any(|branch| below(&branch.name))
}

/// The date that is offered: the window's for maintenance, today in the window's zone for a hotfix.
fn suggested_date(team: &Team, now: At, kind: Kind) -> Date {
    match kind {
        Kind::Maintenance => team.window.current_or_next(now).date,
        Kind::Hotfix => team.window.date_at(now),
    }
}

fn bad(text: &str, about_date: bool) -> NameVerdict {
    NameVerdict {
        text: text.to_owned(),
        tone: Tone::Bad,
        about_date,
    }
}

fn wait(text: &str) -> NameVerdict {
    NameVerdict {
        text: text.to_owned(),
        tone: Tone::Wait,
        about_date: false,
    }
}

fn quiet(text: &str) -> NameVerdict {
    NameVerdict {
        text: text.to_owned(),
        tone: Tone::Quiet,
        about_date: false,
    }
}
