//! A Matrix server.

use channels::{Channel, Client, Failure, Place, Receipt, Urgency, matrix, send};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::{
    receiver::{Received, Receiver, Says},
    said::{ATTACKS, NOW, attack, flood, has_unseen_signs, message, rings_or_links},
};

const EVENT: &str = "$first:club.example";
const PATH: &str = "/_matrix/client/v3/rooms/!room:club.example/send/m.room.message/";

/// <https://spec.matrix.org/latest/client-server-api/#mnotice>, with the parts of threads, replacements and mentions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    msgtype: String,
    body: String,
    format: String,
    formatted_body: String,
    #[serde(rename = "m.mentions")]
    mentions: serde_json::Map<String, Value>,
    #[serde(rename = "m.new_content")]
    replacement: Option<Box<Content>>,
    #[serde(rename = "m.relates_to")]
    relates_to: Option<RelatesTo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelatesTo {
    rel_type: String,
    event_id: String,
    is_falling_back: Option<bool>,
    #[serde(rename = "m.in_reply_to")]
    in_reply_to: Option<InReplyTo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InReplyTo {
    event_id: String,
}

fn check(request: &Received) -> Result<(), String> {
    if request.header("authorization") != "Bearer syt_secret" {
        return Err("M_MISSING_TOKEN".to_owned());
    }
    let transaction = request.target.strip_prefix(PATH).unwrap_or_default();
    if request.method != "PUT" || transaction.is_empty() || transaction.contains(['/', '?']) {
        return Err("M_UNRECOGNIZED".to_owned());
    }
    if request.body.len() > 60_000 {
        return Err("M_TOO_LARGE".to_owned());
    }
    content(&request.json()?)
}

fn content(content: &Content) -> Result<(), String> {
    if !["m.text", "m.notice"].contains(&content.msgtype.as_str()) {
        return Err("an unknown msgtype".to_owned());
    }
    if content.format != "org.matrix.custom.html" {
        return Err("an unknown format".to_owned());
    }
    if !content.mentions.is_empty() {
        return Err("somebody is mentioned".to_owned());
    }
    harmless(&content.formatted_body)?;
    if let Some(relation) = &content.relates_to {
        if relation.event_id != EVENT {
            return Err("an unknown event".to_owned());
        }
        match relation.rel_type.as_str() {
            "m.thread" => {
                let reply = relation.in_reply_to.as_ref().ok_or("no fallback")?;
                if relation.is_falling_back != Some(true) || reply.event_id != EVENT {
                    return Err("not a fallback".to_owned());
                }
            }
            "m.replace" => {
                let new = content.replacement.as_ref().ok_or("nothing new")?;
                if new.relates_to.is_some() || !content.body.starts_with("* ") {
                    return Err("not as replacements are".to_owned());
                }
            }
            other => return Err(format!("an unknown relation {other}")),
        }
    }
    content.replacement.as_deref().map_or(Ok(()), self::content)
}

/// Only the four tags that a message is made of, each where it belongs.
fn harmless(html: &str) -> Result<(), String> {
    let mut rest = html.strip_prefix("* ").unwrap_or(html);
    let mut tags = Vec::new();
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').ok_or("an open tag")?;
        tags.push(tag);
        rest = after;
    }
    let is_known = tags.iter().all(|tag| {
        ["strong", "/strong", "br", "/a"].contains(tag)
            || (tag.starts_with(
                "a href=\"https://social.club.example/moderation/cases/12?tab=a&amp;b=c\"",
            ) && tag.matches('"').count() == 2)
    });
    let links = tags.iter().filter(|tag| tag.starts_with("a ")).count();
    if is_known && links == 1 {
        Ok(())
    } else {
        Err(format!("strange tags: {tags:?}"))
    }
}

async fn start() -> (Receiver, Channel) {
    let says = Says::status(200).body(&json!({ "event_id": EVENT }).to_string());
    let receiver = Receiver::start(check, says).await;
    let room = matrix::Room {
        homeserver: Url::parse(&receiver.url("/")).unwrap(),
        room: "!room:club.example".to_owned(),
        token: "syt_secret".into(),
    };
    (receiver, Channel::Matrix(room))
}

fn receipt() -> Receipt {
    Receipt {
        channel: "!room:club.example".to_owned(),
        message: EVENT.to_owned(),
    }
}

