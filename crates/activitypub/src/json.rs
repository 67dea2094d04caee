//! Reading properties that may arrive in any shape.
//!
//! A property may be absent, null, a scalar, an object or an array of those, and servers use all of them. There is
//! one accessor for each thing wanted; a wrong type counts as absent and never as an error.

use serde_json::Value;
use time::OffsetDateTime;

use crate::{date, html};

/// Largest number accepted as a count: what JSON numbers can hold exactly.
const MAX_COUNT: u64 = 1 << 53;

/// Longest address kept, in bytes.
const MAX_ADDRESS_BYTES: usize = 4_096;

/// The member of that name, unless absent or null. `id` and `type` are also found as `@id` and `@type`.
pub fn get<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    let map = object.as_object()?;
    let found = map.get(key).or_else(|| match key {
        "id" => map.get("@id"),
        "type" => map.get("@type"),
        _ => None,
    })?;
    if found.is_null() { None } else { Some(found) }
}

/// All values of a property: an array's items, or the one value; nulls are left out.
pub fn list_of(value: &Value) -> impl Iterator<Item = &Value> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    items.iter().filter(|item| !item.is_null())
}

/// All values of the member of that name.
pub fn list_at<'a>(object: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    get(object, key).into_iter().flat_map(list_of)
}

/// The id a value stands for: a string itself, an object's `id`, of an array the first.
pub fn id_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(id) if !id.is_empty() => Some(id),
        Value::Object(_) => get(value, "id")
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty()),
        Value::Array(items) => items
            .iter()
            .find(|item| !item.is_null())
            .filter(|item| !item.is_array())
            .and_then(id_of),
        _ => None,
    }
}

/// The ids of all values, in order.
pub fn ids_of(value: &Value) -> Vec<&str> {
    list_of(value).filter_map(id_of).collect()
}

/// The id the member of that name stands for.
pub fn id_at<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    get(object, key).and_then(id_of)
}

/// The ids of all values of the member of that name.
pub fn ids_at<'a>(object: &'a Value, key: &str) -> Vec<&'a str> {
    get(object, key).map(ids_of).unwrap_or_default()
}

/// All types an object gives itself.
pub fn types_of(object: &Value) -> Vec<&str> {
    list_at(object, "type").filter_map(Value::as_str).collect()
}

/// Whether an object gives itself that type.
pub fn has_type(object: &Value, name: &str) -> bool {
    list_at(object, "type").any(|found| found.as_str() == Some(name))
}

/// The first of an object's types that is among the known ones; `None` when it has no such type.
pub fn known_type<'k>(object: &Value, known: &[&'k str]) -> Option<&'k str> {
    list_at(object, "type")
        .filter_map(Value::as_str)
        .find_map(|found| known.iter().find(|name| **name == found).copied())
}

/// A non-empty string.
pub fn str_at<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    get(object, key)
        .and_then(plain_text)
        .filter(|text| !text.is_empty())
}

/// True only for JSON's own `true`.
pub fn flag_at(object: &Value, key: &str) -> bool {
    bool_at(object, key).unwrap_or(false)
}

/// A boolean, when it is one.
pub fn bool_at(object: &Value, key: &str) -> Option<bool> {
    get(object, key).and_then(Value::as_bool)
}

/// A whole number from 0 to 2⁵³.
pub fn count_at(object: &Value, key: &str) -> Option<u64> {
    get(object, key)
        .and_then(Value::as_u64)
        .filter(|count| *count <= MAX_COUNT)
}

/// `totalItems` of a collection that is embedded under that name.
pub fn total_at(object: &Value, key: &str) -> Option<u64> {
    get(object, key).and_then(|collection| count_at(collection, "totalItems"))
}

/// A point in time, in RFC 3339 or the near misses of deployed servers.
pub fn date_at(object: &Value, key: &str) -> Option<OffsetDateTime> {
    get(object, key)
        .and_then(Value::as_str)
        .and_then(date::parse)
}

/// Text under that name: the string if not empty, else the first text of its language map (`contentMap` for
/// `content`). JSON-LD value objects yield their value.
pub fn text_of<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    if let Some(text) = str_at(object, key) {
        return Some(text);
    }
    language_map(object, key)
        .into_iter()
        .map(|(_, text)| text)
        .find(|text| !text.is_empty())
}

/// The language map that belongs to a property, in the document's order.
pub fn language_map<'a>(object: &'a Value, key: &str) -> Vec<(&'a str, &'a str)> {
    match get(object, &format!("{key}Map")) {
        // As `decode` keeps it: a list of value objects.
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|item| {
                Some((
                    item.get("@language")?.as_str()?,
                    item.get("@value").and_then(plain_text)?,
                ))
            })
            .collect(),
        Some(Value::Object(map)) => map
            .iter()
            .filter_map(|(language, text)| Some((language.as_str(), plain_text(text)?)))
            .collect(),
        _ => Vec::new(),
    }
}

