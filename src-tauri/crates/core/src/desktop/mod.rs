//! What one desktop keeps apart from any release: who is signed in, what was told, what this person prefers, and which
//! team settings they agreed to. Like a release it is the fold of its journal records.

mod event;
mod leftover;
mod notice;
mod place;
mod preferences;
mod record;
mod summons;
mod test_notice;
mod wish;

pub use event::Event;
pub use leftover::Leftover;
pub use notice::Notice;
pub use place::Place;
pub use preferences::{Preference, Preferences};
pub use record::{DesktopEntry, DesktopRecord};
pub use summons::Summons;
pub use test_notice::TestNotice;
pub use wish::Wish;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::account::KeptAccount;
use crate::ids::ReleaseId;
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
    /// What the keychain may hold for no sign-in: to be removed once it opens.
    pub leftovers: Vec<Leftover>,
    /// What was told, newest first, the first 200.
    pub notices: VecDeque<Notice>,
    /// The keys of everything that was ever told, so that nothing is told twice.
    pub told: BTreeSet<String>,
    /// Where the newest notice of each release was shown, if it was. It may be gone since.
    pub shown: BTreeMap<ReleaseId, Place>,
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
            DesktopRecord::Keeping { account, origin } => self.leave(account, origin),
            DesktopRecord::SignedIn { account, origin } => {
                let signed_in = SignedIn {
                    account: account.clone(),
                    origin: origin.clone(),
                    at: entry.at,
                };
                self.put_away(account, origin);
                if let Some(earlier) = self.accounts.insert(account.service(), signed_in) {
                    self.leave(&earlier.account, &earlier.origin);
                }
            }
            DesktopRecord::SignedOut { service } => {
                if let Some(earlier) = self.accounts.remove(service) {
                    self.leave(&earlier.account, &earlier.origin);
                }
            }
            DesktopRecord::Removed { account, origin } => self.put_away(account, origin),
            DesktopRecord::Told { notice } => {
                if self.told.insert(notice.key.clone()) {
                    self.notices.push_front(notice.clone());
                    self.notices.truncate(LISTED);
                }
            }
            DesktopRecord::Shown { release, place } => {
                self.shown.insert(release.clone(), place.clone());
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

    /// Knows of these, too, that they were told. The list stays as it is: they are older than what stands in it.
    pub fn remember(&mut self, entries: &[DesktopEntry]) {
        for entry in entries {
            if let DesktopRecord::Told { notice } = &entry.record {
                self.told.insert(notice.key.clone());
            }
        }
    }

    /// Whether a sign-in that is kept has its secret in that item.
    #[must_use]
    pub fn uses(&self, item: &Leftover) -> bool {
        let name = item.name();
        let mut used = self.accounts.values();
        used.any(|it| it.account.item(&it.origin).is_some_and(|it| it == name))
    }

    /// An item may be in the keychain, and unless a sign-in uses it, nobody needs it.
    fn leave(&mut self, account: &KeptAccount, origin: &str) {
        let Some(item) = account.item(origin) else {
            return;
        };
        let mut used = self.accounts.values();
        let is_used = used.any(|it| it.account.item(&it.origin).as_ref() == Some(&item));
        let mut known = self.leftovers.iter();
        if !is_used && !known.any(|it| it.name() == item) {
            self.leftovers.push(Leftover {
                account: account.clone(),
                origin: origin.to_owned(),
            });
        }
    }

    fn put_away(&mut self, account: &KeptAccount, origin: &str) {
        let item = account.item(origin).unwrap_or_default();
        self.leftovers.retain(|it| it.name() != item);
    }
}
