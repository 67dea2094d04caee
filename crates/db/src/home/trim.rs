//! Homes end somewhere: what is older than anybody scrolls leaves, a few homes at a time.
//!
//! Not when a post arrives: to find the end of a home takes longer than to write into it.

use model::AccountId;
use sqlx::PgConnection;

use crate::{Result, home::follows::LENGTH};

/// Homes looked at in one statement.
const AT_ONCE: i32 = 100;

/// What one step has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// The last home looked at; `None` when there were no more.
    pub last: Option<AccountId>,
    /// Entries that went.
    pub entries: i64,
}

/// Cuts the next homes after `after`'s back to their newest 800 entries, and empties those that nobody has any more.
pub async fn trim(connection: &mut PgConnection, after: AccountId) -> Result<Trimmed> {
    let row = sqlx::query_file!("queries/home/trim.sql", after.get(), AT_ONCE, LENGTH)
        .fetch_one(connection)
        .await?;
    Ok(Trimmed {
        last: row.last_account_id.map(AccountId::new),
        entries: row.gone,
    })
}

/// Takes an account that is about to be removed out of homes: its own goes, and what it wrote or boosted leaves those of its
/// followers.
pub async fn forget(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM home_entries h
          USING follows f
          WHERE f.followee_id = $1
            AND h.account_id = f.follower_id
            AND h.author_id = $1",
        account.get(),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM home_entries WHERE account_id = $1",
        account.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}
