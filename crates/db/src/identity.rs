//! What the server wrote down about itself at its first start.

use model::{Domain, instance::Profile};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{Error, Result};

/// The server's identity; it never changes.
#[derive(Clone, Debug)]
pub struct Identity {
    /// In which of its lives the database was made.
    pub profile: Profile,
    /// Domain of handles.
    pub local_domain: Domain,
    /// Host of URLs.
    pub web_domain: Domain,
    /// A known text sealed with the master key of the first start.
    pub sealed_proof: Vec<u8>,
}

/// Reads the identity; `None` before the first start is through.
pub async fn find(connection: &mut PgConnection) -> Result<Option<Identity>> {
    let row =
        sqlx::query!("SELECT profile, local_domain, web_domain, sealed_proof FROM server_identity")
            .fetch_optional(connection)
            .await?;
    row.map(|row| {
        Ok(Identity {
            profile: Profile::from_word(&row.profile).ok_or_else(|| Error::Inconsistency {
                table: "server_identity",
                column: "profile",
                key: row.profile.clone(),
            })?,
            local_domain: Domain::from_storage(row.local_domain),
            web_domain: Domain::from_storage(row.web_domain),
            sealed_proof: row.sealed_proof,
        })
    })
    .transpose()
}

/// Writes the identity down. Does nothing when another node was faster; read it again afterwards.
pub async fn write(
    connection: &mut PgConnection,
    identity: &Identity,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO server_identity (profile, local_domain, web_domain, sealed_proof, created_at)
              VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        identity.profile.as_str(),
        identity.local_domain.as_str(),
        identity.web_domain.as_str(),
        identity.sealed_proof,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
