//! Cases: the reports about one account, decided together.

use model::{
    AccountId,
    moderation::{
        PersonId, ProposalId,
        priority::Voice,
        report::{Case, CaseId, CaseOutcome, Category, ReportId, ReportOrigin},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::{Error, Result};

struct CaseRow {
    id: i64,
    target_account_id: Option<i64>,
    state: String,
    category: String,
    score: i32,
    opened_at: OffsetDateTime,
    first_seen_at: Option<OffsetDateTime>,
    claimed_by: Option<i64>,
    closed_at: Option<OffsetDateTime>,
    outcome: Option<String>,
    closed_by: Option<i64>,
}

impl TryFrom<CaseRow> for Case {
    type Error = Error;

    fn try_from(row: CaseRow) -> Result<Self> {
        let wrong = |column| inconsistent("cases", column, row.id);
        Ok(Self {
            id: CaseId::new(row.id),
            target_id: row.target_account_id.map(AccountId::new),
            is_open: row.state == "open",
            category: Category::from_word(&row.category).ok_or_else(|| wrong("category"))?,
            score: row.score,
            opened_at: row.opened_at,
            first_seen_at: row.first_seen_at,
            claimed_by: row.claimed_by.map(PersonId::new),
            closed_at: row.closed_at,
            outcome: row
                .outcome
                .map(|word| CaseOutcome::from_word(&word).ok_or_else(|| wrong("outcome")))
                .transpose()?,
            closed_by: row.closed_by.map(ProposalId::new),
        })
    }
}

/// The open case about an account, locked until the transaction ends; a new one where there is none. Says whether it is
/// new.
pub async fn open_case_about(
    connection: &mut PgConnection,
    target: AccountId,
    category: Category,
    now: OffsetDateTime,
) -> Result<(CaseId, bool)> {
    loop {
        let new = sqlx::query_scalar!(
            "INSERT INTO cases (id, target_account_id, state, category, opened_at)
                  VALUES (snowflake($3), $1, 'open', $2, $3)
             ON CONFLICT (target_account_id) WHERE state = 'open' DO NOTHING
               RETURNING id",
            target.get(),
            category.as_str(),
            now,
        )
        .fetch_optional(&mut *connection)
        .await?;
        if let Some(id) = new {
            return Ok((CaseId::new(id), true));
        }
        let open = sqlx::query_scalar!(
            "SELECT id FROM cases WHERE target_account_id = $1 AND state = 'open' FOR UPDATE",
            target.get(),
        )
        .fetch_optional(&mut *connection)
        .await?;
        // Closed between the two: once more.
        if let Some(id) = open {
            return Ok((CaseId::new(id), false));
        }
    }
}

/// The open case about an account, if there is one.
pub async fn find_open_case_about(
    connection: &mut PgConnection,
    target: AccountId,
) -> Result<Option<CaseId>> {
    let id = sqlx::query_scalar!(
        "SELECT id FROM cases WHERE target_account_id = $1 AND state = 'open'",
        target.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(CaseId::new))
}

/// A case.
pub async fn find_case(connection: &mut PgConnection, id: CaseId) -> Result<Option<Case>> {
    sqlx::query_as!(
        CaseRow,
        "SELECT id, target_account_id, state, category, score, opened_at, first_seen_at, claimed_by, closed_at, outcome,
                closed_by
           FROM cases
          WHERE id = $1",
        id.get(),
    )
    .fetch_optional(connection)
    .await?
    .map(Case::try_from)
    .transpose()
}

/// The same, locked until the transaction ends.
pub async fn lock_case(connection: &mut PgConnection, id: CaseId) -> Result<Option<Case>> {
    sqlx::query!("SELECT id FROM cases WHERE id = $1 FOR UPDATE", id.get())
        .fetch_optional(&mut *connection)
        .await?;
    find_case(connection, id).await
}

/// Open cases, by their place in the queue, without those that are about the person who looks.
pub async fn open_cases(
    connection: &mut PgConnection,
    looking: PersonId,
    limit: i64,
) -> Result<Vec<Case>> {
    sqlx::query_as!(
        CaseRow,
        "SELECT id, target_account_id, state, category, score, opened_at, first_seen_at, claimed_by, closed_at, outcome,
                closed_by
           FROM cases
          WHERE state = 'open' AND NOT coalesce(is_account_of(target_account_id, $1), false)
          ORDER BY score DESC, id
          LIMIT $2",
        looking.get(),
        limit,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Case::try_from)
    .collect()
}

/// Closed cases, newest first, opened before one of them; without those that are about the person who looks, nor such whose
/// reports went on to another case.
pub async fn closed_cases(
    connection: &mut PgConnection,
    looking: PersonId,
    before: Option<CaseId>,
    limit: i64,
) -> Result<Vec<Case>> {
    sqlx::query_as!(
        CaseRow,
        "SELECT id, target_account_id, state, category, score, opened_at, first_seen_at, claimed_by, closed_at, outcome,
                closed_by
           FROM cases
          WHERE state = 'closed'
            AND outcome IS NOT NULL
            AND ($2::bigint IS NULL OR id < $2)
            AND NOT coalesce(is_account_of(target_account_id, $1), false)
          ORDER BY id DESC
          LIMIT $3",
        looking.get(),
        before.map(CaseId::get),
        limit,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Case::try_from)
    .collect()
}

/// Every case there ever was about an account, newest first.
pub async fn cases_about(
    connection: &mut PgConnection,
    target: AccountId,
    limit: i64,
) -> Result<Vec<Case>> {
    sqlx::query_as!(
        CaseRow,
        "SELECT id, target_account_id, state, category, score, opened_at, first_seen_at, claimed_by, closed_at, outcome,
                closed_by
           FROM cases
          WHERE target_account_id = $1
          ORDER BY id DESC
          LIMIT $2",
        target.get(),
        limit,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Case::try_from)
    .collect()
}

/// Whether a case is about a person: their own account, or one that is theirs by their own word.
pub async fn is_case_about(
    connection: &mut PgConnection,
    case: CaseId,
    person: PersonId,
) -> Result<bool> {
    let is = sqlx::query_scalar!(
        r#"SELECT coalesce(is_account_of(target_account_id, $2), false) AS "is!" FROM cases WHERE id = $1"#,
        case.get(),
        person.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(is.unwrap_or(false))
}

/// Whether a person has declared to stand aside from a case.
pub async fn has_recused_from_case(
    connection: &mut PgConnection,
    case: CaseId,
    person: PersonId,
) -> Result<bool> {
    let has = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM recusals WHERE case_id = $1 AND person_id = $2) AS "has!""#,
        case.get(),
        person.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(has)
}

/// Notes when a moderator first looked.
pub async fn case_was_seen(
    connection: &mut PgConnection,
    id: CaseId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE cases SET first_seen_at = $2 WHERE id = $1 AND first_seen_at IS NULL",
        id.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes who is at work on a case, and so on its open reports.
pub async fn set_case_claim(
    connection: &mut PgConnection,
    id: CaseId,
    by: Option<PersonId>,
    now: OffsetDateTime,
) -> Result<()> {
    let by = by.map(PersonId::get);
    sqlx::query!(
        "UPDATE cases SET claimed_by = $2, claimed_at = CASE WHEN $2::bigint IS NULL THEN NULL ELSE $3::timestamptz END
          WHERE id = $1",
        id.get(),
        by,
        now,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE reports SET assigned_to = $2, updated_at = $3 WHERE case_id = $1 AND closed_at IS NULL",
        id.get(),
        by,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Says of what sort the trouble is.
pub async fn set_case_category(
    connection: &mut PgConnection,
    id: CaseId,
    category: Category,
) -> Result<()> {
    sqlx::query!(
        "UPDATE cases SET category = $2 WHERE id = $1",
        id.get(),
        category.as_str(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a case its place in the queue.
pub async fn set_case_score(connection: &mut PgConnection, id: CaseId, score: i32) -> Result<()> {
    sqlx::query!("UPDATE cases SET score = $2 WHERE id = $1", id.get(), score)
        .execute(connection)
        .await?;
    Ok(())
}

/// Who says what in a case, oldest first, as far as it is counted.
pub async fn voices_in_case(connection: &mut PgConnection, id: CaseId) -> Result<Vec<Voice>> {
    let reports = sqlx::query_scalar!(
        "SELECT id FROM reports WHERE case_id = $1 ORDER BY id LIMIT 500",
        id.get(),
    )
    .fetch_all(&mut *connection)
    .await?;
    let reports: Vec<ReportId> = reports.into_iter().map(ReportId::new).collect();
    let voices = voices_of(connection, &reports).await?;
    Ok(voices.into_iter().map(|(_, voice)| voice).collect())
}

/// Who says what in these reports, oldest first.
pub async fn voices_of(
    connection: &mut PgConnection,
    reports: &[ReportId],
) -> Result<Vec<(ReportId, Voice)>> {
    let reports: Vec<i64> = reports.iter().map(|id| id.get()).collect();
    let rows = sqlx::query_file!("queries/moderation/voices.sql", &reports)
        .fetch_all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let wrong = |column| inconsistent("reports", column, row.id);
            let voice = Voice {
                category: Category::from_word(&row.category).ok_or_else(|| wrong("category"))?,
                origin: ReportOrigin::from_word(&row.origin).ok_or_else(|| wrong("origin"))?,
                who: row.who,
                acted_on: row.acted_on,
                dismissed: row.dismissed,
                is_limited: row.is_limited,
            };
            Ok((ReportId::new(row.id), voice))
        })
        .collect()
}

/// How a case is closed.
#[derive(Clone, Copy, Debug)]
pub struct Closing {
    /// What became of it.
    pub outcome: CaseOutcome,
    /// By which proposal.
    pub by: Option<ProposalId>,
}

/// Closes a case with its reports, and answers which members reported.
pub async fn set_case_closed(
    connection: &mut PgConnection,
    id: CaseId,
    closing: Closing,
    now: OffsetDateTime,
) -> Result<Vec<AccountId>> {
    let by = closing.by.map(ProposalId::get);
    sqlx::query!(
        "UPDATE cases
            SET state = 'closed', closed_at = $3, outcome = $2, closed_by = $4
          WHERE id = $1",
        id.get(),
        closing.outcome.as_str(),
        now,
        by,
    )
    .execute(&mut *connection)
    .await?;
    let reporters = sqlx::query_scalar!(
        r#"WITH closed AS (
               UPDATE reports
                  SET closed_at = $2, closed_by = $3, updated_at = $2
                WHERE case_id = $1 AND closed_at IS NULL
            RETURNING reporter_id, origin)
           SELECT DISTINCT reporter_id AS "reporter_id!"
             FROM closed
            WHERE origin = 'member' AND reporter_id IS NOT NULL"#,
        id.get(),
        now,
        by,
    )
    .fetch_all(connection)
    .await?;
    Ok(reporters.into_iter().map(AccountId::new).collect())
}

/// Opens a case again with its reports. Where another about the same account is open by now, its reports go there.
pub async fn set_case_open(
    connection: &mut PgConnection,
    id: CaseId,
    now: OffsetDateTime,
) -> Result<()> {
    let other = sqlx::query_scalar!(
        "SELECT other.id
           FROM cases c
           JOIN cases other ON other.target_account_id = c.target_account_id AND other.state = 'open'
          WHERE c.id = $1 AND other.id <> c.id",
        id.get(),
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(other) = other {
        reopen_reports(connection, id, CaseId::new(other), now).await?;
        sqlx::query!(
            "UPDATE cases SET outcome = NULL, closed_by = NULL WHERE id = $1",
            id.get(),
        )
        .execute(connection)
        .await?;
        return Ok(());
    }
    sqlx::query!(
        "UPDATE cases
            SET state = 'open', closed_at = NULL, outcome = NULL, closed_by = NULL, reminded_at = NULL
          WHERE id = $1",
        id.get(),
    )
    .execute(&mut *connection)
    .await?;
    reopen_reports(connection, id, id, now).await?;
    Ok(())
}

/// Opens the reports of a case again, in another or the same.
pub async fn reopen_reports(
    connection: &mut PgConnection,
    of: CaseId,
    into: CaseId,
    now: OffsetDateTime,
) -> Result<u64> {
    let done = sqlx::query!(
        "UPDATE reports
            SET case_id = $2, closed_at = NULL, closed_by = NULL, assigned_to = NULL, updated_at = $3
          WHERE case_id = $1",
        of.get(),
        into.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// How many reports a case has, by where they came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportsByOrigin {
    /// Members.
    pub member: i64,
    /// Other servers.
    pub remote: i64,
    /// Moderators, and this server itself.
    pub other: i64,
}

/// How many reports these cases have; one that has none is left out.
pub async fn count_reports_in(
    connection: &mut PgConnection,
    cases: &[CaseId],
) -> Result<Vec<(CaseId, ReportsByOrigin)>> {
    let cases: Vec<i64> = cases.iter().map(|id| id.get()).collect();
    let rows = sqlx::query!(
        r#"SELECT case_id,
                  count(*) FILTER (WHERE origin = 'member') AS "member!",
                  count(*) FILTER (WHERE origin = 'remote') AS "remote!",
                  count(*) FILTER (WHERE origin NOT IN ('member', 'remote')) AS "other!"
             FROM reports
            WHERE case_id = ANY ($1)
            GROUP BY case_id"#,
        &cases,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let counts = ReportsByOrigin {
                member: row.member,
                remote: row.remote,
                other: row.other,
            };
            (CaseId::new(row.case_id), counts)
        })
        .collect())
}
