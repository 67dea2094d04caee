//! Distinguished names (RFC 4514): what stands below what.

/// A name without the spaces that mean nothing, in its own case, so that two spellings of a group compare equal.
pub fn tidy(dn: &str) -> String {
    let parts: Vec<_> = split(dn, ',').iter().map(|rdn| tidy_part(rdn)).collect();
    parts.join(",")
}

/// Whether a name is the base or stands below it.
pub fn is_below(dn: &str, base: &str) -> bool {
    let (dn, base) = (comparable(dn), comparable(base));
    !base.is_empty() && dn.ends_with(&base)
}

/// Each part in a form that equals that of every other spelling: lower case, escapes resolved.
fn comparable(dn: &str) -> Vec<String> {
    if dn.trim().is_empty() {
        return Vec::new();
    }
    let part = |rdn: &&str| {
        let mut pairs: Vec<_> = split(rdn, '+')
            .iter()
            .map(|pair| unescape(&tidy_part(pair)).to_lowercase())
            .collect();
        pairs.sort();
        pairs.join("+")
    };
    split(dn, ',').iter().map(part).collect()
}

fn tidy_part(rdn: &str) -> String {
    match rdn.split_once('=') {
        Some((kind, value)) => format!("{}={}", kind.trim(), trim_value(value)),
        None => rdn.trim().to_owned(),
    }
}

/// Spaces around a value mean nothing, but an escaped one at its end does.
fn trim_value(value: &str) -> &str {
    let value = value.trim_start();
    let trimmed = value.trim_end();
    let backslashes = trimmed.len() - trimmed.trim_end_matches('\\').len();
    if backslashes % 2 == 1 && trimmed.len() < value.len() {
        &value[..=trimmed.len()]
    } else {
        trimmed
    }
}

/// Splits where the divider is not escaped.
fn split(text: &str, divider: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (place, character) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' {
            is_escaped = true;
        } else if character == divider {
            parts.push(&text[start..place]);
            start = place + character.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Resolves `\2c` and `\,`.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        if bytes[place] != b'\\' {
            plain.push(bytes[place]);
            place += 1;
            continue;
        }
        let code = text
            .get(place + 1..place + 3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = code {
            plain.push(byte);
            place += 3;
        } else {
            plain.extend(bytes.get(place + 1));
            place += 2;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "ou=People,dc=club,dc=example";

    #[test]
    fn a_name_below_the_base_is_known_in_every_spelling() {
        for dn in [
            "uid=alice,ou=people,dc=club,dc=example",
            "UID=Alice, OU=People, DC=Club, DC=Example",
            "uid=alice,ou=staff,ou=\\70eople,dc=club,dc=example",
            "cn=Doe\\, Jane+uid=jane,ou=people,dc=club,dc=example",
            BASE,
        ] {
            assert!(is_below(dn, BASE), "{dn}");
        }
    }

    /// S50: a directory may answer with entries of elsewhere.
    #[test]
    fn a_name_elsewhere_is_not_below_the_base() {
        for dn in [
            "uid=alice,ou=people,dc=evil,dc=example",
            "uid=alice,dc=club,dc=example",
            "uid=x\\,ou=people\\,dc=club\\,dc=example",
            "uid=alice,xou=people,dc=club,dc=example",
            "dc=club,dc=example",
            "",
        ] {
            assert!(!is_below(dn, BASE), "{dn}");
        }
        assert!(!is_below("uid=alice", ""));
    }

    #[test]
    fn groups_lose_the_spaces_that_mean_nothing_and_no_others() {
        assert_eq!(
            tidy("cn = Board Members , ou=groups,  dc=club"),
            "cn=Board Members,ou=groups,dc=club"
        );
        assert_eq!(tidy("cn=a\\ ,ou=b"), "cn=a\\ ,ou=b");
        assert_eq!(tidy("moderators"), "moderators");
    }
}
