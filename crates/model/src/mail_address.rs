//! One strict grammar for mail addresses.

use crate::Domain;

/// Whether a text is a mail address that every program reads the same way: no quotes, comments, routes or encoded
/// words, and no percent sign or colon, which some relays take for a way to somewhere else (S55). At most 320 bytes.
pub fn is_mail_address(text: &str) -> bool {
    text.len() <= 320
        && text.split_once('@').is_some_and(|(local, domain)| {
            is_local_part(local) && !domain.contains(':') && Domain::parse(domain).is_ok()
        })
}

fn is_local_part(part: &str) -> bool {
    let may_stand =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&'*+-/=?^_`{|}~.".contains(&byte);
    !part.is_empty()
        && part.len() <= 64
        && !part.starts_with(['.', '-'])
        && !part.ends_with('.')
        && !part.contains("..")
        && !part.contains("=?")
        && part.bytes().all(may_stand)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_two_programs_read_differently_are_refused() {
        for text in [
            "a@b@c.example",
            "\"a b\"@c.example",
            "\"a\"@c.example",
            "a%b@c.example",
            "a,b@c.example",
            "a@",
            "@c.example",
            "a(x)@c.example",
            "a@c.example(x)",
            ".a@c.example",
            "a.@c.example",
            "a..b@c.example",
            "-f@c.example",
            "a@c.example:25",
            "a@c.example\r\nBcc: b@d.example",
            "a\0@c.example",
            "=?utf-8?q?=61?=@c.example",
            "@relay.example:a@c.example",
            "a@c.example b@d.example",
            "<a@c.example>",
            "a@[127.0.0.1]",
        ] {
            assert!(!is_mail_address(text), "{text}");
        }
        assert!(is_mail_address("first.last+tag@club.example"));
    }
}
