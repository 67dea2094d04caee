//! Follows that a suspension cuts, and that come back when it ends.

#![expect(
    clippy::similar_names,
    reason = "follower and followee are what they are called"
)]

use model::{AccountId, moderation::Warrant};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A follow, or a request, that was cut or has come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Who follows.
    pub follower: AccountId,
    /// Who is followed.
    pub followee: AccountId,
    /// It was not answered yet.
    pub is_request: bool,
    /// ActivityPub id of the Follow.
    pub uri: String,
}

/// Whose follows are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Those of the accounts: they follow nobody any more.
    ByThem,
    /// And nobody follows them.
    Both,
}

/// Cuts follows of these accounts, and keeps them.
pub async fn sever_follows(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    of: &[AccountId],
    direction: Direction,
    now: OffsetDateTime,
) -> Result<Vec<Cut>> {
    let ids: Vec<i64> = of.iter().map(|id| id.get()).collect();
    let rows = sqlx::query_file!(
        "queries/moderation/sever_follows.sql",
        &ids,
        direction == Direction::Both,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Cut {
            follower: AccountId::new(row.follower_id),
            followee: AccountId::new(row.followee_id),
            is_request: row.is_request,
            uri: row.uri,
        })
        .collect())
}

/// Brings back what was cut of these accounts, as far as nobody is suspended any more and nobody has thought better of it.
pub async fn restore_follows(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    of: &[AccountId],
) -> Result<Vec<Cut>> {
    let ids: Vec<i64> = of.iter().map(|id| id.get()).collect();
    let rows = sqlx::query_file!("queries/moderation/restore_follows.sql", &ids)
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Cut {
            follower: AccountId::new(row.follower_id),
            followee: AccountId::new(row.followee_id),
            is_request: row.is_request,
            uri: row.uri,
        })
        .collect())
}

/// How many follows of members by an account there are, and of it by members.
pub async fn follows_with_members(
    connection: &mut PgConnection,
    id: AccountId,
) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM follows f JOIN members m ON m.account_id = f.followee_id WHERE f.follower_id = $1)
                      AS "by_it!",
                  (SELECT count(*) FROM follows f JOIN members m ON m.account_id = f.follower_id WHERE f.followee_id = $1)
                      AS "of_it!""#,
        id.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok((row.by_it, row.of_it))
}

/// Somebody has ended a follow that was cut: it does not come back.
pub async fn forget_severed(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM severed_follows WHERE follower_id = $1 AND followee_id = $2",
        follower.get(),
        followee.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
