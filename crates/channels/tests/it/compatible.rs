//! The hooks of Mattermost, Discord and Zulip.

use channels::{
    Channel, Client, Failure,
    compatible::{Flavour, Hook},
    send,
};
use serde::Deserialize;
use url::Url;

use crate::{
    receiver::{Check, Received, Receiver, Says},
    said::{ATTACKS, NOW, attack, flood, has_unseen_signs, message, rings_or_links},
};

mod mattermost {
    //! <https://developers.mattermost.com/integrate/webhooks/incoming/#parameters>,
    //! <https://developers.mattermost.com/integrate/reference/message-attachments>.
    use super::{Deserialize, Received};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "a transcript")]
    struct Incoming {
        text: Option<String>,
        channel: Option<String>,
        username: Option<String>,
        icon_url: Option<String>,
        icon_emoji: Option<String>,
        attachments: Option<Vec<Attachment>>,
        r#type: Option<String>,
        props: Option<serde_json::Value>,
        priority: Option<serde_json::Value>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "a transcript")]
    struct Attachment {
        fallback: String,
        color: Option<String>,
        pretext: Option<String>,
        text: Option<String>,
        author_name: Option<String>,
        author_link: Option<String>,
        author_icon: Option<String>,
        title: Option<String>,
        title_link: Option<String>,
        fields: Option<serde_json::Value>,
        image_url: Option<String>,
        thumb_url: Option<String>,
        footer: Option<String>,
        footer_icon: Option<String>,
        actions: Option<serde_json::Value>,
    }

    pub(super) fn check(request: &Received) -> Result<(), String> {
        if (request.method.as_str(), request.target.as_str()) != ("POST", "/hooks/secret") {
            return Err("no such hook".to_owned());
        }
        let body: Incoming = request.json()?;
        if body.text.is_none() && body.attachments.is_none() {
            return Err("text is required where attachments is not set".to_owned());
        }
        if request.body.len() > 16_383 {
            return Err("longer than a post".to_owned());
        }
        Ok(())
    }
}

mod discord {
    //! `SlackWebhook` and `WebhookSlackEmbed` of <https://github.com/discord/discord-api-spec>; lengths of embeds from
    //! <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>.
    use super::{Deserialize, Received, Url};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "a transcript")]
    struct SlackWebhook {
        text: Option<String>,
        username: Option<String>,
        icon_url: Option<Url>,
        attachments: Option<Vec<WebhookSlackEmbed>>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "a transcript")]
    struct WebhookSlackEmbed {
        title: Option<String>,
        title_link: Option<Url>,
        text: Option<String>,
        color: Option<String>,
        ts: Option<u64>,
        pretext: Option<String>,
        footer: Option<String>,
        footer_icon: Option<Url>,
        author_name: Option<String>,
        author_link: Option<Url>,
        author_icon: Option<Url>,
        image_url: Option<Url>,
        thumb_url: Option<Url>,
        fields: Option<serde_json::Value>,
    }

    pub(super) fn check(request: &Received) -> Result<(), String> {
        let target = request.target.split('?').next().unwrap();
        if (request.method.as_str(), target) != ("POST", "/api/webhooks/1/secret/slack") {
            return Err("Unknown Webhook".to_owned());
        }
        let body: SlackWebhook = request.json()?;
        // A mention in text rings; one in an embed never does.
        if body.text.is_some() {
            return Err("text could mention somebody".to_owned());
        }
        for embed in body.attachments.unwrap_or_default() {
            let title = embed.title.unwrap_or_default().encode_utf16().count();
            let text = embed.text.unwrap_or_default().encode_utf16().count();
            if title > 256 || text > 4096 || title + text > 6000 {
                return Err("an embed too long".to_owned());
            }
            if embed
                .title_link
                .is_some_and(|url| url.as_str().len() > 2048)
            {
                return Err("a link too long".to_owned());
            }
        }
        Ok(())
    }
}

mod zulip {
    //! <https://zulip.com/integrations/slack_incoming>: `text`, `channel`, `icon_emoji`, `blocks` and `attachments` are looked at.
    use super::{Deserialize, Received, Url};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "a transcript")]
    pub(super) struct Incoming {
        pub(super) channel: Option<String>,
        text: Option<String>,
        icon_emoji: Option<String>,
        blocks: Option<serde_json::Value>,
        attachments: Vec<Attachment>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "a transcript")]
    struct Attachment {
        title: String,
        title_link: Url,
        pretext: Option<String>,
        text: Option<String>,
        fields: Option<serde_json::Value>,
        blocks: Option<serde_json::Value>,
        image_url: Option<Url>,
        footer: Option<String>,
        ts: Option<u64>,
    }

    pub(super) fn check(request: &Received) -> Result<(), String> {
        let target = "/api/v1/external/slack_incoming?api_key=secret&stream=moderation";
        if request.method != "POST" || !request.target.starts_with(target) {
            return Err("Invalid API key".to_owned());
        }
        let body: Incoming = request.json()?;
        // Longer ones are cut (<https://zulip.com/api/send-message>).
        if body.channel.is_some_and(|topic| topic.chars().count() > 60) {
            return Err("a topic too long".to_owned());
        }
        let message = as_markdown(request);
        if message.chars().count() > 10_000 {
            return Err("a message too long".to_owned());
        }
        Ok(())
    }

    /// The message as Zulip puts it together.
    pub(super) fn as_markdown(request: &Received) -> String {
        let body: Incoming = request.json().unwrap();
        let attachment = &body.attachments[0];
        format!(
            "## [{}]({})\n\n{}",
            attachment.title,
            attachment.title_link,
            attachment.text.as_deref().unwrap_or_default()
        )
    }
}

