//! How often proofs may be tried: counted per member, from wherever they are tried (S42).
//!
//! The count is in the database and not in a node's memory, since six digits are few. A passkey cannot be
//! guessed and is not counted; so nobody who tries a member's codes keeps the member's passkey out.

use model::AccountId;
use time::Duration;

use crate::{App, Result};

/// So many tries, as in Mastodon.
const TRIES: i32 = 10;
/// In such a time.
const WINDOW: Duration = Duration::hours(1);

/// What became of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// It is right.
    Right,
    /// It is not, or it was used before.
    Wrong,
    /// It was not even looked at: there were too many before. So many seconds from now it may be tried again.
    TooMany {
        /// For Retry-After.
        seconds: u64,
    },
}

/// Counts a try, by itself and before it is looked at, so that tries at the same time are counted too. Seconds
/// to wait if it is one too many.
pub(crate) async fn count(app: &App, account: AccountId) -> Result<Option<u64>> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let tries = db::second_factor::count_try(&mut connection, account, now - WINDOW, now).await?;
    if tries.tried <= TRIES {
        return Ok(None);
    }
    let left = (tries.since + WINDOW - now).whole_seconds();
    Ok(Some(u64::try_from(left).unwrap_or(0) + 1))
}

/// Begins anew, after a proof that was right.
pub(crate) async fn forget(app: &App, account: AccountId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::second_factor::forget_tries(&mut connection, account).await?)
}
