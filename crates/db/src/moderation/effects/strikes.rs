//! Strikes: what was done to a member, as the member sees it.

use model::{
    AccountId, StatusId,
    moderation::{
        ProposalId, Warrant,
        appeal::{Strike, StrikeId},
        report::ReportId,
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// A member gets a strike.
#[derive(Clone, Debug)]
pub struct NewStrike<'a> {
    /// Who.
    pub account: AccountId,
    /// By which proposal.
    pub proposal: ProposalId,
    /// Mastodon's word.
    pub action: &'a str,
    /// What the member is told.
    pub text: &'a str,
    /// The posts concerned.
    pub statuses: &'a [StatusId],
    /// The rules that were broken.
    pub rules: &'a [i32],
    /// The report it answers.
    pub report: Option<ReportId>,
    /// Entry of the log.
    pub log_seq: i64,
    /// Until when it can be appealed.
    pub appealable_until: OffsetDateTime,
}

/// Writes a strike.
pub async fn insert_strike(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    new: &NewStrike<'_>,
    now: OffsetDateTime,
) -> Result<StrikeId> {
    let statuses: Vec<i64> = new.statuses.iter().map(|id| id.get()).collect();
    let id = sqlx::query_scalar!(
        "INSERT INTO strikes (id, account_id, proposal_id, action, text, status_ids, rule_ids, report_id, log_seq,
                              appealable_until, created_at)
              VALUES (snowflake($10), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           RETURNING id",
        new.account.get(),
        new.proposal.get(),
        new.action,
        new.text,
        &statuses,
        new.rules,
        new.report.map(ReportId::get),
        new.log_seq,
        new.appealable_until,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(StrikeId::new(id))
}

/// The strike that a proposal gave somebody.
pub async fn strike_of(
    connection: &mut PgConnection,
    proposal: ProposalId,
    account: AccountId,
) -> Result<Option<StrikeId>> {
    let id = sqlx::query_scalar!(
        "SELECT id FROM strikes WHERE proposal_id = $1 AND account_id = $2 ORDER BY id LIMIT 1",
        proposal.get(),
        account.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(StrikeId::new))
}

/// One more post that a strike is about: a proposal about several posts of one member gives one strike.
pub async fn add_status(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    strike: StrikeId,
    status: StatusId,
) -> Result<()> {
    sqlx::query!(
        "UPDATE strikes SET status_ids = status_ids || $2 WHERE id = $1 AND $2 <> ALL (status_ids)",
        strike.get(),
        status.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A strike does not count any more since `at`, or counts again. Answers whose it is.
pub async fn overrule(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    strike: StrikeId,
    at: Option<OffsetDateTime>,
) -> Result<Option<AccountId>> {
    let account = sqlx::query_scalar!(
        "UPDATE strikes SET overruled_at = $2 WHERE id = $1 RETURNING account_id",
        strike.get(),
        at,
    )
    .fetch_optional(connection)
    .await?;
    Ok(account.map(AccountId::new))
}

/// Strikes by id.
pub async fn strikes_by_ids(
    connection: &mut PgConnection,
    ids: &[StrikeId],
) -> Result<Vec<Strike>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows = sqlx::query!(
        "SELECT id, account_id, proposal_id, action, text, status_ids, rule_ids, log_seq, appealable_until, created_at,
                overruled_at
           FROM strikes
          WHERE id = ANY ($1)",
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Strike {
            id: StrikeId::new(row.id),
            account_id: AccountId::new(row.account_id),
            proposal_id: ProposalId::new(row.proposal_id),
            action: row.action,
            text: row.text,
            status_ids: row.status_ids.into_iter().map(StatusId::new).collect(),
            rule_ids: row.rule_ids,
            log_seq: row.log_seq,
            appealable_until: row.appealable_until,
            created_at: row.created_at,
            overruled_at: row.overruled_at,
        })
        .collect())
}

/// Tells a member of a strike, as a notification: it comes from nobody, so it bears the member's own name, as in Mastodon.
pub async fn tell_of_strike(
    connection: &mut PgConnection,
    member: AccountId,
    strike: StrikeId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO notifications (id, account_id, kind, from_id, strike_id, created_at)
              VALUES (snowflake($3), $1, 'moderation_warning', $1, $2, $3)
         ON CONFLICT DO NOTHING",
        member.get(),
        strike.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Tells a member of follows that were cut.
pub async fn tell_of_severance(
    connection: &mut PgConnection,
    member: AccountId,
    severance: i64,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO notifications (id, account_id, kind, from_id, severance_id, created_at)
              VALUES (snowflake($3), $1, 'severed_relationships', $1, $2, $3)
         ON CONFLICT DO NOTHING",
        member.get(),
        severance,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
