//! Follows that hold.

use model::{AccountId, relationship::FollowOptions};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// Somebody is going to follow, or to ask.
#[derive(Clone, Debug)]
pub struct NewFollow<'a> {
    /// Who follows.
    pub follower: AccountId,
    /// Who is followed.
    pub followee: AccountId,
    /// ActivityPub id of the Follow. `None` makes one from the follower's id, as peers do.
    pub uri: Option<&'a str>,
    /// How.
    pub options: FollowOptions,
}

/// Writes a follow and counts it. `None` when it held already; its id is then brought up to date.
pub async fn insert_follow(
    connection: &mut PgConnection,
    follow: &NewFollow<'_>,
    now: OffsetDateTime,
) -> Result<Option<String>> {
    let row = sqlx::query!(
        r#"WITH made AS (
               SELECT snowflake($7) AS id
           )
           INSERT INTO follows (id, follower_id, followee_id, uri, shows_boosts, notifies, languages, created_at)
                SELECT made.id, $1, $2, coalesce($3, a.uri || '#follows/' || made.id), $4, $5, $6, $7
                  FROM made
                  JOIN accounts a ON a.id = $1
           ON CONFLICT ON CONSTRAINT follows_pair_key DO UPDATE
                   SET uri = coalesce($3, follows.uri)
             RETURNING uri, (xmax = 0) AS "is_new!""#,
        follow.follower.get(),
        follow.followee.get(),
        follow.uri,
        follow.options.shows_boosts,
        follow.options.notifies,
        &follow.options.languages,
        now,
    )
    .fetch_one(&mut *connection)
    .await?;
    if !row.is_new {
        return Ok(None);
    }
    count(connection, follow.follower, follow.followee, 1).await?;
    Ok(Some(row.uri))
}

/// Changes how somebody follows. False when they do not.
pub async fn update_follow(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
    options: &FollowOptions,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE follows
            SET shows_boosts = $3, notifies = $4, languages = $5
          WHERE follower_id = $1 AND followee_id = $2",
        follower.get(),
        followee.get(),
        options.shows_boosts,
        options.notifies,
        &options.languages,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends a follow and answers its ActivityPub id. `None` when there was none.
pub async fn remove_follow(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> Result<Option<String>> {
    let uri = sqlx::query_scalar!(
        "DELETE FROM follows WHERE follower_id = $1 AND followee_id = $2 RETURNING uri",
        follower.get(),
        followee.get(),
    )
    .fetch_optional(&mut *connection)
    .await?;
    if uri.is_some() {
        count(connection, follower, followee, -1).await?;
    }
    Ok(uri)
}

/// Who follows whom under this ActivityPub id.
pub async fn find_follow_by_uri(
    connection: &mut PgConnection,
    uri: &str,
) -> Result<Option<(AccountId, AccountId)>> {
    let row = sqlx::query!(
        "SELECT follower_id, followee_id FROM follows WHERE uri = $1",
        uri
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| {
        (
            AccountId::new(row.follower_id),
            AccountId::new(row.followee_id),
        )
    }))
}

/// Moves both counters, in the order of ids so that two transactions never wait for each other.
async fn count(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
    step: i64,
) -> Result<()> {
    let first_follower = follower < followee;
    for is_follower in [first_follower, !first_follower] {
        if is_follower {
            sqlx::query!(
                "UPDATE accounts SET following_count = greatest(following_count + $2, 0) WHERE id = $1",
                follower.get(),
                step,
            )
            .execute(&mut *connection)
            .await?;
        } else {
            sqlx::query!(
                "UPDATE accounts SET followers_count = greatest(followers_count + $2, 0) WHERE id = $1",
                followee.get(),
                step,
            )
            .execute(&mut *connection)
            .await?;
        }
    }
    Ok(())
}
