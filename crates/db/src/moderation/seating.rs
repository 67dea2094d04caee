//! Giving and taking moderators' seats.

use model::moderation::{
    Person, PersonId, ProposalId, SeatNo, Warrant, board::DecisionId, seat::EndReason,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{persons, rows::inconsistent};
use crate::Result;

/// Somebody is given a seat.
#[derive(Clone, Copy, Debug)]
pub struct NewSeat {
    /// Which.
    pub no: SeatNo,
    /// Who.
    pub person: PersonId,
    /// By which decision.
    pub appointed_by: Option<DecisionId>,
    /// For this proposal only.
    pub ad_hoc_for: Option<ProposalId>,
}

/// Gives a seat.
pub async fn give_seat(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    seat: NewSeat,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO moderator_seats (id, seat_no, person_id, appointed_at, appointed_by, ad_hoc_for)
              VALUES (snowflake($5), $1, $2, $5, $3, $4)",
        seat.no,
        seat.person.get(),
        seat.appointed_by.map(DecisionId::get),
        seat.ad_hoc_for.map(ProposalId::get),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends somebody's time in a seat.
pub async fn end_seat(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    no: SeatNo,
    (reason, by): (EndReason, Option<DecisionId>),
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE moderator_seats
            SET ended_at = $4, end_reason = $2, ended_by = $3
          WHERE seat_no = $1 AND ended_at IS NULL",
        no,
        reason.as_str(),
        by.map(DecisionId::get),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What keeps the holder of a seat from voting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance<'a> {
    /// Nothing any more.
    None,
    /// They have said to be away.
    Leave,
    /// The word for why they cannot: `inactive`, `no_second_factor`. A leave goes on behind it.
    Blocked(&'a str),
}

/// Notes what keeps the holder of a seat from voting.
pub async fn hinder_seat(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    no: SeatNo,
    hindrance: Hindrance<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    let (is_leave, blocked_for) = match hindrance {
        Hindrance::None => (Some(false), None),
        Hindrance::Leave => (Some(true), None),
        Hindrance::Blocked(why) => (None, Some(why)),
    };
    sqlx::query!(
        "UPDATE moderator_seats
            SET on_leave_since = CASE $2::boolean
                    WHEN true THEN coalesce(on_leave_since, $4)
                    WHEN false THEN NULL
                    ELSE on_leave_since
                END,
                blocked_for = $3
          WHERE seat_no = $1 AND ended_at IS NULL",
        no,
        is_leave,
        blocked_for,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether the holder of a seat has said to be away, whatever else keeps them from voting.
pub async fn is_on_leave(connection: &mut PgConnection, no: SeatNo) -> Result<bool> {
    let on_leave = sqlx::query_scalar!(
        r#"SELECT on_leave_since IS NOT NULL AS "on_leave!"
             FROM moderator_seats
            WHERE seat_no = $1 AND ended_at IS NULL"#,
        no,
    )
    .fetch_optional(connection)
    .await?;
    Ok(on_leave.unwrap_or(false))
}

/// The decision that gave a seat to whoever holds it.
pub async fn decision_that_gave(
    connection: &mut PgConnection,
    no: SeatNo,
) -> Result<Option<DecisionId>> {
    let decision = sqlx::query_scalar!(
        "SELECT appointed_by FROM moderator_seats WHERE seat_no = $1 AND ended_at IS NULL",
        no,
    )
    .fetch_optional(connection)
    .await?;
    Ok(decision.flatten().map(DecisionId::new))
}

/// A time in a seat that is over.
#[derive(Clone, Debug)]
pub struct PastSeat {
    /// Which.
    pub no: SeatNo,
    /// Who held it.
    pub holder: Person,
    /// From when.
    pub appointed_at: OffsetDateTime,
    /// Until when.
    pub ended_at: OffsetDateTime,
    /// Why it ended: a word of [`EndReason`].
    pub end_reason: String,
    /// For this proposal only.
    pub ad_hoc_for: Option<ProposalId>,
}

/// Times in seats that are over, newest first.
pub async fn past_seats(connection: &mut PgConnection, limit: i64) -> Result<Vec<PastSeat>> {
    let rows = sqlx::query!(
        r#"SELECT seat_no, person_id, appointed_at, ended_at AS "ended_at!",
                  end_reason AS "end_reason!", ad_hoc_for
             FROM moderator_seats
            WHERE ended_at IS NOT NULL
            ORDER BY ended_at DESC, id DESC
            LIMIT $1"#,
        limit,
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let people = persons(connection, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let holder = people
                .iter()
                .find(|person| person.id.get() == row.person_id)
                .cloned()
                .ok_or_else(|| inconsistent("moderator_seats", "person_id", row.seat_no))?;
            Ok(PastSeat {
                no: row.seat_no,
                holder,
                appointed_at: row.appointed_at,
                ended_at: row.ended_at,
                end_reason: row.end_reason,
                ad_hoc_for: row.ad_hoc_for.map(ProposalId::new),
            })
        })
        .collect()
}
