//! A bot of the workspace: `chat.postMessage` and `chat.update`.
//!
//! Sources: <https://docs.slack.dev/reference/methods/chat.postMessage>,
//! <https://docs.slack.dev/reference/methods/chat.update>, <https://docs.slack.dev/apis/web-api/rate-limits>.

use http::{HeaderValue, Method, header::CONTENT_TYPE};
use outgoing::Answer;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use url::Url;

use super::blocks;
use crate::{
    Client, Failure, Message, Place, Receipt,
    answer::{bearer, documented_word, failure, retry_after},
};

/// Where Slack's methods are, but for workspaces of governments.
pub const API: &str = "https://slack.com/api/";

/// A bot and the channel it writes to. It needs the scope `chat:write`, and to have been invited to the channel.
#[derive(Clone, Debug)]
pub struct Bot {
    /// Its token, `xoxb-…`.
    pub token: SecretString,
    /// The channel's id, `C…`; a name works too, until the channel is renamed.
    pub channel: String,
    /// Where Slack's methods are, with a slash at the end: [`API`].
    pub api: Url,
}

/// What both methods answer. The status is 200 whatever went wrong, unless there were too many requests.
#[derive(Deserialize)]
struct Outcome {
    ok: bool,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    ts: String,
    #[serde(default)]
    error: String,
}

impl Bot {
    pub(crate) async fn send(
        &self,
        client: &Client,
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<Receipt, Failure> {
        if self.has_moved(&message.place) {
            return Err(Failure::Lost {
                why: "the message stands in another channel than the one configured now".to_owned(),
            });
        }
        let (method, body) = self.request(message);
        let url = self
            .api
            .join(method)
            .map_err(|_| Failure::refused("the address of Slack's methods takes no path"))?;
        let body = Value::Object(body).to_string().into_bytes();
        let mut headers = bearer(&self.token)?;
        // Without the charset Slack takes the message with a warning.
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=utf-8"),
        );
        let answer = client.send(Method::POST, &url, headers, body).await?;
        receipt(&answer, now)
    }

    /// Whether the operator has named another channel since. Receipts hold ids, so that a name tells nothing.
    fn has_moved(&self, place: &Place) -> bool {
        let is_id = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        place
            .receipt()
            .is_some_and(|receipt| is_id(&self.channel) && receipt.channel != self.channel)
    }

    fn request(&self, message: &Message) -> (&'static str, serde_json::Map<String, Value>) {
        let mut body = blocks::content(message);
        let mut set = |name: &str, value| body.insert(name.to_owned(), value);
        if let Place::InsteadOf(earlier) = &message.place {
            set("channel", json!(earlier.channel));
            set("ts", json!(earlier.message));
            // Unlike `chat.postMessage` it would look for names by itself.
            set("parse", json!("none"));
            return ("chat.update", body);
        }
        set("channel", json!(self.channel));
        if let Place::Below(first) = &message.place {
            set("channel", json!(first.channel));
            set("thread_ts", json!(first.message));
        }
        // Slack is not to look behind the link: it leads to where one signs in.
        set("unfurl_links", json!(false));
        set("unfurl_media", json!(false));
        ("chat.postMessage", body)
    }
}

fn receipt(answer: &Answer, now: OffsetDateTime) -> Result<Receipt, Failure> {
    if !answer.status.is_success() {
        return Err(failure(answer, now));
    }
    let Ok(outcome) = serde_json::from_slice::<Outcome>(&answer.body) else {
        return Err(Failure::retry(None, "the answer is not Slack's"));
    };
    if !outcome.ok {
        let after = retry_after(&answer.headers, now);
        return Err(meaning(documented_word(&outcome.error), after));
    }
    if outcome.channel.is_empty() || outcome.ts.is_empty() {
        return Err(Failure::refused(
            "Slack took the message and named no place",
        ));
    }
    Ok(Receipt {
        channel: outcome.channel,
        message: outcome.ts,
    })
}

/// What Slack's words for errors ask of us.
fn meaning(word: &str, after: Option<std::time::Duration>) -> Failure {
    let why = match word {
        "ratelimited"
        | "rate_limited"
        | "message_limit_exceeded"
        | "internal_error"
        | "fatal_error"
        | "request_timeout"
        | "service_unavailable"
        | "team_added_to_org" => {
            return Failure::retry(after, format!("Slack: {word}"));
        }
        "message_not_found"
        | "cant_update_message"
        | "edit_window_closed"
        | "thread_not_found"
        | "cannot_reply_to_message"
        | "restricted_action_thread_locked" => {
            return Failure::Lost {
                why: format!("Slack: {word}"),
            };
        }
        "invalid_auth" | "not_authed" | "account_inactive" | "token_revoked" | "token_expired" => {
            "Slack does not take the token (any more)"
        }
        "missing_scope" | "no_permission" | "not_allowed_token_type" => {
            "the token may not write: it must be a bot's, with the scope chat:write"
        }
        "channel_not_found" | "not_in_channel" => {
            "no such channel, or the bot has not been invited to it"
        }
        "is_archived" => "the channel is archived",
        _ => "Slack refused the message",
    };
    Failure::refused(format!("{why} ({word})"))
}
