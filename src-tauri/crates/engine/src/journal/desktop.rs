//! Reading and writing what belongs to no release.

use slipway_core::desktop::DesktopEntry;
use slipway_core::time::At;
use sqlx::SqliteConnection;

use super::failure::Failure;

/// One entry is one statement, so it is written whole or not at all.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    entry: &DesktopEntry,
) -> Result<(), Failure> {
    let record =
        serde_json::to_string(&entry.record).map_err(|error| Failure::Other(error.to_string()))?;
    sqlx::query("INSERT INTO desktop (at, record) VALUES (?, ?)")
        .bind(entry.at.0)
        .bind(record)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn all(connection: &mut SqliteConnection) -> Result<Vec<DesktopEntry>, Failure> {
    let rows: Vec<(i64, String)> = sqlx::query_as("SELECT at, record FROM desktop ORDER BY seq")
        .fetch_all(connection)
        .await
        .map_err(Failure::while_reading)?;
    let entry = |(at, record): (i64, String)| {
        let record =
            serde_json::from_str(&record).map_err(|error| Failure::Damaged(error.to_string()))?;
        Ok(DesktopEntry { at: At(at), record })
    };
    rows.into_iter().map(entry).collect()
}
