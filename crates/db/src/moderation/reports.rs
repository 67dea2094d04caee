//! Reports: what one person or server says about an account.

use model::{
    AccountId, ApplicationId, Domain, Page, StatusId,
    moderation::{
        PersonId, ProposalId,
        report::{CaseId, CaseOutcome, Category, Report, ReportId, ReportOrigin},
    },
};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::{
    Error, Result,
    paging::{newest_first, push_page},
};

const COLUMNS: &str = "r.id, r.case_id, r.reporter_id, r.target_account_id, r.origin, r.category, r.comment, r.status_ids,
                       r.rule_ids, r.forward_wanted, r.forwarded_at, r.assigned_to, r.closed_at, r.closed_by, r.created_at,
                       r.updated_at";

#[derive(FromRow)]
struct ReportRow {
    id: i64,
    case_id: i64,
    reporter_id: Option<i64>,
    target_account_id: Option<i64>,
    origin: String,
    category: String,
    comment: String,
    status_ids: Vec<i64>,
    rule_ids: Vec<i32>,
    forward_wanted: bool,
    forwarded_at: Option<OffsetDateTime>,
    assigned_to: Option<i64>,
    closed_at: Option<OffsetDateTime>,
    closed_by: Option<i64>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl TryFrom<ReportRow> for Report {
    type Error = Error;

    fn try_from(row: ReportRow) -> Result<Self> {
        let wrong = |column| inconsistent("reports", column, row.id);
        Ok(Self {
            id: ReportId::new(row.id),
            case_id: CaseId::new(row.case_id),
            reporter_id: row.reporter_id.map(AccountId::new),
            target_id: row.target_account_id.map(AccountId::new),
            origin: ReportOrigin::from_word(&row.origin).ok_or_else(|| wrong("origin"))?,
            category: Category::from_word(&row.category).ok_or_else(|| wrong("category"))?,
            comment: row.comment,
            status_ids: row.status_ids.into_iter().map(StatusId::new).collect(),
            rule_ids: row.rule_ids,
            forward_wanted: row.forward_wanted,
            forwarded_at: row.forwarded_at,
            assigned_to: row.assigned_to.map(PersonId::new),
            closed_at: row.closed_at,
            closed_by: row.closed_by.map(ProposalId::new),
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// A report to be written down.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    /// The case it belongs to.
    pub case_id: CaseId,
    /// Who says it.
    pub reporter: AccountId,
    /// About whom.
    pub target: AccountId,
    /// What kind of source it is.
    pub origin: ReportOrigin,
    /// The Flag's id, of theirs or of ours.
    pub uri: Option<&'a str>,
    /// Of what sort the trouble is.
    pub category: Category,
    /// In the reporter's words.
    pub comment: &'a str,
    /// Posts that show it.
    pub status_ids: &'a [StatusId],
    /// Rules that were broken.
    pub rule_ids: &'a [i32],
    /// The reporter asks for a copy to go to the other server.
    pub forward_wanted: bool,
    /// When a copy goes to the reported account's own server.
    pub forwarded_at: Option<OffsetDateTime>,
    /// The app it was written with.
    pub application_id: Option<ApplicationId>,
}

/// Writes a report down. `None` when the same Flag about the same account is there already.
pub async fn insert_report(
    connection: &mut PgConnection,
    new: &NewReport<'_>,
    now: OffsetDateTime,
) -> Result<Option<ReportId>> {
    let status_ids: Vec<i64> = new.status_ids.iter().map(|id| id.get()).collect();
    let id = sqlx::query_scalar!(
        "INSERT INTO reports (id, case_id, reporter_id, target_account_id, origin, uri, category, comment, status_ids,
                              rule_ids, forward_wanted, forwarded_at, application_id, created_at, updated_at)
              VALUES (snowflake($13), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
         ON CONFLICT (uri, target_account_id) WHERE uri IS NOT NULL DO NOTHING
           RETURNING id",
        new.case_id.get(),
        new.reporter.get(),
        new.target.get(),
        new.origin.as_str(),
        new.uri,
        new.category.as_str(),
        new.comment,
        &status_ids,
        new.rule_ids,
        new.forward_wanted,
        new.forwarded_at,
        new.application_id.map(ApplicationId::get),
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(ReportId::new))
}

/// A report.
pub async fn find_report(connection: &mut PgConnection, id: ReportId) -> Result<Option<Report>> {
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    query.push(COLUMNS).push(" FROM reports r WHERE r.id = ");
    query.push_bind(id.get());
    let row: Option<ReportRow> = query.build_query_as().fetch_optional(connection).await?;
    row.map(Report::try_from).transpose()
}

/// The reports of a case that are still to be decided, oldest first.
pub async fn open_reports_of(connection: &mut PgConnection, case: CaseId) -> Result<Vec<ReportId>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM reports WHERE case_id = $1 AND closed_at IS NULL ORDER BY id LIMIT 2000",
        case.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ReportId::new).collect())
}

/// The reports of a case, oldest first.
pub async fn reports_in_case(connection: &mut PgConnection, id: CaseId) -> Result<Vec<Report>> {
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    query
        .push(COLUMNS)
        .push(" FROM reports r WHERE r.case_id = ");
    query.push_bind(id.get()).push(" ORDER BY r.id LIMIT 500");
    let rows: Vec<ReportRow> = query.build_query_as().fetch_all(connection).await?;
    rows.into_iter().map(Report::try_from).collect()
}

/// Which reports are wanted.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// Closed ones, or open ones.
    pub is_closed: Option<bool>,
    /// By this account.
    pub reporter: Option<AccountId>,
    /// About this account.
    pub target: Option<AccountId>,
    /// About people of this server.
    pub target_domain: Option<String>,
}

