//! Reading the history.

use slipway_core::history::{HistoryPage, HistoryQuery, PAGE, PastRelease, PastResult, Tally};
use slipway_core::ids::ReleaseId;
use slipway_core::time::At;
use sqlx::SqliteConnection;

use super::super::failure::Failure;

/// What is usual is told from so many.
const NEWEST: i64 = 50;
/// "Lately", in seconds.
const LATELY: i64 = 60 * 86_400;

/// What a query asks for, with its three values bound in this order: the words, the kind, the result.
const MATCHES: &str = "ended IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM json_each(?1) AS word WHERE instr(search, word.value) = 0)
    AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR result = ?3)";

pub(super) async fn followed(connection: &mut SqliteConnection) -> Result<Vec<ReleaseId>, Failure> {
    let followed: Vec<String> =
        sqlx::query_scalar("SELECT release FROM releases WHERE followed = 1 ORDER BY release")
            .fetch_all(connection)
            .await
            .map_err(Failure::while_reading)?;
    Ok(followed.into_iter().map(ReleaseId).collect())
}

/// The newest rows, newest first.
pub(in super::super) async fn newest(
    connection: &mut SqliteConnection,
) -> Result<Vec<PastRelease>, Failure> {
    let newest =
        "SELECT past FROM releases WHERE ended IS NOT NULL ORDER BY ended DESC, release LIMIT ?";
    let rows = sqlx::query_scalar(newest).bind(NEWEST);
    collect(rows.fetch_all(connection).await)
}

/// One page, and how many there are.
pub(in super::super) async fn page(
    connection: &mut SqliteConnection,
    query: &HistoryQuery,
    now: At,
) -> Result<HistoryPage, Failure> {
    let (words, kind, result) = asked(query);
    let rows = format!(
        "SELECT past FROM releases WHERE {MATCHES} ORDER BY ended DESC, release LIMIT {PAGE} OFFSET ?4"
    );
    let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(rows))
        .bind(&words)
        .bind(kind)
        .bind(result)
        .bind(query.from)
        .fetch_all(&mut *connection);
    let rows = collect(rows.await)?;
    let total = format!("SELECT count(*) FROM releases WHERE {MATCHES}");
    let total = sqlx::query_scalar(sqlx::AssertSqlSafe(total))
        .bind(&words)
        .bind(kind)
        .bind(result)
        .fetch_one(&mut *connection)
        .await
        .map_err(Failure::while_reading)?;
    let all = sqlx::query_scalar("SELECT count(*) FROM releases WHERE ended IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .map_err(Failure::while_reading)?;
    Ok(HistoryPage {
        rows,
        total,
        all,
        lately: lately(connection, now).await?,
    })
}

/// Every release that matches, newest first.
pub(in super::super) async fn matching(
    connection: &mut SqliteConnection,
    query: &HistoryQuery,
) -> Result<Vec<ReleaseId>, Failure> {
    let (words, kind, result) = asked(query);
    let ids = format!("SELECT release FROM releases WHERE {MATCHES} ORDER BY ended DESC, release");
    let ids: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(ids))
        .bind(words)
        .bind(kind)
        .bind(result)
        .fetch_all(connection)
        .await
        .map_err(Failure::while_reading)?;
    Ok(ids.into_iter().map(ReleaseId).collect())
}

fn asked(query: &HistoryQuery) -> (String, Option<&'static str>, Option<&'static str>) {
    let words = serde_json::Value::from(query.words()).to_string();
    let kind = query.kind.map(|kind| kind.word());
    (words, kind, query.result.map(PastResult::name))
}

async fn lately(connection: &mut SqliteConnection, now: At) -> Result<Vec<Tally>, Failure> {
    let counted: Vec<(String, u32)> =
        sqlx::query_as("SELECT result, count(*) FROM releases WHERE ended > ? GROUP BY result")
            .bind(now.plus_seconds(-LATELY).0)
            .fetch_all(connection)
            .await
            .map_err(Failure::while_reading)?;
    let tally = |result: PastResult| {
        let (_, count) = counted.iter().find(|(name, _)| name == result.name())?;
        Some(Tally {
            result,
            count: *count,
        })
    };
    Ok(PastResult::ALL.into_iter().filter_map(tally).collect())
}

fn collect(rows: Result<Vec<String>, sqlx::Error>) -> Result<Vec<PastRelease>, Failure> {
    let rows = rows.map_err(Failure::while_reading)?;
    let row = |row: String| {
        serde_json::from_str(&row).map_err(|error| Failure::Damaged(error.to_string()))
    };
    rows.into_iter().map(row).collect()
}
