//! The journal: what this desktop did, was told and saw, in the order in which it happened.
//!
//! It is one SQLite file with one table that is only ever added to. An entry is on the disk before [`Journal::append`]
//! returns, and nothing is sent to an outside system before its entry is. One process at a time has it open.

mod aside;
mod desktop;
mod entries;
mod failure;
mod folder;
#[cfg(test)]
mod kinds;
mod schema;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use slipway_core::desktop::DesktopEntry;
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Problem;
use slipway_core::record::Entry;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use failure::Failure;
pub use folder::Folder;

/// The open journal of one data folder.
#[derive(Debug)]
pub struct Journal {
    connection: SqliteConnection,
    _folder: Folder,
}

/// A journal as it was found.
#[derive(Debug)]
pub struct Opened {
    /// To go on with.
    pub journal: Journal,
    /// All entries of the releases that were not put aside, oldest first.
    pub entries: Vec<Entry>,
    /// What belongs to no release, oldest first.
    pub desktop: Vec<DesktopEntry>,
    /// Said for the rest of the run: the journal was damaged, was kept under another name, and this is a new one.
    pub damaged: Option<Problem>,
}

impl Journal {
    /// Opens the journal in this folder, or begins one. A damaged file is kept under a name that holds `today`.
    ///
    /// # Errors
    /// Why nothing can be kept in this folder: it cannot be written, its disk is full, or a newer Slipway made the
    /// journal.
    pub async fn open(folder: Folder, today: Date) -> Result<Opened, Problem> {
        let path = folder.path();
        let file = path.join("journal.db");
        let ((connection, entries, desktop), damaged) = match read(&file).await {
            Ok(read) => (read, None),
            Err(Failure::Damaged(raw)) => {
                tracing::error!(raw, "the journal is damaged");
                let kept =
                    aside::keep(&file, today).map_err(|error| failure::folder(path, &error))?;
                let read = read(&file).await.map_err(|failure| failure.problem(path))?;
                (read, Some(failure::damaged(&kept, &raw)))
            }
            Err(failure) => return Err(failure.problem(path)),
        };
        let journal = Self {
            connection,
            _folder: folder,
        };
        Ok(Opened {
            journal,
            entries,
            desktop,
            damaged,
        })
    }

    /// Writes entries down: all of them or none.
    ///
    /// # Errors
    /// Why they are not on the disk.
    pub async fn append(&mut self, entries: &[Entry]) -> Result<(), Problem> {
        entries::append(&mut self.connection, entries)
            .await
            .map_err(Failure::into_problem)
    }

    /// Writes an entry down that belongs to no release.
    ///
    /// # Errors
    /// Why it is not on the disk.
    pub async fn append_desktop(&mut self, entry: &DesktopEntry) -> Result<(), Problem> {
        desktop::append(&mut self.connection, entry)
            .await
            .map_err(Failure::into_problem)
    }

    /// One release's entries, oldest first.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub async fn of_release(&mut self, release: &ReleaseId) -> Result<Vec<Entry>, Problem> {
        entries::of_release(&mut self.connection, release)
            .await
            .map_err(Failure::into_problem)
    }

    /// Closes the file; what was appended is on the disk already.
    pub async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the journal did not close cleanly");
        }
    }
}

type Read = (SqliteConnection, Vec<Entry>, Vec<DesktopEntry>);

async fn read(file: &Path) -> Result<Read, Failure> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    let mut connection = options.connect().await?;
    match schema::prepare(&mut connection).await {
        Ok(()) => {}
        Err(failure) => return Err(closing(connection, failure).await),
    }
    let entries = match entries::of_open_releases(&mut connection).await {
        Ok(entries) => entries,
        Err(failure) => return Err(closing(connection, failure).await),
    };
    match desktop::all(&mut connection).await {
        Ok(desktop) => Ok((connection, entries, desktop)),
        Err(failure) => Err(closing(connection, failure).await),
    }
}

/// A file that is still open cannot be renamed everywhere.
async fn closing(connection: SqliteConnection, failure: Failure) -> Failure {
    // It is not usable anyway; what matters is that it is let go.
    let _ = connection.close().await;
    failure
}
