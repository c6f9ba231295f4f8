//! What one desktop keeps apart from any release: who is signed in, what was told, what this person prefers, and which
//! team settings they agreed to. Like a release it is the fold of its journal records.

mod event;
mod notice;
mod preferences;
mod record;
mod summons;
mod test_notice;
mod wish;

pub use event::Event;
pub use notice::Notice;
pub use preferences::{Preference, Preferences};
pub use record::{DesktopEntry, DesktopRecord};
pub use summons::Summons;
pub use test_notice::TestNotice;
pub use wish::Wish;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::account::KeptAccount;
use crate::service::Service;
use crate::team::{AgreedTeam, TeamSource};
use crate::time::At;

/// The newest notices that are shown in the list.
const LISTED: usize = 200;

/// What one desktop keeps apart from any release.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Desktop {
    /// Who is signed in where. The secrets are in the keychain.
    pub accounts: BTreeMap<Service, SignedIn>,
    /// What was told, newest first, the first 200.
    pub notices: VecDeque<Notice>,
    /// The keys of everything that was ever told, so that nothing is told twice.
    pub told: BTreeSet<String>,
    /// What this person prefers.
    pub preferences: Preferences,
    /// The team settings that this person agreed to; the built-in ones before that.
    pub team: Option<AgreedTeam>,
    /// What was in use before this person chose a file of their own: where they go back to when they forget it. None
    /// for the built-in ones.
    pub team_before: Option<AgreedTeam>,
    /// The offer of team settings that they said "not now" to the last time.
    pub declined_team: Option<String>,
}

/// A sign-in that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Its kind, without the secret.
    pub account: KeptAccount,
    /// The origin that its secret was entered for, `https://api.github.com`.
    pub origin: String,
    /// When it was entered.
    pub at: At,
}

impl Desktop {
    /// What these entries, oldest first, amount to.
    #[must_use]
    pub fn fold(entries: &[DesktopEntry]) -> Self {
        let mut desktop = Self::default();
        for entry in entries {
            desktop.apply(entry);
        }
        desktop
    }

    /// Takes one more entry in.
    pub fn apply(&mut self, entry: &DesktopEntry) {
        match &entry.record {
            DesktopRecord::SignedIn { account, origin } => {
                let signed_in = SignedIn {
                    account: account.clone(),
                    origin: origin.clone(),
                    at: entry.at,
                };
                self.accounts.insert(account.service(), signed_in);
            }
            DesktopRecord::SignedOut { service } => {
                self.accounts.remove(service);
            }
            DesktopRecord::Told { notice } => {
                if self.told.insert(notice.key.clone()) {
                    self.notices.push_front(notice.clone());
                    self.notices.truncate(LISTED);
                }
            }
            DesktopRecord::Prefers { preference } => self.preferences.apply(*preference),
            DesktopRecord::AgreedTeam { team } => {
                if team.source != TeamSource::File {
                    self.team_before = Some(team.clone());
                }
                self.team = Some(team.clone());
            }
            DesktopRecord::DeclinedTeam { key } => self.declined_team = Some(key.clone()),
            DesktopRecord::ForgotTeam { back } => {
                self.team.clone_from(back);
                self.team_before.clone_from(back);
            }
        }
    }
}