/// A part of the reports, newest first, without those that are about the person who looks.
pub async fn list_reports(
    connection: &mut PgConnection,
    looking: PersonId,
    filter: &ReportFilter,
    page: Page,
) -> Result<Vec<Report>> {
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    query
        .push(COLUMNS)
        .push(" FROM reports r WHERE NOT coalesce(is_account_of(r.target_account_id, ")
        .push_bind(looking.get())
        .push("), false)");
    match filter.is_closed {
        Some(true) => {
            query.push(" AND r.closed_at IS NOT NULL");
        }
        Some(false) => {
            query.push(" AND r.closed_at IS NULL");
        }
        None => {}
    }
    if let Some(reporter) = filter.reporter {
        query
            .push(" AND r.reporter_id = ")
            .push_bind(reporter.get());
    }
    if let Some(target) = filter.target {
        query
            .push(" AND r.target_account_id = ")
            .push_bind(target.get());
    }
    if let Some(domain) = &filter.target_domain {
        query
            .push(" AND EXISTS (SELECT 1 FROM accounts t WHERE t.id = r.target_account_id AND t.domain = ")
            .push_bind(domain)
            .push(")");
    }
    push_page(&mut query, "r.id", page);
    let rows: Vec<ReportRow> = query.build_query_as().fetch_all(connection).await?;
    newest_first(rows, page)
        .into_iter()
        .map(Report::try_from)
        .collect()
}

/// An open report of the same voice that says the same about the same account.
pub async fn find_same_report(
    connection: &mut PgConnection,
    new: &NewReport<'_>,
) -> Result<Option<ReportId>> {
    let status_ids: Vec<i64> = new.status_ids.iter().map(|id| id.get()).collect();
    let id = sqlx::query_scalar!(
        "SELECT id
           FROM reports
          WHERE reporter_id = $1
            AND target_account_id = $2
            AND closed_at IS NULL
            AND category = $3
            AND comment = $4
            AND status_ids @> $5 AND status_ids <@ $5
            AND rule_ids @> $6 AND rule_ids <@ $6
          LIMIT 1",
        new.reporter.get(),
        new.target.get(),
        new.category.as_str(),
        new.comment,
        &status_ids,
        new.rule_ids,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(ReportId::new))
}

/// A report that came by this Flag about this account.
pub async fn find_report_by_uri(
    connection: &mut PgConnection,
    uri: &str,
    target: AccountId,
) -> Result<Option<ReportId>> {
    let id = sqlx::query_scalar!(
        "SELECT id FROM reports WHERE uri = $1 AND target_account_id = $2",
        uri,
        target.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(ReportId::new))
}

/// How often an account has reported another since then.
pub async fn reports_since(
    connection: &mut PgConnection,
    reporter: AccountId,
    target: AccountId,
    since: OffsetDateTime,
) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!"
             FROM reports
            WHERE reporter_id = $1 AND target_account_id = $2 AND id >= $3"#,
        reporter.get(),
        target.get(),
        ReportId::first_at(since).get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// How many reports have come from a server since then.
pub async fn reports_from_server_since(
    connection: &mut PgConnection,
    domain: &Domain,
    since: OffsetDateTime,
) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!"
             FROM reports r
             JOIN accounts a ON a.id = r.reporter_id
            WHERE r.id >= $2 AND a.domain = $1"#,
        domain.as_str(),
        ReportId::first_at(since).get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// Which of these posts are the account's, and such that a member can see.
