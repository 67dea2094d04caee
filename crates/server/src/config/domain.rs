//! A host name with a port if need be, as `LOCAL_DOMAIN` and its kin hold it.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// `club.example`, `localhost:3000`, `[::1]:3000`; lower-case, in punycode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    host: String,
    port: Option<u16>,
}

/// A text that names no host.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("must be a host name such as club.example, without https:// and without a path")]
pub struct NotAnAuthority;

impl Authority {
    /// `localhost` on this port.
    pub fn localhost(port: u16) -> Self {
        Self {
            host: "localhost".to_owned(),
            port: Some(port),
        }
    }

    /// The host alone; IPv6 addresses in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether nobody can own this name: `localhost`, `*.localhost`, `*.test`, `*.example` (RFC 6761) or a loopback address.
    pub fn is_reserved_for_tests(&self) -> bool {
        self.is_loopback()
            || [".test", ".example"]
                .iter()
                .any(|end| self.host.ends_with(end))
    }

    /// Whether this names the machine itself: `localhost`, `*.localhost` or a loopback address.
    pub fn is_loopback(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost"
            || self.host.ends_with(".localhost")
            || bare
                .parse::<Ipv4Addr>()
                .is_ok_and(|address| address.is_loopback())
            || bare
                .parse::<Ipv6Addr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl FromStr for Authority {
    type Err = NotAnAuthority;

    fn from_str(text: &str) -> Result<Self, NotAnAuthority> {
        let text = text.trim();
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                (host, Some(port.parse::<u16>().map_err(|_| NotAnAuthority)?))
            }
            _ => (text, None),
        };
        if let Some(address) = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let address: Ipv6Addr = address.parse().map_err(|_| NotAnAuthority)?;
            return Ok(Self {
                host: format!("[{address}]"),
                port,
            });
        }
        let host =
            idna::domain_to_ascii_strict(host.trim_end_matches('.')).map_err(|_| NotAnAuthority)?;
        let is_host = !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
        if is_host {
            Ok(Self { host, port })
        } else {
            Err(NotAnAuthority)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_in_one_form() {
        for (text, expected) in [
            ("Club.Example", Some("club.example")),
            ("localhost:3000", Some("localhost:3000")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("[::1]:3000", Some("[::1]:3000")),
            ("[::1]", Some("[::1]")),
            ("127.0.0.1:80", Some("127.0.0.1:80")),
            ("https://club.example", None),
            ("club.example/", None),
            ("club.example:many", None),
            ("under_score.example", None),
            ("", None),
        ] {
            assert_eq!(
                text.parse::<Authority>()
                    .ok()
                    .map(|authority| authority.to_string())
                    .as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