fn plain_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("@value")?.as_str(),
        _ => None,
    }
}

/// One way to reach something: an address and what is said to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Href {
    /// An `http` or `https` address.
    pub href: String,
    /// Media type, if the document names one.
    pub media_type: Option<String>,
    /// Pixels, if named.
    pub width: Option<u64>,
}

/// All usable addresses under `url`-like properties: strings, `Link` objects, objects with `url`, arrays of those.
/// Other schemes than http(s) are left out (S25), HTML escapes in addresses are decoded.
pub fn hrefs_of(value: &Value) -> Vec<Href> {
    list_of(value).filter_map(href_entry).collect()
}

fn href_entry(value: &Value) -> Option<Href> {
    let (address, source) = match value {
        Value::String(address) => (address.as_str(), None),
        Value::Object(_) => (
            str_at(value, "href").or_else(|| str_at(value, "url"))?,
            Some(value),
        ),
        _ => return None,
    };
    Some(Href {
        href: web_address(address)?,
        media_type: source
            .and_then(|link| str_at(link, "mediaType"))
            .map(str::to_owned),
        width: source.and_then(|link| count_at(link, "width")),
    })
}

/// The best address for a media type: the first plain string, else the first link of that type (a link that names no
/// type counts as HTML), else the first link.
pub fn href_of(value: &Value, media_type: &str) -> Option<String> {
    if let Some(address) = list_of(value).find_map(|item| item.as_str().and_then(web_address)) {
        return Some(address);
    }
    let mut links = hrefs_of(value);
    let matching = links
        .iter()
        .position(|link| link.media_type.as_deref().unwrap_or("text/html") == media_type);
    if links.is_empty() {
        None
    } else {
        Some(links.swap_remove(matching.unwrap_or(0)).href)
    }
}

/// The address, if it is http(s) with a host; HTML escapes (`WordPress` sends `&#038;`) are decoded.
pub fn web_address(address: &str) -> Option<String> {
    let address = html::unescape(address.trim());
    if address.len() > MAX_ADDRESS_BYTES
        || address.contains(|character: char| character.is_control())
    {
        return None;
    }
    let parsed = url::Url::parse(&address).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") || parsed.host_str().is_none_or(str::is_empty) {
        return None;
    }
    Some(address.into_owned())
}

/// At most so many characters of a text.
pub(crate) fn shorten(text: &str, max_chars: usize) -> &str {
    text.char_indices()
        .nth(max_chars)
        .map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_may_be_a_string_an_object_or_the_first_of_a_list() {
        for value in [
            json!("x"),
            json!({"id": "x"}),
            json!({"@id": "x"}),
            json!([null, {"id": "x"}, "y"]),
        ] {
            assert_eq!(id_of(&value), Some("x"));
        }
        for value in [
            json!(5),
            json!(""),
            json!({}),
            json!({"id": 5}),
            json!([[["x"]]]),
        ] {
            assert_eq!(id_of(&value), None);
        }
        assert_eq!(ids_of(&json!(["a", {"id": "b"}, 7, null])), ["a", "b"]);
    }

    #[test]
    fn wrong_types_are_as_good_as_absent() {
        let object = json!({"summary": 5, "sensitive": "yes", "likes": {"totalItems": -5}, "shares": {"totalItems": 1e30}, "contentMap": [1, 2]});

        assert_eq!(text_of(&object, "summary"), None);
        assert_eq!(text_of(&object, "content"), None);
        assert!(!flag_at(&object, "sensitive"));
        assert_eq!(total_at(&object, "likes"), None);
        assert_eq!(total_at(&object, "shares"), None);
    }

    #[test]
    fn language_maps_keep_the_documents_order() {
        let document =
            crate::decode(r#"{"contentMap":{"fr":"Bonjour","en":"Hello"}}"#.as_bytes()).unwrap();

        assert_eq!(text_of(document.value(), "content"), Some("Bonjour"));
        assert_eq!(
            language_map(document.value(), "content"),
            [("fr", "Bonjour"), ("en", "Hello")]
        );
    }

    #[test]
    fn an_address_is_chosen_by_media_type_and_never_of_another_scheme() {
        let links = json!([
            {"type": "Link", "mediaType": "audio/mpeg", "href": "https://a.example/1.mp3"},
            {"type": "Link", "mediaType": "text/html", "href": "https://a.example/1"},
        ]);
        assert_eq!(
            href_of(&links, "text/html").as_deref(),
            Some("https://a.example/1")
        );

        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ftp://a.example/",
            "//a.example",
            "https://a.example/\nx",
        ] {
            assert_eq!(href_of(&json!(bad), "text/html"), None, "{bad}"); // S25
        }
        assert_eq!(
            href_of(
                &json!("https://a.example/x?s=1&#038;d=mm&amp;r=g"),
                "text/html"
            )
            .as_deref(),
            Some("https://a.example/x?s=1&d=mm&r=g")
        );
    }
}
