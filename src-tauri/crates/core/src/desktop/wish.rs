//! What a person asks for that belongs to no release.

use serde::Deserialize;
use ts_rs::TS;

use crate::account::SignIn;
use crate::desktop::Event;
use crate::service::Service;

/// A wish about this desktop: a sign-in, a preference, the team's settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Wish {
    /// Sign in to a service. The secret goes to the keychain and to that service, and nowhere else.
    SignIn {
        /// What was entered.
        sign_in: SignIn,
    },
    /// Sign out of a service and remove its item from the keychain.
    SignOut {
        /// Which.
        service: Service,
    },
    /// Ask every service again who we are there and what we may do.
    CheckAccounts,
    /// Try the keychain again; it may ask to be unlocked.
    OpenKeychain,
    /// "Go on without it": keep sign-ins in memory, for this run only.
    UseMemory,
    /// Switch the desktop notices of an event on or off.
    SwitchNotices {
        /// Which event.
        event: Event,
        /// On or off.
        on: bool,
    },
    /// Show a test notice and say what became of it.
    TestNotice,
    /// Start at login, or do not; also the answer to the offer.
    StartAtLogin {
        /// On or off.
        on: bool,
    },
    /// Whether closing the window keeps watching where there is no tray: the answer to the question at closing.
    KeepWatching {
        /// Yes, and so from now on; or no, this once.
        keep: bool,
    },
    /// Read a team file from its text.
    ImportTeam {
        /// The text.
        text: String,
    },
    /// "Not now" to the team settings that were shown: they wait on in Settings and are not offered again.
    DeclineTeam {
        /// [`TeamOffer::id`](crate::view::TeamOffer::id).
        offer: String,
    },
    /// Forget the team file that this person chose.
    ForgetTeam {
        /// [`TeamForgetting::id`](crate::view::TeamForgetting::id).
        offer: String,
    },
    /// Agree to the team settings that were shown.
    AgreeTeam {
        /// [`TeamOffer::id`](crate::view::TeamOffer::id).
        offer: String,
    },
}
