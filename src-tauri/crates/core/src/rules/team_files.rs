//! Where the team's settings in use come from, and the team files that wait beside them.

use sha2::{Digest, Sha256};

use crate::desktop::DesktopRecord;
use crate::problem::{Code, Problem};
use crate::rules::{TeamChange, TeamUpdate};
use crate::team::{
    AgreedTeam, FoundTeamFile, TEAM_FILE, Team, TeamFileContent, TeamFileError, TeamSource,
};

/// Where the team's settings in use come from, and the team files that wait beside them.
///
/// What a file changes applies at once, except what a person has to see first ([`TeamUpdate::new`]). What a person
/// imported themselves stays as it is until they say yes to the repository's file ([`TeamUpdate::held`]). While an
/// imported file waits for a yes, the repository's does not come in between. What they chose can be forgotten again,
/// after they have seen what changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamFiles {
    /// `None` for the built-in settings.
    source: Option<TeamSource>,
    /// What was in use before a person chose a file of their own.
    before: Settings,
    /// What was agreed to could not be read.
    unreadable: Option<Problem>,
    imported: Option<Proposal>,
    /// The newest look.
    found: Option<FoundTeamFile>,
    /// What it says; the commit is the first at which it said that.
    proposed: Option<Proposal>,
    /// Why what was seen gives no settings.
    problem: Option<Problem>,
    /// Why the newest look saw nothing.
    missed: Option<Problem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Proposal {
    team: Team,
    source: TeamSource,
}

/// Settings and where they come from; nowhere for the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Settings {
    team: Team,
    source: Option<TeamSource>,
}

/// Settings that wait for a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingTeam {
    /// Names exactly these changes from exactly this file.
    pub id: String,
    /// Names these changes from that place, at whichever commit: what "not now" was said to is not offered again.
    pub key: String,
    /// Where they come from.
    pub source: TeamSource,
    /// Every change.
    pub changes: Vec<TeamChange>,
}

/// What it means to forget the file that a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForgettingTeam {
    /// Names exactly these changes.
    pub id: String,
    /// The settings in use come from that file; it does not only wait.
    pub in_use: bool,
    /// Where the settings come from afterwards; `None` for the built-in ones.
    pub source: Option<TeamSource>,
    /// Every change.
    pub changes: Vec<TeamChange>,
}

impl TeamFiles {
    /// These settings are in use from now on, and those before are what was in use before a person chose a file of
    /// their own. Gives the first, or the built-in ones if nothing was agreed to or it cannot be read.
    pub fn put_in_use(
        &mut self,
        agreed: Option<&AgreedTeam>,
        before: Option<&AgreedTeam>,
        built_in: &Team,
    ) -> Team {
        let team = before.and_then(|before| before.team().ok());
        self.before = match (team, before) {
            (Some(team), Some(before)) => Settings {
                team,
                source: Some(before.source.clone()),
            },
            (None, _) | (_, None) => Settings {
                team: built_in.clone(),
                source: None,
            },
        };
        let read = agreed.map(AgreedTeam::team).transpose();
        self.unreadable = read.as_ref().err().map(unreadable);
        let read = read.ok().flatten();
        self.source = read
            .as_ref()
            .and(agreed)
            .map(|agreed| agreed.source.clone());
        let team = read.unwrap_or_else(|| built_in.clone());
        self.imported.take_if(|imported| imported.team == team);
        team
    }

    /// Takes in a file that a person chose.
    ///
    /// # Errors
    /// Why its text is no team file; what was imported before still waits.
    pub fn import(&mut self, text: &str) -> Result<(), Problem> {
        if text.trim().is_empty() {
            return Err(no_text());
        }
        let team = Team::read(text).map_err(|error| not_imported(&error))?;
        self.imported = Some(Proposal {
            team,
            source: TeamSource::File,
        });
        Ok(())
    }

    /// Takes in a look at the repository's file.
    pub fn find(&mut self, file: FoundTeamFile) {
        let before = self.found.as_ref();
        let same = before.is_some_and(|before| {
            before.repository == file.repository && before.content == file.content
        });
        if !same {
            self.propose(&file);
        }
        self.found = Some(file);
        self.missed = None;
    }

    /// Takes in a look that failed; what was seen before still counts.
    pub fn miss(&mut self, problem: Problem) {
        self.missed = Some(problem);
    }

