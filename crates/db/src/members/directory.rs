//! Members whom a directory knows, and how looking them up there went.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A member whom a directory knows.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The directory's own id.
    pub subject: String,
    /// The member.
    pub account_id: AccountId,
    /// The member's name here.
    pub handle: String,
    /// The name as the directory spelt it last.
    pub username: String,
    /// The mail address.
    pub email: Option<String>,
    /// The name shown to others.
    pub display_name: String,
    /// What they are eligible for.
    pub eligible_for: Vec<String>,
    /// The first run that did not find them.
    pub missing_since: Option<OffsetDateTime>,
    /// When they left.
    pub left_at: Option<OffsetDateTime>,
}

/// So many of those after a subject, in the order of subjects.
pub async fn linked_after(
    connection: &mut PgConnection,
    source: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Linked>> {
    let rows = sqlx::query!(
        "SELECT i.subject, i.account_id, a.username AS handle, i.username, m.email, a.display_name, m.eligible_for,
                i.missing_since, m.left_at
           FROM identities i
           JOIN members m ON m.account_id = i.account_id
           JOIN accounts a ON a.id = i.account_id
          WHERE i.source = $1 AND i.subject > $2
          ORDER BY i.subject
          LIMIT $3",
        source,
        after,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Linked {
            subject: row.subject,
            account_id: AccountId::new(row.account_id),
            handle: row.handle,
            username: row.username,
            email: row.email,
            display_name: row.display_name,
            eligible_for: row.eligible_for,
            missing_since: row.missing_since,
            left_at: row.left_at,
        })
        .collect())
}

/// Notes that these were found; those seen within the hour, and not missed since, are left as they are.
pub async fn found_there(
    connection: &mut PgConnection,
    source: &str,
    subjects: &[String],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE identities
            SET seen_at = $3, missing_since = NULL
          WHERE source = $1
            AND subject = ANY ($2)
            AND (missing_since IS NOT NULL OR seen_at < $3::timestamptz - interval '1 hour')",
        source,
        subjects,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that these were not found, unless that was noted before.
pub async fn missing_there(
    connection: &mut PgConnection,
    source: &str,
    subjects: &[String],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE identities
            SET missing_since = $3
          WHERE source = $1 AND subject = ANY ($2) AND missing_since IS NULL",
        source,
        subjects,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How the runs with one directory went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncState {
    /// The last run that was through.
    pub succeeded_at: Option<OffsetDateTime>,
    /// The last run that was not.
    pub failed_at: Option<OffsetDateTime>,
    /// Why it was not.
    pub problem: Option<String>,
    /// A run that would have lost too many people.
    pub halted: Option<HaltedRow>,
}

/// A run that would have lost too many people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HaltedRow {
    /// When it was first seen.
    pub at: OffsetDateTime,
    /// By which it can be accepted.
    pub number: i32,
    /// Who was missing.
    pub people: Vec<AccountId>,
    /// When somebody said that it is right.
    pub accepted_at: Option<OffsetDateTime>,
}

/// How the runs with a directory went.
pub async fn sync_state(connection: &mut PgConnection, source: &str) -> Result<SyncState> {
    let row = sqlx::query!(
        "SELECT succeeded_at, failed_at, problem, halted_at, halted_number, halted_people, accepted_at
           FROM directory_syncs
          WHERE source = $1",
        source,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map_or_else(SyncState::default, |row| SyncState {
        succeeded_at: row.succeeded_at,
        failed_at: row.failed_at,
        problem: row.problem,
        halted: row
            .halted_at
            .zip(row.halted_number)
            .map(|(at, number)| HaltedRow {
                at,
                number,
                people: row.halted_people.into_iter().map(AccountId::new).collect(),
                accepted_at: row.accepted_at,
            }),
    }))
}

/// A run was through. A halt that was accepted is remembered as long as some of its people are still missing.
pub async fn sync_succeeded(
    connection: &mut PgConnection,
    source: &str,
    halted: Option<&HaltedRow>,
    now: OffsetDateTime,
) -> Result<()> {
    write_state(connection, source, Some(now), None, halted).await
}

/// A run was not through, and why; with the halt that made it so, or that was there before.
pub async fn sync_failed(
    connection: &mut PgConnection,
    source: &str,
    failure: (&str, OffsetDateTime),
    halted: Option<&HaltedRow>,
) -> Result<()> {
    write_state(connection, source, None, Some(failure), halted).await
}

async fn write_state(
    connection: &mut PgConnection,
    source: &str,
    succeeded_at: Option<OffsetDateTime>,
    failure: Option<(&str, OffsetDateTime)>,
    halted: Option<&HaltedRow>,
) -> Result<()> {
    let people: Vec<i64> = halted.map_or_else(Vec::new, |halted| {
        halted.people.iter().map(|id| id.get()).collect()
    });
    sqlx::query!(
        "INSERT INTO directory_syncs AS d (source, succeeded_at, failed_at, problem, halted_at, halted_number,
                                           halted_people, accepted_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (source) DO UPDATE
                 SET succeeded_at = coalesce(excluded.succeeded_at, d.succeeded_at),
                     failed_at = coalesce(excluded.failed_at, d.failed_at),
                     problem = excluded.problem,
                     halted_at = excluded.halted_at,
                     halted_number = excluded.halted_number,
                     halted_people = excluded.halted_people,
                     accepted_at = excluded.accepted_at",
        source,
        succeeded_at,
        failure.map(|(_, at)| at),
        failure.map(|(problem, _)| problem),
        halted.map(|halted| halted.at),
        halted.map(|halted| halted.number),
        &people,
        halted.and_then(|halted| halted.accepted_at),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the turn at looking everybody up, for as long as this connection lives. False when somebody else has it.
pub async fn take_sync_turn(connection: &mut PgConnection) -> Result<bool> {
    let taken = sqlx::query_scalar!(
        r#"SELECT pg_try_advisory_lock(hashtextextended('moot directory sync', 0)) AS "taken!""#
    )
    .fetch_one(connection)
    .await?;
    Ok(taken)
}

/// Gives the turn back, before the connection ends.
pub async fn end_sync_turn(connection: &mut PgConnection) -> Result<()> {
    sqlx::query!(
        r#"SELECT pg_advisory_unlock(hashtextextended('moot directory sync', 0)) AS "done!""#
    )
    .fetch_one(connection)
    .await?;
    Ok(())
}
