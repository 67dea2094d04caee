//! Deleting a member's account, step by step: out of sight at once, the row last.

use model::{AccountId, StatusId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Takes an account of ours out of sight and empties its profile. False when it is suspended, or was deleted before:
/// what moderation has decided is not undone by leaving.
pub async fn close(
    connection: &mut PgConnection,
    id: AccountId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE accounts
            SET suspended_at = $2,
                suspension_origin = 'owner',
                display_name = '',
                note = '',
                note_source = '',
                fields = '[]',
                emojis = '[]',
                discoverable = false,
                indexable = false,
                hides_collections = true,
                avatar_url = NULL,
                avatar_description = '',
                header_url = NULL,
                header_description = '',
                also_known_as = '{}',
                moved_to_id = NULL,
                updated_at = $2
          WHERE id = $1 AND domain IS NULL AND suspended_at IS NULL",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Some of an account's statuses, whether they are still seen or not.
pub async fn some_statuses(
    connection: &mut PgConnection,
    of: AccountId,
    limit: i64,
) -> Result<Vec<StatusId>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM statuses WHERE account_id = $1 ORDER BY id LIMIT $2",
        of.get(),
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(StatusId::new).collect())
}

/// Ends all that ties an account to others and others to it, and takes it out of their counters.
pub async fn remove_relations(connection: &mut PgConnection, id: AccountId) -> Result<()> {
    super::remove::out_of_counters(connection, id).await?;
    sqlx::query!(
        r#"WITH f AS (DELETE FROM follows WHERE follower_id = $1 OR followee_id = $1),
                r AS (DELETE FROM follow_requests WHERE follower_id = $1 OR followee_id = $1),
                b AS (DELETE FROM blocks WHERE blocker_id = $1 OR blocked_id = $1),
                m AS (DELETE FROM mutes WHERE muter_id = $1 OR muted_id = $1),
                v AS (DELETE FROM favourites WHERE account_id = $1),
                k AS (DELETE FROM bookmarks WHERE account_id = $1),
                n AS (DELETE FROM notifications WHERE account_id = $1 OR from_id = $1),
                i AS (DELETE FROM idempotency_keys WHERE account_id = $1),
                p AS (DELETE FROM markers WHERE account_id = $1)
           UPDATE accounts SET followers_count = 0, following_count = 0, statuses_count = 0 WHERE id = $1"#,
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Accounts that their owners deleted before a time.
pub async fn closed_before(
    connection: &mut PgConnection,
    time: OffsetDateTime,
) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM accounts WHERE suspension_origin = 'owner' AND suspended_at < $1 ORDER BY id",
        time,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}
