//! Any program that listens, in the form of Mastodon's webhooks.
//!
//! The body is `{event, created_at, object}` and is signed twice with one secret: in `X-Hub-Signature`, as Mastodon does
//! (<https://docs.joinmastodon.org/admin/webhooks/>), over the body alone; and by RFC 9421 with `hmac-sha256` over method,
//! address, time and the body's digest (RFC 9530), so that what was recorded cannot be sent again later or elsewhere.
//! `object` is not Mastodon's entity, which would name people: it holds the words of the message and whatever facts the
//! caller gave.

mod signature;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Map, Value, json};
use time::{
    OffsetDateTime, UtcOffset, format_description::BorrowedFormatItem, macros::format_description,
};

use crate::{
    Address, Client, Failure, Message, Urgency,
    channel::accepted,
    plain::{self, BODY, TITLE},
};

const DELIVERY: HeaderName = HeaderName::from_static("moot-delivery");
/// What a header cannot hold as it is.
const UNSENDABLE: &AsciiSet = &CONTROLS.add(b' ').add(b'%');
/// Mastodon's.
const TIME: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// A program that listens.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Where it listens.
    pub address: Address,
    /// What it shares with us.
    pub secret: SecretString,
}

#[derive(Serialize)]
struct Body<'a> {
    event: &'a str,
    created_at: String,
    object: Map<String, Value>,
}

impl Endpoint {
    pub(crate) async fn send(
        &self,
        client: &Client,
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let url = self.address.url();
        let body = serde_json::to_vec(&body(message))
            .map_err(|_| Failure::refused("the message cannot be written as JSON"))?;
        let mut headers = HeaderMap::new();
        let key = utf8_percent_encode(&message.key, UNSENDABLE).to_string();
        if let Ok(key) = HeaderValue::from_str(&key) {
            headers.insert(DELIVERY, key);
        }
        signature::sign(
            &mut headers,
            &self.secret,
            &signature::Signed {
                url,
                body: &body,
                now,
            },
        );
        let answer = client.send(Method::POST, url, headers, body).await?;
        accepted(&answer, now)
    }
}

fn body(message: &Message) -> Body<'_> {
    let mut object = message.facts.clone();
    let title = plain::one_line(&message.title);
    let lines = plain::fit(&plain::body(&message.lines), BODY, plain::as_it_is);
    let mut set = |name: &str, value| object.insert(name.to_owned(), value);
    set("title", json!(plain::fit(&title, TITLE, plain::as_it_is)));
    set("lines", json!(lines.lines().collect::<Vec<_>>()));
    set("url", json!(message.link));
    set("thread", json!(message.thread));
    set("urgent", json!(message.urgency == Urgency::High));
    let at = message.at.to_offset(UtcOffset::UTC);
    Body {
        event: &message.event,
        created_at: at
            .format(TIME)
            .expect("a time has all the parts of the format"),
        object,
    }
}
