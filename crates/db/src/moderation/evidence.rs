//! Reported posts as they were seen.

use model::{
    StatusId, Visibility,
    moderation::report::{CaseId, Evidence, ReportId},
};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::Result;

/// Keeps posts as they are now, for a report that names them.
pub async fn keep_evidence(
    connection: &mut PgConnection,
    report: ReportId,
    posts: &[StatusId],
    now: OffsetDateTime,
) -> Result<()> {
    let posts: Vec<i64> = posts.iter().map(|id| id.get()).collect();
    sqlx::query_file!(
        "queries/moderation/keep_evidence.sql",
        report.get(),
        &posts,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What the reports of a case have kept, the newest look at each post, oldest post first.
pub async fn evidence_in_case(
    connection: &mut PgConnection,
    case: CaseId,
) -> Result<Vec<Evidence>> {
    let rows = sqlx::query!(
        "SELECT DISTINCT ON (e.status_id) e.status_id, e.uri, e.visibility, e.seen, e.seen_at
           FROM report_evidence e
           JOIN reports r ON r.id = e.report_id
          WHERE r.case_id = $1
          ORDER BY e.status_id, e.seen_at DESC",
        case.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            evidence(
                row.status_id,
                row.uri,
                &row.visibility,
                row.seen,
                row.seen_at,
            )
        })
        .collect()
}

fn evidence(
    status_id: i64,
    uri: String,
    visibility: &str,
    seen: Value,
    seen_at: OffsetDateTime,
) -> Result<Evidence> {
    Ok(Evidence {
        status_id: StatusId::new(status_id),
        uri,
        visibility: Visibility::from_word(visibility)
            .ok_or_else(|| inconsistent("report_evidence", "visibility", status_id))?,
        seen,
        seen_at,
    })
}

/// Empties some cases that were closed before a time: what was seen, said and asked goes; that there was a report, and what
/// became of it, stays. Answers how many cases.
pub async fn expire_cases(
    connection: &mut PgConnection,
    closed_before: OffsetDateTime,
) -> Result<u64> {
    let cases = sqlx::query_scalar!(
        "SELECT c.id
           FROM cases c
          WHERE c.closed_at < $1
            AND (   EXISTS (
                        SELECT 1
                          FROM reports r
                         WHERE r.case_id = c.id
                           AND (r.comment <> '' OR EXISTS (SELECT 1 FROM report_evidence e WHERE e.report_id = r.id)))
                 OR EXISTS (SELECT 1 FROM case_notes n WHERE n.case_id = c.id))
          LIMIT 200",
        closed_before,
    )
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM report_evidence WHERE report_id IN (SELECT id FROM reports WHERE case_id = ANY ($1))",
        &cases,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("DELETE FROM case_notes WHERE case_id = ANY ($1)", &cases)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "UPDATE reports SET comment = '' WHERE case_id = ANY ($1) AND comment <> ''",
        &cases
    )
    .execute(connection)
    .await?;
    Ok(u64::try_from(cases.len()).unwrap_or_default())
}
