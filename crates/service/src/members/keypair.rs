//! The key pair of an actor of ours, with which it signs what it sends.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa::{KeyPair, KeySize},
    signature::KeyPair as _,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use model::AccountId;
use sqlx::PgConnection;

use crate::{App, Error, Result, keys::Purpose};

/// A new RSA key of 2048 bits, the kind that every peer understands.
pub(crate) struct Keypair {
    /// SPKI, PEM.
    public_pem: String,
    /// PKCS#8, DER.
    private_der: Vec<u8>,
}

/// Makes a key pair. Takes a tenth of a second or so, off the async threads.
pub(crate) async fn generate() -> Result<Keypair> {
    tokio::task::spawn_blocking(|| {
        let failed = |_| anyhow::anyhow!("no RSA key could be made");
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().map_err(failed)?;
        let private: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
        Ok(Keypair {
            public_pem: pem(public.as_ref()),
            private_der: private.as_ref().to_vec(),
        })
    })
    .await
    .map_err(Error::internal)?
    .map_err(Error::Internal)
}

/// Stores a key pair for an actor of ours: the public half for everybody, the private one sealed.
pub(crate) async fn store(
    connection: &mut PgConnection,
    app: &App,
    id: AccountId,
    actor_uri: &str,
    keypair: &Keypair,
) -> Result<()> {
    let sealed = app.keys.seal(
        Purpose::ActorKeys,
        &id.get().to_be_bytes(),
        &keypair.private_der,
    );
    let key_id = format!("{actor_uri}#main-key");
    let now = app.clock.now();
    db::accounts::insert_keypair(connection, id, &key_id, &keypair.public_pem, &sealed, now)
        .await?;
    Ok(())
}

fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .map(|line| str::from_utf8(line).expect("base64 is ASCII"))
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}