    fn propose(&mut self, file: &FoundTeamFile) {
        (self.proposed, self.problem) = (None, None);
        let source = TeamSource::Repository {
            repository: file.repository.clone(),
            commit: file.commit.clone(),
        };
        if let Some(wrong) = file.content.wrong() {
            self.problem = Some(not_used(&format!("{TEAM_FILE} {wrong}."), "", &source));
        }
        if let TeamFileContent::Text(text) = &file.content {
            match Team::read(text) {
                Ok(team) => self.proposed = Some(Proposal { team, source }),
                Err(error) => self.problem = Some(not_used(&error.says, &error.raw, &source)),
            }
        }
    }

    /// Forgets what was seen of the repository's file: another one is looked at from now on.
    pub fn look_anew(&mut self) {
        (self.found, self.proposed) = (None, None);
        (self.problem, self.missed) = (None, None);
    }

    /// The newest look.
    #[must_use]
    pub fn found(&self) -> Option<&FoundTeamFile> {
        self.found.as_ref()
    }

    /// Where the settings in use come from; `None` for the built-in ones.
    #[must_use]
    pub fn source(&self) -> Option<&TeamSource> {
        self.source.as_ref()
    }

    /// The settings in use come from the repository's file, and it is gone.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        match (&self.source, &self.found) {
            (Some(TeamSource::Repository { repository, .. }), Some(found)) => {
                *repository == found.repository && found.content == TeamFileContent::Absent
            }
            (Some(TeamSource::Repository { .. } | TeamSource::File) | None, _) => false,
        }
    }

    /// Why the settings that were agreed to, or the repository's file, are not used.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        let (seen, missed) = (self.problem.as_ref(), self.missed.as_ref());
        seen.or(missed).or(self.unreadable.as_ref())
    }

    /// What is in use as soon as it is written down, beside the settings in use now.
    #[must_use]
    pub fn at_once(&self, used: &Team) -> Option<AgreedTeam> {
        let proposal = self.proposal()?;
        let update = self.update(used, proposal);
        let moves = update.asks.is_empty() && !self.comes_from(&proposal.source);
        (update.team != *used || moves)
            .then(|| AgreedTeam::of(&update.team, proposal.source.clone()))
    }

    /// What waits for a yes, beside the settings in use now.
    #[must_use]
    pub fn waiting(&self, used: &Team) -> Option<WaitingTeam> {
        let proposal = self.proposal()?;
        let changes = self.update(used, proposal).asks;
        (!changes.is_empty()).then(|| WaitingTeam {
            id: id(&[
                "yes",
                &used.to_toml(),
                &proposal.team.to_toml(),
                &format!("{:?}", proposal.source),
            ]),
            key: key(&proposal.source, &changes),
            source: proposal.source.clone(),
            changes,
        })
    }

    /// What it means to forget the file that a person chose; `None` when they chose none.
    #[must_use]
    pub fn forgetting(&self, used: &Team) -> Option<ForgettingTeam> {
        let in_use = self.source == Some(TeamSource::File);
        if !in_use && self.imported.is_none() {
            return None;
        }
        let after = self.after_forgetting(used);
        Some(ForgettingTeam {
            id: id(&[
                "forget",
                &used.to_toml(),
                &after.team.to_toml(),
                &format!("{:?} {:?}", after.source, self.imported),
            ]),
            in_use,
            source: after.source,
            changes: TeamUpdate::held(used, &after.team).asks,
        })
    }

    /// What is written down when the file that a person chose is forgotten; nothing when it only waits.
    ///
    /// # Errors
    /// When it means something else by now than what was shown, or nothing.
    pub fn forget(&self, used: &Team, id: &str) -> Result<Option<DesktopRecord>, Problem> {
        match self.forgetting(used) {
            Some(forgetting) if forgetting.id == id => {
                let Settings { team, source } = self.after_forgetting(used);
                let back = source.map(|source| AgreedTeam::of(&team, source));
                Ok(forgetting
                    .in_use
                    .then_some(DesktopRecord::ForgotTeam { back }))
            }
            Some(_) => Err(changed(
                "Forgetting your file changes something else by now.",
            )),
            None => Err(changed("No file of your own is in use any more.")),
        }
    }

    /// Drops the file that a person chose and that waits.
    pub fn drop_imported(&mut self) {
        self.imported = None;
    }

    /// What was in use before the person chose a file. Where that was the repository's, with what the repository's
    /// newest changes without a yes; the rest of it is offered as ever.
    fn after_forgetting(&self, used: &Team) -> Settings {
        if self.source != Some(TeamSource::File) {
            return Settings {
                team: used.clone(),
                source: self.source.clone(),
            };
        }
        let before = self.before.clone();
        match (&before.source, &self.proposed) {
            (
                Some(TeamSource::Repository { .. }),
                Some(Proposal {
                    team,
                    source: source @ TeamSource::Repository { repository, .. },
                }),
            ) if *repository == before.team.repository => {
                let update = TeamUpdate::new(&before.team, team);
                let moves = update.asks.is_empty() || update.team != before.team;
                Settings {
                    team: update.team,
                    source: if moves {
                        Some(source.clone())
                    } else {
                        before.source
                    },
                }
            }
            _ => before,
        }
    }

    /// The settings after a yes to what was shown.
    ///
    /// # Errors
    /// When something else waits by now, or nothing.
    pub fn agree(&self, used: &Team, id: &str) -> Result<AgreedTeam, Problem> {
        self.shown(used, id)?;
        let proposal = self
            .proposal()
            .ok_or_else(|| changed("These settings do not wait for your yes any more."))?;
        Ok(AgreedTeam::of(&proposal.team, proposal.source.clone()))
    }

    /// What is written down when a person says "not now" to what was shown.
    ///
    /// # Errors
    /// When something else waits by now, or nothing.
    pub fn decline(&self, used: &Team, id: &str) -> Result<DesktopRecord, Problem> {
        let waiting = self.shown(used, id)?;
        Ok(DesktopRecord::DeclinedTeam { key: waiting.key })
    }

    fn shown(&self, used: &Team, id: &str) -> Result<WaitingTeam, Problem> {
        match self.waiting(used) {
            Some(waiting) if waiting.id == id => Ok(waiting),
            Some(_) => Err(changed("Other settings wait for your yes by now.")),
            None => Err(changed("These settings do not wait for your yes any more.")),
        }
    }

    fn proposal(&self) -> Option<&Proposal> {
        self.imported.as_ref().or(self.proposed.as_ref())
    }

    fn update(&self, used: &Team, proposal: &Proposal) -> TeamUpdate {
        match (&self.source, &proposal.source) {
            (Some(TeamSource::File), TeamSource::Repository { .. }) => {
                TeamUpdate::held(used, &proposal.team)
            }
            _ => TeamUpdate::new(used, &proposal.team),
        }
    }

    /// From that file, at whichever commit.
    fn comes_from(&self, source: &TeamSource) -> bool {
        match (&self.source, source) {
            (
                Some(TeamSource::Repository { repository, .. }),
                TeamSource::Repository {
                    repository: other, ..
                },
            ) => repository == other,
            (Some(TeamSource::File), TeamSource::File) => true,
            (None | Some(TeamSource::File | TeamSource::Repository { .. }), _) => false,
        }
    }
}

