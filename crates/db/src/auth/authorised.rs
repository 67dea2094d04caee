//! The apps that hold tokens of a member.

use model::{AccountId, ApplicationId, Scopes, TokenId, oauth::AuthorisedApp};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result};

/// The apps that hold tokens of a member, the one let in last first. Tokens from the command line are one app
/// without a name.
pub async fn authorised_apps(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<AuthorisedApp>> {
    let rows = sqlx::query!(
        r#"SELECT t.application_id,
                  a.name AS "name?",
                  a.website,
                  string_agg(DISTINCT t.scopes, ' ') AS "scopes!",
                  min(t.created_at) AS "since!",
                  max(t.last_used_at) AS last_used_at
             FROM tokens t
             LEFT JOIN applications a ON a.id = t.application_id
            WHERE t.account_id = $1 AND t.revoked_at IS NULL
            GROUP BY t.application_id, a.name, a.website
            ORDER BY max(t.id) DESC"#,
        account.get(),
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let scopes: Scopes = row.scopes.parse().map_err(|_| Error::Inconsistency {
                table: "tokens",
                column: "scopes",
                key: account.to_string(),
            })?;
            Ok(AuthorisedApp {
                application_id: row.application_id.map(ApplicationId::new),
                name: row.name,
                website: row.website,
                scopes,
                since: row.since,
                last_used_at: row.last_used_at,
            })
        })
        .collect()
}

/// Revokes the tokens of a member that an app holds, and the codes by which it would get others.
pub async fn revoke_app(
    connection: &mut PgConnection,
    account: AccountId,
    application: Option<ApplicationId>,
    now: OffsetDateTime,
) -> Result<Vec<TokenId>> {
    let application = application.map(ApplicationId::get);
    sqlx::query!(
        "DELETE FROM authorisation_codes WHERE account_id = $1 AND application_id = $2",
        account.get(),
        application,
    )
    .execute(&mut *connection)
    .await?;
    let ids = sqlx::query_scalar!(
        "UPDATE tokens
            SET revoked_at = $3
          WHERE account_id = $1
            AND application_id IS NOT DISTINCT FROM $2
            AND revoked_at IS NULL
      RETURNING id",
        account.get(),
        application,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(TokenId::new).collect())
}
