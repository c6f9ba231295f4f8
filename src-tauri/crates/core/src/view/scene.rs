//! Everything a view is made from.

use crate::account::Accounts;
use crate::desktop::{Desktop, Summons, TestNotice};
use crate::draft::Draft;
use crate::facts::Facts;
use crate::history::History;
use crate::ids::ReleaseId;
use crate::log::BuildLog;
use crate::problem::Problem;
use crate::release::Release;
use crate::rules::TeamFiles;
use crate::team::Team;
use crate::time::At;
use crate::view::{Links, Mode, View};

/// What the engine holds when it makes a view.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    /// Grows with each view.
    pub rev: u32,
    /// Practice or real.
    pub mode: Mode,
    /// This computer's clock.
    pub now: At,
    /// This computer's time zone (IANA name).
    pub zone: &'a str,
    /// The team's settings.
    pub team: &'a Team,
    /// Where they come from, and the team files that wait.
    pub team_files: &'a TeamFiles,
    /// The form, while it is open, with the facts for the branch it would make.
    pub draft: Option<(&'a Draft, &'a Facts)>,
    /// Releases taken up here and not put aside, newest first, with their facts.
    pub releases: Vec<(&'a Release, &'a Facts)>,
    /// What is over.
    pub history: &'a History,
    /// Facts without a release: repository, workspace and pipeline.
    pub shared: &'a Facts,
    /// Releases whose intent is being carried out right now.
    pub sending: Vec<ReleaseId>,
    /// Releases whose last action did not get through and is sent again by itself.
    pub again: Vec<ReleaseId>,
    /// How many seconds this computer's clock is ahead of the services', when it is wrong.
    pub wrong_clock: Option<i64>,
    /// A look is under way.
    pub looking: bool,
    /// The sign-ins.
    pub accounts: &'a Accounts,
    /// What this desktop keeps apart from any release.
    pub desktop: &'a Desktop,
    /// What became of the last test notice; `None` before the first.
    pub tested: Option<&'a TestNotice>,
    /// The newest time that something asked for the window.
    pub summons: Option<Summons>,
    /// Closing the window is asked about.
    pub closing: bool,
    /// Whether Slipway starts at login; `None` where the system does not tell, and in practice.
    pub start_at_login: Option<bool>,
    /// The log of a build that is open.
    pub log: Option<&'a BuildLog>,
    /// The program cannot do its work.
    pub trouble: Option<Problem>,
}

impl Scene<'_> {
    /// That release is over, and its report can be opened. Of those long ago only the history itself tells.
    pub(super) fn keeps(&self, release: &str) -> bool {
        let mut newest = self.history.newest.iter();
        newest.any(|row| row.release.as_str() == release)
    }

    /// Where the report of that release was saved last; for none, where those of all that matched were.
    pub(super) fn saved(&self, release: Option<&ReleaseId>) -> Option<String> {
        let saved = self.history.saved.as_ref();
        let saved = saved.filter(|saved| saved.release.as_ref() == release);
        saved.map(|saved| saved.path.clone())
    }

    /// It is over, and it was not put aside: there is nothing to go on with.
    pub(super) fn is_over(&self, release: &str) -> bool {
        let mut newest = self.history.newest.iter();
        newest.any(|row| row.release.as_str() == release && !row.put_aside)
    }
}

/// A view and the addresses behind its links.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewed {
    /// For the page.
    pub view: View,
    /// For `open_link`; never sent to the page.
    pub links: Links,
}
