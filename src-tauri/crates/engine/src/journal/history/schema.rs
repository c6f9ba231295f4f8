//! The tables of the history, and writing them.

use std::path::Path;
use std::time::Duration;

use slipway_core::history::Summary;
use slipway_core::ids::ReleaseId;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};

use super::super::failure::Failure;
use super::super::let_go;

/// The shape of the tables and of the rows in them. Another one is made anew from the journal, so it goes up whenever
/// anything is derived in another way.
const SHAPE: i64 = 2;

const TABLES: &str = "
CREATE TABLE source (upto INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE releases (
    release  TEXT    PRIMARY KEY,
    followed INTEGER NOT NULL,
    ended    INTEGER,
    kind     TEXT,
    result   TEXT,
    past     TEXT,
    search   TEXT
) STRICT;
CREATE INDEX releases_followed ON releases (release) WHERE followed = 1;
CREATE INDEX releases_ended ON releases (ended DESC, release) WHERE ended IS NOT NULL;
";

pub(super) async fn existing(file: &Path) -> Result<SqliteConnection, Failure> {
    let mut connection = options(file).connect().await?;
    let shape: Result<i64, _> = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut connection)
        .await;
    let why = match shape {
        Ok(SHAPE) => return Ok(connection),
        Ok(other) => Failure::Damaged(format!("it has the shape {other}")),
        Err(error) => Failure::from(error),
    };
    let_go(connection).await;
    Err(why)
}

/// A new file in the place of whatever was there.
pub(super) async fn begin(folder: &Path, file: &Path) -> Result<SqliteConnection, Failure> {
    super::remove(folder);
    let mut connection = options(file).create_if_missing(true).connect().await?;
    let made = sqlx::raw_sql(TABLES).execute(&mut connection).await;
    match made {
        Ok(_) => Ok(connection),
        Err(error) => {
            let_go(connection).await;
            Err(Failure::from(error))
        }
    }
}

/// What was derived can be derived again, so the disk is not waited for.
fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5))
}

/// Up to which entry it holds everything, and when that was written.
pub(super) async fn upto(connection: &mut SqliteConnection) -> Result<(i64, i64), Failure> {
    let upto = sqlx::query_as("SELECT upto, at FROM source");
    upto.fetch_one(connection)
        .await
        .map_err(Failure::while_reading)
}

/// It is whole: from now on it counts.
pub(super) async fn complete(
    connection: &mut SqliteConnection,
    (upto, at): (i64, i64),
) -> Result<(), Failure> {
    sqlx::query("INSERT INTO source VALUES (?, ?)")
        .bind(upto)
        .bind(at)
        .execute(&mut *connection)
        .await?;
    let shape = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {SHAPE}"));
    sqlx::raw_sql(shape).execute(connection).await?;
    Ok(())
}

/// Writes rows, follows what was touched since, and notes up to which entry that is so. All of it or nothing.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    touched: &[ReleaseId],
    summaries: &[Summary],
    (upto, at): (i64, i64),
) -> Result<(), Failure> {
    sqlx::raw_sql("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    let written = async {
        for release in touched {
            let follow = "INSERT INTO releases (release, followed) VALUES (?, 1)
                 ON CONFLICT (release) DO UPDATE SET followed = 1";
            sqlx::query(follow)
                .bind(release.as_str())
                .execute(&mut *connection)
                .await?;
        }
        for summary in summaries {
            put(connection, summary).await?;
        }
        sqlx::query("UPDATE source SET upto = ?, at = ?")
            .bind(upto)
            .bind(at)
            .execute(&mut *connection)
            .await?;
        sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
        Ok(())
    };
    let written: Result<(), Failure> = written.await;
    if written.is_err() {
        // SQLite has done this by itself after some failures, and then says so.
        let _ = sqlx::raw_sql("ROLLBACK").execute(connection).await;
    }
    written
}

/// Writes one row.
pub(super) async fn put(
    connection: &mut SqliteConnection,
    summary: &Summary,
) -> Result<(), Failure> {
    let past = summary.past.as_ref();
    let row = past.map(serde_json::to_string).transpose();
    let row = row.map_err(|error| Failure::Other(error.to_string()))?;
    let put =
        "INSERT OR REPLACE INTO releases (release, followed, ended, kind, result, past, search)
         VALUES (?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(put)
        .bind(summary.release.as_str())
        .bind(summary.followed)
        .bind(past.map(|past| past.ended.0))
        .bind(past.map(|past| past.kind.word()))
        .bind(past.map(|past| past.result.name()))
        .bind(row)
        .bind(past.map(|_| summary.search.as_str()))
        .execute(connection)
        .await?;
    Ok(())
}
