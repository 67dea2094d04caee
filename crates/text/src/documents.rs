//! The organisation's own documents (rules, terms, privacy), which administrators write in Markdown.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::{SafeHtml, clean};

/// Writes a document as HTML. Headings, tables and rules stay; the first level of heading becomes
/// the second, since the page has its own. HTML in the text passes the same cleaner.
pub fn markdown(source: &str) -> SafeHtml {
    let source = crate::plain::strip_nul(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&source, options).map(|event| match event {
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: HeadingLevel::H2,
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
            Event::End(TagEnd::Heading(HeadingLevel::H2))
        }
        other => other,
    });
    let mut unsafe_html = String::with_capacity(source.len() * 2);
    html::push_html(&mut unsafe_html, events);
    SafeHtml::rendered(clean::clean_document(&unsafe_html))
}

/// The items of a document's lists as plain text, one line each, those inside an item with it: how rules are written.
pub fn list_items(source: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    for event in Parser::new_ext(source, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                match items.last_mut() {
                    Some(item) if depth > 1 => item.push(' '),
                    _ => items.push(String::new()),
                }
            }
            Event::End(TagEnd::Item) => depth -= 1,
            Event::Text(text) | Event::Code(text) if depth > 0 => {
                if let Some(item) = items.last_mut() {
                    item.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) if depth > 0 => {
                if let Some(item) = items.last_mut() {
                    item.push(' ');
                }
            }
            _ => {}
        }
    }
    items
        .into_iter()
        .map(|item| item.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|item| !item.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_its_structure() {
        let html = markdown(
            "# Rules\n\n1. Be *kind*.\n2. See [more](/about).\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        );

        assert_eq!(
            html.as_str().replace('\n', ""),
            "<h2>Rules</h2><ol><li>Be <em>kind</em>.</li><li>See <a href=\"/about\" rel=\"noopener\">more</a>.</li></ol>\
             <table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
        );
    }

    #[test]
    fn the_items_of_a_list_are_its_rules() {
        let source = "# Rules\n\nPlease:\n\n- Be *kind*,\n  always.\n- No spam:\n  - no links\n\n1. Stay.\n\nThank you.";

        assert_eq!(
            list_items(source),
            ["Be kind, always.", "No spam: no links", "Stay."]
        );
    }

    #[test]
    fn a_document_cannot_carry_script() {
        let html =
            markdown("<script>alert(1)</script>\n\n<b onclick=x>hi</b> [x](javascript:alert(1))");

        assert!(!html.as_str().contains("script:"), "{html}");
        assert!(!html.as_str().contains("<script"), "{html}");
        assert!(!html.as_str().contains("onclick"), "{html}");
    }
}
