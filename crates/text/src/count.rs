//! How long a post is, by Mastodon's reckoning.

use unicode_segmentation::UnicodeSegmentation;

use crate::compose::{Kind, entities};

/// What stands for a link of whatever length: 23 characters.
const URL_PLACEHOLDER: &str = "xxxxxxxxxxxxxxxxxxxxxxx";

/// The length of a post's text in characters as people see them. A link counts as 23, a mention
/// without its domain: nobody should write less because of a long address.
pub fn count(text: &str) -> usize {
    let mut counted = String::with_capacity(text.len());
    let mut written = 0;
    for entity in entities(text) {
        let range = entity.range;
        let replacement = match entity.kind {
            Kind::Url(_) => URL_PLACEHOLDER,
            Kind::Mention(mention) => &text[range.start..=range.start + mention.username.len()],
            Kind::Hashtag(_) | Kind::Uri(_) => &text[range.clone()],
        };
        counted.push_str(&text[written..range.start]);
        counted.push_str(replacement);
        written = range.end;
    }
    counted.push_str(&text[written..]);
    count_graphemes(&counted)
}

/// The number of characters as people see them (grapheme clusters), with no allowance for
/// links; the reckoning for warnings, names and descriptions.
pub fn count_graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_people_see_them() {
        for (text, length) in [
            ("", 0),
            ("hello", 5),
            ("né", 2),
            ("ne\u{301}", 2),
            ("🏳️‍⚧️👩‍👩‍👧", 2),
            ("a\nb", 3),
        ] {
            assert_eq!(count(text), length, "{text}");
        }
    }

    #[test]
    fn a_link_counts_as_23_and_a_mention_without_its_domain() {
        for (text, length) in [
            ("https://a.example", 23),
            (
                "see https://example.org/a/very/long/path?with=queries&more=1 now",
                31,
            ),
            ("@alice@far.away.example", 6),
            ("hi @alice@far.away.example!", 10),
            ("@alice", 6),
            ("#tag", 4),
            // No link is found in the middle of a word, so no allowance is made.
            ("xhttps://a.example", 18),
            ("magnet:?xt=urn:btih:c12fe1c0", 28),
        ] {
            assert_eq!(count(text), length, "{text}");
        }
    }

    #[test]
    fn a_domain_too_long_to_exist_counts_in_full() {
        let text = format!("@alice@{}.example", "b".repeat(300));

        assert_eq!(count(&text), text.len());
    }
}
