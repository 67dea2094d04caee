//! Mail addresses of members, and what they lead to.

use model::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Result, error::OnConstraint};

/// The member whose address this is, or will be once confirmed: for letters about the account.
pub async fn find_by_address(
    connection: &mut PgConnection,
    email: &str,
) -> Result<Option<AccountId>> {
    let found = sqlx::query_scalar!(
        "SELECT account_id FROM members WHERE lower(email) = lower($1)",
        email
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(AccountId::new))
}

/// The address that a member has given and not confirmed yet: a new one, or the first.
pub async fn unconfirmed_address(
    connection: &mut PgConnection,
    id: AccountId,
) -> Result<Option<String>> {
    let found = sqlx::query_scalar!(
        r#"SELECT coalesce(unconfirmed_email, CASE WHEN confirmed_at IS NULL THEN email END) AS "email?"
             FROM members
            WHERE account_id = $1"#,
        id.get(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.flatten())
}

/// Sets the address that a member has yet to confirm.
pub async fn set_unconfirmed_address(
    connection: &mut PgConnection,
    id: AccountId,
    email: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "UPDATE members SET unconfirmed_email = $2 WHERE account_id = $1",
        id.get(),
        email,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a confirmed address a member's own.
///
/// `Error::Constraint("members_email_key")` when it is another member's by now.
pub async fn confirm_address(
    connection: &mut PgConnection,
    id: AccountId,
    email: &str,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "UPDATE members
            SET email = $2,
                unconfirmed_email = NULL,
                confirmed_at = coalesce(confirmed_at, $3)
          WHERE account_id = $1",
        id.get(),
        email,
        now,
    )
    .execute(connection)
    .await
    .on_constraint("members_email_key")?;
    Ok(())
}

/// Whether a directory or provider is a member's one source of truth.
pub async fn is_linked(connection: &mut PgConnection, id: AccountId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM identities WHERE account_id = $1) AS "found!""#,
        id.get(),
    )
    .fetch_one(connection)
    .await?;
    Ok(found)
}

/// The app that somebody signed up with.
pub async fn signed_up_with(
    connection: &mut PgConnection,
    id: AccountId,
) -> Result<Option<model::ApplicationId>> {
    let found = sqlx::query_scalar!(
        "SELECT application_id FROM members WHERE account_id = $1",
        id.get()
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.flatten().map(model::ApplicationId::new))
}

/// Notes the app that somebody signed up with.
pub async fn set_signed_up_with(
    connection: &mut PgConnection,
    id: AccountId,
    application: model::ApplicationId,
) -> Result<()> {
    sqlx::query!(
        "UPDATE members SET application_id = $2 WHERE account_id = $1",
        id.get(),
        application.get(),
    )
    .execute(connection)
    .await?;
    Ok(())
}
