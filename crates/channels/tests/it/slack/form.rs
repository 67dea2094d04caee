//! What Slack documents, transcribed.

use serde::Deserialize;
use url::Url;

use crate::receiver::Received;

/// <https://docs.slack.dev/reference/methods/chat.postMessage>, without the token, which belongs in a header.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a transcript")]
pub(super) struct PostMessage {
    pub(super) channel: String,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    attachments: Option<serde_json::Value>,
    icon_emoji: Option<String>,
    icon_url: Option<String>,
    link_names: Option<bool>,
    metadata: Option<serde_json::Value>,
    mrkdwn: Option<bool>,
    parse: Option<String>,
    reply_broadcast: Option<bool>,
    pub(super) thread_ts: Option<String>,
    unfurl_links: Option<bool>,
    unfurl_media: Option<bool>,
    username: Option<String>,
}

/// <https://docs.slack.dev/reference/methods/chat.update>.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a transcript")]
pub(super) struct Update {
    pub(super) channel: String,
    pub(super) ts: String,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    attachments: Option<serde_json::Value>,
    link_names: Option<bool>,
    metadata: Option<serde_json::Value>,
    parse: Option<String>,
    reply_broadcast: Option<bool>,
}

/// <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a transcript")]
pub(super) struct Incoming {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    attachments: Option<serde_json::Value>,
    pub(super) thread_ts: Option<String>,
    unfurl_links: Option<bool>,
    unfurl_media: Option<bool>,
}

/// <https://docs.slack.dev/reference/block-kit/blocks>: those that are used.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Block {
    Header { text: PlainText },
    Section { text: PlainText },
    Actions { elements: Vec<Element> },
}

/// <https://docs.slack.dev/reference/block-kit/composition-objects/text-object>.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlainText {
    r#type: String,
    pub(super) text: String,
    #[serde(rename = "emoji")]
    _emoji: Option<bool>,
}

/// <https://docs.slack.dev/reference/block-kit/block-elements/button-element>.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Element {
    Button {
        text: PlainText,
        action_id: String,
        url: Url,
    },
}

fn within(text: &PlainText, longest: usize) -> Result<(), String> {
    let length = text.text.encode_utf16().count();
    if text.r#type != "plain_text" {
        return Err("only plain_text".to_owned());
    }
    if !(1..=longest).contains(&length) {
        return Err(format!("{length} signs where 1 to {longest} fit"));
    }
    escaped(&text.text)
}

/// `&`, `<` and `>` are control signs (<https://docs.slack.dev/messaging/formatting-message-text>).
fn escaped(text: &str) -> Result<(), String> {
    let without = text
        .replace("&amp;", "")
        .replace("&lt;", "")
        .replace("&gt;", "");
    if without.contains(['<', '>', '&']) {
        return Err(format!("control signs in {text}"));
    }
    Ok(())
}

fn content(text: &str, blocks: &[Block]) -> Result<(), String> {
    // Longer texts are taken, but cut (<https://docs.slack.dev/reference/methods/chat.postMessage#truncating>).
    if text.is_empty() || text.encode_utf16().count() > 4000 {
        return Err("no_text or msg_too_long".to_owned());
    }
    escaped(text)?;
    if blocks.is_empty() || blocks.len() > 50 {
        return Err("invalid_blocks".to_owned());
    }
    for block in blocks {
        match block {
            Block::Header { text } => within(text, 150)?,
            Block::Section { text } => within(text, 3000)?,
            Block::Actions { elements } => {
                for Element::Button {
                    text,
                    action_id,
                    url,
                } in elements
                {
                    within(text, 75)?;
                    if action_id.len() > 255 || url.as_str().len() > 3000 {
                        return Err("a button too large".to_owned());
                    }
                }
            }
        }
    }
    Ok(())
}

pub(super) fn methods(request: &Received) -> Result<(), String> {
    if request.header("authorization") != "Bearer xoxb-secret" {
        return Err("not_authed".to_owned());
    }
    if request.header("content-type") != "application/json; charset=utf-8" {
        return Err("missing_charset".to_owned());
    }
    match (request.method.as_str(), request.target.as_str()) {
        ("POST", "/api/chat.postMessage") => {
            let body: PostMessage = request.json()?;
            content(&body.text, &body.blocks)
        }
        ("POST", "/api/chat.update") => {
            let body: Update = request.json()?;
            if !matches!(
                body.parse.as_deref(),
                None | Some("none" | "full" | "client")
            ) {
                return Err("invalid parse".to_owned());
            }
            content(&body.text, &body.blocks)
        }
        _ => Err("unknown_method".to_owned()),
    }
}

pub(super) fn incoming(request: &Received) -> Result<(), String> {
    if (request.method.as_str(), request.target.as_str()) != ("POST", "/services/T0/B0/secret") {
        return Err("no_service".to_owned());
    }
    let body: Incoming = request.json()?;
    content(&body.text, &body.blocks)
}
