//! A post enters the homes of those who follow its author.

use model::{AccountId, StatusId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A boost is left out of a home where the post, or another boost of it, is among so many newest entries, as in
/// Mastodon.
const BOOST_DISTANCE: i64 = 40;

/// How many homes a post may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Few enough to be written while somebody waits.
    Small,
    /// So many that it is left to a job.
    Large,
}

/// Whether more than `most` members follow somebody. Counts no further than that.
pub async fn audience(
    connection: &mut PgConnection,
    author: AccountId,
    most: i64,
) -> Result<Audience> {
    let is_small = sqlx::query_scalar!(
        r#"SELECT (SELECT count(*)
                     FROM (SELECT 1
                             FROM follows f
                             JOIN members m ON m.account_id = f.follower_id
                            WHERE f.followee_id = $1
                            LIMIT $2::bigint + 1) followers) <= $2 AS "is_small!""#,
        author.get(),
        most,
    )
    .fetch_one(connection)
    .await?;
    Ok(if is_small {
        Audience::Small
    } else {
        Audience::Large
    })
}

/// Whether a status can be in homes already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It was written in this transaction.
    First,
    /// A job that may run twice, or an answer that may have arrived before what it answers.
    Again,
}

/// What became of a status that was to enter homes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distributed {
    /// How many homes it has entered.
    pub homes: i64,
    /// Whether its author has followers who are no members.
    pub is_followed_elsewhere: bool,
}

/// Writes a status into the homes of the members who follow its author (seen since `active_since`) and of the
/// author, and tells those who asked to be told. Twice enters once.
pub async fn distribute(
    connection: &mut PgConnection,
    status: StatusId,
    entry: Entry,
    active_since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Distributed> {
    let row = sqlx::query_file!(
        "queries/home/distribute.sql",
        status.get(),
        active_since,
        now,
        entry == Entry::Again,
        BOOST_DISTANCE
    )
    .fetch_one(connection)
    .await?;
    Ok(Distributed {
        homes: row.entered,
        is_followed_elsewhere: row.is_followed_elsewhere,
    })
}
