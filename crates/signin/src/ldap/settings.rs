//! What the administrator decided about a directory.

use std::net::IpAddr;

use secrecy::SecretString;
use thiserror::Error;
use url::Url;

use super::{id::IdAttribute, template::Template, tls::Trust};

/// What the administrator decided about a directory.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The servers that hold it, asked in this order. At least one.
    pub servers: Vec<Server>,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// Where people are (`LDAP_BASE`); nobody elsewhere is believed.
    pub base: String,
    /// Who searches (`LDAP_BIND_DN`, `LDAP_PASSWORD`); nobody in particular when there is none.
    pub searcher: Option<Searcher>,
    /// How the entry of a typed name is found.
    pub find: Find,
    /// The attribute that becomes the user name (`LDAP_UID`).
    pub uid: String,
    /// The attribute of the mail address (`LDAP_MAIL`).
    pub mail: String,
    /// The address of entries that have none, with a gap `uid` (`MOOT_LDAP_MAIL_TEMPLATE`).
    pub mail_template: Option<Template>,
    /// What is replaced in user names (`LDAP_UID_CONVERSION_*`).
    pub conversion: Option<Conversion>,
    /// The attribute of the id that never changes (`MOOT_LDAP_ID_ATTRIBUTE`); the first usual one when none is named.
    pub id: Option<IdAttribute>,
    /// What an entry must be to belong (`MOOT_LDAP_REQUIRED_FILTER`); see [`is_filter`].
    pub required: Option<String>,
    /// Where groups are, beside an entry's `memberOf`.
    pub groups: Option<Groups>,
}

/// Who searches.
#[derive(Clone, Debug)]
pub struct Searcher {
    /// The name of its entry.
    pub dn: String,
    /// Its password, never empty.
    pub password: SecretString,
}

/// How the entry of a typed name is found.
#[derive(Clone, Debug)]
pub enum Find {
    /// By a filter with the gaps `uid` and `mail` (names of attributes) and `email` (what was typed), as in
    /// Mastodon (`LDAP_SEARCH_FILTER`).
    Search(Template),
    /// By the name it must have, with a gap `uid` for what was typed (`MOOT_LDAP_BIND_TEMPLATE`).
    Template(Template),
}

/// What is replaced in user names.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// Each of these characters …
    pub search: String,
    /// … by this text.
    pub replace: String,
}

/// Where groups are.
#[derive(Clone, Debug)]
pub struct Groups {
    /// Where the search begins (`MOOT_LDAP_GROUP_BASE`).
    pub base: String,
    /// Which of them somebody is in, with the gaps `dn` and `uid` (`MOOT_LDAP_GROUP_FILTER`).
    pub filter: Template,
}

/// One server of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub(super) url: Url,
    pub(super) encryption: Encryption,
}

/// How a connection is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (`ldaps`).
    Tls,
    /// TLS after the `StartTLS` operation (RFC 4511, 4.14); refused if the server does not offer it.
    StartTls,
    /// Not at all.
    None,
}

/// Where passwords may go unencrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plaintext {
    /// Within this machine only.
    Loopback,
    /// Anywhere (`MOOT_LDAP_ALLOW_PLAINTEXT`).
    Anywhere,
}

/// Why a server cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ServerError {
    /// The address is none.
    #[error(
        "`{0}` is no address of a directory; write ldap://HOST, ldaps://HOST or ldapi://%2Fpath%2Fto%2Fsocket"
    )]
    NotAnAddress(String),
    /// Passwords would go unencrypted over the network.
    #[error(
        "passwords would go to {0} unencrypted: set LDAP_METHOD to start_tls or simple_tls, or, if nobody can listen on the way, MOOT_LDAP_ALLOW_PLAINTEXT=true"
    )]
    Plaintext(String),
}

