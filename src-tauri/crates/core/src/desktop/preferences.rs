//! What one person prefers on this desktop.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::desktop::Event;

/// What one person prefers on this desktop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preferences {
    /// What they do not want desktop notices of.
    pub muted: BTreeSet<Event>,
    /// They were asked whether Slipway shall start at login.
    pub login_offered: bool,
    /// Closing the window keeps watching where there is no tray, without asking.
    pub keep_watching: bool,
}

/// One of them, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Preference {
    /// Desktop notices of an event, or none.
    Notices {
        /// Of which.
        event: Event,
        /// On or off.
        on: bool,
    },
    /// The offer to start at login was answered.
    LoginOffered,
    /// Whether closing the window keeps watching where there is no tray, without asking.
    KeepWatching {
        /// Yes; no asks again.
        keep: bool,
    },
}

impl Preferences {
    pub(super) fn apply(&mut self, preference: Preference) {
        match preference {
            Preference::Notices { event, on: true } => {
                self.muted.remove(&event);
            }
            Preference::Notices { event, on: false } => {
                self.muted.insert(event);
            }
            Preference::LoginOffered => self.login_offered = true,
            Preference::KeepWatching { keep } => self.keep_watching = keep,
        }
    }
}
