//! The road from an empty database to the present schema. Only forward; a landed file is never edited.

use sqlx::{PgConnection, migrate::Migrator};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Brings the schema up to date. Safe when several nodes start at once: an advisory lock lets one work.
pub async fn run(connection: &mut PgConnection) -> Result<(), sqlx::migrate::MigrateError> {
    MIGRATIONS.run(connection).await
}

/// Whether the database holds Mastodon's own tables, in which Moot must not write.
pub async fn holds_mastodon(connection: &mut PgConnection) -> crate::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM information_schema.tables
                WHERE table_schema = ANY (current_schemas(false))
                  AND table_name IN ('ar_internal_metadata', 'account_stats', 'status_stats')
           ) AS "found!""#
    )
    .fetch_one(connection)
    .await?;
    Ok(found)
}

/// What each migration hashes to, in order: tells one state of the schema from another.
pub fn checksums() -> impl Iterator<Item = &'static [u8]> {
    MIGRATIONS.iter().map(|migration| &*migration.checksum)
}