pub async fn posts_seen_by(
    connection: &mut PgConnection,
    reporter: AccountId,
    target: AccountId,
    posts: &[StatusId],
) -> Result<Vec<StatusId>> {
    let posts: Vec<i64> = posts.iter().map(|id| id.get()).collect();
    let seen = sqlx::query_scalar!(
        r#"SELECT s.id AS "id!"
             FROM statuses_visible_to($1) s
            WHERE s.id = ANY ($3) AND s.account_id = $2
            ORDER BY s.id"#,
        reporter.get(),
        target.get(),
        &posts,
    )
    .fetch_all(connection)
    .await?;
    Ok(seen.into_iter().map(StatusId::new).collect())
}

/// Which of these posts are the account's, and such that somebody on a server can have seen: public and unlisted ones, those for
/// followers if it has one there, and those that mention somebody there.
pub async fn posts_known_on(
    connection: &mut PgConnection,
    domain: &Domain,
    target: AccountId,
    posts: &[StatusId],
) -> Result<Vec<StatusId>> {
    let posts: Vec<i64> = posts.iter().map(|id| id.get()).collect();
    let known = sqlx::query_scalar!(
        "SELECT s.id
           FROM statuses s
          WHERE s.id = ANY ($3)
            AND s.account_id = $2
            AND s.deleted_at IS NULL
            AND (   s.visibility IN ('public', 'unlisted')
                 OR (    s.visibility = 'private'
                     AND EXISTS (
                             SELECT 1
                               FROM follows f
                               JOIN accounts a ON a.id = f.follower_id
                              WHERE f.followee_id = $2 AND a.domain = $1))
                 OR EXISTS (
                        SELECT 1
                          FROM mentions m
                          JOIN accounts a ON a.id = m.account_id
                         WHERE m.status_id = s.id AND a.domain = $1))
          ORDER BY s.id",
        domain.as_str(),
        target.get(),
        &posts,
    )
    .fetch_all(connection)
    .await?;
    Ok(known.into_iter().map(StatusId::new).collect())
}

/// Whether one of these posts answers a member.
pub async fn answer_a_member(connection: &mut PgConnection, posts: &[StatusId]) -> Result<bool> {
    let posts: Vec<i64> = posts.iter().map(|id| id.get()).collect();
    let is = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1
                 FROM statuses s
                 JOIN accounts answered ON answered.id = s.in_reply_to_account_id
                WHERE s.id = ANY ($1) AND answered.domain IS NULL) AS "is!""#,
        &posts,
    )
    .fetch_one(connection)
    .await?;
    Ok(is)
}

/// Authors of posts.
pub async fn authors_of(
    connection: &mut PgConnection,
    posts: &[StatusId],
) -> Result<Vec<AccountId>> {
    let posts: Vec<i64> = posts.iter().map(|id| id.get()).collect();
    let found = sqlx::query_scalar!(
        "SELECT DISTINCT account_id FROM statuses WHERE id = ANY ($1) ORDER BY account_id",
        &posts,
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(AccountId::new).collect())
}

/// What a copy of a report for another server is made from.
#[derive(Clone, Debug)]
pub struct Forwarding {
    /// The id of our Flag.
    pub uri: String,
    /// The reported account's id.
    pub target_uri: String,
    /// Where it takes deliveries.
    pub target_inbox: String,
    /// Its server.
    pub target_domain: String,
    /// In the reporter's words.
    pub comment: String,
    /// Posts: their ids, and whether everybody may see them.
    pub posts: Vec<(String, bool)>,
}

