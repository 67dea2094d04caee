//! Codes of custom emojis, `:name:`, in plain text.

use crate::characters::is_alphanumeric;

/// The names of all codes in a text, each once, in order of appearance.
///
/// A code stands apart: no letter, digit or colon may touch it.
pub fn shortcodes(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(colon) = text[at..].find(':').map(|offset| at + offset) {
        at = colon + 1;
        let length = text[at..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        let name = &text[at..at + length];
        let Some(after) = text[at + length..].strip_prefix(':') else {
            continue;
        };
        let stands_apart =
            !touches(text[..colon].chars().next_back()) && !touches(after.chars().next());
        if is_shortcode(name) && stands_apart {
            at += length + 1;
            found.push(name);
        }
    }
    first_of_each(found)
}

/// Whether this could be an emoji's name: two or more Latin letters, digits or underscores.
pub fn is_shortcode(name: &str) -> bool {
    name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn touches(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|c| c == ':' || is_alphanumeric(c))
}

fn first_of_each(names: Vec<&str>) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    names
        .into_iter()
        .filter(|name| seen.insert(*name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_where_nothing_touches_them() {
        for (text, names) in [
            (":coolcat:", vec!["coolcat"]),
            ("hi :coolcat:!", vec!["coolcat"]),
            ("a\n:one: :two_2:", vec!["one", "two_2"]),
            (":one: and :one:", vec!["one"]),
            ("x:one:", vec![]),
            (":one:x", vec![]),
            (":one::two:", vec![]),
            ("::one::", vec![]),
            (":a:", vec![]),
            (":näh:", vec![]),
            ("at 10:20:30", vec![]),
            (": one:", vec![]),
            ("」:one:「", vec!["one"]),
        ] {
            assert_eq!(shortcodes(text), names, "{text}");
        }
    }
}