async fn start(flavour: Flavour) -> (Receiver, Channel) {
    let (check, says, target): (Check, _, _) = match flavour {
        Flavour::Mattermost => (
            mattermost::check,
            Says::status(200).body("ok"),
            "/hooks/secret",
        ),
        Flavour::Discord => (
            discord::check,
            Says::status(200).body("\"ok\""),
            "/api/webhooks/1/secret",
        ),
        Flavour::Zulip => (
            zulip::check,
            Says::status(200).body(r#"{"result":"success","msg":""}"#),
            "/api/v1/external/slack_incoming?api_key=secret&stream=moderation",
        ),
    };
    let receiver = Receiver::start(check, says).await;
    let channel = at(flavour, &receiver.url(target));
    (receiver, channel)
}

fn at(flavour: Flavour, address: &str) -> Channel {
    Channel::Compatible(Hook::new(flavour, address.parse().unwrap()).unwrap())
}

#[tokio::test]
async fn each_service_gets_one_attachment_in_its_own_form() {
    let client = Client::new().unwrap();
    for (flavour, fallback, topic) in [
        (Flavour::Mattermost, true, None),
        (Flavour::Discord, false, None),
        (Flavour::Zulip, false, Some("Case 12")),
    ] {
        let (receiver, channel) = start(flavour).await;

        let kept = send(&client, &channel, &message(), NOW).await.unwrap();

        assert_eq!(kept, None);
        let body: serde_json::Value = receiver.last().json().unwrap();
        let mut expected = serde_json::json!({ "attachments": [{
            "title": "Suspend an account on spam.example",
            "title_link": "https://social.club.example/moderation/cases/12?tab=a&b=c",
            "text": "Spam, waiting for 2 h\nNeeds one more approval",
        }] });
        if fallback {
            expected["attachments"][0]["fallback"] = "Suspend an account on spam.example".into();
        }
        if let Some(topic) = topic {
            expected["channel"] = topic.into();
        }
        assert_eq!(body, expected, "{flavour:?}");
    }
}

#[tokio::test]
async fn nothing_written_in_markdown_rings_links_or_hides() {
    let client = Client::new().unwrap();
    for flavour in Flavour::ALL {
        let (receiver, channel) = start(flavour).await;
        for message in ATTACKS.iter().map(|text| attack(text)).chain([flood()]) {
            send(&client, &channel, &message, NOW).await.unwrap();

            let body: serde_json::Value = receiver.last().json().unwrap();
            let attachment = body["attachments"][0].as_object().unwrap();
            for (name, value) in attachment {
                let text = value.as_str().unwrap();
                if name == "title_link" {
                    assert_eq!(text, message.link.as_str());
                    continue;
                }
                assert!(!rings_or_links(text), "{flavour:?} {text}");
                assert!(
                    !text.contains(['<', '>', '[', ']', '`', '\\', '|', '~', '*']),
                    "{text}"
                );
                assert!(!text.lines().any(has_unseen_signs), "{text}");
                assert!(name == "text" || text.lines().count() == 1, "{text}");
                assert!(text.lines().count() <= 2, "{text}");
            }
            if flavour == Flavour::Zulip {
                let markdown = zulip::as_markdown(&receiver.last());
                assert_eq!(markdown.matches("](").count(), 1, "{markdown}");
                let topic = body["channel"].as_str().unwrap_or("x");
                assert!(!topic.is_empty() && !has_unseen_signs(topic), "{topic}");
            }
        }
    }
}

#[tokio::test]
async fn a_topic_in_the_address_of_a_hook_of_zulip_wins() {
    let receiver = Receiver::start(zulip::check, Says::status(200)).await;
    let target = "/api/v1/external/slack_incoming?api_key=secret&stream=moderation&topic=All";
    let channel = at(Flavour::Zulip, &receiver.url(target));

    send(&Client::new().unwrap(), &channel, &message(), NOW)
        .await
        .unwrap();

    let body: zulip::Incoming = receiver.last().json().unwrap();
    assert_eq!(body.channel, None);
}

#[test]
fn an_address_of_another_service_is_refused_with_what_it_should_be() {
    for (flavour, address) in [
        (
            Flavour::Mattermost,
            "https://chat.club.example/api/v4/posts",
        ),
        (Flavour::Discord, "https://discord.com/channels/1/2"),
        (
            Flavour::Zulip,
            "https://zulip.club.example/api/v1/messages?api_key=x",
        ),
        (
            Flavour::Zulip,
            "https://zulip.club.example/api/v1/external/slack_incoming",
        ),
    ] {
        let error = Hook::new(flavour, address.parse().unwrap()).unwrap_err();

        assert!(error.to_string().contains("https://"), "{error}");
    }
}

#[tokio::test]
async fn a_service_that_is_busy_is_left_alone_and_one_that_refuses_is_not_asked_again() {
    let client = Client::new().unwrap();
    let (receiver, channel) = start(Flavour::Discord).await;
    receiver.says(
        Says::status(429).header("retry-after", "65").body(
            r#"{"message":"You are being rate limited.","retry_after":64.57,"global":false}"#,
        ),
    );

    let busy = send(&client, &channel, &message(), NOW).await.unwrap_err();
    receiver.says(Says::status(404).body(r#"{"message":"Unknown Webhook","code":10015}"#));
    let gone = send(&client, &channel, &message(), NOW).await.unwrap_err();

    assert!(matches!(busy, Failure::Retry { after: Some(after), .. } if after.as_secs() == 65));
    assert!(matches!(gone, Failure::Refused { .. }), "{gone}");
}
