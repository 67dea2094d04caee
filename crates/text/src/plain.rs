//! Small rules for text that is never HTML: names, warnings, descriptions.

use std::borrow::Cow;

/// The text without NUL, which the database cannot hold and nothing needs.
pub fn strip_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// A name to be shown beside a handle: trimmed, on one line, and without the characters that turn the direction of the
/// text around them, with which a name could rewrite the handle behind it (S27).
pub fn display_name(name: &str) -> String {
    let one_line: String = name
        .chars()
        .filter(|c| *c != '\0' && !turns_direction(*c))
        .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c })
        .collect();
    one_line.trim().to_owned()
}

/// Whether a reader would see nothing. Misskey sends a zero-width space for an empty warning.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c == '\0' || is_zero_width(c))
}

/// Embeddings, overrides and isolates of the bidirectional algorithm (UAX 9).
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}'
    ) || turns_direction(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_the_text_around_it() {
        assert_eq!(display_name(" Al\u{202E}ice\u{2069}\0 "), "Alice");
        assert_eq!(display_name("two\nlines"), "two lines");
        assert_eq!(display_name("שלום"), "שלום");
    }

    #[test]
    fn what_nobody_can_see_is_blank() {
        for text in [
            "",
            " ",
            "\u{200B}",
            "\u{FEFF}\n\u{3000}",
            "\u{2060} \u{200D}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        assert!(!is_blank("\u{200B}a"));
    }

    #[test]
    fn nul_is_stripped() {
        assert_eq!(strip_nul("a\0b"), "ab");
    }
}
