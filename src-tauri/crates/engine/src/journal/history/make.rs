//! Deriving rows from the entries of the journal.

use futures_util::TryStreamExt;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use slipway_core::history::{PastRelease, Summary};
use slipway_core::ids::ReleaseId;
use slipway_core::release::Release;
use slipway_core::time::At;
use sqlx::SqliteConnection;

use super::super::entries::{self, Row};
use super::super::failure::Failure;
use super::schema;

/// What is over for longer than this, and was not touched since, has nothing left to do. Seconds.
const LONG_OVER: i64 = 2 * 86_400;

type Made = Result<(SqliteConnection, i64), Failure>;

/// Derives every row, one release after the other. The outer failure is the journal's, the inner one the new file's.
pub(super) async fn all(
    mut history: SqliteConnection,
    journal: &mut SqliteConnection,
    today: Date,
) -> Result<Made, Failure> {
    let newest = newest_entry(journal).await?;
    let long_ago = At(midnight(today)).plus_seconds(-LONG_OVER);
    if let Err(error) = sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut history).await {
        return Ok(Err(error.into()));
    }
    let mut rows = sqlx::query_as::<_, Row>(
        r#"SELECT release, at, "by", record FROM entries ORDER BY release, seq"#,
    )
    .fetch(journal);
    let mut of_one: Vec<Row> = Vec::new();
    loop {
        let row = rows.try_next().await.map_err(Failure::while_reading)?;
        let ends = |first: &Row| row.as_ref().is_none_or(|row| row.0 != first.0);
        if of_one.first().is_some_and(ends) {
            let summary = summary(std::mem::take(&mut of_one), long_ago);
            if let Err(failure) = schema::put(&mut history, &summary).await {
                return Ok(Err(failure));
            }
        }
        let Some(row) = row else { break };
        of_one.push(row);
    }
    if let Err(error) = sqlx::raw_sql("COMMIT").execute(&mut history).await {
        return Ok(Err(error.into()));
    }
    let complete = schema::complete(&mut history, newest).await;
    Ok(complete.map(|()| (history, newest.0)))
}

/// One whose entries cannot be understood is followed: taking it up finds out what that means.
fn summary(rows: Vec<Row>, long_ago: At) -> Summary {
    let release = ReleaseId(rows.first().map(|row| row.0.clone()).unwrap_or_default());
    let entries = entries::collect(rows).unwrap_or_default();
    let Some(folded) = Release::fold(&entries) else {
        return Summary {
            release,
            past: None,
            search: String::new(),
            followed: true,
        };
    };
    let past = PastRelease::of(&folded);
    let touched = entries.last().is_some_and(|entry| entry.at > long_ago);
    Summary::of(&folded, past, touched && !folded.closed)
}

/// The row of a release, if it is put aside.
pub(super) async fn put_aside(
    journal: &mut SqliteConnection,
    release: &ReleaseId,
) -> Result<Option<Summary>, Failure> {
    let entries = match entries::of_release(journal, release).await {
        Ok(entries) => entries,
        // Taking it up finds out what that means.
        Err(Failure::Damaged(_)) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let folded = Release::fold(&entries).filter(|release| release.closed);
    Ok(folded.map(|release| Summary::of(&release, PastRelease::of(&release), false)))
}

/// The releases that have entries behind that one.
pub(super) async fn touched_since(
    journal: &mut SqliteConnection,
    upto: i64,
) -> Result<Vec<ReleaseId>, Failure> {
    let touched: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT release FROM entries WHERE seq > ?")
            .bind(upto)
            .fetch_all(journal)
            .await
            .map_err(Failure::while_reading)?;
    Ok(touched.into_iter().map(ReleaseId).collect())
}

/// The number of the newest entry, and when it was written.
pub(super) async fn newest_entry(journal: &mut SqliteConnection) -> Result<(i64, i64), Failure> {
    let newest = sqlx::query_as("SELECT seq, at FROM entries ORDER BY seq DESC LIMIT 1");
    let newest = newest.fetch_optional(journal).await;
    Ok(newest.map_err(Failure::while_reading)?.unwrap_or_default())
}

/// The journal holds an entry of that number, written then.
pub(super) async fn is_entry(
    journal: &mut SqliteConnection,
    seq: i64,
    at: i64,
) -> Result<bool, Failure> {
    if seq == 0 {
        return Ok(true);
    }
    let found: Option<i64> = sqlx::query_scalar("SELECT at FROM entries WHERE seq = ?")
        .bind(seq)
        .fetch_optional(journal)
        .await
        .map_err(Failure::while_reading)?;
    Ok(found == Some(at))
}

fn midnight(date: Date) -> i64 {
    let midnight = date.to_zoned(TimeZone::UTC);
    midnight.map_or(0, |it| it.timestamp().as_millisecond())
}
