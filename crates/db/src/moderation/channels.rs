//! What became of messages to moderators' channels: where they stand, and how the channels do.

use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::Result;

/// Whoever starts a thread and is not heard of for so long has failed; another starts it.
const PATIENCE: Duration = Duration::seconds(45);

/// Who writes the first message about something in a channel.
#[derive(Clone, Debug, PartialEq)]
pub enum Thread {
    /// It is written; here.
    Stands(Value),
    /// The one who asks.
    Yours,
    /// Somebody else, at this moment.
    BeingStarted,
}

/// Finds the first message about something in a channel, or leaves it to the caller to write it: then
/// [`keep_receipt`] or [`forget_receipt`] has to follow.
pub async fn thread(
    connection: &mut PgConnection,
    channel: &str,
    topic: &str,
    now: OffsetDateTime,
) -> Result<Thread> {
    let ours = sqlx::query_scalar!(
        "INSERT INTO channel_receipts (channel, topic, receipt, sent_at)
              VALUES ($1, $2, 'null', $3)
         ON CONFLICT (channel, topic) DO UPDATE SET sent_at = $3
               WHERE channel_receipts.receipt = 'null' AND channel_receipts.sent_at < $4
           RETURNING topic",
        channel,
        topic,
        now,
        now - PATIENCE,
    )
    .fetch_optional(&mut *connection)
    .await?;
    if ours.is_some() {
        return Ok(Thread::Yours);
    }
    Ok(receipt(connection, channel, topic)
        .await?
        .map_or(Thread::BeingStarted, Thread::Stands))
}

/// Where the message about something stands, once it does.
pub async fn receipt(
    connection: &mut PgConnection,
    channel: &str,
    topic: &str,
) -> Result<Option<Value>> {
    let found = sqlx::query_scalar!(
        "SELECT receipt FROM channel_receipts WHERE channel = $1 AND topic = $2 AND receipt <> 'null'",
        channel,
        topic,
    )
    .fetch_optional(connection)
    .await?;
    Ok(found)
}

/// Keeps where a message stands.
pub async fn keep_receipt(
    connection: &mut PgConnection,
    channel: &str,
    topic: &str,
    receipt: &Value,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO channel_receipts (channel, topic, receipt, sent_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (channel, topic) DO UPDATE SET receipt = $3, sent_at = $4",
        channel,
        topic,
        receipt,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets where a message stood, or that somebody was about to write it.
pub async fn forget_receipt(
    connection: &mut PgConnection,
    channel: &str,
    topic: &str,
) -> Result<()> {
    sqlx::query!(
        "DELETE FROM channel_receipts WHERE channel = $1 AND topic = $2",
        channel,
        topic,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets what is of no use any more: messages of so long ago are not answered or edited. Answers how many.
pub async fn forget_messages_before(
    connection: &mut PgConnection,
    before: OffsetDateTime,
) -> Result<u64> {
    let receipts = sqlx::query!("DELETE FROM channel_receipts WHERE sent_at < $1", before)
        .execute(&mut *connection)
        .await?;
    let letters = sqlx::query!("DELETE FROM messages_mailed WHERE mailed_at < $1", before)
        .execute(connection)
        .await?;
    Ok(receipts.rows_affected() + letters.rows_affected())
}

/// How a channel does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthRow {
    /// Its name in the settings.
    pub channel: String,
    /// When it last took a message.
    pub succeeded_at: Option<OffsetDateTime>,
    /// Since when it takes none.
    pub failing_since: Option<OffsetDateTime>,
    /// What was wrong last.
    pub problem: Option<String>,
    /// When the others were told.
    pub told_at: Option<OffsetDateTime>,
}

/// How every channel does that was ever written to.
pub async fn channels_health(connection: &mut PgConnection) -> Result<Vec<HealthRow>> {
    let rows = sqlx::query_as!(
        HealthRow,
        "SELECT channel, succeeded_at, failing_since, problem, told_at FROM channel_health ORDER BY channel"
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// Notes that a channel took a message. True when it had been failing.
pub async fn channel_succeeded(
    connection: &mut PgConnection,
    channel: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let before = sqlx::query_scalar!(
        "SELECT failing_since FROM channel_health WHERE channel = $1 FOR UPDATE",
        channel,
    )
    .fetch_optional(&mut *connection)
    .await?;
    sqlx::query!(
        "INSERT INTO channel_health (channel, succeeded_at) VALUES ($1, $2)
         ON CONFLICT (channel) DO UPDATE
                 SET succeeded_at = $2, failing_since = NULL, problem = NULL, told_at = NULL",
        channel,
        now,
    )
    .execute(connection)
    .await?;
    Ok(before.flatten().is_some())
}

/// Notes that a channel did not take a message, and answers since when it takes none.
pub async fn channel_failed(
    connection: &mut PgConnection,
    channel: &str,
    problem: &str,
    now: OffsetDateTime,
) -> Result<OffsetDateTime> {
    let since = sqlx::query_scalar!(
        r#"INSERT INTO channel_health (channel, failing_since, problem) VALUES ($1, $2, $3)
           ON CONFLICT (channel) DO UPDATE
                   SET failing_since = coalesce(channel_health.failing_since, $2), problem = $3
             RETURNING failing_since AS "failing_since!""#,
        channel,
        now,
        problem,
    )
    .fetch_one(connection)
    .await?;
    Ok(since)
}

/// Notes that the others are told of every channel that has failed since a time, and answers whether there are such of
/// whom they were not.
pub async fn failures_to_tell(
    connection: &mut PgConnection,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE channel_health SET told_at = $2 WHERE failing_since <= $1 AND told_at IS NULL",
        since,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes that a message goes by mail. False when it did before.
pub async fn message_was_mailed(
    connection: &mut PgConnection,
    key: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "INSERT INTO messages_mailed (key, mailed_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        key,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
