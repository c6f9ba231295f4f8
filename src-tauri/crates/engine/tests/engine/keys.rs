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
    /// Programs that have ended: nobody waits any more for what they asked.
    ended: usize,
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
    /// It is locked, and tells nothing of what it holds.
    Hiding,
    /// It does nothing before its mood changes.
    Silent,
    /// It does what it is asked and does not say so before its mood changes.
    Mute,
}

impl Keys {
    /// A test that failed has said so; what it left is read all the same.
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is(&self, mood: Mood) {
        self.inside().mood = mood;
    }

    /// The program that asks has ended; what it asked and was not done yet is not done any more.
    pub(crate) fn program_ends(&self) {
        let mut inside = self.inside();
        inside.ended += 1;
        inside.mood = Mood::Open;
    }

    pub(crate) fn plant(&self, name: &str, secret: &str) {
        let mut inside = self.inside();
        inside.items.insert(name.to_owned(), secret.into());
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

    /// Does it when its mood lets it, and answers when its mood lets it.
    fn slowly<T>(&self, act: impl FnOnce(&mut Inside) -> Result<T>) -> Result<T> {
        let ended = self.inside().ended;
        self.stay_while(Mood::Silent, ended)?;
        let done = self.with(act);
        self.stay_while(Mood::Mute, ended)?;
        done
    }

    /// A test that failed leaves it as it is; its thread ends all the same.
    fn stay_while(&self, mood: Mood, ended: usize) -> Result<()> {
        let since = Instant::now();
        loop {
            let inside = self.inside();
            if inside.ended != ended {
                return Err(Error::NoStorageAccess("who asked is gone".into()));
            }
            if inside.mood != mood || since.elapsed() > PATIENCE {
                return Ok(());
            }
            drop(inside);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inside) -> Result<T>) -> Result<T> {
        let mut inside = self.inside();
        match inside.mood {
            Mood::Open | Mood::Silent | Mood::Mute => act(&mut inside),
            Mood::Hiding => Err(Error::NoEntry),
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
            Mood::Open
            | Mood::Locked
            | Mood::Ambiguous
            | Mood::Full
            | Mood::Hiding
            | Mood::Silent
            | Mood::Mute => Ok(Arc::new(self.clone())),
        }
    }

    fn is_locked(&self, _: &Item) -> std::result::Result<bool, Failure> {
        let mut inside = self.inside();
        inside.quiet_looks += 1;
        if inside.mood == Mood::Absent {
            return Err(Failure::Absent("no bus".to_owned()));
        }
        Ok(matches!(inside.mood, Mood::Locked | Mood::Hiding))
    }

    fn may_hide(&self, _: &Item) -> std::result::Result<bool, Failure> {
        Ok(self.inside().mood == Mood::Hiding)
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
        self.keys.slowly(|inside| {
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
        self.keys.slowly(|inside| {
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
