//! What should not stand in a reason that everybody reads: somebody's handle, mail address or number.
//!
//! These are warnings and not rules: whoever writes may know better, and says so by sending the form once more.

/// What a public reason seems to contain, one sentence each.
pub(in crate::pages) fn in_public(text: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let words = || text.split_whitespace();
    if words().any(is_mail_address) {
        found.push("It seems to contain a mail address.");
    }
    if words().any(is_handle) {
        found.push("It seems to name somebody: there is an @ in it.");
    }
    if has_number(text) {
        found.push("It seems to contain a telephone number.");
    }
    found
}

/// Something before the sign and a domain after it.
fn is_mail_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((before, after)) = word.split_once('@') else {
        return false;
    };
    !before.is_empty() && !after.contains('@') && after.contains('.')
}

fn is_handle(word: &str) -> bool {
    word.contains(['@', '＠']) && !is_mail_address(word)
}

/// Seven digits or more, with nothing but what people put into numbers between them.
fn has_number(text: &str) -> bool {
    let mut digits = 0;
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits += 1;
        } else if !matches!(letter, ' ' | '-' | '/' | '.' | '(' | ')' | '+' | '\u{a0}') {
            digits = 0;
        }
        if digits >= 7 {
            return !is_date_like(text);
        }
    }
    false
}

/// A date in figures has eight digits and is nobody's number.
fn is_date_like(text: &str) -> bool {
    let longest = text
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .filter(|part| part.chars().filter(char::is_ascii_digit).count() >= 7)
        .collect::<Vec<_>>();
    !longest.is_empty()
        && longest.iter().all(|part| {
            let parts: Vec<usize> = part.split('-').map(str::len).collect();
            parts == [4, 2, 2]
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_addresses_and_numbers_are_noticed() {
        for text in [
            "Repeatedly insulted @anna in replies",
            "Wrote to anna@club.example every day",
            "Posted (anna@club.example).",
            "Gave the number 079 123 45 67 to everybody",
            "Gave +41 44 632 11 11 away",
            "As @mia@mastodon.example has said",
            "＠anna",
        ] {
            assert!(!in_public(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn ordinary_reasons_pass() {
        for text in [
            "",
            "Advertising in 14 replies within an hour, against rule 3.",
            "Insults in several posts since 2026-11-02; warned before.",
            "Posts of the years 2024 and 2025, 12 of 30.",
        ] {
            assert_eq!(in_public(text), Vec::<&str>::new(), "{text}");
        }
    }
}