impl Server {
    /// The server at this address. `ldaps` is always encrypted, `ldap` as told, and a socket of this machine needs
    /// no encryption.
    pub fn at(
        address: &str,
        encryption: Encryption,
        plaintext: Plaintext,
    ) -> Result<Self, ServerError> {
        let not_an_address = || ServerError::NotAnAddress(address.to_owned());
        let url = Url::parse(address.trim()).map_err(|_| not_an_address())?;
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or_else(not_an_address)?;
        let encryption = match url.scheme() {
            "ldaps" => Encryption::Tls,
            "ldap" if encryption == Encryption::Tls => Encryption::StartTls,
            "ldap" => encryption,
            "ldapi" => Encryption::None,
            _ => return Err(not_an_address()),
        };
        let stays_here = url.scheme() == "ldapi" || is_loopback(host);
        if encryption == Encryption::None && plaintext == Plaintext::Loopback && !stays_here {
            return Err(ServerError::Plaintext(address.to_owned()));
        }
        Ok(Self { url, encryption })
    }

    /// The server that Mastodon's settings name. `simple_tls` is TLS from the first byte, whatever the port.
    pub fn of_mastodon(
        host: &str,
        port: u16,
        encryption: Encryption,
        plaintext: Plaintext,
    ) -> Result<Self, ServerError> {
        let scheme = match encryption {
            Encryption::Tls => "ldaps",
            Encryption::StartTls | Encryption::None => "ldap",
        };
        let host = match host.parse() {
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            _ => host.to_owned(),
        };
        Self::at(&format!("{scheme}://{host}:{port}"), encryption, plaintext)
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Whether a text is a search filter (RFC 4515).
pub fn is_filter(text: &str) -> bool {
    text.starts_with('(') && ldap3::parse_filter(text).is_ok()
}

/// A value for a filter (RFC 4515, 3).
pub(super) fn escaped(value: &str) -> String {
    ldap3::ldap_escape(value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_go_unencrypted_within_the_machine_only() {
        for address in [
            "ldap://localhost",
            "ldap://127.0.0.1:3389",
            "ldap://[::1]",
            "ldapi://%2Frun%2Fslapd%2Fldapi",
        ] {
            assert!(Server::at(address, Encryption::None, Plaintext::Loopback).is_ok());
        }
        for address in [
            "ldap://ldap.club.example",
            "ldap://10.0.0.1",
            "ldap://localhost.example",
        ] {
            assert!(matches!(
                Server::at(address, Encryption::None, Plaintext::Loopback),
                Err(ServerError::Plaintext(_))
            ));
            assert!(Server::at(address, Encryption::None, Plaintext::Anywhere).is_ok());
            assert!(Server::at(address, Encryption::StartTls, Plaintext::Loopback).is_ok());
        }
    }

    #[test]
    fn an_address_says_more_than_the_method() {
        let encryption = |address, method| {
            Server::at(address, method, Plaintext::Anywhere)
                .unwrap()
                .encryption
        };

        assert_eq!(
            encryption("ldaps://a.example", Encryption::None),
            Encryption::Tls
        );
        assert_eq!(
            encryption("ldap://a.example", Encryption::Tls),
            Encryption::StartTls
        );
        assert_eq!(
            encryption("ldap://a.example", Encryption::None),
            Encryption::None
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "",
            "ldap.club.example",
            "http://ldap.club.example",
            "ldap://",
            "ldap:club",
        ] {
            assert!(
                matches!(
                    Server::at(address, Encryption::StartTls, Plaintext::Loopback),
                    Err(ServerError::NotAnAddress(_))
                ),
                "{address}"
            );
        }
    }

    #[test]
    fn mastodons_simple_tls_is_tls_from_the_first_byte_whatever_the_port() {
        let server = Server::of_mastodon("::1", 389, Encryption::Tls, Plaintext::Loopback).unwrap();

        assert_eq!(server.url.as_str(), "ldaps://[::1]:389");
    }

    /// S45: what is typed cannot leave its place in the filter.
    #[test]
    fn what_is_typed_stays_a_value() {
        assert_eq!(escaped("*)(uid=*"), "\\2a\\29\\28uid=\\2a");
        assert_eq!(escaped("\\2a"), "\\5c2a");
        assert_eq!(escaped("a\0b"), "a\\00b");
        assert!(is_filter(&format!("(uid={})", escaped("Zoë *)(\\"))));
        assert!(!is_filter("uid=alice"));
        assert!(!is_filter("(uid=alice"));
    }
}
