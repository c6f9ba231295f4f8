//! One process per data folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use slipway_core::problem::{Code, Problem};

use super::failure;

const INTERVAL: Duration = Duration::from_millis(20);

/// A data folder that this process has for itself until it drops this or ends, however it ends.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder if there is none, and takes it.
    ///
    /// # Errors
    /// Another process has it, or it cannot be written.
    pub fn take(path: &Path) -> Result<Self, Problem> {
        let lock = open(path).map_err(|error| failure::folder(path, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(taken(path)),
            Err(TryLockError::Error(error)) => Err(failure::folder(path, &error)),
        }
    }

    /// Waits until no process has the folder, for one that is ending; no longer than `limit`.
    pub async fn released(path: &Path, limit: Duration) {
        let released = async {
            while open(path).is_ok_and(|lock| is_taken(&lock)) {
                tokio::time::sleep(INTERVAL).await;
            }
        };
        if tokio::time::timeout(limit, released).await.is_err() {
            tracing::warn!("another process has the data folder");
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn is_taken(lock: &File) -> bool {
    matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
}

fn open(folder: &Path) -> std::io::Result<File> {
    std::fs::create_dir_all(folder)?;
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("lock"))
}

fn taken(folder: &Path) -> Problem {
    Problem::new(
        Code::Journal,
        format!("Slipway is already open and works in {}.", folder.display()),
        "Two at a time could send the same thing twice, so this window only shows; it sends nothing.",
        "Close this window and go on in the other one.",
    )
}
