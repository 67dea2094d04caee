//! Slack's bot and hook.

mod form;

use std::time::Duration;

use channels::{Channel, Client, Failure, Place, Receipt, Urgency, send, slack};
use url::Url;

use form::{Block, Element, Incoming, PostMessage, Update, incoming, methods};

use crate::{
    receiver::{Receiver, Says},
    said::{ATTACKS, NOW, attack, flood, has_unseen_signs, message, rings_or_links},
};

fn done() -> Says {
    Says::status(200).body(r#"{"ok":true,"channel":"C0CLUB","ts":"1503435956.000247","message":{"text":"x","type":"message"}}"#)
}

fn error(word: &str) -> Says {
    Says::status(200).body(&format!(r#"{{"ok":false,"error":"{word}"}}"#))
}

async fn bot() -> (Receiver, Channel) {
    let receiver = Receiver::start(methods, done()).await;
    let bot = slack::Bot {
        token: "xoxb-secret".into(),
        channel: "C0CLUB".to_owned(),
        api: Url::parse(&receiver.url("/api/")).unwrap(),
    };
    (receiver, Channel::SlackBot(bot))
}

async fn hook() -> (Receiver, Channel) {
    let receiver = Receiver::start(incoming, Says::status(200).body("ok")).await;
    let address = receiver.url("/services/T0/B0/secret").parse().unwrap();
    (receiver, Channel::SlackHook(slack::Hook { address }))
}

fn receipt() -> Receipt {
    Receipt {
        channel: "C0CLUB".to_owned(),
        message: "1503435956.000247".to_owned(),
    }
}

#[tokio::test]
async fn a_bot_says_title_lines_and_a_button_and_keeps_the_place() {
    let (receiver, channel) = bot().await;

    let kept = send(&Client::new().unwrap(), &channel, &message(), NOW)
        .await
        .unwrap();

    assert_eq!(kept, Some(receipt()));
    let body: serde_json::Value = receiver.last().json().unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "channel": "C0CLUB",
            "text": "Suspend an account on spam.example\nSpam, waiting for 2 h\nNeeds one more approval",
            "blocks": [
                { "type": "header", "text": { "type": "plain_text", "emoji": false, "text": "Suspend an account on spam.example" } },
                { "type": "section", "text": { "type": "plain_text", "emoji": false, "text": "Spam, waiting for 2 h\nNeeds one more approval" } },
                { "type": "actions", "elements": [{
                    "type": "button",
                    "action_id": "open",
                    "text": { "type": "plain_text", "emoji": false, "text": "Open the case" },
                    "url": "https://social.club.example/moderation/cases/12?tab=a&b=c",
                }] },
            ],
            "unfurl_links": false,
            "unfurl_media": false,
        })
    );
}

#[tokio::test]
async fn what_follows_stands_below_and_what_is_decided_replaces() {
    let (receiver, channel) = bot().await;
    let client = Client::new().unwrap();
    let mut below = message();
    below.place = Place::Below(receipt());
    let mut instead = message();
    instead.place = Place::InsteadOf(receipt());

    send(&client, &channel, &below, NOW).await.unwrap();
    let posted: PostMessage = receiver.last().json().unwrap();
    send(&client, &channel, &instead, NOW).await.unwrap();
    let edited: Update = receiver.last().json().unwrap();

    assert_eq!(posted.thread_ts.as_deref(), Some("1503435956.000247"));
    assert_eq!(posted.channel, "C0CLUB");
    assert_eq!(
        (edited.channel.as_str(), edited.ts.as_str()),
        ("C0CLUB", "1503435956.000247")
    );
}

#[tokio::test]
async fn a_thread_of_a_channel_configured_before_is_lost_and_nothing_is_said_there() {
    let (receiver, channel) = bot().await;
    let mut below = message();
    below.place = Place::Below(Receipt {
        channel: "C0OLD".to_owned(),
        ..receipt()
    });

    let outcome = send(&Client::new().unwrap(), &channel, &below, NOW).await;

    assert!(matches!(outcome, Err(Failure::Lost { .. })));
    assert!(receiver.received().is_empty());
}

