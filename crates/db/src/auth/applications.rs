//! Registered apps.

use model::{ApplicationId, Scopes, oauth::Application};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result};

/// An app that registers.
#[derive(Clone, Debug)]
pub struct NewApplication<'a> {
    /// Its public name for the protocol.
    pub client_id: &'a str,
    /// SHA-256 of its secret.
    pub secret_hash: &'a [u8],
    /// What people call it.
    pub name: &'a str,
    /// Its page.
    pub website: Option<&'a str>,
    /// Where people may be sent back to.
    pub redirect_uris: &'a [String],
    /// The most it may ask for.
    pub scopes: &'a Scopes,
}

struct ApplicationRow {
    id: i64,
    client_id: String,
    name: String,
    website: Option<String>,
    redirect_uris: Vec<String>,
    scopes: String,
    created_at: OffsetDateTime,
}

impl TryFrom<ApplicationRow> for Application {
    type Error = Error;

    fn try_from(row: ApplicationRow) -> Result<Self> {
        Ok(Self {
            id: ApplicationId::new(row.id),
            scopes: row.scopes.parse().map_err(|_| Error::Inconsistency {
                table: "applications",
                column: "scopes",
                key: row.id.to_string(),
            })?,
            client_id: row.client_id,
            name: row.name,
            website: row.website,
            redirect_uris: row.redirect_uris,
            created_at: row.created_at,
        })
    }
}

/// Registers an app.
pub async fn insert_application(
    connection: &mut PgConnection,
    new: &NewApplication<'_>,
    now: OffsetDateTime,
) -> Result<Application> {
    sqlx::query_as!(
        ApplicationRow,
        "INSERT INTO applications (id, client_id, secret_hash, name, website, redirect_uris, scopes, created_at)
              VALUES (snowflake($7), $1, $2, $3, $4, $5, $6, $7)
           RETURNING id, client_id, name, website, redirect_uris, scopes, created_at",
        new.client_id,
        new.secret_hash,
        new.name,
        new.website,
        new.redirect_uris,
        new.scopes.to_string(),
        now,
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// An app by its number.
pub async fn application_by_id(
    connection: &mut PgConnection,
    id: ApplicationId,
) -> Result<Option<Application>> {
    sqlx::query_as!(
        ApplicationRow,
        "SELECT id, client_id, name, website, redirect_uris, scopes, created_at FROM applications WHERE id = $1",
        id.get(),
    )
    .fetch_optional(connection)
    .await?
    .map(Application::try_from)
    .transpose()
}

/// An app by its name for the protocol.
pub async fn application_by_client_id(
    connection: &mut PgConnection,
    client_id: &str,
) -> Result<Option<Application>> {
    sqlx::query_as!(
        ApplicationRow,
        "SELECT id, client_id, name, website, redirect_uris, scopes, created_at
           FROM applications
          WHERE client_id = $1",
        client_id,
    )
    .fetch_optional(connection)
    .await?
    .map(Application::try_from)
    .transpose()
}

/// SHA-256 of an app's secret.
pub async fn secret_hash(
    connection: &mut PgConnection,
    id: ApplicationId,
) -> Result<Option<Vec<u8>>> {
    let hash = sqlx::query_scalar!(
        "SELECT secret_hash FROM applications WHERE id = $1",
        id.get()
    )
    .fetch_optional(connection)
    .await?;
    Ok(hash)
}