#[tokio::test]
async fn a_room_is_told_in_text_and_html() {
    let (receiver, channel) = start().await;

    let kept = send(&Client::new().unwrap(), &channel, &message(), NOW)
        .await
        .unwrap();

    assert_eq!(kept, Some(receipt()));
    assert_eq!(receiver.last().target, format!("{PATH}1-slack"));
    let body: Value = receiver.last().json().unwrap();
    assert_eq!(
        body,
        json!({
            "msgtype": "m.notice",
            "body": "Suspend an account on spam.example\nSpam, waiting for 2 h\nNeeds one more approval\nOpen the case: https://social.club.example/moderation/cases/12?tab=a&b=c",
            "format": "org.matrix.custom.html",
            "formatted_body": "<strong>Suspend an account on spam.example</strong><br>Spam, waiting for 2 h<br>Needs one more approval<br><a href=\"https://social.club.example/moderation/cases/12?tab=a&amp;b=c\">Open the case</a>",
            "m.mentions": {},
        })
    );
}

#[tokio::test]
async fn what_cannot_wait_rings() {
    let (receiver, channel) = start().await;
    let mut urgent = message();
    urgent.urgency = Urgency::High;

    send(&Client::new().unwrap(), &channel, &urgent, NOW)
        .await
        .unwrap();

    let content: Content = receiver.last().json().unwrap();
    assert_eq!(content.msgtype, "m.text");
    assert!(content.body.starts_with('\u{26a0}'));
}

#[tokio::test]
async fn what_follows_is_a_thread_and_what_is_decided_replaces() {
    let (receiver, channel) = start().await;
    let client = Client::new().unwrap();
    let mut below = message();
    below.place = Place::Below(receipt());
    let mut instead = message();
    instead.place = Place::InsteadOf(receipt());

    send(&client, &channel, &below, NOW).await.unwrap();
    let threaded: Content = receiver.last().json().unwrap();
    send(&client, &channel, &instead, NOW).await.unwrap();
    let edited: Content = receiver.last().json().unwrap();

    assert_eq!(threaded.relates_to.unwrap().rel_type, "m.thread");
    assert_eq!(edited.relates_to.unwrap().rel_type, "m.replace");
    let new = edited.replacement.unwrap();
    assert!(new.body.starts_with("Suspend"));
}

#[tokio::test]
async fn a_thread_of_a_room_configured_before_is_lost() {
    let (receiver, channel) = start().await;
    let mut below = message();
    below.place = Place::Below(Receipt {
        channel: "!old:club.example".to_owned(),
        ..receipt()
    });

    let outcome = send(&Client::new().unwrap(), &channel, &below, NOW).await;

    assert!(matches!(outcome, Err(Failure::Lost { .. })));
    assert!(receiver.received().is_empty());
}

#[tokio::test]
async fn nothing_written_in_a_room_rings_links_or_breaks_out() {
    let (receiver, channel) = start().await;
    let client = Client::new().unwrap();
    for message in ATTACKS.iter().map(|text| attack(text)).chain([flood()]) {
        send(&client, &channel, &message, NOW).await.unwrap();

        let content: Content = receiver.last().json().unwrap();
        let link = message.link.as_str();
        assert_eq!(content.body.matches(link).count(), 1);
        let body = content.body.replace(link, "");
        assert!(!rings_or_links(&body), "{body}");
        assert!(body.lines().count() <= 4, "{body}");
        assert!(!body.lines().any(has_unseen_signs), "{body}");
    }
}

#[tokio::test]
async fn a_servers_errors_say_what_to_do() {
    let (receiver, channel) = start().await;
    let client = Client::new().unwrap();
    for (status, code, expected) in [
        (401, "M_UNKNOWN_TOKEN", "refused"),
        (403, "M_FORBIDDEN", "refused"),
        (404, "M_UNRECOGNIZED", "refused"),
        (413, "M_TOO_LARGE", "refused"),
        (500, "M_UNKNOWN", "retry"),
        (502, "", "retry"),
        (429, "M_LIMIT_EXCEEDED", "retry after 2000 ms"),
    ] {
        let body = json!({ "errcode": code, "error": "syt_secret", "retry_after_ms": 2000 });
        receiver.says(Says::status(status).body(&body.to_string()));

        let outcome = send(&client, &channel, &message(), NOW).await.unwrap_err();

        assert!(!outcome.to_string().contains("syt_secret"));
        let told = match outcome {
            Failure::Retry {
                after: Some(after), ..
            } => {
                format!("retry after {} ms", after.as_millis())
            }
            Failure::Retry { after: None, .. } => "retry".to_owned(),
            Failure::Lost { .. } => "lost".to_owned(),
            Failure::Refused { .. } => "refused".to_owned(),
        };
        assert_eq!(told, expected, "{code}");
    }
}
