//! Which keychain this system has.

use std::sync::Arc;

use keyring_core::CredentialStore;

use super::Failure;

/// The Secret Service (GNOME Keyring, KWallet) on the session bus.
#[cfg(target_os = "linux")]
pub(super) fn open() -> Result<Arc<CredentialStore>, Failure> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// The login keychain.
#[cfg(target_os = "macos")]
pub(super) fn open() -> Result<Arc<CredentialStore>, Failure> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// The Credential Manager.
#[cfg(target_os = "windows")]
pub(super) fn open() -> Result<Arc<CredentialStore>, Failure> {
    Ok(windows_native_keyring_store::Store::new()?)
}
