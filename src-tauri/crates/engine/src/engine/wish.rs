//! Wishes about this desktop.

use std::sync::Arc;

use slipway_core::desktop::{DesktopEntry, DesktopRecord, Preference, Summons, Wish};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Problem;
use slipway_core::rules::{self, Closed, Closing};
use slipway_core::view::StepId;

use crate::engine::record::no_journal;
use crate::engine::{Engine, Stage};

impl Engine {
    /// Does what a person asks for about this desktop.
    pub(super) async fn carry_out_wish(self: Arc<Self>, wish: Wish) -> Result<(), Problem> {
        self.reach(Stage::Running).await;
        self.open_journal().await;
        match wish {
            Wish::SwitchNotices { event, on } => {
                self.prefer(Preference::Notices { event, on }).await
            }
            Wish::KeepWatching { keep: true } => {
                self.state().closing = false;
                self.prefer(Preference::KeepWatching { keep: true }).await
            }
            // This once; the shell ends it. Closing it meanwhile is not asked about again.
            Wish::KeepWatching { keep: false } => Ok(()),
            Wish::ImportTeam { text } => self.import_team(&text).await,
            Wish::AgreeTeam { offer } => self.agree_team(&offer).await,
            Wish::DeclineTeam { offer } => self.decline_team(&offer).await,
            Wish::ForgetTeam { offer } => self.forget_team(&offer).await,
            Wish::TestNotice => {
                self.test_notice().await;
                Ok(())
            }
            // Whether it does is the system's business, and the shell has seen to it.
            Wish::StartAtLogin { .. } => self.prefer(Preference::LoginOffered).await,
            Wish::SignIn { sign_in } => self.sign_in(sign_in).await,
            Wish::SignOut { service } => self.sign_out(service).await,
            Wish::CheckAccounts => {
                self.check_accounts().await;
                Ok(())
            }
            Wish::OpenKeychain => self.open_keychain().await,
            Wish::UseMemory => self.use_memory(),
        }
    }

    async fn prefer(&self, preference: Preference) -> Result<(), Problem> {
        self.record_desktop(DesktopRecord::Prefers { preference })
            .await
    }

    /// Writes a record down that belongs to no release, takes it in, and shows it. When this returns well it is on the
    /// disk.
    pub(super) async fn record_desktop(&self, record: DesktopRecord) -> Result<(), Problem> {
        let entry = DesktopEntry {
            at: self.settings.clock.now(),
            record,
        };
        let mut journal = self.journal.lock().await;
        let Some(journal) = journal.as_mut() else {
            return Err(self.state().trouble().unwrap_or_else(no_journal));
        };
        let written = journal.append_desktop(&entry).await;
        {
            let mut state = self.state();
            state.writing = written.as_ref().err().cloned();
            if written.is_ok() {
                state.desktop.apply(&entry);
            }
        }
        self.publish();
        written
    }

    /// Asks whether closing the window keeps watching.
    pub(crate) fn ask_about_closing(&self) {
        self.state().closing = true;
        self.publish();
    }

    /// What closing the window means now.
    pub(crate) fn closing(&self, tray: bool, aside: bool) -> Closing {
        let state = self.state();
        rules::closing(Closed {
            mode: self.settings.mode,
            tray,
            keep: state.desktop.preferences.keep_watching,
            asked: state.closing,
            aside,
        })
    }

    /// Takes in whether Slipway starts at login.
    pub(crate) fn note_start_at_login(&self, starts: Option<bool>) {
        self.state().start_at_login = starts;
        self.publish();
    }

    /// Brings the window to the front, and to that step.
    pub(crate) fn summon(&self, release: Option<ReleaseId>, step: Option<StepId>) {
        {
            let mut state = self.state();
            let seq = state
                .summons
                .as_ref()
                .map_or(1, |summons| summons.seq.wrapping_add(1));
            state.summons = Some(Summons { seq, release, step });
        }
        self.publish();
    }
}
