//! Who sits on the board, and what it has set.

use model::moderation::{Person, PersonId, Warrant, board::DecisionId};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{persons, rows::inconsistent};
use crate::Result;

/// How somebody came to the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardOrigin {
    /// Named by the operator, once.
    Bootstrap,
    /// By the organisation's directory.
    Directory,
}

impl BoardOrigin {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bootstrap => "bootstrap",
            Self::Directory => "directory",
        }
    }
}

/// Somebody who sits on the board.
#[derive(Clone, Debug)]
pub struct BoardMember {
    /// Who.
    pub person: Person,
    /// How they came to it.
    pub origin: BoardOrigin,
    /// Since when.
    pub since: OffsetDateTime,
}

/// Who sits on the board, longest first.
pub async fn board_members(connection: &mut PgConnection) -> Result<Vec<BoardMember>> {
    let rows = sqlx::query!(
        "SELECT person_id, origin, since
           FROM board_members
          WHERE ended_at IS NULL
          ORDER BY id"
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let people = persons(connection, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let wrong = |column| inconsistent("board_members", column, row.person_id);
            Ok(BoardMember {
                person: people
                    .iter()
                    .find(|person| person.id.get() == row.person_id)
                    .cloned()
                    .ok_or_else(|| wrong("person_id"))?,
                origin: match row.origin.as_str() {
                    "bootstrap" => BoardOrigin::Bootstrap,
                    "directory" => BoardOrigin::Directory,
                    _ => return Err(wrong("origin")),
                },
                since: row.since,
            })
        })
        .collect()
}

/// Whether there was ever a board.
pub async fn ever_had_board(connection: &mut PgConnection) -> Result<bool> {
    let had = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM board_members) AS "had!""#)
        .fetch_one(connection)
        .await?;
    Ok(had)
}

/// Somebody sits on the board from now on.
pub async fn join_board(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    person: PersonId,
    origin: BoardOrigin,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO board_members (id, person_id, origin, since)
              VALUES (snowflake($3), $1, $2, $3)",
        person.get(),
        origin.as_str(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Somebody does not any more.
pub async fn leave_board(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    person: PersonId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE board_members SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL",
        person.get(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Sets or forgets a setting of governance. The board's, or, when the first board is named, what the operator had
/// configured until then.
pub async fn set_governance(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    (name, value): (&str, Option<&Value>),
    decision: Option<DecisionId>,
    now: OffsetDateTime,
) -> Result<()> {
    let Some(value) = value else {
        sqlx::query!("DELETE FROM governance_settings WHERE name = $1", name)
            .execute(connection)
            .await?;
        return Ok(());
    };
    sqlx::query!(
        "INSERT INTO governance_settings (name, value, decision_id, set_at)
              VALUES ($1, $2, $3, $4)
         ON CONFLICT (name)
         DO UPDATE SET value = $2, decision_id = $3, set_at = $4",
        name,
        value,
        decision.map(DecisionId::get),
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Somebody's votes wait for the board since this moment, or for nothing any more.
pub async fn let_votes_wait(
    connection: &mut PgConnection,
    _warrant: &Warrant,
    person: PersonId,
    since: Option<OffsetDateTime>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE persons SET votes_wait_since = $2 WHERE id = $1",
        person.get(),
        since,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Persons whose votes wait for the board, longest first.
pub async fn waiting_persons(connection: &mut PgConnection) -> Result<Vec<Person>> {
    let ids = sqlx::query_scalar!(
        "SELECT id FROM persons WHERE votes_wait_since IS NOT NULL ORDER BY votes_wait_since, id"
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<PersonId> = ids.into_iter().map(PersonId::new).collect();
    persons(connection, &ids).await
}

/// Members whom the organisation's groups put on the board, in the order of joining.
pub async fn eligible_for_board(connection: &mut PgConnection) -> Result<Vec<model::AccountId>> {
    let ids = sqlx::query_scalar!(
        "SELECT account_id FROM members WHERE 'board' = ANY (eligible_for) ORDER BY account_id"
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(model::AccountId::new).collect())
}
