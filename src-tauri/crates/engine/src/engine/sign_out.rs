//! Signing out.

use std::sync::Arc;

use slipway_core::account::{Hold, Keychain};
use slipway_core::desktop::DesktopRecord;
use slipway_core::problem::Problem;
use slipway_core::service::Service;

use crate::engine::Engine;
use crate::engine::slot::undecided;
use crate::vault::Item;

impl Engine {
    /// Uses a sign-in no more, and removes its item from the keychain. Once that is written down the person is signed
    /// out: an item that the keychain does not let go now is removed when it does. One that was in memory only is
    /// forgotten; what the keychain holds beside it stays there.
    pub(super) async fn sign_out(self: &Arc<Self>, service: Service) -> Result<(), Problem> {
        let vault = self.vault()?;
        let _turn = self.signing.lock().await;
        let (in_memory, item) = {
            let state = self.state();
            if state.is_undecided(service) {
                return Err(undecided(service));
            }
            let hold = state.accounts.services.get(&service).map(|it| &it.hold);
            (hold == Some(&Hold::InMemory), state.item(service))
        };
        if !in_memory {
            self.record_desktop(DesktopRecord::SignedOut { service })
                .await?;
        }
        {
            let mut state = self.state();
            state.drop_client(service);
            state.forget_account(&self.settings, service);
            if in_memory && state.desktop.accounts.contains_key(&service) {
                state.show_kept(&self.settings, service);
            }
        }
        self.publish();
        tracing::info!(service = service.name(), in_memory, "signed out");
        if in_memory {
            return Ok(());
        }
        let name = item.as_ref().map_or("", Item::name);
        let mut leftovers = self.state().desktop.leftovers.clone();
        leftovers.retain(|it| it.name() == name);
        let mut removed = Ok(());
        for leftover in leftovers {
            removed = self.remove_leftover(vault, leftover).await;
        }
        self.rest_keychain();
        removed.map_err(|failure| {
            tracing::warn!(%failure, "an item is still in the keychain");
            failure.trouble().not_removed(name, &failure.to_string())
        })
    }

    /// Trouble with a keychain that nothing is kept in any more, or all of which was read, is nobody's trouble.
    fn rest_keychain(&self) {
        let rests = {
            let state = self.state();
            let none_kept = Service::ALL.iter().all(|it| state.item(*it).is_none());
            let all_read = state.out_of_reach().is_empty();
            match state.accounts.keychain {
                Keychain::Memory => None,
                _ if none_kept => Some(Keychain::Unused),
                Keychain::Trouble { trouble, .. } if all_read && !trouble.is_about_all() => {
                    Some(Keychain::Open)
                }
                Keychain::Trouble { .. }
                | Keychain::Unused
                | Keychain::Opening
                | Keychain::Open => None,
            }
        };
        if let Some(rests) = rests {
            self.set_keychain(rests);
        }
    }
}
