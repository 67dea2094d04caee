//! The content of an `m.room.message` event.

use serde_json::{Value, json};

use crate::{Message, Place, Urgency, plain};

/// The content of the event that says this.
pub(super) fn of(message: &Message) -> Value {
    let words = said(message);
    match &message.place {
        Place::New => words,
        Place::Below(first) => {
            let mut content = words;
            // Clients that know no threads show an answer to the first message.
            content["m.relates_to"] = json!({
                "rel_type": "m.thread",
                "event_id": first.message,
                "is_falling_back": true,
                "m.in_reply_to": { "event_id": first.message },
            });
            content
        }
        Place::InsteadOf(earlier) => {
            // Clients that know no edits show this, with the star that people use for one.
            let starred = |name| format!("* {}", words[name].as_str().unwrap_or_default());
            json!({
                "msgtype": words["msgtype"],
                "body": starred("body"),
                "format": words["format"],
                "formatted_body": starred("formatted_body"),
                "m.mentions": {},
                "m.new_content": words,
                "m.relates_to": { "rel_type": "m.replace", "event_id": earlier.message },
            })
        }
    }
}

fn said(message: &Message) -> Value {
    let clear = plain::words(message, plain::as_it_is);
    let html = plain::words(message, escape);
    let link = message.link.as_str();
    let body = [
        clear.title.as_str(),
        &clear.body,
        &format!("{}: {link}", clear.label),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("\n");
    let lines = match html.body.as_str() {
        "" => String::new(),
        lines => format!("{}<br>", lines.replace('\n', "<br>")),
    };
    let href = plain::fit(link, usize::MAX, escape);
    json!({
        "msgtype": match message.urgency {
            Urgency::Normal => "m.notice",
            Urgency::High => "m.text",
        },
        "body": body,
        "format": "org.matrix.custom.html",
        "formatted_body": format!(
            "<strong>{}</strong><br>{lines}<a href=\"{href}\">{}</a>",
            html.title, html.label
        ),
        "m.mentions": {},
    })
}

fn escape(sign: char) -> Option<&'static str> {
    match sign {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ => None,
    }
}
