//! What a member typed: plain text in which mentions, tags and links are found and made into HTML.
//!
//! The grammars are Mastodon's (`Account::MENTION_RE`, `Tag::HASHTAG_RE` and its changes to
//! twitter-text), since people expect the same text to mean the same thing on every server. They
//! are written out as scanners, which cannot backtrack.

mod mentions;
mod render;
mod tags;
mod urls;

use std::ops::Range;

pub(crate) use render::escape;
pub use render::{Links, MentionLink, render, render_line};

/// Something in a text that is more than text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity<'a> {
    /// Where it stands, in bytes, with its `@` or `#`.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind<'a>,
}

/// The kinds of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// `@user` or `@user@domain`, as typed.
    Mention(Mention<'a>),
    /// `#tag`; the name without its sign, as typed.
    Hashtag(&'a str),
    /// An address with a host, such as `https://…`; it counts as 23 characters.
    Url(&'a str),
    /// An address of another form (`xmpp:`, `magnet:`); it counts as long as it is.
    Uri(&'a str),
}

/// A mention as typed; nobody has looked up yet whether there is such an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention<'a> {
    /// The name before the second `@`.
    pub username: &'a str,
    /// What follows the second `@`, if there is one; perhaps not in punycode.
    pub domain: Option<&'a str>,
}

/// All entities of a text in their order, none overlapping another: what begins first wins.
pub fn entities(text: &str) -> Vec<Entity<'_>> {
    let mut found = Vec::new();
    let mut previous = None;
    let mut skip_until = 0;
    for (at, c) in text.char_indices() {
        if at >= skip_until
            && let Some((length, kind)) = entity_at(text, at, c, previous)
        {
            skip_until = at + length;
            found.push(Entity {
                range: at..skip_until,
                kind,
            });
        }
        previous = Some(c);
    }
    found
}

/// The mentions of a text in their order, with repetitions.
pub fn mentions(text: &str) -> Vec<Mention<'_>> {
    entities(text)
        .into_iter()
        .filter_map(|entity| match entity.kind {
            Kind::Mention(mention) => Some(mention),
            _ => None,
        })
        .collect()
}

/// The names of the tags of a text in their order, as typed, with repetitions.
pub fn hashtags(text: &str) -> Vec<&str> {
    entities(text)
        .into_iter()
        .filter_map(|entity| match entity.kind {
            Kind::Hashtag(name) => Some(name),
            _ => None,
        })
        .collect()
}

/// The entity that begins with `c` at byte `at`, and its length in bytes.
fn entity_at(text: &str, at: usize, c: char, previous: Option<char>) -> Option<(usize, Kind<'_>)> {
    let rest = &text[at..];
    match c {
        '@' => mentions::at_start(rest, previous),
        '#' | '＃' => tags::at_start(rest, previous),
        _ if c.is_ascii_alphabetic() => urls::at_start(rest, previous),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
