//! A room in Matrix.
//!
//! Sources: <https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid>,
//! <https://spec.matrix.org/latest/client-server-api/#mroommessage>, `#threading`, `#event-replacements` and `#user-and-room-mentions`
//! there. A message is a notice, which by the default rules rings for nobody; one that cannot wait is a text. `m.mentions` is
//! empty, so that no word of it is taken for a name. The room must not be encrypted: this writes in clear.

mod content;

use http::{Method, StatusCode};
use outgoing::Answer;
use secrecy::SecretString;
use serde::Deserialize;
use time::OffsetDateTime;
use url::Url;

use crate::{
    Client, Failure, Message, Receipt,
    answer::{bearer, documented_word, failure, milliseconds, retry_after},
};

/// A room, and the account that writes there.
#[derive(Clone, Debug)]
pub struct Room {
    /// Where its server listens for clients.
    pub homeserver: Url,
    /// The room's id, `!…`; not an alias, which may come to mean another room.
    pub room: String,
    /// The account's access token.
    pub token: SecretString,
}

#[derive(Deserialize)]
struct Sent {
    event_id: String,
}

#[derive(Default, Deserialize)]
struct Trouble {
    #[serde(default)]
    errcode: String,
    retry_after_ms: Option<u64>,
}

impl Room {
    pub(crate) async fn send(
        &self,
        client: &Client,
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<Receipt, Failure> {
        let receipt = message.place.receipt();
        if receipt.is_some_and(|receipt| receipt.channel != self.room) {
            return Err(Failure::Lost {
                why: "the message stands in another room than the one configured now".to_owned(),
            });
        }
        let url = self
            .address(&message.key)
            .ok_or_else(|| Failure::refused("the homeserver's address takes no path"))?;
        let body = content::of(message).to_string().into_bytes();
        let answer = client
            .send(Method::PUT, &url, bearer(&self.token)?, body)
            .await?;
        if !answer.status.is_success() {
            return Err(trouble(&answer, now));
        }
        let Ok(sent) = serde_json::from_slice::<Sent>(&answer.body) else {
            return Err(Failure::retry(None, "the answer is not a Matrix server's"));
        };
        Ok(Receipt {
            channel: self.room.clone(),
            message: sent.event_id,
        })
    }

    /// The last part names the transaction: a server takes it once for each token, however often it is sent.
    fn address(&self, key: &str) -> Option<Url> {
        let mut url = self.homeserver.clone();
        url.path_segments_mut().ok()?.pop_if_empty().extend([
            "_matrix",
            "client",
            "v3",
            "rooms",
            &self.room,
            "send",
            "m.room.message",
            key,
        ]);
        Some(url)
    }
}

fn trouble(answer: &Answer, now: OffsetDateTime) -> Failure {
    let trouble: Trouble = serde_json::from_slice(&answer.body).unwrap_or_default();
    if answer.status == StatusCode::TOO_MANY_REQUESTS || trouble.errcode == "M_LIMIT_EXCEEDED" {
        let after = retry_after(&answer.headers, now).or(trouble.retry_after_ms.map(milliseconds));
        return Failure::retry(after, "the server asks for patience (M_LIMIT_EXCEEDED)");
    }
    let word = documented_word(&trouble.errcode);
    let why = match word {
        "M_UNKNOWN_TOKEN" | "M_MISSING_TOKEN" => "the server does not take the token (any more)",
        "M_FORBIDDEN" => "the account is not in the room, or may not write there",
        "M_TOO_LARGE" => "the message is too large for the server",
        "M_UNRECOGNIZED" => "no Matrix server for clients listens at this address",
        "M_USER_DEACTIVATED" | "M_USER_SUSPENDED" | "M_USER_LOCKED" => "the account is closed",
        _ => return failure(answer, now),
    };
    Failure::refused(format!("{why} ({word})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_and_key_are_one_part_of_the_path_each() {
        let room = Room {
            homeserver: Url::parse("https://matrix.club.example/base/").unwrap(),
            room: "!a/b?c:club.example".to_owned(),
            token: "secret".into(),
        };

        assert_eq!(
            room.address("case 12/../3").unwrap().as_str(),
            "https://matrix.club.example/base/_matrix/client/v3/rooms/!a%2Fb%3Fc:club.example/send/m.room.message/case%2012%2F..%2F3"
        );
        assert!(!format!("{room:?}").contains("secret"));
    }
}
