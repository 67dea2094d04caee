//! Writes the HTML of what a member typed, in Mastodon's shapes: apps and other servers look for
//! its classes and spans.

use url::Url;

use super::{Kind, Mention, entities};
use crate::SafeHtml;

/// Where the entities of a text lead; whoever renders a text knows.
pub trait Links {
    /// The profile that a mention leads to, or `None` if there is no such account; then its text
    /// stays plain. `domain` is as typed, and may name ourselves.
    fn mention(&self, username: &str, domain: Option<&str>) -> Option<MentionLink>;

    /// The address of a tag's page. `name` is as typed, without its sign.
    fn hashtag(&self, name: &str) -> String;
}

/// Where a mention leads and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionLink {
    /// The profile's page.
    pub url: String,
    /// What stands behind the `@`: the account's name, with its domain where two share a name.
    pub username: String,
}

/// How many characters of an address are shown.
const SHOWN_URL: usize = 30;

/// Writes a text as paragraphs: a blank line separates them, a single line end becomes `<br />`.
pub fn render(text: &str, links: &dyn Links) -> SafeHtml {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let inline = inline(&text, links, LinkTo::Elsewhere);
    let mut html = String::with_capacity(inline.len() + 16);
    for paragraph in inline.split("\n\n") {
        let paragraph = paragraph.trim_matches('\n');
        if paragraph.trim().is_empty() {
            continue;
        }
        html.push_str("<p>");
        html.push_str(&paragraph.replace('\n', "<br />"));
        html.push_str("</p>");
    }
    SafeHtml::rendered(html)
}

/// Writes the value of a profile's field: one line, whose links say that they lead to the same
/// person (`rel="me"`), so that the other side can be checked for a link back.
pub fn render_line(text: &str, links: &dyn Links) -> SafeHtml {
    SafeHtml::rendered(inline(text, links, LinkTo::Oneself))
}

/// What a link says about its author.
#[derive(Clone, Copy)]
enum LinkTo {
    Elsewhere,
    Oneself,
}

fn inline(text: &str, links: &dyn Links, link_to: LinkTo) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut written = 0;
    for entity in entities(text) {
        push_escaped(&mut out, &text[written..entity.range.start]);
        written = entity.range.end;
        match entity.kind {
            Kind::Mention(mention) => push_mention(&mut out, mention, links),
            Kind::Hashtag(name) => push_hashtag(&mut out, name, links),
            Kind::Url(url) | Kind::Uri(url) => push_url(&mut out, url, link_to),
        }
    }
    push_escaped(&mut out, &text[written..]);
    out
}

fn push_mention(out: &mut String, mention: Mention<'_>, links: &dyn Links) {
    let Some(link) = links.mention(mention.username, mention.domain) else {
        out.push('@');
        push_escaped(out, mention.username);
        if let Some(domain) = mention.domain {
            out.push('@');
            push_escaped(out, domain);
        }
        return;
    };
    out.push_str("<span class=\"h-card\" translate=\"no\"><a href=\"");
    push_escaped(out, &link.url);
    out.push_str("\" class=\"u-url mention\">@<span>");
    push_escaped(out, &link.username);
    out.push_str("</span></a></span>");
}

fn push_hashtag(out: &mut String, name: &str, links: &dyn Links) {
    out.push_str("<a href=\"");
    push_escaped(out, &links.hashtag(name));
    out.push_str("\" class=\"mention hashtag\" rel=\"tag\">#<span>");
    push_escaped(out, name);
    out.push_str("</span></a>");
}

/// A link shows its host and the beginning of its path; the rest is there for copying, but invisible.
fn push_url(out: &mut String, url: &str, link_to: LinkTo) {
    if Url::parse(url).is_err() {
        push_escaped(out, url);
        return;
    }
    let prefix = [
        "https://www.",
        "http://www.",
        "https://",
        "http://",
        "xmpp:",
    ]
    .into_iter()
    .find(|prefix| url.starts_with(prefix))
    .unwrap_or_default();
    let body = &url[prefix.len()..];
    let cut = match body.char_indices().nth(SHOWN_URL) {
        // An ellipsis would take the place of the one character it hides.
        Some((at, _)) if body[at..].chars().nth(1).is_some() => at,
        _ => body.len(),
    };
    let class = if cut < body.len() { "ellipsis" } else { "" };
    let rel = match link_to {
        LinkTo::Elsewhere => "nofollow noopener",
        LinkTo::Oneself => "nofollow noopener me",
    };

    out.push_str("<a href=\"");
    push_escaped(out, url);
    out.push_str("\" target=\"_blank\" rel=\"");
    out.push_str(rel);
    out.push_str("\" translate=\"no\"><span class=\"invisible\">");
    out.push_str(prefix);
    out.push_str("</span><span class=\"");
    out.push_str(class);
    out.push_str("\">");
    push_escaped(out, &body[..cut]);
    out.push_str("</span><span class=\"invisible\">");
    push_escaped(out, &body[cut..]);
    out.push_str("</span></a>");
}

/// Text with everything escaped that HTML could take for its own.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            _ => out.push(c),
        }
    }
}
