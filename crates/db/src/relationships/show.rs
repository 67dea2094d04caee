//! What a viewer and others are to each other, in one query.

use model::{
    AccountId,
    relationship::{FollowOptions, MuteOptions, Relationship},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// One relationship for each of `others` that exists, in the order asked.
pub async fn of(
    connection: &mut PgConnection,
    viewer: AccountId,
    others: &[AccountId],
    now: OffsetDateTime,
) -> Result<Vec<Relationship>> {
    let ids: Vec<i64> = others.iter().map(|id| id.get()).collect();
    let rows = sqlx::query_file!("queries/relationships/of.sql", viewer.get(), &ids, now)
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Relationship {
            id: AccountId::new(row.id),
            following: row.shows_boosts.map(|shows_boosts| FollowOptions {
                shows_boosts,
                notifies: row.notifies.unwrap_or_default(),
                languages: row.languages.unwrap_or_default(),
            }),
            requested: row.request_shows_boosts.map(|shows_boosts| FollowOptions {
                shows_boosts,
                notifies: row.request_notifies.unwrap_or_default(),
                languages: row.request_languages.unwrap_or_default(),
            }),
            followed_by: row.followed_by,
            requested_by: row.requested_by,
            blocking: row.blocking,
            blocked_by: row.blocked_by,
            muting: row
                .hides_notifications
                .map(|hides_notifications| MuteOptions {
                    hides_notifications,
                    expires_at: row.mute_expires_at,
                }),
        })
        .collect())
}
