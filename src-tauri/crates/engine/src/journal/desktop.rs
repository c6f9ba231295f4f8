//! Reading and writing what belongs to no release.

use slipway_core::desktop::DesktopEntry;
use slipway_core::ids::ReleaseId;
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

/// What is shown of what was told, and more: the newest so many records.
const NEWEST: i64 = 400;

/// What a desktop goes on from: everything that was chosen, the newest of what was told, and what was told of these
/// releases. Of others nothing is told any more.
pub(super) async fn known(
    connection: &mut SqliteConnection,
    followed: &[ReleaseId],
) -> Result<Vec<DesktopEntry>, Failure> {
    let names: Vec<&str> = followed.iter().map(ReleaseId::as_str).collect();
    let known = "SELECT at, record FROM desktop WHERE seq IN (
             SELECT seq FROM desktop WHERE record ->> 'type' NOT IN ('told', 'shown')
             UNION SELECT seq FROM (SELECT seq FROM desktop ORDER BY seq DESC LIMIT ?1)
             UNION SELECT seq FROM desktop WHERE record ->> 'type' = 'told'
               AND record ->> '$.notice.release' IN (SELECT value FROM json_each(?2))
           ) ORDER BY seq";
    let known = sqlx::query_as(known)
        .bind(NEWEST)
        .bind(serde_json::Value::from(names).to_string());
    collect(known.fetch_all(connection).await)
}

/// What was told of one release.
pub(super) async fn told_of(
    connection: &mut SqliteConnection,
    release: &ReleaseId,
) -> Result<Vec<DesktopEntry>, Failure> {
    let told = "SELECT at, record FROM desktop WHERE record ->> 'type' = 'told'
           AND record ->> '$.notice.release' = ? ORDER BY seq";
    let told = sqlx::query_as(told).bind(release.as_str());
    collect(told.fetch_all(connection).await)
}

pub(super) async fn all(connection: &mut SqliteConnection) -> Result<Vec<DesktopEntry>, Failure> {
    let all = sqlx::query_as("SELECT at, record FROM desktop ORDER BY seq");
    collect(all.fetch_all(connection).await)
}

fn collect(rows: Result<Vec<(i64, String)>, sqlx::Error>) -> Result<Vec<DesktopEntry>, Failure> {
    let rows = rows.map_err(Failure::while_reading)?;
    let entry = |(at, record): (i64, String)| {
        let record =
            serde_json::from_str(&record).map_err(|error| Failure::Damaged(error.to_string()))?;
        Ok(DesktopEntry { at: At(at), record })
    };
    rows.into_iter().map(entry).collect()
}