#[tokio::test]
async fn slacks_words_for_errors_say_what_to_do() {
    let (receiver, channel) = bot().await;
    let client = Client::new().unwrap();
    for (says, expected) in [
        (
            Says::status(429)
                .header("retry-after", "30")
                .body(r#"{"ok":false,"error":"ratelimited"}"#),
            "retry after 30",
        ),
        (
            error("ratelimited").header("retry-after", "7"),
            "retry after 7",
        ),
        (error("internal_error"), "retry"),
        (Says::status(503), "retry"),
        (
            Says::status(200).body("<html>Sign in to the Wi-Fi"),
            "retry",
        ),
        (Says::status(200).body(r#"{"ok":"true"}"#), "retry"),
        (error("message_not_found"), "lost"),
        (error("edit_window_closed"), "lost"),
        (
            error("invalid_auth"),
            "refused: Slack does not take the token (any more) (invalid_auth)",
        ),
        (
            error("missing_scope"),
            "refused: the token may not write: it must be a bot's, with the scope chat:write (missing_scope)",
        ),
        (
            error("channel_not_found"),
            "refused: no such channel, or the bot has not been invited to it (channel_not_found)",
        ),
        (
            error("not_in_channel"),
            "refused: no such channel, or the bot has not been invited to it (not_in_channel)",
        ),
        (
            error("is_archived"),
            "refused: the channel is archived (is_archived)",
        ),
        (
            error("xoxb-secret is bad"),
            "refused: Slack refused the message (something unreadable)",
        ),
    ] {
        receiver.says(says);

        let outcome = send(&client, &channel, &message(), NOW).await.unwrap_err();

        let told = match outcome {
            Failure::Retry {
                after: Some(after), ..
            } => format!("retry after {}", after.as_secs()),
            Failure::Retry { after: None, .. } => "retry".to_owned(),
            Failure::Lost { .. } => "lost".to_owned(),
            Failure::Refused { why } => format!("refused: {why}"),
        };
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn a_hook_says_the_same_and_believes_only_ok() {
    let (receiver, channel) = hook().await;
    let client = Client::new().unwrap();
    let mut instead = message();
    instead.place = Place::InsteadOf(receipt());

    let kept = send(&client, &channel, &instead, NOW).await.unwrap();

    assert_eq!(kept, None);
    assert!(!channel.gives_receipts());
    let body: Incoming = receiver.last().json().unwrap();
    assert_eq!(body.blocks.len(), 3);

    for (says, retries) in [
        (Says::status(200).body("<html>"), true),
        (Says::status(500).body("rollup_error"), true),
        (Says::status(400).body("invalid_payload"), false),
        (Says::status(403).body("action_prohibited"), false),
        (Says::status(404).body("no_service"), false),
        (Says::status(410).body("channel_is_archived"), false),
    ] {
        receiver.says(says);

        let outcome = send(&client, &channel, &message(), NOW).await.unwrap_err();

        assert_eq!(
            matches!(outcome, Failure::Retry { .. }),
            retries,
            "{outcome}"
        );
    }
    receiver.says(Says::status(429).header("retry-after", "1"));
    assert!(matches!(
        send(&client, &channel, &message(), NOW).await,
        Err(Failure::Retry { after: Some(after), .. }) if after == Duration::from_secs(1)
    ));
}

#[tokio::test]
async fn nothing_written_in_slack_rings_links_or_breaks_out() {
    let client = Client::new().unwrap();
    let (by_bot, bot) = bot().await;
    let (by_hook, hook) = hook().await;
    let messages = ATTACKS.iter().map(|text| attack(text)).chain([flood()]);

    for mut message in messages {
        message.urgency = Urgency::High;
        send(&client, &bot, &message, NOW).await.unwrap();
        send(&client, &hook, &message, NOW).await.unwrap();

        let posted: PostMessage = by_bot.last().json().unwrap();
        let incoming: Incoming = by_hook.last().json().unwrap();
        assert_eq!(posted.text, incoming.text);
        assert!(!rings_or_links(&posted.text), "{}", posted.text);
        for block in posted.blocks {
            let text = match block {
                Block::Header { text } => {
                    assert!(!has_unseen_signs(&text.text));
                    text.text
                }
                Block::Section { text } => {
                    assert!(text.text.lines().count() <= 2);
                    assert!(!text.text.lines().any(has_unseen_signs));
                    text.text
                }
                Block::Actions { elements } => {
                    let [Element::Button { text, url, .. }] = elements.try_into().ok().unwrap();
                    assert_eq!(url, message.link);
                    text.text
                }
            };
            assert!(!rings_or_links(&text), "{text}");
        }
    }
}
