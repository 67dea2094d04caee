//! What members lost by a measure against somebody they follow or are followed by.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What one member lost by one measure: Mastodon's `RelationshipSeveranceEvent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Severance {
    /// Its id.
    pub id: i64,
    /// `domain_block` or `account_suspension`.
    pub kind: String,
    /// The domain, or the handle.
    pub target_name: String,
    /// Followers that were lost.
    pub followers: i64,
    /// Followed accounts that were lost.
    pub following: i64,
    /// When.
    pub created_at: OffsetDateTime,
}

/// Writes down what a member lost; answers its id.
pub async fn insert_severance(
    connection: &mut PgConnection,
    member: AccountId,
    severance: &Severance,
) -> Result<i64> {
    let id = sqlx::query_scalar!(
        "INSERT INTO severances (id, account_id, kind, target_name, followers_count, following_count, created_at)
              VALUES (snowflake($6), $1, $2, $3, $4, $5, $6)
           RETURNING id",
        member.get(),
        severance.kind,
        severance.target_name,
        severance.followers,
        severance.following,
        severance.created_at,
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// What was lost by this measure has come back: nobody is told of it any more.
pub async fn remove_severances(
    connection: &mut PgConnection,
    kind: &str,
    target_name: &str,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM severances WHERE kind = $1 AND target_name = $2",
        kind,
        target_name,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// These, by id.
pub async fn severances(connection: &mut PgConnection, ids: &[i64]) -> Result<Vec<Severance>> {
    let rows = sqlx::query_as!(
        Severance,
        "SELECT id, kind, target_name, followers_count AS followers, following_count AS following, created_at
           FROM severances
          WHERE id = ANY ($1)",
        ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
