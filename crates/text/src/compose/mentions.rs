//! The grammar of mentions.

use super::{Kind, Mention};
use crate::characters::is_word;

/// Longer domains cannot exist (RFC 1035); counted in characters, as Mastodon does.
const MAX_DOMAIN: usize = 253;

/// The mention at the beginning of `rest`, which begins with `@`.
pub(super) fn at_start(rest: &str, previous: Option<char>) -> Option<(usize, Kind<'_>)> {
    if previous.is_some_and(|c| matches!(c, '=' | '/') || is_word(c)) {
        return None;
    }
    let handle = &rest[1..];
    let username = &handle[..dotted_length(handle, |c| c.is_ascii_alphanumeric() || c == '_')];
    if username.is_empty() {
        return None;
    }
    let domain = handle[username.len()..].strip_prefix('@').and_then(|tail| {
        let host = dotted_length(tail, is_word);
        (host > 0).then(|| &tail[..host + port_length(&tail[..host], &tail[host..])])
    });
    let length = 1 + username.len() + domain.map_or(0, |domain| 1 + domain.len());
    if cannot_follow(&rest[length..])
        || domain.is_some_and(|domain| domain.chars().count() > MAX_DOMAIN)
    {
        return None;
    }
    Some((length, Kind::Mention(Mention { username, domain })))
}

/// How many bytes at the beginning are words joined by runs of dots and hyphens.
fn dotted_length(text: &str, is_word: impl Fn(char) -> bool) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_word(c) {
            end = at + c.len_utf8();
        } else if end == 0 || !matches!(c, '.' | '-') {
            break;
        }
    }
    end
}

/// How many bytes are a port. Only names that nobody can own have one, as servers that are tried out do: elsewhere a colon
/// ends the handle, as in Mastodon.
fn port_length(host: &str, rest: &str) -> usize {
    let is_nobodys = [".localhost", ".test", ".example"]
        .iter()
        .any(|end| host.ends_with(end))
        || host == "localhost"
        || host.starts_with("127.");
    let digits = rest.strip_prefix(':').map_or(0, |port| {
        port.bytes().take_while(u8::is_ascii_digit).count()
    });
    if is_nobodys && (1..=5).contains(&digits) {
        1 + digits
    } else {
        0
    }
}

/// What shows that this was the beginning of something else, as in twitter-text: another at sign, an accented Latin
/// letter (names have none), or `://`.
fn cannot_follow(rest: &str) -> bool {
    rest.starts_with("://")
        || rest
            .chars()
            .next()
            .is_some_and(|c| matches!(c, '@' | '＠') || is_accented_latin(c))
}

const fn is_accented_latin(c: char) -> bool {
    matches!(c,
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{24F}'
        | '\u{253}'
        | '\u{254}'
        | '\u{256}'
        | '\u{257}'
        | '\u{259}'
        | '\u{25B}'
        | '\u{263}'
        | '\u{268}'
        | '\u{26F}'
        | '\u{272}'
        | '\u{289}'
        | '\u{28B}'
        | '\u{2BB}'
        | '\u{300}'..='\u{36F}'
        | '\u{1E00}'..='\u{1EFF}')
}
