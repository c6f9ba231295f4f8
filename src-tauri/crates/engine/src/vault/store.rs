//! Where a keychain is found.

use std::sync::Arc;

use keyring_core::CredentialStore;

use super::{Failure, Item};

/// Where a vault finds its keychain.
pub trait Source: Send + Sync + 'static {
    /// Connects to it. May wait, and is called on a thread of its own.
    ///
    /// # Errors
    /// Why there is none.
    fn open(&self) -> Result<Arc<CredentialStore>, Failure>;

    /// Whether an item could not be read without somebody unlocking it first. Asks nobody to.
    ///
    /// # Errors
    /// Why that cannot be told.
    fn is_locked(&self, item: &Item) -> Result<bool, Failure>;

    /// Whether an item that was not found may be there all the same, behind a lock. Asks nobody to unlock it.
    ///
    /// # Errors
    /// Why that cannot be told.
    fn may_hide(&self, item: &Item) -> Result<bool, Failure>;
}

/// The keychain of this system.
#[derive(Debug, Default)]
pub struct System;

/// The Secret Service (GNOME Keyring, KWallet) on the session bus.
#[cfg(target_os = "linux")]
impl Source for System {
    fn open(&self) -> Result<Arc<CredentialStore>, Failure> {
        Ok(zbus_secret_service_keyring_store::Store::new()?)
    }

    fn is_locked(&self, item: &Item) -> Result<bool, Failure> {
        use secret_service::EncryptionType;
        use secret_service::blocking::SecretService;

        let absent = |error: secret_service::Error| Failure::Absent(error.to_string());
        let service = SecretService::connect(EncryptionType::Plain).map_err(absent)?;
        let (program, name) = item.names();
        let attributes = [("service", program), ("username", name)].into();
        // A search does not prompt: <https://specifications.freedesktop.org/secret-service-spec/latest/>
        let found = service.search_items(attributes).map_err(absent)?;
        if !found.locked.is_empty() || !found.unlocked.is_empty() {
            return Ok(!found.locked.is_empty());
        }
        match service.get_default_collection() {
            Ok(collection) => collection.is_locked().map_err(absent),
            Err(_) => Ok(false),
        }
    }

    /// A collection that is locked may tell nothing of what it holds.
    fn may_hide(&self, item: &Item) -> Result<bool, Failure> {
        self.is_locked(item)
    }
}

/// The login keychain, which tells whether it is locked only by asking to be unlocked.
#[cfg(target_os = "macos")]
impl Source for System {
    fn open(&self) -> Result<Arc<CredentialStore>, Failure> {
        Ok(apple_native_keyring_store::keychain::Store::new()?)
    }

    fn is_locked(&self, _: &Item) -> Result<bool, Failure> {
        Ok(true)
    }

    fn may_hide(&self, _: &Item) -> Result<bool, Failure> {
        Ok(false)
    }
}

/// The Credential Manager, which is open while somebody is logged in.
#[cfg(target_os = "windows")]
impl Source for System {
    fn open(&self) -> Result<Arc<CredentialStore>, Failure> {
        Ok(windows_native_keyring_store::Store::new()?)
    }

    fn is_locked(&self, _: &Item) -> Result<bool, Failure> {
        Ok(false)
    }

    fn may_hide(&self, _: &Item) -> Result<bool, Failure> {
        Ok(false)
    }
}
