//! Where links begin and end in a text.
//!
//! The rules are twitter-text's with Mastodon's changes: a scheme is required, brackets must balance,
//! and punctuation at the end belongs to the sentence. In place of their list of top-level
//! domains stands a rule on its form, so that a new one needs no new release.

use super::Kind;
use crate::characters::is_word;

/// Schemes of addresses with a host.
const HOST_SCHEMES: [&str; 9] = [
    "https://",
    "http://",
    "dat://",
    "dweb://",
    "ipfs://",
    "ipns://",
    "ssb://",
    "gopher://",
    "gemini://",
];

/// No longer address is made a link, in bytes; twitter-text's limit.
const MAX_URL: usize = 4096;

/// The link at the beginning of `rest`, which begins with a letter.
pub(super) fn at_start(rest: &str, previous: Option<char>) -> Option<(usize, Kind<'_>)> {
    if previous.is_some_and(cannot_precede) {
        return None;
    }
    let (length, has_host) = if let Some(length) = extended_length(rest) {
        (length, false)
    } else {
        let scheme = HOST_SCHEMES
            .iter()
            .find(|scheme| starts_with_ignoring_case(rest, scheme))?;
        (scheme.len() + address_length(&rest[scheme.len()..])?, true)
    };
    if length > MAX_URL {
        return None;
    }
    let address = &rest[..length];
    Some((
        length,
        if has_host {
            Kind::Url(address)
        } else {
            Kind::Uri(address)
        },
    ))
}

/// A letter, digit or sign before it says that this is part of something longer.
const fn cannot_precede(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '@' | '＠' | '$' | '#' | '＃' | '/' | '\u{FFFE}' | '\u{FEFF}' | '\u{FFFF}'
        )
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.as_bytes()
        .get(..prefix.len())
        .is_some_and(|own| own.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// The length of host, port, path and query.
fn address_length(rest: &str) -> Option<usize> {
    let mut end = host_length(rest)?;
    end += port_length(&rest[end..]);
    if rest[end..].starts_with('/') {
        end += path_length(&rest[end..]);
    }
    Some(end + query_length(&rest[end..]))
}

/// The length of a host name with at least two labels, the last of which could be a top-level domain.
fn host_length(rest: &str) -> Option<usize> {
    let end = rest
        .char_indices()
        .find(|(_, c)| !is_word(*c) && !matches!(c, '-' | '.'))
        .map_or(rest.len(), |(at, _)| at);
    let host = rest[..end].trim_end_matches(['.', '-', '_']);
    let (front, last) = host.rsplit_once('.')?;
    if front
        .split('.')
        .any(|label| label.is_empty() || label.chars().count() > 63)
    {
        return None;
    }
    let top = top_level_length(last)?;
    let length = front.len() + 1 + top;

    // `user@` is no host, and its reader would be deceived by it (S27).
    let next = rest[length..].chars().next();
    if next.is_some_and(|c| matches!(c, '@' | '+' | '\\' | '_') || c.is_ascii_alphanumeric()) {
        return None;
    }
    Some(length)
}

/// The length of a top-level domain at the beginning of a label. After one in Latin letters a word
/// in another script may follow without a space, as in Japanese.
fn top_level_length(label: &str) -> Option<usize> {
    if starts_with_ignoring_case(label, "xn--") {
        return label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            .then_some(label.len());
    }
    let latin = label.bytes().take_while(u8::is_ascii_alphabetic).count();
    if latin > 0 {
        return (latin >= 2).then_some(latin);
    }
    let is_name = label.chars().count() >= 2 && label.chars().all(|c| is_word(c) && !c.is_ascii());
    is_name.then_some(label.len())
}

fn port_length(rest: &str) -> usize {
    let Some(digits) = rest.strip_prefix(':') else {
        return 0;
    };
    match digits.bytes().take_while(u8::is_ascii_digit).count() {
        0 => 0,
        count => 1 + count,
    }
}

/// The length of a path, which begins with `/`, up to the last character that may end one.
fn path_length(rest: &str) -> usize {
    let mut end = 0;
    let mut skip_until = 0;
    for (at, c) in rest.char_indices() {
        if at < skip_until {
            continue;
        }
        if c == '(' {
            let Some(length) = balanced_length(&rest[at..]) else {
                break;
            };
            skip_until = at + length;
            end = skip_until;
        } else if !is_path(c) {
            break;
        } else if may_end_path(c) {
            end = at + c.len_utf8();
        }
    }
    end
}

fn is_path(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '<' | '>' | '(' | ')' | '?')
}

const fn may_end_path(c: char) -> bool {
    !matches!(
        c,
        '!' | '*'
            | '"'
            | '\''
            | '「'
            | '」'
            | ';'
            | ':'
            | '='
            | ','
            | '.'
            | '$'
            | '%'
            | '['
            | ']'
            | '~'
            | '&'
            | '|'
    )
}

/// The length of a bracketed part, which begins with `(` and may hold one more pair; neither may be empty.
fn balanced_length(rest: &str) -> Option<usize> {
    let mut depth = 0_u8;
    let mut is_empty = false;
    for (at, c) in rest.char_indices() {
        match c {
            '(' if depth < 2 => {
                depth += 1;
                is_empty = true;
            }
            ')' if is_empty => return None,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth -= 1,
            _ if is_path(c) => is_empty = false,
            _ => return None,
        }
    }
    None
}

/// The length of a query with its `?`, up to the last character that may end one; or nothing.
fn query_length(rest: &str) -> usize {
    if !rest.starts_with('?') {
        return 0;
    }
    let mut end = 0;
    for (at, c) in rest.char_indices().skip(1) {
        if !is_query(c) {
            break;
        }
        if may_end_query(c) {
            end = at + c.len_utf8();
        }
    }
    end
}

fn is_query(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "!?*'();:&=+$/%#[]-_.,~|@^".contains(c)
        || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
}

fn may_end_query(c: char) -> bool {
    is_query(c) && (!c.is_ascii() || c.is_ascii_alphanumeric() || "_&=#/-".contains(c))
}

/// The length of an address without `//`: `xmpp:` with an account or room, or `magnet:`.
fn extended_length(rest: &str) -> Option<usize> {
    if starts_with_ignoring_case(rest, "magnet:") {
        let start = "magnet:".len();
        return Some(query_length(&rest[start..]))
            .filter(|length| *length > 0)
            .map(|length| start + length);
    }
    if !starts_with_ignoring_case(rest, "xmpp:") {
        return None;
    }
    let mut end = "xmpp:".len();
    if rest[end..].starts_with("//") {
        let node = node_length(&rest[end + 2..])?;
        let host = host_length(&rest[end + 2 + node..])?;
        end += 2 + node + host;
        if !rest[end..].starts_with('/') {
            return None;
        }
        end += 1;
    }
    end += node_length(&rest[end..]).unwrap_or(0);
    end += host_length(&rest[end..])?;
    if rest[end..].starts_with('/') {
        let resource = rest[end + 1..]
            .bytes()
            .take_while(|b| is_node(*b) || matches!(b, b'&' | b'\'' | b':' | b'@'))
            .count();
        if resource > 0 {
            end += 1 + resource;
        }
    }
    Some(end + query_length(&rest[end..]))
}

/// The length of an account's name with its `@`.
fn node_length(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|b| is_node(*b)).count();
    (length > 0 && rest[length..].starts_with('@')).then_some(length + 1)
}

const fn is_node(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(
            b,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'%'
                | b'!'
                | b'$'
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
        )
}
