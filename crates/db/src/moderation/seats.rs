//! Who holds an office now.

use model::{
    AccountId,
    moderation::{
        Person, PersonId, ProposalId, Seat,
        seat::{SeatId, SeatState},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

struct SeatRow {
    id: i64,
    seat_no: i16,
    person_id: i64,
    account_id: Option<i64>,
    name: String,
    handle: String,
    votes_wait: bool,
    on_leave: bool,
    blocked_for: Option<String>,
    appointed_at: OffsetDateTime,
    ad_hoc_for: Option<i64>,
}

impl From<SeatRow> for Seat {
    fn from(row: SeatRow) -> Self {
        Self {
            id: SeatId::new(row.id),
            no: row.seat_no,
            holder: Person {
                id: PersonId::new(row.person_id),
                account_id: row.account_id.map(AccountId::new),
                name: row.name,
                handle: row.handle,
                votes_wait: row.votes_wait,
            },
            state: match row.blocked_for.as_deref() {
                Some("no_second_factor") => SeatState::NoSecondFactor,
                Some(_) => SeatState::Inactive,
                None if row.on_leave => SeatState::OnLeave,
                None => SeatState::Active,
            },
            appointed_at: row.appointed_at,
            ad_hoc_for: row.ad_hoc_for.map(ProposalId::new),
        }
    }
}

/// Every seat that somebody holds, by number.
pub async fn seats(connection: &mut PgConnection) -> Result<Vec<Seat>> {
    let rows = sqlx::query_as!(
        SeatRow,
        r#"SELECT s.id, s.seat_no, s.person_id, p.account_id, p.name, p.handle,
                  p.votes_wait_since IS NOT NULL AS "votes_wait!",
                  s.on_leave_since IS NOT NULL AS "on_leave!",
                  s.blocked_for, s.appointed_at, s.ad_hoc_for
             FROM moderator_seats s
             JOIN persons p ON p.id = s.person_id
            WHERE s.ended_at IS NULL
            ORDER BY s.seat_no"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Seat::from).collect())
}

/// The seat that somebody holds.
pub async fn seat_of(connection: &mut PgConnection, person: PersonId) -> Result<Option<Seat>> {
    let seats = seats(connection).await?;
    Ok(seats.into_iter().find(|seat| seat.holder.id == person))
}

/// Whether somebody sits on the board.
pub async fn sits_on_board(connection: &mut PgConnection, person: PersonId) -> Result<bool> {
    let sits = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM board_members
                WHERE person_id = $1 AND ended_at IS NULL) AS "sits!""#,
        person.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(sits)
}

/// Who sits on the board.
pub async fn board(connection: &mut PgConnection) -> Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        "SELECT person_id FROM board_members WHERE ended_at IS NULL ORDER BY id"
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(PersonId::new).collect())
}
