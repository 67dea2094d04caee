//! How often somebody's proofs were tried, from wherever.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// The tries in the present window.
#[derive(Clone, Copy, Debug)]
pub struct Tries {
    /// How many, this one included.
    pub tried: i32,
    /// When the window began.
    pub since: OffsetDateTime,
}

/// Counts a try before it is looked at, so that none gets past the count. A window that began before
/// `begun_after` is over, and this try begins the next.
pub async fn count_try(
    connection: &mut PgConnection,
    account: AccountId,
    begun_after: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Tries> {
    let tries = sqlx::query_as!(
        Tries,
        "INSERT INTO proof_tries AS t (account_id, tried, since)
              VALUES ($1, 1, $3)
         ON CONFLICT (account_id)
           DO UPDATE SET tried = CASE WHEN t.since > $2 THEN least(t.tried, 1000000) + 1 ELSE 1 END,
                         since = CASE WHEN t.since > $2 THEN t.since ELSE $3 END
           RETURNING tried, since",
        account.get(),
        begun_after,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(tries)
}

/// Begins anew, after a proof that was right.
pub async fn forget_tries(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM proof_tries WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
