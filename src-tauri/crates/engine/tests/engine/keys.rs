//! A keychain whose moods a test decides.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential, CredentialStore, Entry, Error, Result};
use slipway_engine::vault::{Failure, Item, Source};

/// Longer than a test leaves it silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// A keychain. Its clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    items: BTreeMap<String, Vec<u8>>,
    mood: Mood,
    /// How often something was read, which may ask to be unlocked.
    reads: usize,
    /// How often somebody looked quietly whether it is locked.
    quiet_looks: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    #[default]
    Open,
    Absent,
    Locked,
    Ambiguous,
    Full,
    /// It does not take anything before its mood changes.
    Silent,
}

impl Keys {
    /// A test that failed has said so; what it left is read all the same.
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is(&self, mood: Mood) {
        self.inside().mood = mood;
    }

    /// The names of the items that it holds.
    pub(crate) fn names(&self) -> Vec<String> {
        let inside = self.inside();
        inside.items.keys().cloned().collect()
    }

    pub(crate) fn secret(&self, name: &str) -> Option<String> {
        let inside = self.inside();
        let secret = inside.items.get(name)?.clone();
        String::from_utf8(secret).ok()
    }

    pub(crate) fn lose_all(&self) {
        self.inside().items.clear();
    }

    pub(crate) fn reads(&self) -> usize {
        self.inside().reads
    }

    pub(crate) fn quiet_looks(&self) -> usize {
        self.inside().quiet_looks
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inside) -> Result<T>) -> Result<T> {
        let mut inside = self.inside();
        match inside.mood {
            Mood::Open | Mood::Silent => act(&mut inside),
            Mood::Absent => Err(Error::NoDefaultStore),
            Mood::Locked => Err(Error::NoStorageAccess("nobody unlocked it".into())),
            Mood::Ambiguous => Err(Error::Ambiguous(Vec::new())),
            Mood::Full => Err(Error::TooLong("secret".to_owned(), 10)),
        }
    }
}

impl Source for Keys {
    fn open(&self) -> std::result::Result<Arc<CredentialStore>, Failure> {
        match self.inside().mood {
            Mood::Absent => Err(Failure::Absent("no bus".to_owned())),
            Mood::Open | Mood::Locked | Mood::Ambiguous | Mood::Full | Mood::Silent => {
                Ok(Arc::new(self.clone()))
            }
        }
    }

    fn is_locked(&self, _: &Item) -> std::result::Result<bool, Failure> {
        let mut inside = self.inside();
        inside.quiet_looks += 1;
        if inside.mood == Mood::Absent {
            return Err(Failure::Absent("no bus".to_owned()));
        }
        Ok(inside.mood == Mood::Locked)
    }
}

impl CredentialStoreApi for Keys {
    fn vendor(&self) -> String {
        "test".to_owned()
    }

    fn id(&self) -> String {
        "test".to_owned()
    }

    fn build(&self, _: &str, user: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let entry = Key {
            keys: self.clone(),
            name: user.to_owned(),
        };
        Ok(Entry::new_with_credential(Arc::new(entry)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug)]
struct Key {
    keys: Keys,
    name: String,
}

impl CredentialApi for Key {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        // A test that failed leaves it silent; its thread ends all the same.
        let since = Instant::now();
        while self.keys.inside().mood == Mood::Silent && since.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.keys.with(|inside| {
            inside.items.insert(self.name.clone(), secret.to_vec());
            Ok(())
        })
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        self.keys.inside().reads += 1;
        self.keys
            .with(|inside| inside.items.get(&self.name).cloned().ok_or(Error::NoEntry))
    }

    fn delete_credential(&self) -> Result<()> {
        self.keys.with(|inside| {
            inside
                .items
                .remove(&self.name)
                .map(drop)
                .ok_or(Error::NoEntry)
        })
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some(("Slipway".to_owned(), self.name.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
