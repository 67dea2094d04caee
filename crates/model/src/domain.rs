//! The domain of a server, compared in one form only.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A server's domain: lower case, punycode, with its port when that is not the usual one (which
/// only the demo and test profiles use).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Domain(String);

/// The text names no domain.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not a domain")]
pub struct NotADomain(pub String);

impl Domain {
    /// Reads and normalises a domain. Refuses user info, paths, white space and look-alike
    /// characters that IDNA forbids (S15).
    pub fn parse(text: &str) -> Result<Self, NotADomain> {
        let refused = || NotADomain(text.chars().take(255).collect());
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) => (name, Some(port.parse::<u16>().map_err(|_| refused())?)),
            None => (text, None),
        };
        if name.is_empty() || name.len() > 255 {
            return Err(refused());
        }
        let ascii =
            idna::domain_to_ascii_strict(name.trim_end_matches('.')).map_err(|_| refused())?;
        if ascii.is_empty() {
            return Err(refused());
        }
        Ok(Self(match port {
            Some(port) => format!("{ascii}:{port}"),
            None => ascii,
        }))
    }

    /// A domain that our own database or configuration holds in normal form.
    pub fn from_storage(text: String) -> Self {
        Self(text)
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the port.
    pub fn host(&self) -> &str {
        self.0.split(':').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Domain {
    type Err = NotADomain;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_domain_are_equal() {
        for (spelling, normal) in [
            ("Moot.Example", "moot.example"),
            ("moot.example.", "moot.example"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("localhost:3000", "localhost:3000"),
        ] {
            assert_eq!(Domain::parse(spelling).expect(spelling).as_str(), normal);
        }
    }

    #[test]
    fn look_alikes_are_refused() {
        for spelling in [
            "",
            "ex/ample",
            "good@evil",
            "a b",
            "moot.example:99999",
            "/",
            ":80",
        ] {
            assert!(Domain::parse(spelling).is_err(), "{spelling}");
        }
    }
}
