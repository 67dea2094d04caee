//! A remote author whose key the server knows: signs deliveries beforehand, so that signing is not measured.

use std::time::SystemTime;

use anyhow::{Context as _, Result};
use aws_lc_rs::{
    digest::{SHA256, digest},
    encoding::{AsDer as _, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sqlx::PgConnection;

/// The author's name; seed.sql lets all members of the bench follow it.
pub(crate) const NAME: &str = "remote10";

/// The author.
pub(crate) struct Peer {
    key: KeyPair,
    account_id: i64,
    actor: String,
    /// When its posts were published, for peers to read.
    published: String,
}

impl Peer {
    /// Gives the seeded author a key, and tells the database of it.
    pub(crate) async fn introduce(database: &mut PgConnection) -> Result<Self> {
        let key = KeyPair::generate(KeySize::Rsa2048).context("making a key")?;
        let (account_id, actor, published): (i64, String, String) = sqlx::query_as(
            "SELECT id, uri, to_char(now() AT TIME ZONE 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM accounts WHERE username = $1",
        )
        .bind(NAME)
        .fetch_one(&mut *database)
        .await?;
        let peer = Self {
            key,
            account_id,
            actor,
            published,
        };
        sqlx::query("INSERT INTO public_keys (key_id, account_id, pem, fetched_at) VALUES ($1, $2, $3, now())")
            .bind(peer.key_id())
            .bind(peer.account_id)
            .bind(peer.public_pem()?)
            .execute(database)
            .await?;
        Ok(peer)
    }

    fn key_id(&self) -> String {
        format!("{}#main-key", self.actor)
    }

    fn public_pem(&self) -> Result<String> {
        let der: PublicKeyX509Der<'_> = self
            .key
            .public_key()
            .as_der()
            .context("writing the public key")?;
        let text = STANDARD.encode(der.as_ref());
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .filter_map(|line| std::str::from_utf8(line).ok())
            .collect();
        Ok(format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            lines.join("\n")
        ))
    }

    /// A whole signed request that delivers a new public post (draft-cavage-http-signatures-12, as Mastodon signs).
    pub(crate) fn delivery(&self, number: usize, port: u16) -> Result<Vec<u8>> {
        let body = self.create(number);
        let digest = format!(
            "SHA-256={}",
            STANDARD.encode(digest(&SHA256, body.as_bytes()))
        );
        let date = httpdate::fmt_http_date(SystemTime::now());
        let host = format!("localhost:{port}");
        let signed = format!(
            "(request-target): post /inbox\nhost: {host}\ndate: {date}\ndigest: {digest}\ncontent-type: application/activity+json"
        );
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .context("signing")?;
        Ok(format!(
            "POST /inbox HTTP/1.1\r\nHost: {host}\r\nDate: {date}\r\nDigest: {digest}\r\nContent-Type: application/activity+json\r\n\
             Signature: keyId=\"{}\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest content-type\",signature=\"{}\"\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.key_id(),
            STANDARD.encode(&signature),
            body.len()
        )
        .into_bytes())
    }

    fn create(&self, number: usize) -> String {
        let actor = &self.actor;
        let id = format!("{actor}/statuses/bench-{number}");
        let public = "https://www.w3.org/ns/activitystreams#Public";
        let published = &self.published;
        serde_json::json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": format!("{id}/activity"), "type": "Create", "actor": actor, "published": published,
            "to": [public], "cc": [format!("{actor}/followers")],
            "object": {
                "id": id, "type": "Note", "attributedTo": actor, "published": published, "url": id,
                "to": [public], "cc": [format!("{actor}/followers")],
                "content": format!("<p>Delivery number {number}, with a <a href=\"https://a.example/\">link</a> and some words.</p>"),
                "contentMap": { "en": "<p>Delivery</p>" }, "sensitive": false, "tag": [], "attachment": []
            }
        })
        .to_string()
    }
}
