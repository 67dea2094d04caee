//! Keys: everybody's public ones, our own actors' private ones.

use model::AccountId;
use time::OffsetDateTime;

use crate::{App, Error, Result, keys::Purpose};

/// A public key with what a verifier asks about its owner.
#[derive(Clone, Debug)]
pub struct KnownKey {
    /// Under which signatures name it.
    pub key_id: String,
    /// SPKI or PKCS#1, PEM.
    pub pem: String,
    /// Whose it is.
    pub owner: AccountId,
    /// The owner's ActivityPub id.
    pub owner_uri: String,
    /// Whether the owner is suspended.
    pub owner_is_suspended: bool,
    /// Whether the owner is a member or our own actor.
    pub owner_is_local: bool,
    /// When it was last fetched.
    pub fetched_at: OffsetDateTime,
}

/// The key that a signature names, if it is known.
pub async fn find_key(app: &App, key_id: &str) -> Result<Option<KnownKey>> {
    let mut connection = app.db.acquire().await?;
    let row = db::accounts::find_key(&mut connection, key_id).await?;
    Ok(row.map(|row| KnownKey {
        key_id: row.key_id,
        pem: row.pem,
        owner: row.owner,
        owner_uri: row.owner_uri,
        owner_is_suspended: row.owner_is_suspended,
        owner_is_local: row.owner_is_local,
        fetched_at: row.fetched_at,
    }))
}

/// The private key of one of our own actors as PKCS#8 DER, opened with the master key.
pub async fn private_key(app: &App, id: AccountId) -> Result<Vec<u8>> {
    let mut connection = app.db.acquire().await?;
    let sealed = db::accounts::sealed_key(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)?;
    app.keys
        .open(Purpose::ActorKeys, &id.get().to_be_bytes(), &sealed)
        .map_err(Error::internal)
}
