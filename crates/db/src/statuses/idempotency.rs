//! The same request to post, repeated, gives the same post (Idempotency-Key). Keys belong to a member:
//! nobody meets another's post by guessing a key (R20). A key is written with its post, in `insert.sql`.

use model::{AccountId, StatusId};
use sqlx::PgConnection;

use super::Key;
use crate::Result;

/// The post that this key has given, if it still counts.
pub async fn find_answer(
    connection: &mut PgConnection,
    member: AccountId,
    key: Key<'_>,
) -> Result<Option<StatusId>> {
    let id = sqlx::query_scalar!(
        "SELECT status_id FROM idempotency_keys WHERE account_id = $1 AND key = $2 AND created_at > $3",
        member.get(),
        key.key,
        key.since,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(StatusId::new))
}
