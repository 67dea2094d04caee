//! A message as text and blocks.

use serde_json::{Map, Value, json};

use crate::{Message, plain};

/// The fields that say something, the same for a bot and for a hook.
pub(super) fn content(message: &Message) -> Map<String, Value> {
    let words = plain::words(message, escape);
    let mut text = words.title.clone();
    if !words.body.is_empty() {
        text.push('\n');
        text.push_str(&words.body);
    }
    let mut blocks = vec![json!({ "type": "header", "text": plain_text(&words.title) })];
    if !words.body.is_empty() {
        blocks.push(json!({ "type": "section", "text": plain_text(&words.body) }));
    }
    blocks.push(json!({
        "type": "actions",
        "elements": [{
            "type": "button",
            "action_id": "open",
            "text": plain_text(&words.label),
            "url": message.link,
        }],
    }));
    Map::from_iter([
        ("text".to_owned(), Value::String(text)),
        ("blocks".to_owned(), Value::Array(blocks)),
    ])
}

fn plain_text(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text, "emoji": false })
}

/// The three signs that Slack gives a meaning.
fn escape(sign: char) -> Option<&'static str> {
    match sign {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    }
}
