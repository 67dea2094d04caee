//! One form of what somebody types as their name.

use unicode_normalization::UnicodeNormalization as _;

/// A typed name or mail address in the one form in which it is counted, looked up and asked for, so that no spelling
/// has an attempt counter or an account of its own (S49): compatibility forms become plain (NFKC), capitals small,
/// the letters that directories do not see vanish (RFC 4518, 2.2), runs of spaces are one, and a leading `@` goes.
pub fn canonical_login(typed: &str) -> String {
    let mut visible = String::new();
    for letter in typed.nfkc().flat_map(char::to_lowercase) {
        // What is left of a capital I with a dot, as Turkish has it.
        let is_second_dot = letter == '\u{307}' && visible.ends_with('i');
        if !is_second_dot && !is_invisible(letter) {
            visible.push(letter);
        }
    }
    let visible: String = visible.nfkc().collect();
    let one_spaced = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_spaced.strip_prefix('@') {
        Some(name) => name.trim_start().to_owned(),
        None => one_spaced,
    }
}

/// Letters without a shape. NUL and its kind stay: they make a name nobody's, and are refused as such.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffc}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // S49: each spelling had a counter of its own.
    #[test]
    fn every_spelling_of_a_name_is_one_name() {
        for typed in [
            "john",
            "JOHN",
            " John\t",
            "@john",
            " @jOHN",
            "ＪＯＨＮ",
            "＠ｊｏｈｎ",
            "jo\u{ad}hn",
            "j\u{200b}ohn\u{feff}",
        ] {
            assert_eq!(canonical_login(typed), "john", "{typed:?}");
        }
        assert_eq!(canonical_login("JİM"), "jim");
        assert_eq!(canonical_login("Alice@Club.Example"), "alice@club.example");
        assert_eq!(canonical_login("Mary  Ann"), "mary ann");
    }

    #[test]
    fn the_one_form_stays_as_it_is_and_different_names_stay_different() {
        for typed in [
            "john",
            "jo hn",
            "@@john",
            "ﬁ",
            "Å",
            "ſ",
            "ß",
            "ı",
            "ａ\u{307}",
            "i\u{307}\u{307}",
        ] {
            let once = canonical_login(typed);
            if !once.starts_with('@') {
                assert_eq!(canonical_login(&once), once, "{typed:?}");
            }
        }
        assert_ne!(canonical_login("john"), canonical_login("joan"));
        assert_ne!(canonical_login("o'hara"), canonical_login("ohara"));
    }
}