/// The same for the same changes from the same place, whatever else the file says and at whichever commit.
fn key(source: &TeamSource, changes: &[TeamChange]) -> String {
    let place = match source {
        TeamSource::Repository { repository, .. } => repository,
        TeamSource::File => "",
    };
    let changes = changes.iter();
    let said: Vec<&str> = std::iter::once(place)
        .chain(changes.flat_map(|it| [it.key, &it.old, &it.new]))
        .collect();
    id(&said)
}

/// Differs when anything differs that a person is shown or that would be in use after the yes.
fn id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn not_used(says: &str, raw: &str, source: &TeamSource) -> Problem {
    Problem::new(
        Code::Input,
        says,
        format!(
            "{} is not used; the team's settings stay as they are.",
            source.words()
        ),
        "Correct the file with your next release; a commit straight to the base branch starts the production pipeline.",
    )
    .with_raw(raw)
}

fn not_imported(error: &TeamFileError) -> Problem {
    Problem::new(
        Code::Input,
        error.says.clone(),
        "The team's settings stay as they are.",
        "Correct the text and import it again.",
    )
    .with_raw(&error.raw)
}

fn no_text() -> Problem {
    Problem::new(
        Code::Input,
        "There is no text to import.",
        "The team's settings stay as they are.",
        "Choose a team file, or paste its text.",
    )
}

fn unreadable(error: &TeamFileError) -> Problem {
    Problem::new(
        Code::Input,
        "The team settings that you agreed to cannot be read by this version of Slipway.",
        "The built-in settings are in use.",
        "Check them on this page before you deploy. Import the team file again, or update Slipway.",
    )
    .with_raw(&error.says)
}

fn changed(what: &str) -> Problem {
    Problem::new(
        Code::Changed,
        what,
        "The team's settings stay as they are.",
        "Look at what is shown now.",
    )
}
