//! Signing out.

use std::sync::Arc;

use slipway_core::account::{Hold, Keychain};
use slipway_core::desktop::DesktopRecord;
use slipway_core::problem::Problem;
use slipway_core::service::Service;

use crate::engine::Engine;
use crate::engine::slot::undecided;

impl Engine {
    /// Uses a sign-in no more, and removes its item from the keychain. One that was in memory only is forgotten; what
    /// the keychain holds beside it stays there.
    pub(super) async fn sign_out(self: &Arc<Self>, service: Service) -> Result<(), Problem> {
        let vault = self.vault()?;
        let _turn = self.signing.lock().await;
        let (in_memory, item) = {
            let mut state = self.state();
            if state.is_undecided(service) {
                return Err(undecided(service));
            }
            let hold = state.accounts.services.get(&service).map(|it| &it.hold);
            let in_memory = hold == Some(&Hold::InMemory);
            let item = state.item(service);
            state.drop_client(service);
            state.forget_account(&self.settings, service);
            if in_memory && state.desktop.accounts.contains_key(&service) {
                state.show_kept(&self.settings, service);
            }
            (in_memory, item)
        };
        self.publish();
        tracing::info!(service = service.name(), in_memory, "signed out");
        if in_memory {
            return Ok(());
        }
        let removed = match item.clone() {
            Some(item) => vault.remove(item).await,
            None => Ok(()),
        };
        self.record_desktop(DesktopRecord::SignedOut { service })
            .await?;
        match removed {
            Ok(()) => {
                self.rest_keychain();
                Ok(())
            }
            Err(failure) => {
                tracing::warn!(%failure, "an item is still in the keychain");
                let name = item.map(|item| item.name()).unwrap_or_default();
                let (trouble, raw) = (failure.trouble(), failure.to_string());
                self.rest_keychain();
                Err(trouble.not_removed(&name, &raw))
            }
        }
    }

    /// Trouble with a keychain that nothing is kept in any more is nobody's trouble.
    fn rest_keychain(&self) {
        let rests = {
            let state = self.state();
            let none_kept = Service::ALL.iter().all(|it| state.item(*it).is_none());
            let memory = state.accounts.keychain == Keychain::Memory;
            none_kept && !memory
        };
        if rests {
            self.set_keychain(Keychain::Unused);
        }
    }
}
