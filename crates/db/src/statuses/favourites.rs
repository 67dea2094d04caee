//! Favourites: one per person and status, kept in the status's counter.

use model::{AccountId, Page, StatusGlimpse, StatusId, Viewer};
use sqlx::{PgConnection, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    Result,
    glimpses::{self, Found},
    paging::{newest_first, push_page},
};

/// A favourite to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewFavourite<'a> {
    /// Whose.
    pub by: AccountId,
    /// Of what.
    pub of: StatusId,
    /// The ActivityPub id of the Like.
    pub uri: LikeUri<'a>,
}

/// The ActivityPub id of a Like.
#[derive(Clone, Copy, Debug)]
pub enum LikeUri<'a> {
    /// Made of the ActivityPub id of a member.
    OfMember(&'a str),
    /// A peer's own.
    Given(&'a str),
}

/// Writes a favourite and answers the id of its Like. `None` when there is one already.
pub async fn add_favourite(
    connection: &mut PgConnection,
    new: NewFavourite<'_>,
    now: OffsetDateTime,
) -> Result<Option<String>> {
    let (prefix, given) = match new.uri {
        LikeUri::OfMember(actor) => (Some(format!("{actor}#likes/")), None),
        LikeUri::Given(uri) => (None, Some(uri)),
    };
    let uri = sqlx::query_scalar!(
        r#"WITH made AS (
               SELECT snowflake($5) AS id
           ), added AS (
               INSERT INTO favourites (id, account_id, status_id, uri, created_at)
                    SELECT made.id, $1, $2, coalesce($3, $4::text || made.id), $5
                      FROM made
               ON CONFLICT ON CONSTRAINT favourites_pair_key DO NOTHING
                 RETURNING status_id, uri
           )
           UPDATE statuses s
              SET favourites_count = s.favourites_count + 1
             FROM added
            WHERE s.id = added.status_id
        RETURNING added.uri"#,
        new.by.get(),
        new.of.get(),
        given,
        prefix,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(uri)
}

/// A favourite that is no more.
#[derive(Clone, Debug)]
pub struct RemovedFavourite {
    /// Of what it was.
    pub of: StatusId,
    /// The ActivityPub id of its Like.
    pub uri: String,
}

/// Removes a favourite. `None` when there was none.
pub async fn remove_favourite(
    connection: &mut PgConnection,
    by: AccountId,
    of: StatusId,
) -> Result<Option<RemovedFavourite>> {
    let row = sqlx::query!(
        r#"WITH removed AS (
               DELETE FROM favourites WHERE account_id = $1 AND status_id = $2 RETURNING status_id, uri
           )
           UPDATE statuses s
              SET favourites_count = greatest(0, s.favourites_count - 1)
             FROM removed
            WHERE s.id = removed.status_id
        RETURNING removed.status_id, removed.uri"#,
        by.get(),
        of.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| RemovedFavourite {
        of: StatusId::new(row.status_id),
        uri: row.uri,
    }))
}

/// The same, by the id of its Like; only its owner's (S34).
pub async fn remove_favourite_by_uri(
    connection: &mut PgConnection,
    by: AccountId,
    uri: &str,
) -> Result<Option<RemovedFavourite>> {
    let of = sqlx::query_scalar!(
        "SELECT status_id FROM favourites WHERE account_id = $1 AND uri = $2",
        by.get(),
        uri
    )
    .fetch_optional(&mut *connection)
    .await?;
    match of {
        Some(of) => remove_favourite(connection, by, StatusId::new(of)).await,
        None => Ok(None),
    }
}

/// Who has favourited a status: (number of the favourite, who).
pub async fn favourited_by(
    connection: &mut PgConnection,
    status: StatusId,
    page: Page,
) -> Result<Vec<(i64, AccountId)>> {
    let mut query = QueryBuilder::new(
        "SELECT f.id, f.account_id
           FROM favourites f
           JOIN accounts a ON a.id = f.account_id AND a.suspended_at IS NULL
          WHERE f.status_id = ",
    );
    query.push_bind(status.get());
    push_page(&mut query, "f.id", page);
    let rows: Vec<(i64, i64)> = query.build_query_as().fetch_all(connection).await?;
    let rows = rows
        .into_iter()
        .map(|(cursor, account)| (cursor, AccountId::new(account)))
        .collect();
    Ok(newest_first(rows, page))
}

/// What somebody has favourited and may still see: (number of the favourite, what).
pub async fn favourites_of(
    connection: &mut PgConnection,
    by: AccountId,
    page: Page,
) -> Result<Vec<(i64, StatusGlimpse)>> {
    let viewer = Viewer::Account(by);
    let mut query = glimpses::finding(viewer);
    query.push(
        "SELECT f.id, s.id, s.boost_of_id
           FROM favourites f
           JOIN statuses_visible_to($1) s ON s.id = f.status_id
          WHERE f.account_id = $1",
    );
    push_page(&mut query, "f.id", page);
    glimpses::fetch(query, connection, viewer, Found::Unseen).await
}
