//! Making members.

use model::{AccountId, Username, account::INSTANCE_ACTOR, member::Role};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Result, error::OnConstraint};

/// Somebody becomes a member.
#[derive(Clone, Debug)]
pub struct NewMember<'a> {
    /// The name.
    pub username: &'a Username,
    /// `https://web`, on which all URLs are built.
    pub base_url: &'a str,
    /// Address for mail.
    pub email: Option<&'a str>,
    /// Argon2id, in the PHC format.
    pub password_hash: Option<&'a str>,
    /// What the organisation lets this person do.
    pub role: Role,
    /// Language, ISO 639.
    pub locale: &'a str,
    /// Why they want to join.
    pub reason: &'a str,
    /// The mail address is known to be theirs.
    pub confirmed_at: Option<OffsetDateTime>,
    /// They were let in.
    pub approved_at: Option<OffsetDateTime>,
}

/// Writes account and member down, and reserves the name for ever.
///
/// `Error::Constraint("accounts_handle_key")` when the name is taken, `"members_email_key"` when the
/// address is.
pub async fn insert(
    connection: &mut PgConnection,
    new: &NewMember<'_>,
    now: OffsetDateTime,
) -> Result<AccountId> {
    let id = sqlx::query_scalar!(
        r#"WITH made AS (
               SELECT snowflake($3) AS id
           )
           INSERT INTO accounts (
               id, username, uri, url, uri_scheme, inbox_url, shared_inbox_url, outbox_url, followers_url,
               following_url, featured_url, created_at, updated_at
           )
           SELECT id,
                  $1,
                  $2 || '/ap/users/' || id,
                  $2 || '/@' || $1,
                  1,
                  $2 || '/ap/users/' || id || '/inbox',
                  $2 || '/inbox',
                  $2 || '/ap/users/' || id || '/outbox',
                  $2 || '/ap/users/' || id || '/followers',
                  $2 || '/ap/users/' || id || '/following',
                  $2 || '/ap/users/' || id || '/collections/featured',
                  $3,
                  $3
             FROM made
           RETURNING id"#,
        new.username.as_str(),
        new.base_url,
        now,
    )
    .fetch_one(&mut *connection)
    .await
    .on_constraint("accounts_handle_key")?;
    sqlx::query!(
        "INSERT INTO members (account_id, email, password_hash, role, locale, sign_up_reason, confirmed_at,
                              approved_at, last_active_at, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        id,
        new.email,
        new.password_hash,
        new.role.as_str(),
        new.locale,
        new.reason,
        new.confirmed_at,
        new.approved_at,
        now,
    )
    .execute(&mut *connection)
    .await
    .on_constraint("members_email_key")?;
    sqlx::query!(
        "INSERT INTO reserved_usernames (username, reserved_at) VALUES (lower($1), $2) ON CONFLICT DO NOTHING",
        new.username.as_str(),
        now,
    )
    .execute(connection)
    .await?;
    Ok(AccountId::new(id))
}

/// Whether a name was ever taken here (S76).
pub async fn is_reserved(connection: &mut PgConnection, username: &Username) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM reserved_usernames WHERE username = lower($1)) AS "found!""#,
        username.as_str(),
    )
    .fetch_one(connection)
    .await?;
    Ok(found)
}

/// Writes the server's own actor down. False when it exists already.
pub async fn insert_instance_actor(
    connection: &mut PgConnection,
    name: &str,
    base_url: &str,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "INSERT INTO accounts (id, username, uri, url, uri_scheme, inbox_url, shared_inbox_url, outbox_url, actor_type,
                               locked, created_at, updated_at)
              VALUES ($1, $2, $3 || '/actor', $3 || '/about', 1, $3 || '/actor/inbox', $3 || '/inbox',
                      $3 || '/actor/outbox', 'Application', true, $4, $4)
         ON CONFLICT (id) DO NOTHING",
        INSTANCE_ACTOR.get(),
        name,
        base_url,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}
