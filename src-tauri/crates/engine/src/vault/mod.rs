//! The keychain of this computer. Nothing else keeps a secret.
//!
//! Calls to it wait for a person when it has to be unlocked, so each runs on a thread of its own, one at a time: at most
//! one unlock is asked for. A keychain that was not there is looked for again at the next call.

mod failure;
mod item;
mod store;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use keyring_core::{CredentialStore, Error};
use secrecy::{ExposeSecret, SecretString};

pub use failure::Failure;
pub use item::Item;
pub use store::{Source, System};

/// How long somebody may take to unlock it. After that it is asked anew, by a new connection.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a look that asks nobody may take.
const QUIET_PATIENCE: Duration = Duration::from_secs(5);

/// The keychain of the person who is logged in here.
pub struct Vault {
    source: Arc<dyn Source>,
    store: Arc<Mutex<Option<Arc<CredentialStore>>>>,
    /// Calls wait here, not in the keychain: one that waits for an unlock holds up the others.
    turn: tokio::sync::Mutex<()>,
    /// The newest call while its thread runs, and whether it was given up: a keychain that hangs gets no second one.
    running: Mutex<Weak<AtomicBool>>,
}

impl Default for Vault {
    fn default() -> Self {
        Self::over(System)
    }
}

impl Vault {
    /// A vault whose keychain is found there. Nothing is asked of it yet.
    pub fn over(source: impl Source) -> Self {
        Self {
            source: Arc::new(source),
            store: Arc::default(),
            turn: tokio::sync::Mutex::default(),
            running: Mutex::default(),
        }
    }

    /// Whether somebody would have to unlock it before this can be read. Asks nobody to.
    ///
    /// # Errors
    /// Why that cannot be told, [`Failure::Absent`] while there is none.
    pub async fn is_locked(&self, item: Item) -> Result<bool, Failure> {
        let source = self.source.clone();
        let silent = || Failure::Absent(SILENT.to_owned());
        self.call(QUIET_PATIENCE, silent, move |_| source.is_locked(&item))
            .await
    }

    /// What is kept under a name; `None` when the keychain knows nothing of it. A locked one may say so, too.
    ///
    /// # Errors
    /// Why the keychain did not tell.
    pub async fn get(&self, item: Item) -> Result<Option<SecretString>, Failure> {
        self.with(move |store, _| match item.entry(store)?.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Keeps a secret where none is kept that anybody needs.
    ///
    /// # Errors
    /// Why the keychain did not take it.
    pub async fn set(&self, item: Item, secret: SecretString) -> Result<(), Failure> {
        self.with(move |store, given_up| {
            let entry = item.entry(store)?;
            entry.set_password(secret.expose_secret())?;
            if given_up.load(Ordering::Relaxed) {
                // The person was told that it was not kept, and may have agreed to something else since.
                entry.delete_credential()?;
            }
            Ok(())
        })
        .await
    }

    /// Keeps a secret in the place of the one that is kept, and gives that one, so that it can be put back.
    ///
    /// # Errors
    /// Why the keychain did not take it. The earlier one is kept still, then.
    pub async fn replace(
        &self,
        item: Item,
        secret: SecretString,
    ) -> Result<Option<SecretString>, Failure> {
        self.with(move |store, given_up| {
            let entry = item.entry(store)?;
            let earlier = match entry.get_password() {
                Ok(earlier) => Some(SecretString::from(earlier)),
                // One that is no text is of no use to anybody.
                Err(Error::NoEntry | Error::BadEncoding(_)) => None,
                Err(error) => return Err(error),
            };
            entry.set_password(secret.expose_secret())?;
            if given_up.load(Ordering::Relaxed) {
                match &earlier {
                    Some(earlier) => entry.set_password(earlier.expose_secret())?,
                    None => entry.delete_credential()?,
                }
            }
            Ok(earlier)
        })
        .await
    }

    /// Removes what is kept under a name, also where there is nothing. When this returns well it is not there.
    ///
    /// # Errors
    /// Why it is still there, or may be.
    pub async fn remove(&self, item: Item) -> Result<(), Failure> {
        let wanted = item.clone();
        let found = self
            .with(
                move |store, _| match wanted.entry(store)?.delete_credential() {
                    Ok(()) => Ok(true),
                    Err(Error::NoEntry) => Ok(false),
                    Err(error) => Err(error),
                },
            )
            .await?;
        if found {
            return Ok(());
        }
        let source = self.source.clone();
        let silent = || Failure::Absent(SILENT.to_owned());
        let hidden = self.call(QUIET_PATIENCE, silent, move |_| source.may_hide(&item));
        match hidden.await? {
            true => Err(Failure::Locked("it may hide the item".to_owned())),
            false => Ok(()),
        }
    }

    async fn with<T: Send + 'static>(
        &self,
        call: impl FnOnce(&CredentialStore, &AtomicBool) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let kept = self.store.clone();
        let source = self.source.clone();
        let silent = || {
            close(&self.store);
            Failure::Locked("nobody unlocked it".to_owned())
        };
        self.call(PATIENCE, silent, move |given_up| {
            let store = open(&kept, source.as_ref()).map_err(Failure::unopened)?;
            let result = call(store.as_ref(), given_up).map_err(Failure::from);
            if matches!(result, Err(Failure::Absent(_))) {
                // The next call looks for it again.
                close(&kept);
            }
            result
        })
        .await
    }

    /// Calls the keychain on a thread of its own, when no other call is under way. One that takes too long is given up:
    /// its thread cannot be ended, so there is no other before it came back.
    async fn call<T: Send + 'static>(
        &self,
        patience: Duration,
        silent: impl FnOnce() -> Failure,
        call: impl FnOnce(&AtomicBool) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.turn.lock().await;
        let given_up = Arc::new(AtomicBool::new(false));
        {
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            if running.strong_count() > 0 {
                return Err(Failure::Absent(SILENT.to_owned()));
            }
            *running = Arc::downgrade(&given_up);
        }
        let its = given_up.clone();
        let task = tokio::task::spawn_blocking(move || call(&its));
        match tokio::time::timeout(patience, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Failure::Absent(panic.to_string())),
            Err(_) => {
                given_up.store(true, Ordering::Relaxed);
                Err(silent())
            }
        }
    }
}

const SILENT: &str = "it does not answer";

fn open(
    kept: &Mutex<Option<Arc<CredentialStore>>>,
    source: &dyn Source,
) -> Result<Arc<CredentialStore>, Failure> {
    let slot = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(store) = slot().clone() {
        return Ok(store);
    }
    // Not while the slot is locked: one that hangs here would hold up whoever gives it up.
    let store = source.open()?;
    *slot() = Some(store.clone());
    Ok(store)
}

fn close(kept: &Mutex<Option<Arc<CredentialStore>>>) {
    kept.lock().unwrap_or_else(PoisonError::into_inner).take();
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}
