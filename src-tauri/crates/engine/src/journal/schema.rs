//! The journal's tables.

use sqlx::SqliteConnection;

use super::failure::Failure;
use super::soundness;

/// The version that this program writes. It goes up with the tables, and with every kind of record that an older program
/// cannot read: that one then says that a newer one made the journal, instead of calling it damaged.
///
/// - 1: releases.
/// - 2: what belongs to no release has a table of its own.
/// - 3: the kinds of records count, too.
/// - 4: changes are told in the thread of the announcement.
/// - 5: reminders, and what else can be done about a build that failed or must stop; that an execution was stopped, and
///   that a release is over, is noted.
pub(super) const VERSION: i64 = 5;

const TABLES: &str = r#"
CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT;
CREATE TABLE entries (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    release TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    "by"    TEXT    NOT NULL,
    record  TEXT    NOT NULL CHECK (json_valid(record))
) STRICT;
CREATE INDEX entries_of_release ON entries (release, seq);
CREATE INDEX openings ON entries (release, seq) WHERE record ->> 'type' IN ('opened', 'closed');
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE (ABORT, 'entries are kept'); END;
CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries BEGIN SELECT RAISE (ABORT, 'entries are kept'); END;
"#;

/// What belongs to no release; since version 2.
const DESKTOP: &str = r#"
CREATE TABLE desktop (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    record  TEXT    NOT NULL CHECK (json_valid(record))
) STRICT;
CREATE TRIGGER desktop_is_not_changed BEFORE UPDATE ON desktop BEGIN SELECT RAISE (ABORT, 'entries are kept'); END;
CREATE TRIGGER desktop_is_not_removed BEFORE DELETE ON desktop BEGIN SELECT RAISE (ABORT, 'entries are kept'); END;
"#;

/// So that what was told of releases long over need not be read; since version 5.
const TOLD: &str = r#"
CREATE INDEX IF NOT EXISTS desktop_chosen ON desktop (seq) WHERE record ->> 'type' NOT IN ('told', 'shown');
CREATE INDEX IF NOT EXISTS desktop_told ON desktop (record ->> '$.notice.release', seq)
    WHERE record ->> 'type' = 'told';
"#;

/// Makes the tables in a new file, and checks an older one.
pub(super) async fn prepare(connection: &mut SqliteConnection) -> Result<(), Failure> {
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *connection)
        .await?;
    if tables == 0 {
        return create(connection).await;
    }
    soundness::check_small(connection).await?;
    let version: i64 = sqlx::query_scalar("SELECT version FROM schema_version")
        .fetch_one(&mut *connection)
        .await
        .map_err(Failure::while_reading)?;
    if version > VERSION {
        return Err(Failure::Newer);
    }
    if version < VERSION {
        begin(connection).await?;
        if version < 2 {
            sqlx::raw_sql(DESKTOP).execute(&mut *connection).await?;
        }
        if version < 5 {
            sqlx::raw_sql(TOLD).execute(&mut *connection).await?;
        }
        sqlx::query("UPDATE schema_version SET version = ?")
            .bind(VERSION)
            .execute(&mut *connection)
            .await?;
        commit(connection).await?;
    }
    Ok(())
}

async fn create(connection: &mut SqliteConnection) -> Result<(), Failure> {
    begin(connection).await?;
    sqlx::raw_sql(TABLES).execute(&mut *connection).await?;
    sqlx::raw_sql(DESKTOP).execute(&mut *connection).await?;
    sqlx::raw_sql(TOLD).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO schema_version VALUES (?)")
        .bind(VERSION)
        .execute(&mut *connection)
        .await?;
    commit(connection).await
}

async fn begin(connection: &mut SqliteConnection) -> Result<(), Failure> {
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(connection).await?;
    Ok(())
}

async fn commit(connection: &mut SqliteConnection) -> Result<(), Failure> {
    sqlx::raw_sql("COMMIT").execute(connection).await?;
    Ok(())
}
