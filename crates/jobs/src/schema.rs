//! Making the queue's tables, and bringing them up to date.

use sqlx::PgConnection;

use crate::Error;

/// The SQL that makes the queue's tables, indexes and function; harmless when run again.
pub const SCHEMA: &str = include_str!("../schema.sql");

/// The version that [`SCHEMA`] records at its end.
const VERSION: i32 = 2;

/// Makes the queue's tables if they are missing or older than this crate.
///
/// Costs one look when there is nothing to do. Two processes may call it at the same time.
pub async fn migrate(connection: &mut PgConnection) -> Result<(), Error> {
    if find_version(connection)
        .await?
        .is_some_and(|found| found >= VERSION)
    {
        return Ok(());
    }

    sqlx::raw_sql(SCHEMA).execute(connection).await?;
    Ok(())
}

async fn find_version(connection: &mut PgConnection) -> Result<Option<i32>, Error> {
    let exists: bool = sqlx::query_scalar("SELECT to_regclass('jobs_schema') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await?;
    if !exists {
        return Ok(None);
    }

    Ok(sqlx::query_scalar("SELECT max(version) FROM jobs_schema")
        .fetch_one(connection)
        .await?)
}
