//! Links in letters, and the places members sign in from.

use std::ops::Range;

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Shows that an address is its owner's.
    Confirm,
    /// Gives a new password.
    Reset,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
        }
    }
}

/// What following a link proves: this member reads mail at this address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The member.
    pub account_id: AccountId,
    /// The address.
    pub email: String,
}

/// Writes a link down.
pub async fn insert_token(
    connection: &mut PgConnection,
    hash: &[u8],
    purpose: Purpose,
    proof: &Proof,
    valid: Range<OffsetDateTime>,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO mail_tokens (token_hash, purpose, account_id, email, created_at, expires_at)
              VALUES ($1, $2, $3, $4, $5, $6)",
        hash,
        purpose.as_str(),
        proof.account_id.get(),
        proof.email,
        valid.start,
        valid.end,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What a link would prove, leaving it as it is.
pub async fn find_token(
    connection: &mut PgConnection,
    hash: &[u8],
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<Option<Proof>> {
    let row = sqlx::query!(
        "SELECT account_id, email
           FROM mail_tokens
          WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3",
        hash,
        purpose.as_str(),
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Proof {
        account_id: AccountId::new(row.account_id),
        email: row.email,
    }))
}

/// What a link proves. It is used up, and so is every other of its kind that its member was sent.
pub async fn take_token(
    connection: &mut PgConnection,
    hash: &[u8],
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<Option<Proof>> {
    let row = sqlx::query!(
        "DELETE FROM mail_tokens
          WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3
      RETURNING account_id, email",
        hash,
        purpose.as_str(),
        now,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    sqlx::query!(
        "DELETE FROM mail_tokens WHERE account_id = $1 AND purpose = $2",
        row.account_id,
        purpose.as_str(),
    )
    .execute(connection)
    .await?;
    Ok(Some(Proof {
        account_id: AccountId::new(row.account_id),
        email: row.email,
    }))
}

/// Removes the links that would give a member a new password.
pub async fn remove_resets_of(connection: &mut PgConnection, account: AccountId) -> Result<()> {
    sqlx::query!(
        "DELETE FROM mail_tokens WHERE account_id = $1 AND purpose = 'reset'",
        account.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is known of a place from which somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// They have signed in from nowhere yet.
    First,
    /// They have been seen there.
    Known,
    /// They have been seen elsewhere only.
    New,
}

/// Notes that a member signs in from a place; what was known of it before, as far back as `since`.
pub async fn note_place(
    connection: &mut PgConnection,
    account: AccountId,
    place: &[u8],
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Place> {
    let before = sqlx::query!(
        r#"WITH before AS (
               SELECT place FROM known_places WHERE account_id = $1 AND seen_at > $3
           ), noted AS (
               INSERT INTO known_places (account_id, place, seen_at)
                    VALUES ($1, $2, $4)
               ON CONFLICT (account_id, place) DO UPDATE SET seen_at = excluded.seen_at
           )
           SELECT count(*) AS "places!", count(*) FILTER (WHERE place = $2) AS "this!" FROM before"#,
        account.get(),
        place,
        since,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(match (before.places, before.this) {
        (0, _) => Place::First,
        (_, 0) => Place::New,
        _ => Place::Known,
    })
}
