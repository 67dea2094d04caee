//! Remote people whose key the server knows. What they deliver is signed beforehand, so that signing is not measured.

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

/// The key that all of them share.
pub(crate) struct Key(KeyPair);

impl Key {
    /// A new one.
    pub(crate) fn generate() -> Result<Self> {
        Ok(Self(
            KeyPair::generate(KeySize::Rsa2048).context("making a key")?,
        ))
    }

    /// The public half.
    pub(crate) fn public_pem(&self) -> Result<String> {
        let der: PublicKeyX509Der<'_> = self
            .0
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

    fn sign(&self, text: &str) -> Result<String> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                text.as_bytes(),
                &mut signature,
            )
            .context("signing")?;
        Ok(STANDARD.encode(&signature))
    }
}

/// People who deliver posts, each on a host of their own.
pub(crate) struct Peers<'a> {
    key: &'a Key,
    actors: Vec<String>,
    published: String,
}

impl<'a> Peers<'a> {
    /// Two hundred of those whom members follow.
    pub(crate) async fn find(key: &'a Key, database: &mut PgConnection) -> Result<Self> {
        let actors = sqlx::query_scalar(
            "SELECT uri FROM (
                 SELECT DISTINCT ON (a.domain) a.id, a.uri
                   FROM accounts a
                  WHERE a.domain LIKE 'peer%' AND EXISTS (SELECT 1 FROM follows f WHERE f.followee_id = a.id)
                  ORDER BY a.domain, a.id) people
              LIMIT 200",
        )
        .fetch_all(&mut *database)
        .await?;
        let published = sqlx::query_scalar(
            "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
        )
        .fetch_one(database)
        .await?;
        Ok(Self {
            key,
            actors,
            published,
        })
    }

    /// A whole signed request that delivers a new public post (draft-cavage-http-signatures-12, as Mastodon signs).
    #[expect(
        clippy::disallowed_methods,
        reason = "the server under test goes by the real time"
    )]
    pub(crate) fn delivery(&self, number: usize, port: u16) -> Result<Vec<u8>> {
        let actor = &self.actors[number % self.actors.len()];
        let body = self.create(actor, number);
        let digest = format!(
            "SHA-256={}",
            STANDARD.encode(digest(&SHA256, body.as_bytes()))
        );
        let date = httpdate::fmt_http_date(SystemTime::now());
        let host = format!("localhost:{port}");
        let signature = self.key.sign(&format!(
            "(request-target): post /inbox\nhost: {host}\ndate: {date}\ndigest: {digest}\ncontent-type: application/activity+json"
        ))?;
        Ok(format!(
            "POST /inbox HTTP/1.1\r\nHost: {host}\r\nDate: {date}\r\nDigest: {digest}\r\nContent-Type: application/activity+json\r\n\
             Signature: keyId=\"{actor}#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest content-type\",signature=\"{signature}\"\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes())
    }

    /// About as long as what Mastodon sends.
    fn create(&self, actor: &str, number: usize) -> String {
        let id = format!("{actor}/statuses/bench-{number}");
        let public = "https://www.w3.org/ns/activitystreams#Public";
        let published = &self.published;
        let content = format!(
            "<p>Delivery number {number}, with a <a href=\"https://a.example/page/{number}\" target=\"_blank\" rel=\"nofollow noopener\">link</a>, \
             enough words to fill the two or three lines that people usually write, and one of the tags that others have used before: \
             <a href=\"https://a.example/tags/topic7\" class=\"mention hashtag\" rel=\"tag\">#<span>Topic7</span></a></p>"
        );
        serde_json::json!({
            "@context": ["https://www.w3.org/ns/activitystreams", {
                "ostatus": "http://ostatus.org#", "atomUri": "ostatus:atomUri", "conversation": "ostatus:conversation",
                "sensitive": "as:sensitive", "toot": "http://joinmastodon.org/ns#", "Hashtag": "as:Hashtag"
            }],
            "id": format!("{id}/activity"), "type": "Create", "actor": actor, "published": published,
            "to": [public], "cc": [format!("{actor}/followers")],
            "object": {
                "id": id, "type": "Note", "summary": null, "inReplyTo": null, "published": published, "url": id,
                "attributedTo": actor, "to": [public], "cc": [format!("{actor}/followers")], "sensitive": false,
                "atomUri": id, "conversation": format!("tag:a.example:objectId={number}:objectType=Conversation"),
                "content": content, "contentMap": { "en": content }, "attachment": [],
                "tag": [{ "type": "Hashtag", "href": "https://a.example/tags/topic7", "name": "#Topic7" }],
                "replies": { "id": format!("{id}/replies"), "type": "Collection", "first": {
                    "type": "CollectionPage", "next": format!("{id}/replies?page=true"), "partOf": format!("{id}/replies"), "items": []
                } }
            }
        })
        .to_string()
    }
}
