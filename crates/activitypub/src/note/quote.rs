//! Quoted posts, in the five ways servers name them.

use serde_json::Value;

use crate::host::parse_id;
use crate::json;

/// Relation of a link that is a quote (FEP-e232).
const QUOTE_RELATIONS: [&str; 2] = [
    "https://misskey-hub.net/ns#_misskey_quote",
    "http://fedibird.com/ns#quoteUri",
];

/// A quote, decoded and not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What is quoted.
    pub target: QuoteTarget,
    /// Made without asking, in one of the ways older than FEP-044f.
    pub legacy: bool,
    /// Id of the quoted author's approval.
    pub authorization: Option<String>,
}

/// What is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuoteTarget {
    /// A post, by id.
    Post(String),
    /// A post that is gone.
    Deleted,
}

impl Quote {
    /// Only addresses count: `BookWyrm` puts the words of a book under `quote`.
    pub(super) fn of(post: &Value) -> Option<Self> {
        if let Some(quote) = json::get(post, "quote") {
            if json::has_type(quote, "Tombstone") {
                return Some(Self {
                    target: QuoteTarget::Deleted,
                    legacy: false,
                    authorization: None,
                });
            }
            if let Some(id) = web_id(quote) {
                let authorization = json::get(post, "quoteAuthorization").and_then(web_id);
                return Some(Self {
                    target: QuoteTarget::Post(id),
                    legacy: false,
                    authorization,
                });
            }
        }
        ["_misskey_quote", "quoteUrl", "quoteUri"]
            .into_iter()
            .find_map(|key| json::get(post, key).and_then(web_id))
            .or_else(|| json::list_at(post, "tag").find_map(quoting_link))
            .map(|id| Self {
                target: QuoteTarget::Post(id),
                legacy: true,
                authorization: None,
            })
    }
}

fn quoting_link(tag: &Value) -> Option<String> {
    let quotes = json::list_at(tag, "rel")
        .filter_map(Value::as_str)
        .any(|relation| QUOTE_RELATIONS.contains(&relation));
    if quotes {
        json::get(tag, "href").and_then(web_id)
    } else {
        None
    }
}

fn web_id(value: &Value) -> Option<String> {
    json::id_of(value)
        .filter(|id| parse_id(id).is_ok())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_words_of_a_book_are_no_quote() {
        assert_eq!(Quote::of(&json!({"quote": "So it begins."})), None);
    }

    #[test]
    fn a_quote_that_asked_is_told_from_older_ones() {
        let asked = Quote::of(
            &json!({"quote": "https://a.example/1", "_misskey_quote": "https://b.example/2"}),
        )
        .unwrap();
        let older = Quote::of(&json!({"tag": {"type": "Link", "rel": QUOTE_RELATIONS[0], "href": "https://a.example/1"}})).unwrap();

        assert_eq!(asked.target, older.target);
        assert!(!asked.legacy && older.legacy);
    }
}
