//! Homes change when following begins or ends.

use model::AccountId;
use sqlx::PgConnection;

use crate::Result;

/// How many posts of somebody enter a home when following begins.
const BACKFILL: i64 = 40;

/// How long a home is.
pub(super) const LENGTH: i64 = 800;

/// The newest posts of `followee` enter the home of `member`. Nothing happens unless the follow holds.
pub async fn backfill(
    connection: &mut PgConnection,
    member: AccountId,
    followee: AccountId,
) -> Result<()> {
    sqlx::query_file!(
        "queries/home/backfill.sql",
        member.get(),
        followee.get(),
        BACKFILL
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What `author` wrote or boosted leaves the home of `member`.
pub async fn remove_author(
    connection: &mut PgConnection,
    member: AccountId,
    author: AccountId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM home_entries WHERE account_id = $1 AND author_id = $2",
        member.get(),
        author.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What others boosted of `author` leaves the home of `member`.
pub async fn remove_boosts_of(
    connection: &mut PgConnection,
    member: AccountId,
    author: AccountId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM home_entries h
          USING statuses o
          WHERE h.account_id = $1
            AND h.original_id <> h.status_id
            AND o.id = h.original_id
            AND o.account_id = $2",
        member.get(),
        author.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes a home from nothing.
pub async fn rebuild(connection: &mut PgConnection, member: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM home_entries WHERE account_id = $1",
        member.get()
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query_file!("queries/home/rebuild.sql", member.get(), BACKFILL, LENGTH)
        .execute(connection)
        .await?;
    Ok(())
}
