//! Removing what the keychain may hold for no sign-in: what was begun and not finished, was replaced, or has ended.

use slipway_core::desktop::{DesktopRecord, Leftover};

use crate::engine::Engine;
use crate::vault::{Failure, Item, Vault};

impl Engine {
    /// Removes it while the keychain is open, and asks nobody to unlock it.
    pub(super) async fn sweep(&self, vault: &Vault) {
        let first = self.state().desktop.leftovers.first().and_then(item);
        let Some(first) = first else { return };
        if vault.is_locked(first).await != Ok(false) {
            return;
        }
        // Whoever signs in or out at this moment sees to it, or the next sweep does.
        if let Ok(_turn) = self.signing.try_lock() {
            self.remove_leftovers(vault).await;
        }
    }

    /// Removes all of it; what the keychain does not let go stays noted. The caller has its turn at the sign-ins.
    pub(super) async fn remove_leftovers(&self, vault: &Vault) {
        let leftovers = self.state().desktop.leftovers.clone();
        for leftover in leftovers {
            if let Err(failure) = self.remove_leftover(vault, leftover).await {
                tracing::debug!(%failure, "an item that nobody uses is still in the keychain");
                if failure.trouble().is_about_all() {
                    return;
                }
            }
        }
    }

    /// Removes one, and notes that it is gone.
    pub(super) async fn remove_leftover(
        &self,
        vault: &Vault,
        leftover: Leftover,
    ) -> Result<(), Failure> {
        if let Some(item) = item(&leftover) {
            vault.remove(item).await?;
        }
        let Leftover { account, origin } = leftover;
        // Trouble with the journal is on screen, and the next sweep notes it.
        let _ = self
            .record_desktop(DesktopRecord::Removed { account, origin })
            .await;
        Ok(())
    }
}

fn item(leftover: &Leftover) -> Option<Item> {
    Item::of(&leftover.account, &leftover.origin)
}
