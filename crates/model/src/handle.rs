//! Names of people: `name` here, `name@domain` elsewhere.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::Domain;

/// The longest name a member can take, as in Mastodon.
pub const MAX_MEMBER_USERNAME: usize = 30;
/// The longest name believed from a peer, as in Mastodon.
pub const MAX_REMOTE_USERNAME: usize = 2048;

/// The name part of a handle. Keeps its case for showing; compared without it (S49).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Username(String);

/// Why a name is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UsernameError {
    /// Nothing was given.
    #[error("a user name is needed")]
    Empty,
    /// Longer than the limit.
    #[error("the user name is longer than {0} characters")]
    TooLong(usize),
    /// Characters that handles cannot have.
    #[error("user names have only letters, digits and underscores")]
    Characters,
}

impl Username {
    /// A name for a member of this server: `[A-Za-z0-9_]{1,30}`, as Mastodon allows.
    pub fn for_member(text: &str) -> Result<Self, UsernameError> {
        if text.is_empty() {
            return Err(UsernameError::Empty);
        }
        if text.chars().count() > MAX_MEMBER_USERNAME {
            return Err(UsernameError::TooLong(MAX_MEMBER_USERNAME));
        }
        if !text.bytes().all(is_word) {
            return Err(UsernameError::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    /// A name on another server: `[a-z0-9_]+([.-]+[a-z0-9_]+)*`, any case, as Mastodon accepts.
    pub fn of_peer(text: &str) -> Result<Self, UsernameError> {
        if text.is_empty() {
            return Err(UsernameError::Empty);
        }
        if text.len() > MAX_REMOTE_USERNAME {
            return Err(UsernameError::TooLong(MAX_REMOTE_USERNAME));
        }
        let inner = text
            .bytes()
            .all(|byte| is_word(byte) || byte == b'.' || byte == b'-');
        let ends =
            text.bytes().next().is_some_and(is_word) && text.bytes().last().is_some_and(is_word);
        if !(inner && ends) {
            return Err(UsernameError::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    /// A name that our own database holds.
    pub fn from_storage(text: String) -> Self {
        Self(text)
    }

    /// As its owner writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl PartialEq for Username {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Username {}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody's full name in the network. Without a domain it is somebody of this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// The name.
    pub username: Username,
    /// The server, unless it is ours.
    pub domain: Option<Domain>,
}

/// The text is no handle.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a handle of the form name@domain")]
pub struct NotAHandle;

impl FromStr for Handle {
    type Err = NotAHandle;

    /// Reads `name`, `@name`, `name@domain`, `@name@domain` and `acct:name@domain`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        let (name, domain) = match text.split_once('@') {
            Some((name, domain)) => (name, Some(Domain::parse(domain).map_err(|_| NotAHandle)?)),
            None => (text, None),
        };
        Ok(Self {
            username: Username::of_peer(name).map_err(|_| NotAHandle)?,
            domain,
        })
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.domain {
            Some(domain) => write!(f, "{}@{domain}", self.username),
            None => write!(f, "{}", self.username),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_read_in_every_usual_spelling() {
        for text in [
            "mia@mastodon.example",
            "@mia@mastodon.example",
            "acct:mia@Mastodon.Example",
            " mia@mastodon.example ",
        ] {
            let handle: Handle = text.parse().expect(text);

            assert_eq!(handle.to_string(), "mia@mastodon.example");
        }
    }

    #[test]
    fn names_that_peers_use_are_accepted_and_others_are_not() {
        assert!(Username::of_peer("skyler.example").is_ok());
        assert!(Username::of_peer("a-b").is_ok());
        for name in [".a", "a.", "a b", "a@b", "ä", ""] {
            assert!(Username::of_peer(name).is_err(), "{name}");
        }
    }

    #[test]
    fn members_names_are_words_of_thirty_characters_at_most() {
        assert!(Username::for_member("Alice_99").is_ok());
        assert!(Username::for_member(&"a".repeat(31)).is_err());
        assert!(Username::for_member("a.b").is_err());
    }
}
