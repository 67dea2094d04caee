//! Where a document comes from: hosts, origins and ids.
//!
//! Every comparison of servers goes through these types (S15): in punycode, lower case, without user info, the default
//! port dropped. A port that is not the default belongs to the host, so that several servers on one machine stay apart.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// A server, as `example.org` or `example.org:3000`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Host(String);

/// Not the name of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a host name")]
pub struct HostError;

impl Host {
    /// Reads a host with an optional port, such as a `Host` header or the part of a handle after the `@`.
    ///
    /// A trailing dot is refused: it names the same machine, but would make a second name for it.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let (name, port) = split_port(text)?;
        if name.is_empty() || name.contains(['%', '@']) || name.ends_with(['.', '。', '．', '｡'])
        {
            return Err(HostError);
        }
        let name = url::Host::parse(name).map_err(|_| HostError)?.to_string();
        if name.is_empty()
            || name.len() > 253
            || name.ends_with('.')
            || name.starts_with('.')
            || name.contains("..")
        {
            return Err(HostError);
        }
        Ok(Self(match port {
            None | Some(80 | 443) => name,
            Some(port) => format!("{name}:{port}"),
        }))
    }

    /// The host of an address; `None` when it has none.
    pub fn of(url: &Url) -> Option<Self> {
        let name = url.host_str()?;
        match url.port() {
            None => Self::parse(name).ok(),
            Some(port) => Self::parse(&format!("{name}:{port}")).ok(),
        }
    }

    /// The host of an id or address in text; `None` when it is not one [`parse_id`] accepts.
    pub fn of_id(id: &str) -> Option<Self> {
        parse_id(id).ok().as_ref().and_then(Self::of)
    }

    /// As written in handles and headers.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name alone.
    pub fn name(&self) -> &str {
        self.split().0
    }

    /// The port, when it is not a default one.
    pub fn port(&self) -> Option<u16> {
        self.split().1
    }

    fn split(&self) -> (&str, Option<u16>) {
        split_port(&self.0).unwrap_or((&self.0, None))
    }
}

/// Splits at the colon that is not part of an IPv6 address.
fn split_port(text: &str) -> Result<(&str, Option<u16>), HostError> {
    let after_address = text.rfind(']').map_or(0, |end| end + 1);
    let Some(colon) = text[after_address..].find(':') else {
        return if after_address == 0 || after_address == text.len() {
            Ok((text, None))
        } else {
            Err(HostError)
        };
    };
    let colon = after_address + colon;
    if after_address != 0 && colon != after_address {
        return Err(HostError);
    }
    let port = &text[colon + 1..];
    if port.is_empty() || port.len() > 5 || !port.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(HostError);
    }
    Ok((&text[..colon], Some(port.parse().map_err(|_| HostError)?)))
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Host {
    type Error = HostError;

    fn try_from(text: String) -> Result<Self, HostError> {
        Self::parse(&text)
    }
}

impl From<Host> for String {
    fn from(host: Host) -> Self {
        host.0
    }
}

/// Why a text is not an id we work with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not an absolute URL.
    #[error("not a URL")]
    NotAUrl,
    /// Neither `https` nor `http`; whether `http` is allowed is for the caller's settings.
    #[error("neither https nor http")]
    Scheme,
    /// A user name or password before the host, as in `https://good.example@evil.example/`.
    #[error("a user name in the URL")]
    UserInfo,
    /// No usable host.
    #[error("no host in the URL")]
    NoHost,
}

