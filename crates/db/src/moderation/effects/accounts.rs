//! Accounts: the columns that everything reads, profiles that are emptied, and who is let in.

use model::{AccountId, moderation::Warrant};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Puts what is set for these accounts into the columns that everything reads. Says only what is so already, so it asks for
/// no warrant: accounts that a peer brings are settled too.
pub async fn settle_accounts(connection: &mut PgConnection, ids: &[AccountId]) -> Result<()> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    sqlx::query_file!("queries/moderation/settle_accounts.sql", &ids)
        .execute(connection)
        .await?;
    Ok(())
}

/// A member cannot sign in since `at`, or can again.
pub async fn set_frozen(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AccountId,
    at: Option<OffsetDateTime>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE members SET disabled_at = $2 WHERE account_id = $1",
        id.get(),
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Empties biography and rows of a profile, and keeps what they were under a number.
pub async fn empty_profile(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AccountId,
    time_no: i64,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "WITH kept AS (
             INSERT INTO emptied_profiles (account_id, time_no, note, note_source, fields, emptied_at)
                  SELECT a.id, $2, a.note, a.note_source, a.fields, $3 FROM accounts a WHERE a.id = $1
         )
         UPDATE accounts SET note = '', note_source = '', fields = '[]' WHERE id = $1",
        id.get(),
        time_no,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a profile back what was taken under a number, as far as its owner has written nothing else since.
pub async fn refill_profile(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AccountId,
    time_no: i64,
) -> Result<()> {
    sqlx::query!(
        "WITH kept AS (
             DELETE FROM emptied_profiles WHERE account_id = $1 AND time_no = $2 RETURNING note, note_source, fields
         )
         UPDATE accounts a
            SET note = CASE WHEN a.note = '' THEN k.note ELSE a.note END,
                note_source = CASE WHEN a.note = '' THEN k.note_source ELSE a.note_source END,
                fields = CASE WHEN a.fields = '[]' THEN k.fields ELSE a.fields END
           FROM kept k
          WHERE a.id = $1",
        id.get(),
        time_no,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether somebody waits to be let in.
pub async fn has_pending_sign_up(connection: &mut PgConnection, id: AccountId) -> Result<bool> {
    let waits = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1
                 FROM members m
                 JOIN accounts a ON a.id = m.account_id
                WHERE m.account_id = $1
                  AND m.approved_at IS NULL
                  AND a.suspension_origin IS DISTINCT FROM 'owner'
           ) AS "waits!""#,
        id.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(waits)
}

/// Lets somebody in since `at`, or makes them wait again.
pub async fn admit(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AccountId,
    at: Option<OffsetDateTime>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE members SET approved_at = $2 WHERE account_id = $1",
        id.get(),
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Turns somebody away who has asked to be let in: they have done nothing here yet, so nothing is left of them but the name,
/// which is free again.
pub async fn reject(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AccountId,
) -> Result<()> {
    sqlx::query!(
        "WITH pending AS (
             SELECT a.id, a.username
               FROM accounts a
               JOIN members m ON m.account_id = a.id
              WHERE a.id = $1 AND m.approved_at IS NULL
         ), name AS (
             DELETE FROM reserved_usernames r USING pending p WHERE r.username = lower(p.username)
         )
         DELETE FROM accounts a USING pending p WHERE a.id = p.id",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes what a suspended account says of itself, whosever it is. The row stays, so that it stays suspended.
pub async fn empty_account(
    connection: &mut PgConnection,
    id: AccountId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE accounts
            SET display_name = '',
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
          WHERE id = $1",
        id.get(),
        now,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM severed_follows WHERE follower_id = $1 OR followee_id = $1",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The data of a suspended member are deleted: from now on the account is as one that its owner has deleted.
pub async fn end_account(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    id: AccountId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE accounts SET suspended_at = $2, suspension_origin = 'owner' WHERE id = $1 AND domain IS NULL",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether the row of an account has to stay when its server says that it is gone: it carries a measure, and would come back
/// without it (S65).
pub async fn keep_account(connection: &mut PgConnection, id: AccountId) -> Result<bool> {
    let carries = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1
                 FROM moderation_state s
                WHERE s.target_type = 'account'
                  AND s.target_key = $1::bigint::text
                  AND s.field IN ('suspended', 'limited', 'sensitive')
           ) AS "carries!""#,
        id.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(carries)
}
