//! Whether a post that a peer pushes concerns anybody here.

use model::AccountId;
use sqlx::PgConnection;

use crate::Result;

/// What ties a post to this server.
#[derive(Clone, Copy, Debug)]
pub struct Relevance {
    /// Its author is suspended here or at home: nothing of theirs is taken (S65).
    pub author_is_suspended: bool,
    /// A member follows the author.
    pub is_followed: bool,
    /// It answers a status of a member, or of somebody whom a member follows.
    pub answers_somebody: bool,
    /// A member is addressed.
    pub addresses_member: bool,
}

/// Looks at an author, at what is answered and at who is addressed. `None` when the author is not known.
pub async fn relevance(
    connection: &mut PgConnection,
    author: AccountId,
    in_reply_to_uri: Option<&str>,
    addressed: &[AccountId],
) -> Result<Option<Relevance>> {
    let addressed: Vec<i64> = addressed.iter().map(|id| id.get()).collect();
    let row = sqlx::query!(
        r#"SELECT a.suspended_at IS NOT NULL AS "author_is_suspended!",
                  EXISTS (
                      SELECT 1
                        FROM follows f
                        JOIN members m ON m.account_id = f.follower_id
                       WHERE f.followee_id = a.id) AS "is_followed!",
                  EXISTS (
                      SELECT 1
                        FROM statuses p
                       WHERE p.uri = $2
                         AND p.deleted_at IS NULL
                         AND (   p.local
                              OR EXISTS (
                                     SELECT 1
                                       FROM follows f
                                       JOIN members m ON m.account_id = f.follower_id
                                      WHERE f.followee_id = p.account_id))) AS "answers_somebody!",
                  EXISTS (SELECT 1 FROM members m WHERE m.account_id = ANY ($3)) AS "addresses_member!"
             FROM accounts a
            WHERE a.id = $1"#,
        author.get(),
        in_reply_to_uri,
        &addressed,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Relevance {
        author_is_suspended: row.author_is_suspended,
        is_followed: row.is_followed,
        answers_somebody: row.answers_somebody,
        addresses_member: row.addresses_member,
    }))
}
