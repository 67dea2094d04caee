//! Follows that wait for an answer, ours to peers and peers' to members alike.

use model::{AccountId, relationship::FollowOptions};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    Result,
    relationships::{NewFollow, insert_follow},
};

/// Writes a request and answers its ActivityPub id and whether it is new. One that waits already gets
/// the new options and, if a peer names it anew, the new id.
pub async fn insert_request(
    connection: &mut PgConnection,
    follow: &NewFollow<'_>,
    now: OffsetDateTime,
) -> Result<(String, bool)> {
    let row = sqlx::query!(
        r#"WITH made AS (
               SELECT snowflake($7) AS id
           )
           INSERT INTO follow_requests
                       (id, follower_id, followee_id, uri, shows_boosts, notifies, languages, created_at)
                SELECT made.id, $1, $2, coalesce($3, a.uri || '#follows/' || made.id), $4, $5, $6, $7
                  FROM made
                  JOIN accounts a ON a.id = $1
           ON CONFLICT ON CONSTRAINT follow_requests_pair_key DO UPDATE
                   SET uri = coalesce($3, follow_requests.uri),
                       shows_boosts = excluded.shows_boosts,
                       notifies = excluded.notifies,
                       languages = excluded.languages
             RETURNING uri, (xmax = 0) AS "is_new!""#,
        follow.follower.get(),
        follow.followee.get(),
        follow.uri,
        follow.options.shows_boosts,
        follow.options.notifies,
        &follow.options.languages,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.uri, row.is_new))
}

/// Takes a request away and answers its ActivityPub id. `None` when there was none.
pub async fn remove_request(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> Result<Option<String>> {
    let uri = sqlx::query_scalar!(
        "DELETE FROM follow_requests WHERE follower_id = $1 AND followee_id = $2 RETURNING uri",
        follower.get(),
        followee.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(uri)
}

/// Turns a request into a follow and answers its ActivityPub id. `None` when there was none.
pub async fn accept_request(
    connection: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
    now: OffsetDateTime,
) -> Result<Option<String>> {
    let request = sqlx::query!(
        "DELETE FROM follow_requests
          WHERE follower_id = $1 AND followee_id = $2
      RETURNING uri, shows_boosts, notifies, languages",
        follower.get(),
        followee.get(),
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(request) = request else {
        return Ok(None);
    };
    let options = FollowOptions {
        shows_boosts: request.shows_boosts,
        notifies: request.notifies,
        languages: request.languages,
    };
    let follow = NewFollow {
        follower,
        followee,
        uri: Some(&request.uri),
        options,
    };
    insert_follow(connection, &follow, now).await?;
    Ok(Some(request.uri))
}

/// Who asks to follow whom under this ActivityPub id.
pub async fn find_request_by_uri(
    connection: &mut PgConnection,
    uri: &str,
) -> Result<Option<(AccountId, AccountId)>> {
    let row = sqlx::query!(
        "SELECT follower_id, followee_id FROM follow_requests WHERE uri = $1",
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