/// Reads an id or an address we might fetch.
///
/// The parsed URL may differ in spelling from the text (punycode, default port); ids are compared as they were written.
pub fn parse_id(id: &str) -> Result<Url, IdError> {
    if id.len() > 4096
        || id.contains(|character: char| {
            character.is_ascii_control() || matches!(character, ' ' | '\\')
        })
    {
        return Err(IdError::NotAUrl);
    }
    let (scheme, after_scheme) = id.split_once(':').ok_or(IdError::NotAUrl)?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err(IdError::Scheme);
    }
    let url = Url::parse(id).map_err(|_| IdError::NotAUrl)?;
    let authority = after_scheme.strip_prefix("//").ok_or(IdError::NotAUrl)?;
    if authority
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|authority| authority.contains('@'))
    {
        return Err(IdError::UserInfo);
    }
    if Host::of(&url).is_none() {
        return Err(IdError::NoHost);
    }
    Ok(url)
}

/// Whether two ids lie on one server, whatever the scheme. False when either is not an id.
pub fn same_host(one: &str, other: &str) -> bool {
    Host::of_id(one).is_some_and(|host| Host::of_id(other) == Some(host))
}

/// Whether two ids share scheme, host and port; what a new object needs to be believed on its author's word.
pub fn same_origin(one: &str, other: &str) -> bool {
    let (Ok(one), Ok(other)) = (parse_id(one), parse_id(other)) else {
        return false;
    };
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_host_are_one_host() {
        // S15
        for spelling in [
            "bücher.example",
            "BÜCHER.example",
            "xn--bcher-kva.example",
            "XN--BCHER-KVA.EXAMPLE:443",
        ] {
            assert_eq!(
                Host::parse(spelling).unwrap().as_str(),
                "xn--bcher-kva.example",
                "{spelling}"
            );
        }
        assert_eq!(
            Host::parse("Localhost:3000").unwrap().as_str(),
            "localhost:3000"
        );
        assert_eq!(Host::parse("[::1]:3000").unwrap().port(), Some(3000));
        assert_eq!(Host::parse("[::1]").unwrap().name(), "[::1]");
    }

    #[test]
    fn what_is_not_a_host_is_refused() {
        // S15: removing characters instead of refusing them once made strangers look local.
        for bad in [
            "",
            "ex/ample",
            "a.example.",
            "good@evil.example",
            "a b",
            "a%2eb",
            "a.example:",
            "a:99999",
            "a:1:2",
            "[::1",
            "a..b",
            ".",
        ] {
            assert_eq!(Host::parse(bad), Err(HostError), "{bad}");
        }
    }

    #[test]
    fn ids_with_a_user_or_another_scheme_are_refused() {
        // S15
        for (id, error) in [
            ("https://victim.example@evil.example/x", IdError::UserInfo),
            ("https://@evil.example/x", IdError::UserInfo),
            ("https://:pw@evil.example/x", IdError::UserInfo),
            ("javascript:alert(1)", IdError::Scheme),
            ("at://did:plc:x/y", IdError::Scheme),
            ("https:evil.example/x", IdError::NotAUrl),
            ("https:\\\\evil.example", IdError::NotAUrl),
            (" https://evil.example", IdError::NotAUrl),
            ("https://evil.example./x", IdError::NoHost),
            ("x", IdError::NotAUrl),
        ] {
            assert_eq!(parse_id(id), Err(error), "{id}");
        }
        assert!(
            parse_id("https://b.example/convert/ap/at://did:plc:abc/app.bsky.feed.post/3k").is_ok()
        );
        assert!(parse_id("https://mastodon.example/@user").is_ok());
    }

    #[test]
    fn ports_and_schemes_keep_origins_apart() {
        assert!(same_origin(
            "https://a.example/1",
            "https://A.example:443/2"
        ));
        assert!(!same_origin("https://a.example/1", "http://a.example/1"));
        assert!(!same_origin(
            "http://localhost:3000/1",
            "http://localhost:3001/1"
        ));
        assert!(!same_host(
            "http://localhost:3000/1",
            "http://localhost:3001/1"
        ));
        assert!(same_host(
            "https://bücher.example/1",
            "https://xn--bcher-kva.example/2"
        ));
        assert!(!same_host("nonsense", "nonsense"));
    }
}
