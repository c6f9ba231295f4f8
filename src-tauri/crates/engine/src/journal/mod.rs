//! The journal: what this desktop did, was told and saw, in the order in which it happened.
//!
//! It is one SQLite file with one table that is only ever added to. An entry is on the disk before [`Journal::append`]
//! returns, and nothing is sent to an outside system before its entry is. One process at a time has it open.

mod aside;
mod desktop;
mod entries;
mod failure;
mod folder;
mod history;
#[cfg(test)]
mod kinds;
mod schema;
mod soundness;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use slipway_core::desktop::DesktopEntry;
use slipway_core::history::{HistoryPage, HistoryQuery, PastRelease, Summary};
use slipway_core::ids::ReleaseId;
use slipway_core::problem::Problem;
use slipway_core::record::Entry;
use slipway_core::time::At;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use failure::Failure;
pub use folder::Folder;
use history::History;
pub(crate) use soundness::look_through;

/// The open journal of one data folder.
#[derive(Debug)]
pub struct Journal {
    connection: SqliteConnection,
    /// What is derived from it; `None` where that cannot be kept.
    history: Option<History>,
    folder: Folder,
}

/// A journal as it was found.
#[derive(Debug)]
pub struct Opened {
    /// To go on with.
    pub journal: Journal,
    /// All entries of the releases that are followed, oldest first: not of those that were put aside, nor of those that
    /// are over and have nothing left to do.
    pub entries: Vec<Entry>,
    /// The newest releases that are over, newest first.
    pub newest: Vec<PastRelease>,
    /// What belongs to no release, oldest first; of what was told of releases that are not followed only the newest.
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
        let (read, damaged) = match read(&file, today).await {
            Ok(read) => (read, None),
            Err(Failure::Damaged(raw)) => {
                tracing::error!(raw, "the journal is damaged");
                let kept =
                    aside::keep(&file, today).map_err(|error| failure::folder(path, &error))?;
                let read = read(&file, today).await;
                let read = read.map_err(|failure| failure.problem(path))?;
                (read, Some(failure::damaged(&kept, &raw)))
            }
            Err(failure) => return Err(failure.problem(path)),
        };
        let contents = read.contents;
        let journal = Self {
            connection: read.connection,
            history: contents.history,
            folder,
        };
        Ok(Opened {
            journal,
            entries: contents.entries,
            newest: contents.newest,
            desktop: contents.desktop,
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

    /// What was told of one release, oldest first.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub async fn told_of(&mut self, release: &ReleaseId) -> Result<Vec<DesktopEntry>, Problem> {
        desktop::told_of(&mut self.connection, release)
            .await
            .map_err(Failure::into_problem)
    }

    /// Keeps what is known of a release beside the journal.
    ///
    /// # Errors
    /// Why it is not kept. Nothing is lost: the next start derives it again.
    pub async fn summarise(&mut self, summary: &Summary) -> Result<(), Problem> {
        let history = self.history.as_mut().ok_or_else(failure::no_history)?;
        let kept = history.keep(&mut self.connection, summary).await;
        kept.map_err(Failure::into_history_problem)
    }

    /// A page of the releases that are over, and how many there are.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub async fn page(&mut self, query: &HistoryQuery, now: At) -> Result<HistoryPage, Problem> {
        let history = self.history.as_mut().ok_or_else(failure::no_history)?;
        let page = history::page(history.connection(), query, now).await;
        self.or_let_go(page).await
    }

    /// The newest releases that are over, newest first.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub async fn newest(&mut self) -> Result<Vec<PastRelease>, Problem> {
        let history = self.history.as_mut().ok_or_else(failure::no_history)?;
        let newest = history::newest(history.connection()).await;
        self.or_let_go(newest).await
    }

    /// Every release that is over and matches, newest first.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub async fn matching(&mut self, query: &HistoryQuery) -> Result<Vec<ReleaseId>, Problem> {
        let history = self.history.as_mut().ok_or_else(failure::no_history)?;
        let matching = history::matching(history.connection(), query).await;
        self.or_let_go(matching).await
    }

    /// What was read of the history. One that turns out to be damaged is taken away, so that the next start makes it anew.
    async fn or_let_go<T>(&mut self, read: Result<T, Failure>) -> Result<T, Problem> {
        if let Err(Failure::Damaged(raw)) = &read {
            tracing::error!(raw, "the history is damaged");
            if let Some(history) = self.history.take() {
                history.close().await;
                history::remove(self.folder.path());
            }
        }
        read.map_err(Failure::into_history_problem)
    }

    /// Closes the file; what was appended is on the disk already.
    pub async fn close(self) {
        if let Some(history) = self.history {
            history.close().await;
        }
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the journal did not close cleanly");
        }
    }
}

struct Read {
    connection: SqliteConnection,
    contents: Contents,
}

struct Contents {
    history: Option<History>,
    entries: Vec<Entry>,
    newest: Vec<PastRelease>,
    desktop: Vec<DesktopEntry>,
}

async fn read(file: &Path, today: Date) -> Result<Read, Failure> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    let mut connection = options.connect().await?;
    match contents(&mut connection, file, today).await {
        Ok(contents) => Ok(Read {
            connection,
            contents,
        }),
        Err(failure) => {
            // A file that is still open cannot be renamed everywhere.
            let_go(connection).await;
            Err(failure)
        }
    }
}

async fn contents(
    connection: &mut SqliteConnection,
    file: &Path,
    today: Date,
) -> Result<Contents, Failure> {
    schema::prepare(connection).await?;
    let folder = file.parent().unwrap_or(file);
    let (history, known) = open_history(folder, connection, today).await?;
    let (followed, newest) = known.unzip();
    match taken_up(connection, followed).await {
        Ok((entries, desktop)) => Ok(Contents {
            history,
            entries,
            newest: newest.unwrap_or_default(),
            desktop,
        }),
        Err(failure) => {
            if let Some(history) = history {
                history.close().await;
            }
            Err(failure)
        }
    }
}

/// The entries of these releases and what the desktop goes on from; all of both where nobody knows who is followed.
async fn taken_up(
    connection: &mut SqliteConnection,
    followed: Option<Vec<ReleaseId>>,
) -> Result<(Vec<Entry>, Vec<DesktopEntry>), Failure> {
    match followed {
        Some(followed) => Ok((
            entries::of_open_among(connection, &followed).await?,
            desktop::known(connection, &followed).await?,
        )),
        None => Ok((
            entries::of_open_releases(connection).await?,
            desktop::all(connection).await?,
        )),
    }
}

/// Who is to be taken up, and the newest of those that are over.
type Known = (Vec<ReleaseId>, Vec<PastRelease>);

/// The history, and what it tells at the start. One that turns out to be damaged is made anew, once.
async fn open_history(
    folder: &Path,
    journal: &mut SqliteConnection,
    today: Date,
) -> Result<(Option<History>, Option<Known>), Failure> {
    for _ in 0..2 {
        let Some(mut history) = History::open(folder, journal, today).await? else {
            break;
        };
        let known = async {
            let followed = history.followed(journal).await?;
            let newest = history::newest(history.connection()).await?;
            Ok::<Known, Failure>((followed, newest))
        };
        match known.await {
            Ok(known) => return Ok((Some(history), Some(known))),
            Err(failure) => {
                tracing::warn!(?failure, "the history is damaged");
                history.close().await;
                history::remove(folder);
            }
        }
    }
    Ok((None, None))
}

/// Lets a file go that is not usable; what matters is that it is let go.
async fn let_go(connection: SqliteConnection) {
    let _ = connection.close().await;
}
