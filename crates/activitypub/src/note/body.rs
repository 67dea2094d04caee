//! What a post says, in one piece of HTML.

use serde_json::Value;

use super::PostType;
use crate::{html, json};

/// Longest body kept, in bytes.
const MAX_CONTENT_BYTES: usize = 500 * 1024;
/// Longest content warning kept, in characters.
const MAX_SPOILER_CHARS: usize = 5_000;

/// The body of a note; of other types title, excerpt and link, as Mastodon shows them.
pub(super) fn content(post: &Value, post_type: PostType, url: &str) -> String {
    let content = if post_type.is_converted() {
        converted(post, url)
    } else {
        json::text_of(post, "content")
            .unwrap_or_default()
            .to_owned()
    };
    if content.len() <= MAX_CONTENT_BYTES {
        return content;
    }
    // Cut HTML is mended by the cleaner, as any broken HTML is.
    content[..content.floor_char_boundary(MAX_CONTENT_BYTES)].to_owned()
}

fn converted(post: &Value, url: &str) -> String {
    let title =
        json::text_of(post, "name").map(|name| format!("<h2>{}</h2>", html::escape(name.trim())));
    let address = html::escape(url);
    let link = format!(r#"<p><a href="{address}">{address}</a></p>"#);
    [title, occasion(post), excerpt(post), Some(link)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// `summary` of an article is an excerpt in HTML; Ghost and `NodeBB` put one into a `preview` note.
fn excerpt(post: &Value) -> Option<String> {
    json::text_of(post, "summary")
        .or_else(|| {
            json::get(post, "preview").and_then(|preview| json::text_of(preview, "content"))
        })
        .map(str::trim)
        .filter(|excerpt| !excerpt.is_empty())
        .map(str::to_owned)
}

/// When and where an event takes place.
fn occasion(post: &Value) -> Option<String> {
    if !json::has_type(post, "Event") {
        return None;
    }
    let start = json::str_at(post, "startTime");
    let place = json::get(post, "location").and_then(|place| json::text_of(place, "name"));
    let words: Vec<String> = [start, place]
        .into_iter()
        .flatten()
        .map(html::escape)
        .collect();
    if words.is_empty() {
        None
    } else {
        Some(format!("<p>{}</p>", words.join(" · ")))
    }
}

/// The content warning. Misskey sends a zero-width space for an empty one.
pub(super) fn spoiler(post: &Value, post_type: PostType) -> String {
    if post_type.is_converted() {
        return String::new();
    }
    let invisible = |character: char| {
        character.is_whitespace()
            || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    };
    let summary = json::text_of(post, "summary").unwrap_or_default();
    if summary.chars().all(invisible) {
        return String::new();
    }
    json::shorten(summary.trim(), MAX_SPOILER_CHARS).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_article_shows_title_excerpt_and_link() {
        let article = json!({"type": "Article", "name": "A & <b>", "summary": "<p>About</p>", "content": "<p>Long</p>"});

        assert_eq!(
            content(&article, PostType::Article, "https://a.example/?a&b"),
            "<h2>A &amp; &lt;b&gt;</h2>\n\n<p>About</p>\n\n<p><a href=\"https://a.example/?a&amp;b\">https://a.example/?a&amp;b</a></p>"
        );
        assert_eq!(spoiler(&article, PostType::Article), "");
    }

    #[test]
    fn an_event_says_when_and_where() {
        let event = json!({"type": "Event", "startTime": "2026-08-01T10:00:00Z", "location": {"type": "Place", "name": "Hall"}});

        assert!(
            content(&event, PostType::Event, "x").starts_with("<p>2026-08-01T10:00:00Z · Hall</p>")
        );
    }

    #[test]
    fn an_invisible_warning_is_none_and_markup_in_one_is_text() {
        assert_eq!(
            spoiler(&json!({"summary": "\u{200b} "}), PostType::Note),
            ""
        );
        assert_eq!(
            spoiler(&json!({"summary": "<b>cw</b>"}), PostType::Note),
            "<b>cw</b>"
        );
    }
}
