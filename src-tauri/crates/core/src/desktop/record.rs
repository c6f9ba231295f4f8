//! The journal's entries that belong to no release.

use serde::{Deserialize, Serialize};

use crate::account::KeptAccount;
use crate::desktop::{Notice, Place, Preference};
use crate::ids::ReleaseId;
use crate::service::Service;
use crate::team::AgreedTeam;
use crate::time::At;

/// One line of the journal that belongs to no release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopEntry {
    /// When it was written, by this computer's clock.
    pub at: At,
    /// What happened.
    pub record: DesktopRecord,
}

/// What happened. A secret is never among it: only that one was set, and for which origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum DesktopRecord {
    /// A secret is about to be put into the keychain.
    Keeping {
        /// The kind of the sign-in.
        account: KeptAccount,
        /// The origin that the secret was entered for.
        origin: String,
    },
    /// Somebody signed in; the secret is in the keychain.
    SignedIn {
        /// Its kind.
        account: KeptAccount,
        /// The origin that the secret was entered for.
        origin: String,
    },
    /// Somebody signed out; the item is about to be removed.
    SignedOut {
        /// Where.
        service: Service,
    },
    /// The keychain does not hold an item any more.
    Removed {
        /// The kind of the sign-in that it was kept for.
        account: KeptAccount,
        /// The origin that its secret was entered for.
        origin: String,
    },
    /// A notice is about to be shown, or was passed over.
    Told {
        /// Which.
        notice: Notice,
    },
    /// A notice is on the desktop.
    Shown {
        /// About which release.
        release: ReleaseId,
        /// Where.
        place: Place,
    },
    /// This person chose something.
    Prefers {
        /// What.
        preference: Preference,
    },
    /// This person agreed to team settings.
    AgreedTeam {
        /// Which.
        team: AgreedTeam,
    },
    /// This person said "not now" to team settings that were offered.
    DeclinedTeam {
        /// [`WaitingTeam::key`](crate::rules::WaitingTeam::key).
        key: String,
    },
    /// This person forgot the team file that they chose.
    ForgotTeam {
        /// What is in use instead; none for the built-in settings.
        back: Option<AgreedTeam>,
    },
}
