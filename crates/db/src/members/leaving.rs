//! Leaving the organisation, coming back, and the end of a leaver's account.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Notes that somebody has left. False when they had left before, or there is no such member.
pub async fn leave(
    connection: &mut PgConnection,
    id: AccountId,
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE members
            SET left_at = $2, ends_at = $3, end_notices = 0
          WHERE account_id = $1 AND left_at IS NULL",
        id.get(),
        now,
        ends_at,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes that somebody is back. False when they had not left.
pub async fn come_back(connection: &mut PgConnection, id: AccountId) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE members
            SET left_at = NULL, ends_at = NULL, end_notices = 0
          WHERE account_id = $1 AND left_at IS NOT NULL",
        id.get(),
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A leaver whose account comes to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Whose account.
    pub account_id: AccountId,
    /// When.
    pub ends_at: OffsetDateTime,
    /// How many of the two notices they were sent.
    pub notices: i16,
}

/// Leavers whose account ends by a time, the next first.
pub async fn ending_by(connection: &mut PgConnection, time: OffsetDateTime) -> Result<Vec<Ending>> {
    let rows = sqlx::query!(
        r#"SELECT account_id, ends_at AS "ends_at!", end_notices
             FROM members
            WHERE ends_at <= $1
            ORDER BY ends_at"#,
        time,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Ending {
            account_id: AccountId::new(row.account_id),
            ends_at: row.ends_at,
            notices: row.end_notices,
        })
        .collect())
}

/// Notes which notices a leaver has been sent, and when the end comes now. False when that leaver's end is not what
/// it was any more.
pub async fn notice_sent(
    connection: &mut PgConnection,
    known: &Ending,
    notices: i16,
    ends_at: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE members
            SET end_notices = $4, ends_at = $5
          WHERE account_id = $1 AND ends_at = $2 AND end_notices = $3",
        known.account_id.get(),
        known.ends_at,
        known.notices,
        notices,
        ends_at,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The leaver's page closes for good; the account stays. False when that leaver's end is not what it was any more.
pub async fn freeze(connection: &mut PgConnection, known: &Ending) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE members SET ends_at = NULL WHERE account_id = $1 AND ends_at = $2",
        known.account_id.get(),
        known.ends_at,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Removes what makes an account a member's: there is nobody any more who could sign in to it.
pub async fn remove(connection: &mut PgConnection, id: AccountId) -> Result<()> {
    sqlx::query!("DELETE FROM identities WHERE account_id = $1", id.get())
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "DELETE FROM private_addresses WHERE account_id = $1",
        id.get()
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("DELETE FROM members WHERE account_id = $1", id.get())
        .execute(connection)
        .await?;
    Ok(())
}

/// Members whom the organisation charges with running the machines.
pub async fn operators(connection: &mut PgConnection) -> Result<Vec<AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT account_id
           FROM members
          WHERE 'operator' = ANY (eligible_for) AND left_at IS NULL
          ORDER BY account_id"
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(AccountId::new).collect())
}
