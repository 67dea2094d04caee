//! Whether a post that a peer pushes is new, and concerns anybody here.

use model::{AccountId, StatusId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Known, rows::visibility};
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

/// A post that a peer pushes, or that we fetched, meets what is here already.
#[derive(Clone, Copy, Debug)]
pub struct Stranger<'a> {
    /// Its ActivityPub id.
    pub uri: &'a str,
    /// Who wrote it.
    pub author: AccountId,
    /// The ActivityPub id of what it answers.
    pub in_reply_to_uri: Option<&'a str>,
    /// Who is named or addressed.
    pub addressed: &'a [AccountId],
}

/// All that must be known before a post is taken in.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its id is buried.
    pub is_gone: bool,
    /// It is here already, or was.
    pub known: Option<Known>,
    /// What ties it to this server. `None` when its author is not known.
    pub relevance: Option<Relevance>,
    /// How many members follow its author; counted to `count_to` and no further.
    pub followers: i64,
}

/// Looks, in one query, at a post's id, its author, what it answers and whom it addresses.
pub async fn meet(
    connection: &mut PgConnection,
    stranger: Stranger<'_>,
    count_to: i64,
    now: OffsetDateTime,
) -> Result<Meeting> {
    let addressed: Vec<i64> = stranger.addressed.iter().map(|id| id.get()).collect();
    let row = sqlx::query_file!(
        "queries/statuses/meet.sql",
        stranger.uri,
        stranger.author.get(),
        stranger.in_reply_to_uri,
        &addressed,
        count_to,
        now,
    )
    .fetch_one(connection)
    .await?;
    let known = match (
        row.id,
        row.account_id,
        row.local,
        row.visibility,
        row.created_at,
    ) {
        (Some(id), Some(account_id), Some(local), Some(word), Some(created_at)) => Some(Known {
            id: StatusId::new(id),
            account_id: AccountId::new(account_id),
            local,
            visibility: visibility(&word, id)?,
            boost_of: row.boost_of_id.map(StatusId::new),
            created_at,
            edited_at: row.edited_at,
            is_deleted: row.deleted_at.is_some(),
        }),
        _ => None,
    };
    Ok(Meeting {
        is_gone: row.is_gone,
        known,
        relevance: row
            .author_is_suspended
            .map(|author_is_suspended| Relevance {
                author_is_suspended,
                is_followed: row.is_followed,
                answers_somebody: row.answers_somebody,
                addresses_member: row.addresses_member,
            }),
        followers: row.followers,
    })
}
