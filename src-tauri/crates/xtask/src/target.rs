//! The folder of compiled output.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::consent::{Answer, Consent};
use crate::process::Result;

/// Past this size the folder holds mostly what nobody builds any more: one complete set of everything takes a third.
const LIMIT: u64 = 15_000_000_000;

/// Where it is, and whose.
pub(crate) struct Target {
    path: PathBuf,
    owner: Owner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Our own default, which nothing else uses.
    Slipway,
    /// `CARGO_TARGET_DIR` named it, so other projects may be in it.
    Environment,
}

impl Target {
    /// `$CARGO_TARGET_DIR`, or else a folder outside the checkout, which thereby serves every clone.
    pub(crate) fn from_environment() -> Result<Self> {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        if let Some(path) = set("CARGO_TARGET_DIR") {
            return Ok(Self {
                path: std::path::absolute(path)?,
                owner: Owner::Environment,
            });
        }
        let cache = match set("XDG_CACHE_HOME") {
            Some(cache) => PathBuf::from(cache),
            None => std::env::home_dir()
                .ok_or("there is no home folder to keep compiled output in: set CARGO_TARGET_DIR.")?
                .join(".cache"),
        };
        Ok(Self {
            path: cache.join("slipway").join("target"),
            owner: Owner::Slipway,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the folder once it has passed the limit. A folder of somebody else's choosing takes their consent.
    pub(crate) fn make_room(&self, consent: Consent) -> Result {
        let size = size(&self.path);
        if size <= LIMIT {
            return Ok(());
        }
        let folder = format!(
            "{} holds {} GB of compiled output",
            self.path.display(),
            size / 1_000_000_000
        );
        if self.owner == Owner::Environment
            && consent.ask(&format!("{folder}. Remove it?"))? != Answer::Yes
        {
            println!("{folder}.");
            return Ok(());
        }
        if self.in_use() {
            println!("{folder}; it is in use and stays.");
            return Ok(());
        }
        println!("{folder}: removing it. The next build starts from nothing.");
        fs::remove_dir_all(&self.path)
            .map_err(|error| format!("{} could not be removed: {error}", self.path.display()))?;
        Ok(())
    }

    /// Cargo holds this lock while it builds.
    fn in_use(&self) -> bool {
        let lock = File::open(self.path.join("debug").join(".cargo-lock"));
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }
}

/// The size of all files below a folder; what cannot be read does not count.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.map(|entry| -> io::Result<u64> {
        let entry = entry?;
        let metadata = entry.metadata()?;
        Ok(if metadata.is_dir() {
            size(&entry.path())
        } else {
            share(&metadata)
        })
    });
    sizes.filter_map(io::Result::ok).sum()
}

/// Cargo hard-links what it builds into a second place: each name counts for its part.
#[cfg(unix)]
fn share(metadata: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.len() / metadata.nlink().max(1)
}

#[cfg(not(unix))]
fn share(metadata: &fs::Metadata) -> u64 {
    metadata.len()
}
