//! A release and what is seen of it, built the way an evening goes: `World::maintenance().branch().announced()…`.
//! It begins on Tuesday 24 November 2026 at 7 pm Pacific, with all services connected, nothing but master on GitHub
//! and last week's execution green in the pipeline.

mod aws;
mod github;
mod looks;
mod people;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use slipway_core::account::Accounts;
use slipway_core::action::Action;
use slipway_core::desktop::Desktop;
use slipway_core::facts::Facts;
use slipway_core::history::History;
use slipway_core::ids::{ExecutionId, ReleaseId, Sha};
use slipway_core::intent::Intent;
use slipway_core::kind::Kind;
use slipway_core::problem::Problem;
use slipway_core::record::{Entry, Record};
use slipway_core::release::Release;
use slipway_core::rules::{self, Course, Decision, Situation, TeamFiles, naming};
use slipway_core::team::Team;
use slipway_core::time::At;
use slipway_core::view::{self, Mode, ReleaseView, Scene, StepId, StepState};

pub(crate) use aws::EXECUTION;
pub(crate) use github::pull;
pub(crate) use people::action;

/// The commit that master was at when the branch was cut.
pub(crate) const CUT: &str = "9f3c1e7";
/// The branch's head once work is on it.
pub(crate) const HEAD: &str = "7aa0c41";
/// What the release's merge produces.
pub(crate) const OURS: &str = "4be19d2";
/// The commit of last week's release.
pub(crate) const LAST_WEEK: &str = "0ddba11";

/// What happens next.
pub(crate) type Then = fn(World) -> World;

/// A release with its facts at one moment.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) team: Team,
    pub(crate) now: At,
    pub(crate) release: Release,
    pub(crate) facts: Facts,
    /// The journal that the release is the fold of.
    pub(crate) entries: Vec<Entry>,
    pub(crate) accounts: Accounts,
    pub(crate) desktop: Desktop,
    pub(crate) history: History,
    pub(crate) team_files: TeamFiles,
}

impl World {
    /// Tuesday's release, taken up here by Dana at 7 pm; its branch is not made yet.
    pub(crate) fn maintenance() -> Self {
        Self::taken_up(Kind::Maintenance, None)
    }

    /// A hotfix of the same evening.
    pub(crate) fn hotfix(fix_name: &str) -> Self {
        Self::taken_up(Kind::Hotfix, Some(fix_name.to_owned()))
    }

    fn taken_up(kind: Kind, fix_name: Option<String>) -> Self {
        let team = Team::default();
        let date = "2026-11-24".parse().unwrap();
        let fix = fix_name.as_deref().unwrap_or_default();
        let id = ReleaseId(naming::branch_name(&team, kind, date, fix));
        let opened = Record::Opened {
            kind,
            date,
            fix_name,
            adopted: false,
        };
        let entry = Entry {
            release: id,
            at: at(0),
            by: "Dana".into(),
            record: opened,
        };
        let release = Release::fold([&entry]).unwrap();
        Self {
            team,
            now: at(0),
            release,
            facts: looks::first(),
            entries: vec![entry],
            accounts: Accounts::default(),
            desktop: Desktop::default(),
            history: History::default(),
            team_files: TeamFiles::default(),
        }
    }

    /// So many minutes after 7 pm it is now. Facts keep the age they have.
    pub(crate) fn at(mut self, minutes: i64) -> Self {
        self.now = at(minutes);
        self
    }

    /// One more line in the journal, by Dana, now.
    pub(crate) fn record(mut self, record: Record) -> Self {
        let entry = Entry {
            release: self.release.id.clone(),
            at: self.now,
            by: "Dana".into(),
            record,
        };
        self.release.apply(&entry);
        self.entries.push(entry);
        self
    }

    /// What was seen is noted in the journal, as after every look.
    pub(crate) fn noted(self) -> Self {
        let milestones = rules::milestones(&self.situation());
        milestones.into_iter().fold(self, |world, milestone| {
            world.record(Record::Saw { milestone })
        })
    }

    pub(crate) fn situation(&self) -> Situation<'_> {
        Situation {
            team: &self.team,
            mode: Mode::Real,
            now: self.now,
            draft: None,
            release: Some(&self.release),
            facts: &self.facts,
        }
    }

    pub(crate) fn course(&self) -> Course<'_> {
        Course::new(&self.team, self.now, &self.release, &self.facts)
    }

    pub(crate) fn state(&self, step: StepId) -> StepState {
        self.course().state(step)
    }

    /// "state | note", as the rail shows it.
    pub(crate) fn says(&self, step: StepId) -> String {
        let course = self.course();
        let standing = course.standing(step);
        format!("{} | {}", word(standing.state), standing.note)
    }

    /// All states in order, one word each.
    pub(crate) fn rail(&self) -> String {
        let course = self.course();
        StepId::ALL.map(|step| word(course.state(step))).join(" ")
    }

    pub(crate) fn decide(&self, intent: &Intent) -> Result<Decision, Problem> {
        rules::decide(intent, &self.situation())
    }

    pub(crate) fn follow_up(&self) -> Option<Action> {
        rules::follow_ups(&self.situation()).into_iter().next()
    }

    pub(crate) fn our_execution(&self) -> Option<ExecutionId> {
        rules::our_execution(&self.release, &self.facts)
    }

    pub(crate) fn scene(&self) -> Scene<'_> {
        Scene {
            rev: 1,
            mode: Mode::Real,
            now: self.now,
            zone: "America/Chicago",
            team: &self.team,
            team_files: &self.team_files,
            draft: None,
            releases: vec![(&self.release, &self.facts)],
            history: &self.history,
            shared: &self.facts,
            sending: Vec::new(),
            again: Vec::new(),
            wrong_clock: None,
            looking: false,
            accounts: &self.accounts,
            desktop: &self.desktop,
            tested: None,
            summons: None,
            closing: false,
            start_at_login: None,
            log: None,
            trouble: None,
        }
    }

    /// The release's screens.
    pub(crate) fn view(&self) -> ReleaseView {
        let mut viewed = view::view(&self.scene());
        viewed.view.releases.remove(0)
    }

    pub(crate) fn id(&self) -> ReleaseId {
        self.release.id.clone()
    }
}

/// A state as the page's attribute has it.
pub(crate) fn word(state: StepState) -> &'static str {
    match state {
        StepState::Ready => "ready",
        StepState::Waiting => "waiting",
        StepState::Working => "working",
        StepState::Done => "done",
        StepState::Blocked => "blocked",
        StepState::Failed => "failed",
        StepState::Skipped => "skipped",
        StepState::Later => "later",
        StepState::Unknown => "unknown",
        StepState::NotConnected => "not-connected",
    }
}

/// So many minutes after Tuesday 24 November 2026, 7 pm Pacific.
pub(crate) fn at(minutes: i64) -> At {
    pacific("2026-11-24 19:00").plus_seconds(minutes * 60)
}

/// An instant on the wall clock in Los Angeles.
pub(crate) fn pacific(wall: &str) -> At {
    in_zone(wall, "America/Los_Angeles")
}

/// An instant on a wall clock.
pub(crate) fn in_zone(wall: &str, zone: &str) -> At {
    let wall: DateTime = wall.parse().unwrap();
    let zoned = wall.to_zoned(TimeZone::get(zone).unwrap()).unwrap();
    At(zoned.timestamp().as_millisecond())
}

/// A whole commit id that begins with these digits.
pub(crate) fn sha(short: &str) -> Sha {
    Sha(format!("{short:0<40}"))
}
