//! Removing an account for good.

use model::AccountId;
use sqlx::PgConnection;

use crate::{Result, home};

/// Removes an account with all that hangs on it, and takes it out of others' counters.
///
/// Posts of others that answered or boosted it stay or go as their foreign keys say.
pub async fn remove(connection: &mut PgConnection, id: AccountId) -> Result<()> {
    out_of_counters(connection, id).await?;
    sqlx::query!("DELETE FROM accounts WHERE id = $1", id.get())
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes an account out of others' counters.
pub(super) async fn out_of_counters(connection: &mut PgConnection, id: AccountId) -> Result<()> {
    home::forget(connection, id).await?;
    sqlx::query!(
        "UPDATE accounts a
            SET followers_count = greatest(a.followers_count - 1, 0)
           FROM follows f
          WHERE f.follower_id = $1 AND a.id = f.followee_id",
        id.get(),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE accounts a
            SET following_count = greatest(a.following_count - 1, 0)
           FROM follows f
          WHERE f.followee_id = $1 AND a.id = f.follower_id",
        id.get(),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE statuses s
            SET favourites_count = greatest(s.favourites_count - 1, 0)
           FROM favourites f
          WHERE f.account_id = $1 AND s.id = f.status_id",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
