//! The third pass, over ammonia's output: links without an address become text, attributes come
//! in one order, and what reads differently when parsed again is made stable.

use super::outline::ELEMENTS;
use super::tokens::{Tag, Token, Tokens};

/// Written on every link, as Mastodon does for what others wrote.
const LINK_ATTRIBUTES: &str = " rel=\"nofollow noopener\" target=\"_blank\"";

/// Finishes cleaned HTML.
pub(super) fn finish(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut unlinking = false;
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => push_text(&mut out, text),
            Token::Start(tag) if tag.name == "a" && tag.attribute("href").is_none() => {
                unlinking = true;
            }
            Token::End(name) if name == "a" && unlinking => unlinking = false,
            // Only the text of such a link stays, without the spans that shortened it.
            _ if unlinking => {}
            Token::Start(tag) => push_tag(&mut out, &tag),
            Token::End(name) => {
                out.push_str("</");
                out.push_str(&name);
                out.push('>');
            }
        }
    }
    out
}

/// A browser drops the line end that follows `<pre>`; so it must not be there.
fn push_text(out: &mut String, text: &str) {
    let text = if out.ends_with("<pre>") || (out.ends_with('>') && is_in_pre_tag(out)) {
        text.trim_start_matches('\n')
    } else {
        text
    };
    out.push_str(text);
}

/// Whether the last thing written is a `<pre …>` with attributes.
fn is_in_pre_tag(out: &str) -> bool {
    out.rfind('<')
        .is_some_and(|open| out[open..].starts_with("<pre "))
}

fn push_tag(out: &mut String, tag: &Tag<'_>) {
    out.push('<');
    out.push_str(&tag.name);
    let own = ELEMENTS
        .into_iter()
        .find(|(element, _)| *element == tag.name)
        .map_or(&[][..], |(_, attributes)| attributes);
    for name in own.iter().chain(&["lang"]) {
        let Some(value) = tag.attribute(name) else {
            continue;
        };
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(value);
        out.push('"');
    }
    if tag.name == "a" {
        out.push_str(LINK_ATTRIBUTES);
    }
    out.push('>');
}
