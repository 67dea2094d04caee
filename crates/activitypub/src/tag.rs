//! The `tag` list of posts and actors: mentions, hashtags, custom emoji.
//!
//! Entries of other kinds, or that cannot be read, are passed over one by one.

use serde_json::Value;
use time::OffsetDateTime;

use crate::{json, link};

/// Most mentions, hashtags and emoji processed, of each.
pub const MAX_TAGS: usize = 100;
/// Longest hashtag kept, in characters.
const MAX_HASHTAG_CHARS: usize = 200;

/// Somebody named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Their actor id; some servers put the address of their profile instead.
    pub href: String,
    /// What the sender wrote, such as `@user@host`. Never shown as a handle.
    pub name: Option<String>,
}

/// A custom emoji of the author's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emoji {
    /// Letters, digits and underscores, without colons.
    pub shortcode: String,
    /// Where the picture is.
    pub url: String,
    /// Media type of the picture, as claimed.
    pub media_type: Option<String>,
    /// Its id; Akkoma has none.
    pub id: Option<String>,
    /// When it last changed.
    pub updated: Option<OffsetDateTime>,
}

/// Everything of use in a `tag` list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// Each actor once.
    pub mentions: Vec<Mention>,
    /// Names as written, without `#`, each once whatever its case. How tags are compared is for the text rules.
    pub hashtags: Vec<String>,
    /// Each shortcode once.
    pub emojis: Vec<Emoji>,
}

impl Tags {
    /// Reads the `tag` member of a post or actor.
    pub fn of(object: &Value) -> Self {
        let mut tags = Self::default();
        for entry in json::list_at(object, "tag") {
            match json::known_type(entry, &["Mention", "Hashtag", "Emoji"]) {
                Some("Mention") => tags.add_mention(entry),
                Some("Hashtag") => tags.add_hashtag(entry),
                Some("Emoji") => tags.add_emoji(entry),
                _ => {}
            }
        }
        tags
    }

    fn add_mention(&mut self, entry: &Value) {
        let Some(href) = json::get(entry, "href")
            .and_then(Value::as_str)
            .and_then(json::web_address)
        else {
            return;
        };
        if self.mentions.len() < MAX_TAGS
            && self.mentions.iter().all(|mention| mention.href != href)
        {
            self.mentions.push(Mention {
                href,
                name: json::str_at(entry, "name").map(str::to_owned),
            });
        }
    }

    fn add_hashtag(&mut self, entry: &Value) {
        let Some(name) = json::text_of(entry, "name").and_then(hashtag) else {
            return;
        };
        let key = name.to_lowercase();
        if self.hashtags.len() < MAX_TAGS
            && self
                .hashtags
                .iter()
                .all(|known| known.to_lowercase() != key)
        {
            self.hashtags.push(name);
        }
    }

    fn add_emoji(&mut self, entry: &Value) {
        let Some(emoji) = emoji(entry) else { return };
        if self.emojis.len() < MAX_TAGS
            && self
                .emojis
                .iter()
                .all(|known| known.shortcode != emoji.shortcode)
        {
            self.emojis.push(emoji);
        }
    }
}

/// A tag's name; a tag of digits alone is none.
fn hashtag(name: &str) -> Option<String> {
    let name = name.trim();
    let name = name.strip_prefix(['#', '＃']).unwrap_or(name);
    let usable = !name.is_empty()
        && name.chars().count() <= MAX_HASHTAG_CHARS
        && !name.contains(char::is_whitespace)
        && name.chars().any(char::is_alphabetic);
    usable.then(|| name.to_owned())
}

fn emoji(entry: &Value) -> Option<Emoji> {
    let name = json::str_at(entry, "name")?.trim();
    let shortcode = name
        .strip_prefix(':')
        .and_then(|name| name.strip_suffix(':'))
        .unwrap_or(name);
    let valid = (2..=128).contains(&shortcode.len())
        && shortcode
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !valid {
        return None;
    }
    let picture = link::picture(json::get(entry, "icon")?, 400)?;
    Some(Emoji {
        shortcode: shortcode.to_owned(),
        url: picture.url,
        media_type: picture.media_type,
        id: json::id_of(entry).map(str::to_owned),
        updated: json::date_at(entry, "updated"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn odd_entries_are_passed_over_and_the_rest_kept() {
        let tags = Tags::of(&json!({"tag": [
            {"type": "Hashtag", "name": "#One"}, {"type": "Hashtag", "name": "one"}, {"type": "Hashtag", "name": "#123"},
            {"type": "Hashtag", "name": ""}, {"type": "Hashtag", "href": "https://x.example"}, null, "https://x.example/tag", 5,
            {"type": "Emoji", "name": "nocolons", "icon": {"url": "https://m.example/n.png"}},
            {"type": "Emoji", "name": ":bad name!:", "icon": {"url": "https://m.example/x.png"}},
            {"type": "Emoji", "name": ":noicon:"},
            {"type": "Mention", "name": "@ghost@nowhere.example"},
            {"type": "Mention", "href": "https://a.example/u"}, {"type": "Mention", "href": "https://a.example/u"},
        ]}));

        assert_eq!(tags.hashtags, ["One"]);
        assert_eq!(
            tags.emojis
                .iter()
                .map(|emoji| emoji.shortcode.as_str())
                .collect::<Vec<_>>(),
            ["nocolons"]
        );
        assert_eq!(
            tags.mentions,
            [Mention {
                href: "https://a.example/u".into(),
                name: None
            }]
        );
    }

    #[test]
    fn one_tag_need_not_be_in_a_list() {
        assert_eq!(
            Tags::of(&json!({"tag": {"type": "Hashtag", "name": "#Tea"}})).hashtags,
            ["Tea"]
        );
    }

    #[test]
    fn a_bomb_of_mentions_is_cut() {
        let bomb: Vec<_> = (0..500)
            .map(|n| json!({"type": "Mention", "href": format!("https://a.example/{n}")}))
            .collect();

        assert_eq!(Tags::of(&json!({"tag": bomb})).mentions.len(), MAX_TAGS);
    }
}
