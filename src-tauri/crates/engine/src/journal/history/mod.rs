//! What is derived from the journal: one row a release, in a file of its own beside it. It can be deleted at any time; one
//! that is missing, damaged or of another shape is made anew from the records, which stay the truth.
//!
//! It says up to which entry it holds everything. What was written after that is looked at again at the next start, so it
//! need not be written with every entry.

mod make;
mod read;
mod schema;
#[cfg(test)]
mod tests;

use std::path::Path;

use jiff::civil::Date;
use slipway_core::history::Summary;
use slipway_core::ids::ReleaseId;
use sqlx::{Connection, SqliteConnection};

use super::failure::Failure;

const NAME: &str = "history.db";

/// The open file of one data folder.
#[derive(Debug)]
pub(super) struct History {
    connection: SqliteConnection,
    /// The newest entry of the journal that it holds.
    upto: i64,
}

impl History {
    /// Opens the file in this folder, or makes it from the journal.
    ///
    /// # Errors
    /// The journal cannot be read: that is not this file's damage. Where only this file cannot be used there is none.
    pub(super) async fn open(
        folder: &Path,
        journal: &mut SqliteConnection,
        today: Date,
    ) -> Result<Option<Self>, Failure> {
        let file = folder.join(NAME);
        match Self::existing(&file, journal).await {
            Ok(history) => return Ok(Some(history)),
            Err(why) => tracing::info!(?why, "the history is made from the journal"),
        }
        let made = match schema::begin(folder, &file).await {
            Ok(connection) => make::all(connection, journal, today).await?,
            Err(failure) => Err(failure),
        };
        match made {
            Ok((connection, upto)) => Ok(Some(Self { connection, upto })),
            Err(failure) => {
                tracing::warn!(?failure, "there is no history");
                Ok(None)
            }
        }
    }

    async fn existing(file: &Path, journal: &mut SqliteConnection) -> Result<Self, Failure> {
        let mut connection = schema::existing(file).await?;
        let fits = match schema::upto(&mut connection).await {
            Ok((upto, at)) => make::is_entry(journal, upto, at).await.map(|it| (it, upto)),
            Err(failure) => Err(failure),
        };
        match fits {
            Ok((true, upto)) => Ok(Self { connection, upto }),
            Ok((false, _)) => {
                super::let_go(connection).await;
                Err(Failure::Damaged("it was made from another journal".into()))
            }
            Err(failure) => {
                super::let_go(connection).await;
                Err(failure)
            }
        }
    }

    /// The releases that are to be taken up at a start. Those that were put aside meanwhile get their row.
    pub(super) async fn followed(
        &mut self,
        journal: &mut SqliteConnection,
    ) -> Result<Vec<ReleaseId>, Failure> {
        let touched = make::touched_since(journal, self.upto).await?;
        if !touched.is_empty() {
            self.bring_up(journal, &touched).await?;
        }
        read::followed(&mut self.connection).await
    }

    async fn bring_up(
        &mut self,
        journal: &mut SqliteConnection,
        touched: &[ReleaseId],
    ) -> Result<(), Failure> {
        let newest = make::newest_entry(journal).await?;
        let mut aside = Vec::new();
        for release in touched {
            aside.extend(make::put_aside(journal, release).await?);
        }
        schema::write(&mut self.connection, touched, &aside, newest).await?;
        self.upto = newest.0;
        Ok(())
    }

    /// Keeps what is known of a release now.
    pub(super) async fn keep(
        &mut self,
        journal: &mut SqliteConnection,
        summary: &Summary,
    ) -> Result<(), Failure> {
        let touched = make::touched_since(journal, self.upto).await?;
        let newest = make::newest_entry(journal).await?;
        let summary = std::slice::from_ref(summary);
        schema::write(&mut self.connection, &touched, summary, newest).await?;
        self.upto = newest.0;
        Ok(())
    }

    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }

    pub(super) async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the history did not close cleanly");
        }
    }
}

pub(super) use read::{matching, newest, page};

/// Takes the file away, with what SQLite keeps beside it.
pub(super) fn remove(folder: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let path = folder.join(format!("{NAME}{suffix}"));
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %path.display(), "the history is in the way");
        }
    }
}
