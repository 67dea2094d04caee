//! The parts of an actor that people read.

use serde_json::Value;

use super::ProfileField;
use crate::host::same_host;
use crate::{html, json};

/// Longest display name kept, in characters; also of labels.
const MAX_NAME_CHARS: usize = 2_048;
/// Longest bio kept, in bytes.
const MAX_SUMMARY_BYTES: usize = 20 * 1024;
/// Most labelled lines kept.
const MAX_FIELDS: usize = 50;

pub(super) fn name(actor: &Value) -> Option<String> {
    json::text_of(actor, "name").map(|name| json::shorten(name.trim(), MAX_NAME_CHARS).to_owned())
}

pub(super) fn summary(actor: &Value) -> Option<String> {
    json::text_of(actor, "summary").map(|summary| cut(summary, MAX_SUMMARY_BYTES).to_owned())
}

/// A page elsewhere could pass for the profile, so it must share the id's host.
pub(super) fn page(actor: &Value, id: &str) -> String {
    json::get(actor, "url")
        .and_then(|url| json::href_of(url, "text/html"))
        .filter(|page| same_host(page, id))
        .unwrap_or_else(|| id.to_owned())
}

/// Mastodon's `PropertyValue`, and the notes and links of FEP-fb2a.
pub(super) fn fields(actor: &Value) -> Vec<ProfileField> {
    json::list_at(actor, "attachment")
        .filter_map(field)
        .take(MAX_FIELDS)
        .collect()
}

fn field(entry: &Value) -> Option<ProfileField> {
    let name = json::shorten(json::text_of(entry, "name")?.trim(), MAX_NAME_CHARS).to_owned();
    let value = match json::known_type(entry, &["PropertyValue", "Note", "Link"])? {
        "PropertyValue" => json::str_at(entry, "value")?.to_owned(),
        "Note" => json::text_of(entry, "content")?.to_owned(),
        _ => {
            let address = html::escape(&json::web_address(json::str_at(entry, "href")?)?);
            format!(r#"<a href="{address}">{address}</a>"#)
        }
    };
    Some(ProfileField {
        name,
        value: cut(&value, MAX_SUMMARY_BYTES).to_owned(),
    })
}

/// At most so many bytes, ending between characters.
fn cut(text: &str, max_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(max_bytes)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_come_as_properties_notes_or_links() {
        let actor = json!({"attachment": [
            {"type": "PropertyValue", "name": "a", "value": "<b>1</b>"},
            {"type": "Note", "name": "b", "content": "2"},
            {"type": "Link", "name": "c", "href": "https://c.example/?a&b"},
            {"type": "IdentityProof", "name": "d"}, {"type": "PropertyValue"}, null, 7,
        ]});

        let values: Vec<_> = fields(&actor)
            .into_iter()
            .map(|field| field.value)
            .collect();

        assert_eq!(
            values,
            [
                "<b>1</b>",
                "2",
                r#"<a href="https://c.example/?a&amp;b">https://c.example/?a&amp;b</a>"#
            ]
        );
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let actor = json!({"summary": "é".repeat(20_000), "name": "é".repeat(3_000)});

        assert_eq!(summary(&actor).unwrap().len(), MAX_SUMMARY_BYTES);
        assert_eq!(name(&actor).unwrap().chars().count(), MAX_NAME_CHARS);
    }
}