/// What a copy of a report about somebody elsewhere is made from. `None` when there is nobody elsewhere any more.
pub async fn forwarding(connection: &mut PgConnection, id: ReportId) -> Result<Option<Forwarding>> {
    let row = sqlx::query!(
        r#"SELECT r.uri AS "uri!", r.comment, t.uri AS target_uri, t.inbox_url, t.domain AS "domain!"
             FROM reports r
             JOIN accounts t ON t.id = r.target_account_id
            WHERE r.id = $1 AND r.uri IS NOT NULL AND t.domain IS NOT NULL"#,
        id.get(),
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let posts = sqlx::query!(
        r#"SELECT uri, visibility IN ('public', 'unlisted') AS "is_for_everybody!"
             FROM report_evidence
            WHERE report_id = $1
            ORDER BY status_id"#,
        id.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(Some(Forwarding {
        uri: row.uri,
        target_uri: row.target_uri,
        target_inbox: row.inbox_url,
        target_domain: row.domain,
        comment: row.comment,
        posts: posts
            .into_iter()
            .map(|post| (post.uri, post.is_for_everybody))
            .collect(),
    }))
}

/// Inboxes of people on these servers whom posts of a report answer.
pub async fn inboxes_of_answered(
    connection: &mut PgConnection,
    id: ReportId,
    domains: &[String],
) -> Result<Vec<String>> {
    let inboxes = sqlx::query_scalar!(
        r#"SELECT DISTINCT coalesce(a.shared_inbox_url, a.inbox_url) AS "inbox!"
             FROM reports r
             JOIN statuses s ON s.id = ANY (r.status_ids)
             JOIN accounts a ON a.id = s.in_reply_to_account_id
            WHERE r.id = $1 AND a.domain = ANY ($2) AND a.suspended_at IS NULL AND a.id <> r.target_account_id"#,
        id.get(),
        domains,
    )
    .fetch_all(connection)
    .await?;
    Ok(inboxes)
}

/// Reports of a case that no copy of has gone to the account's server, by now marked as gone, each with the id that its Flag has
/// or gets.
pub async fn mark_forwarded(
    connection: &mut PgConnection,
    case: CaseId,
    uri_base: &str,
    now: OffsetDateTime,
) -> Result<Vec<ReportId>> {
    let ids = sqlx::query_scalar!(
        "UPDATE reports r
            SET forwarded_at = $3,
                uri = CASE WHEN r.origin = 'remote' THEN r.uri
                           ELSE coalesce(r.uri, $2 || replace(gen_random_uuid()::text, '-', '')) END,
                updated_at = $3
          WHERE r.case_id = $1
            AND r.forwarded_at IS NULL
            -- What another server has said is not ours to pass on.
            AND r.origin <> 'remote'
            AND EXISTS (SELECT 1 FROM accounts t WHERE t.id = r.target_account_id AND t.domain IS NOT NULL)
      RETURNING r.id",
        case.get(),
        uri_base,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ReportId::new).collect())
}

/// What somebody who has reported learns of it.
#[derive(Clone, Debug)]
pub struct OwnReport {
    /// Which.
    pub id: ReportId,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// About whom.
    pub target_id: Option<AccountId>,
    /// When it was closed.
    pub closed_at: Option<OffsetDateTime>,
    /// What became of it.
    pub outcome: Option<CaseOutcome>,
}

/// What a member has reported, newest first.
pub async fn reports_by(
    connection: &mut PgConnection,
    reporter: AccountId,
    limit: i64,
) -> Result<Vec<OwnReport>> {
    let rows = sqlx::query!(
        "SELECT r.id, r.created_at, r.target_account_id, r.closed_at, c.outcome
           FROM reports r
           JOIN cases c ON c.id = r.case_id
          WHERE r.reporter_id = $1 AND r.origin = 'member'
          ORDER BY r.id DESC
          LIMIT $2",
        reporter.get(),
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OwnReport {
            id: ReportId::new(row.id),
            created_at: row.created_at,
            target_id: row.target_account_id.map(AccountId::new),
            closed_at: row.closed_at,
            outcome: row
                .closed_at
                .and(row.outcome.as_deref())
                .and_then(CaseOutcome::from_word),
        })
        .collect())
}

/// Changes of what sort a report says the trouble is, and which rules were broken.
pub async fn set_report_category(
    connection: &mut PgConnection,
    id: ReportId,
    category: Category,
    rule_ids: &[i32],
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE reports SET category = $2, rule_ids = $3, updated_at = $4 WHERE id = $1",
        id.get(),
        category.as_str(),
        rule_ids,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Tells holders of seats that a report has come, but for those whom it is about, and whoever made it.
pub async fn notify_of_report(
    connection: &mut PgConnection,
    report: ReportId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query_file!("queries/moderation/notify_of_report.sql", report.get(), now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Several reports, oldest first.
pub async fn reports_by_ids(
    connection: &mut PgConnection,
    ids: &[ReportId],
) -> Result<Vec<Report>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    query
        .push(COLUMNS)
        .push(" FROM reports r WHERE r.id = ANY (");
    query.push_bind(ids).push(") ORDER BY r.id");
    let rows: Vec<ReportRow> = query.build_query_as().fetch_all(connection).await?;
    rows.into_iter().map(Report::try_from).collect()
}

/// Tells holders of seats that somebody has signed up, once.
pub async fn notify_of_sign_up(
    connection: &mut PgConnection,
    member: AccountId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO notifications (id, account_id, kind, from_id, created_at)
              SELECT snowflake($2), p.account_id, 'admin.sign_up', $1, $2
                FROM moderator_seats s
                JOIN persons p ON p.id = s.person_id
                JOIN members m ON m.account_id = p.account_id
               WHERE s.ended_at IS NULL AND s.ad_hoc_for IS NULL AND p.account_id <> $1
         ON CONFLICT DO NOTHING",
        member.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
