//! Whether the file is whole. A small one is looked through before it is used. Looking through years of deploys takes longer
//! than all the rest of a start, so that is done afterwards; until then, what is damaged is found when it is read.

use std::path::Path;

use slipway_core::problem::Problem;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

use super::failure::{self, Failure};
use super::let_go;

/// What is looked through in a moment. Bytes.
const SMALL: i64 = 2 * 1024 * 1024;

/// Looks a small file through.
pub(super) async fn check_small(connection: &mut SqliteConnection) -> Result<(), Failure> {
    let size: i64 = sqlx::query_scalar(
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    )
    .fetch_one(&mut *connection)
    .await?;
    if size > SMALL {
        return Ok(());
    }
    check(connection).await
}

async fn check(connection: &mut SqliteConnection) -> Result<(), Failure> {
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(connection)
        .await?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(Failure::Damaged(verdict))
    }
}

/// Looks the journal of a folder through, beside whoever works with it.
///
/// # Errors
/// What is to be said when a part of it is damaged. One that cannot be looked through now says nothing.
pub(crate) async fn look_through(folder: &Path) -> Result<(), Problem> {
    let file = SqliteConnectOptions::new()
        .filename(folder.join("journal.db"))
        .read_only(true);
    let mut connection = match file.connect().await {
        Ok(connection) => connection,
        Err(error) => {
            tracing::warn!(%error, "the journal is not looked through");
            return Ok(());
        }
    };
    let checked = check(&mut connection).await;
    let_go(connection).await;
    match checked {
        Ok(()) => Ok(()),
        Err(Failure::Damaged(raw)) => {
            tracing::error!(raw, "a part of the journal is damaged");
            Err(failure::partly_damaged(folder).with_raw(&raw))
        }
        Err(failure) => {
            tracing::warn!(?failure, "the journal was not looked through");
            Ok(())
        }
    }
}
