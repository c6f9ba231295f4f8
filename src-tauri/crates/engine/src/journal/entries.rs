//! Reading and writing entries.

use slipway_core::ids::ReleaseId;
use slipway_core::record::Entry;
use slipway_core::time::At;
use sqlx::SqliteConnection;

use super::failure::Failure;

pub(super) type Row = (String, i64, String, String);

pub(super) async fn append(
    connection: &mut SqliteConnection,
    entries: &[Entry],
) -> Result<(), Failure> {
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    let mut written = insert(connection, entries).await;
    if written.is_ok() {
        written = sqlx::query("COMMIT")
            .execute(&mut *connection)
            .await
            .map(drop)
            .map_err(Failure::from);
    }
    if written.is_err() {
        // SQLite has done this by itself after some failures, and then says so.
        let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
    }
    written
}

async fn insert(connection: &mut SqliteConnection, entries: &[Entry]) -> Result<(), Failure> {
    for entry in entries {
        let record = serde_json::to_string(&entry.record)
            .map_err(|error| Failure::Other(error.to_string()))?;
        sqlx::query(r#"INSERT INTO entries (release, at, "by", record) VALUES (?, ?, ?, ?)"#)
            .bind(entry.release.as_str())
            .bind(entry.at.0)
            .bind(&entry.by)
            .bind(record)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(super) async fn of_open_releases(
    connection: &mut SqliteConnection,
) -> Result<Vec<Entry>, Failure> {
    // Beside max(), SQLite takes the other columns from the row that holds the maximum.
    let rows = sqlx::query_as(
        r#"SELECT release, at, "by", record FROM entries WHERE release IN (
             SELECT release FROM (
               SELECT release, max(seq), record ->> 'type' AS type FROM entries
               WHERE record ->> 'type' IN ('opened', 'closed') GROUP BY release
             ) WHERE type = 'opened'
           ) ORDER BY seq"#,
    );
    collect(
        rows.fetch_all(connection)
            .await
            .map_err(Failure::while_reading)?,
    )
}

/// The same of these releases only.
pub(super) async fn of_open_among(
    connection: &mut SqliteConnection,
    releases: &[ReleaseId],
) -> Result<Vec<Entry>, Failure> {
    let names: Vec<&str> = releases.iter().map(ReleaseId::as_str).collect();
    let rows = sqlx::query_as(
        r#"SELECT release, at, "by", record FROM entries WHERE release IN (
             SELECT value FROM json_each(?) WHERE (
               SELECT record ->> 'type' FROM entries AS its
               WHERE its.release = value AND its.record ->> 'type' IN ('opened', 'closed')
               ORDER BY seq DESC LIMIT 1
             ) = 'opened'
           ) ORDER BY seq"#,
    )
    .bind(serde_json::Value::from(names).to_string());
    collect(
        rows.fetch_all(connection)
            .await
            .map_err(Failure::while_reading)?,
    )
}

pub(super) async fn of_release(
    connection: &mut SqliteConnection,
    release: &ReleaseId,
) -> Result<Vec<Entry>, Failure> {
    let rows = sqlx::query_as(
        r#"SELECT release, at, "by", record FROM entries WHERE release = ? ORDER BY seq"#,
    )
    .bind(release.as_str());
    collect(
        rows.fetch_all(connection)
            .await
            .map_err(Failure::while_reading)?,
    )
}

pub(super) fn collect(rows: Vec<Row>) -> Result<Vec<Entry>, Failure> {
    rows.into_iter().map(entry).collect()
}

fn entry((release, at, by, record): Row) -> Result<Entry, Failure> {
    let record =
        serde_json::from_str(&record).map_err(|error| Failure::Damaged(error.to_string()))?;
    Ok(Entry {
        release: ReleaseId(release),
        at: At(at),
        by,
        record,
    })
}
