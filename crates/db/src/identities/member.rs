//! What a sign-in asks of members and changes in them.

use model::{AccountId, Username, member::Office};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Result, error::OnConstraint};

/// Whom a typed name means, and by what they are checked here.
#[derive(Clone, Debug)]
pub struct LoginRow {
    /// The member.
    pub account_id: AccountId,
    /// PHC format; `None` when the member has no password here.
    pub hash: Option<String>,
    /// Whether a directory or provider knows them.
    pub is_linked: bool,
}

/// The member with this name or mail address. The text is in its one form already. A name goes before an address.
pub async fn find_login(connection: &mut PgConnection, login: &str) -> Result<Option<LoginRow>> {
    let row = sqlx::query!(
        r#"SELECT m.account_id,
                  m.password_hash,
                  EXISTS (SELECT 1 FROM identities i WHERE i.account_id = m.account_id) AS "is_linked!"
             FROM members m
             JOIN accounts a ON a.id = m.account_id
            WHERE (lower(a.username) = $1 AND a.domain IS NULL) OR lower(m.email) = $1
            ORDER BY (lower(a.username) = $1) DESC
            LIMIT 1"#,
        login,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| LoginRow {
        account_id: AccountId::new(row.account_id),
        hash: row.password_hash,
        is_linked: row.is_linked,
    }))
}

/// The account here with this name, member or not.
pub async fn local_account(
    connection: &mut PgConnection,
    username: &Username,
) -> Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "SELECT id FROM accounts WHERE lower(username) = lower($1) AND domain IS NULL",
        username.as_str(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId::new))
}

/// Whether a name is somebody's or ever was.
pub async fn is_taken(connection: &mut PgConnection, username: &Username) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT (EXISTS (SELECT 1 FROM accounts WHERE lower(username) = lower($1) AND domain IS NULL)
                OR EXISTS (SELECT 1 FROM reserved_usernames WHERE username = lower($1))) AS "found!""#,
        username.as_str(),
    )
    .fetch_one(connection)
    .await?;
    Ok(found)
}

/// The member who has confirmed this address.
pub async fn member_at(connection: &mut PgConnection, email: &str) -> Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "SELECT account_id FROM members WHERE lower(email) = lower($1) AND confirmed_at IS NOT NULL",
        email,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(AccountId::new))
}

/// Whether an address is another member's.
pub async fn is_address_taken(
    connection: &mut PgConnection,
    email: &str,
    but: Option<AccountId>,
) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM members WHERE lower(email) = lower($1) AND account_id IS DISTINCT FROM $2
           ) AS "found!""#,
        email,
        but.map(AccountId::get),
    )
    .fetch_one(connection)
    .await?;
    Ok(found)
}

/// A member's password here, in the PHC format, if they have one.
pub async fn password_of(connection: &mut PgConnection, id: AccountId) -> Result<Option<String>> {
    let found = sqlx::query_scalar!(
        "SELECT password_hash FROM members WHERE account_id = $1",
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.flatten())
}

/// Takes a member's password here away: from now on a source says who they are.
pub async fn clear_password(connection: &mut PgConnection, id: AccountId) -> Result<()> {
    sqlx::query!(
        "UPDATE members SET password_hash = NULL WHERE account_id = $1",
        id.get()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What a source says of a member; `None` leaves it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// The mail address, known to be theirs.
    pub email: Option<&'a str>,
    /// For those who have chosen no name to be shown.
    pub display_name: Option<&'a str>,
    /// What they are eligible for.
    pub eligible_for: Option<&'a [Office]>,
    /// They are there, so they have not left, or are back.
    pub is_there: bool,
}

/// Takes over what a source says. An address that was never confirmed goes, since nobody has vouched for it. True when the name shown to others changed.
///
/// `Error::Constraint("members_email_key")` when the address is another member's.
pub async fn put_facts(
    connection: &mut PgConnection,
    id: AccountId,
    facts: &Facts<'_>,
    now: OffsetDateTime,
) -> Result<bool> {
    let offices: Option<Vec<String>> = facts
        .eligible_for
        .map(|offices| offices.iter().map(|o| o.as_str().to_owned()).collect());
    sqlx::query!(
        "UPDATE members
            SET email = CASE WHEN confirmed_at IS NULL THEN $2 ELSE coalesce($2, email) END,
                confirmed_at = coalesce(confirmed_at, $5),
                eligible_for = coalesce($3, eligible_for),
                left_at = CASE WHEN $4 THEN NULL ELSE left_at END,
                ends_at = CASE WHEN $4 THEN NULL ELSE ends_at END
          WHERE account_id = $1
            AND (($2::text IS NOT NULL AND $2 IS DISTINCT FROM email)
              OR confirmed_at IS NULL
              OR ($3::text[] IS NOT NULL AND $3 <> eligible_for)
              OR ($4 AND (left_at IS NOT NULL OR ends_at IS NOT NULL)))",
        id.get(),
        facts.email,
        offices.as_deref(),
        facts.is_there,
        now,
    )
    .execute(&mut *connection)
    .await
    .on_constraint("members_email_key")?;
    let Some(display_name) = facts.display_name else {
        return Ok(false);
    };
    let done = sqlx::query!(
        "UPDATE accounts
            SET display_name = $2, updated_at = $3
          WHERE id = $1
            AND display_name = ''
            AND EXISTS (SELECT 1 FROM members WHERE account_id = $1)",
        id.get(),
        display_name,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}
