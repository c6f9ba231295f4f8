//! The keychain of this computer. Nothing else keeps a secret.
//!
//! Calls to it wait for a person when it has to be unlocked, so each runs on a thread of its own, one at a time: at most
//! one unlock is asked for. A keychain that was not there is looked for again at the next call.

mod failure;
mod item;
mod store;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use keyring_core::{CredentialStore, Error};
use secrecy::{ExposeSecret, SecretString};

pub use failure::Failure;
pub use item::Item;
pub use store::{Source, System};

/// How long somebody may take to unlock it. After that it is asked anew, by a new connection.
const PATIENCE: Duration = Duration::from_secs(120);

/// The keychain of the person who is logged in here.
pub struct Vault {
    source: Arc<dyn Source>,
    store: Arc<Mutex<Option<Arc<CredentialStore>>>>,
    /// Calls wait here, not in the keychain: one that waits for an unlock holds up the others.
    turn: tokio::sync::Mutex<()>,
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
        }
    }

    /// Whether somebody would have to unlock it before this can be read. Asks nobody to.
    ///
    /// # Errors
    /// Why that cannot be told, [`Failure::Absent`] while there is none.
    pub async fn is_locked(&self, item: Item) -> Result<bool, Failure> {
        let _turn = self.turn.lock().await;
        let source = self.source.clone();
        let task = tokio::task::spawn_blocking(move || source.is_locked(&item));
        match tokio::time::timeout(PATIENCE, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Failure::Absent(panic.to_string())),
            Err(_) => Err(Failure::Absent("no answer".to_owned())),
        }
    }

    /// What is kept under a name; `None` when the keychain knows nothing of it. A locked one may say so, too.
    ///
    /// # Errors
    /// Why the keychain did not tell.
    pub async fn get(&self, item: Item) -> Result<Option<SecretString>, Failure> {
        self.with(move |store| match item.entry(store)?.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Keeps a secret, in the place of an earlier one.
    ///
    /// # Errors
    /// Why the keychain did not take it.
    pub async fn set(&self, item: Item, secret: SecretString) -> Result<(), Failure> {
        self.with(move |store| item.entry(store)?.set_password(secret.expose_secret()))
            .await
    }

    /// Removes what is kept under a name, also where there is nothing.
    ///
    /// # Errors
    /// Why it is still there.
    pub async fn remove(&self, item: Item) -> Result<(), Failure> {
        self.with(move |store| match item.entry(store)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }

    async fn with<T: Send + 'static>(
        &self,
        call: impl FnOnce(&CredentialStore) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let _turn = self.turn.lock().await;
        let kept = self.store.clone();
        let source = self.source.clone();
        let task = tokio::task::spawn_blocking(move || {
            let store = open(&kept, source.as_ref())?;
            let result = call(store.as_ref()).map_err(Failure::from);
            if matches!(result, Err(Failure::Absent(_))) {
                // The next call looks for it again.
                close(&kept);
            }
            result
        });
        match tokio::time::timeout(PATIENCE, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Failure::Absent(panic.to_string())),
            Err(_) => {
                close(&self.store);
                Err(Failure::Locked("nobody unlocked it".to_owned()))
            }
        }
    }
}

fn open(
    kept: &Mutex<Option<Arc<CredentialStore>>>,
    source: &dyn Source,
) -> Result<Arc<CredentialStore>, Failure> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(store) = kept.as_ref() {
        return Ok(store.clone());
    }
    let store = source.open()?;
    *kept = Some(store.clone());
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
