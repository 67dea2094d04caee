//! What a token may do: Mastodon's scopes, broad and granular, and two for proposals.
//!
//! Source: docs.joinmastodon.org/api/oauth-scopes.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// Every scope that may be asked for, with the broader ones that contain it.
const SCOPES: &[(&str, &[&str])] = &[
    ("profile", &[]),
    ("read", &[]),
    ("read:accounts", &["read"]),
    ("read:blocks", &["read", "follow"]),
    ("read:bookmarks", &["read"]),
    ("read:collections", &["read"]),
    ("read:favourites", &["read"]),
    ("read:filters", &["read"]),
    ("read:follows", &["read", "follow"]),
    ("read:lists", &["read"]),
    ("read:mutes", &["read", "follow"]),
    ("read:notifications", &["read"]),
    ("read:search", &["read"]),
    ("read:statuses", &["read"]),
    ("write", &[]),
    ("write:accounts", &["write"]),
    ("write:blocks", &["write", "follow"]),
    ("write:bookmarks", &["write"]),
    ("write:collections", &["write"]),
    ("write:conversations", &["write"]),
    ("write:favourites", &["write"]),
    ("write:filters", &["write"]),
    ("write:follows", &["write", "follow"]),
    ("write:lists", &["write"]),
    ("write:media", &["write"]),
    ("write:mutes", &["write", "follow"]),
    ("write:notifications", &["write"]),
    ("write:reports", &["write"]),
    ("write:statuses", &["write"]),
    ("follow", &[]),
    ("push", &[]),
    ("admin:read", &[]),
    ("admin:read:accounts", &["admin:read"]),
    ("admin:read:reports", &["admin:read"]),
    ("admin:read:domain_allows", &["admin:read"]),
    ("admin:read:domain_blocks", &["admin:read"]),
    ("admin:read:ip_blocks", &["admin:read"]),
    ("admin:read:email_domain_blocks", &["admin:read"]),
    ("admin:read:canonical_email_blocks", &["admin:read"]),
    // Moot's own: Mastodon has nothing that two decide.
    ("admin:read:proposals", &["admin:read"]),
    ("admin:write", &[]),
    ("admin:write:accounts", &["admin:write"]),
    ("admin:write:reports", &["admin:write"]),
    ("admin:write:domain_allows", &["admin:write"]),
    ("admin:write:domain_blocks", &["admin:write"]),
    ("admin:write:ip_blocks", &["admin:write"]),
    ("admin:write:email_domain_blocks", &["admin:write"]),
    ("admin:write:canonical_email_blocks", &["admin:write"]),
    ("admin:write:proposals", &["admin:write"]),
];

/// One scope.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(&'static str);

/// There is no scope of this name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no scope `{0}`")]
pub struct UnknownScope(pub String);

impl Scope {
    /// A scope whose name is known when the code is written.
    ///
    /// # Panics
    /// When there is no such scope; in a constant, the build fails.
    pub const fn named(name: &'static str) -> Self {
        let mut index = 0;
        while index < SCOPES.len() {
            if equal(SCOPES[index].0, name) {
                return Self(name);
            }
            index += 1;
        }
        panic!("there is no such scope")
    }

    /// Every scope there is, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        SCOPES.iter().map(|(name, _)| Self(name))
    }

    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether only administrators' apps ask for it.
    pub fn is_administrative(self) -> bool {
        self.0.starts_with("admin:")
    }

    fn containers(self) -> &'static [&'static str] {
        SCOPES
            .iter()
            .find(|(name, _)| *name == self.0)
            .map_or(&[], |(_, containers)| containers)
    }
}

const fn equal(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        SCOPES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(known, _)| Self(known))
            .ok_or_else(|| UnknownScope(name.chars().take(100).collect()))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A set of scopes, written as words between spaces. Keeps the order in which they were asked for, since
/// apps are told them back in it; the order means nothing.
#[derive(Clone, Debug, Default)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Whether something that needs `needed` may be done: it is in the set, or a broader one is.
    pub fn allow(&self, needed: Scope) -> bool {
        self.0.contains(&needed)
            || needed
                .containers()
                .iter()
                .any(|broader| self.0.iter().any(|scope| scope.0 == *broader))
    }

    /// Whether every scope of `asked` is allowed by this set.
    pub fn contain(&self, asked: &Self) -> bool {
        asked.0.iter().all(|scope| self.allow(*scope))
    }

    /// Each scope once, in the order asked for.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PartialEq for Scopes {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|scope| other.0.contains(scope))
    }
}

impl Eq for Scopes {}

impl FromStr for Scopes {
    type Err = UnknownScope;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        words.split_whitespace().map(str::parse).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let mut unique = Vec::new();
        for scope in scopes {
            if !unique.contains(&scope) {
                unique.push(scope);
            }
        }
        Self(unique)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(scope.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broad_scope_allows_what_it_contains_and_no_more() {
        let scopes: Scopes = "read follow".parse().expect("both exist");

        assert!(scopes.allow(Scope::named("read:statuses")));
        assert!(
            scopes.allow(Scope::named("write:follows")),
            "`follow` contains it"
        );
        assert!(!scopes.allow(Scope::named("write:statuses")));
        assert!(!scopes.allow(Scope::named("profile")));
    }

    #[test]
    fn a_granular_scope_does_not_allow_the_broad_one() {
        let scopes: Scopes = "write:statuses".parse().expect("it exists");

        assert!(!scopes.contain(&"write".parse().expect("it exists")));
    }

    #[test]
    fn scopes_are_told_back_as_they_were_asked_for_each_once() {
        let scopes: Scopes = "write read follow read".parse().expect("they exist");

        assert_eq!(scopes.to_string(), "write read follow");
        assert_eq!(scopes, "read write follow".parse().expect("they exist"));
    }

    #[test]
    fn an_unknown_scope_is_an_error() {
        assert!("read everything".parse::<Scopes>().is_err());
    }
}
