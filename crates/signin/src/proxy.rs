//! A proxy in front that signs people in, as Apache's `mod_auth_gssapi` and nginx's `auth_pam` do, and says who they are
//! in a header.
//!
//! Anybody can write a header (S54). It is believed only from the proxy itself, by the address at the other end of the
//! connection and a shared secret in a second header, or by the unix socket it came through; only when the name occurs
//! exactly once, in whatever spelling; and only by the one page that signs people in. Nothing else reads it.

use std::net::IpAddr;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use http::{HeaderMap, HeaderName};
pub use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Identity,
    login::{self, Login},
};

/// Which proxy is believed, and what it says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The header that holds the name (`MOOT_PROXY_AUTH_HEADER`).
    pub header: HeaderName,
    /// Addresses of the proxy itself (`MOOT_PROXY_AUTH_ADDRESSES`). With a unix socket there are none.
    pub addresses: Vec<IpNet>,
    /// What the proxy and this server alone know.
    pub secret: Option<SharedSecret>,
    /// The Kerberos realm whose principals the proxy names (`MOOT_PROXY_AUTH_REALM`).
    pub realm: Option<String>,
    /// Domain of members' addresses (`MOOT_PROXY_AUTH_EMAIL_DOMAIN`).
    pub email_domain: Option<String>,
    /// What the way is called on the sign-in page (`MOOT_PROXY_AUTH_DISPLAY_NAME`).
    pub display_name: String,
}

/// What the proxy and this server alone know.
#[derive(Clone, Debug)]
pub struct SharedSecret {
    /// The header it comes in (`MOOT_PROXY_AUTH_SECRET_HEADER`).
    pub header: HeaderName,
    /// The value (`MOOT_PROXY_AUTH_SECRET`).
    pub value: SecretString,
}

/// Who is at the other end of the connection itself, whatever a header says of others behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// Somebody at this address.
    Address(IpAddr),
    /// Somebody on this machine who may open the unix socket.
    Socket,
}

/// Why a request is not believed. The texts are for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbelievable {
    /// The connection does not come from the proxy.
    #[error("the connection comes from none of MOOT_PROXY_AUTH_ADDRESSES")]
    NotTheProxy,
    /// The secret is missing, wrong, or there twice.
    #[error("the header {0} does not hold MOOT_PROXY_AUTH_SECRET exactly once")]
    WrongSecret(HeaderName),
    /// There is no name.
    #[error("the proxy named nobody in {0}; is this path protected in its configuration?")]
    Nobody(HeaderName),
    /// There is more than one, or one in another spelling.
    #[error(
        "the name came more than once or in another spelling than {0}: somebody sends headers of their own"
    )]
    Ambiguous(HeaderName),
    /// The name is none.
    #[error("what the proxy named is no user name")]
    NotAName,
    /// The name is of another realm.
    #[error("the proxy named somebody of another realm; set MOOT_PROXY_AUTH_REALM if it is yours")]
    OtherRealm,
}

/// A proxy in front that signs people in.
#[derive(Debug)]
pub struct Proxy {
    settings: Settings,
}

impl Proxy {
    /// Believes this proxy.
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// What the way is called on the sign-in page.
    pub fn display_name(&self) -> &str {
        &self.settings.display_name
    }

    /// Whom the proxy has recognised.
    pub fn recognise(
        &self,
        peer: Option<Peer>,
        headers: &HeaderMap,
    ) -> Result<Identity, Unbelievable> {
        self.check_peer(peer)?;
        self.check_secret(headers)?;
        let named = self.only_name(headers)?;
        let name = self.local_name(named)?;
        Ok(self.identity(&name))
    }

    fn check_peer(&self, peer: Option<Peer>) -> Result<(), Unbelievable> {
        let addresses = &self.settings.addresses;
        match peer {
            Some(Peer::Socket) => Ok(()),
            Some(Peer::Address(address))
                if addresses
                    .iter()
                    .any(|range| range.contains(&address.to_canonical()))
                    && self.settings.secret.is_some() =>
            {
                Ok(())
            }
            Some(Peer::Address(_)) | None => Err(Unbelievable::NotTheProxy),
        }
    }

    fn check_secret(&self, headers: &HeaderMap) -> Result<(), Unbelievable> {
        let Some(secret) = &self.settings.secret else {
            return Ok(());
        };
        let mut brought = headers.get_all(&secret.header).iter();
        let expected = secret.value.expose_secret().as_bytes();
        let is_right = brought
            .next()
            .is_some_and(|value| verify_slices_are_equal(value.as_bytes(), expected).is_ok());
        (is_right && brought.next().is_none())
            .then_some(())
            .ok_or_else(|| Unbelievable::WrongSecret(secret.header.clone()))
    }

    /// The one name. Other spellings of the header are counted too: a proxy that replaces only the one lets them pass.
    fn only_name<'a>(&self, headers: &'a HeaderMap) -> Result<&'a str, Unbelievable> {
        let header = &self.settings.header;
        let ours = spelling(header.as_str());
        let occurrences = headers
            .iter()
            .filter(|(name, _)| spelling(name.as_str()) == ours)
            .count();
        let value = headers.get(header).map(|value| value.to_str());
        match (occurrences, value) {
            (0, _) | (1, Some(Ok(""))) => Err(Unbelievable::Nobody(header.clone())),
            (1, Some(Ok(text))) => Ok(text),
            (1, Some(Err(_))) => Err(Unbelievable::NotAName),
            _ => Err(Unbelievable::Ambiguous(header.clone())),
        }
    }

    fn local_name(&self, named: &str) -> Result<Login, Unbelievable> {
        let name = match (named.split_once('@'), &self.settings.realm) {
            (None, _) => named,
            // Realms are written in one case only (RFC 4120, 6.1).
            (Some((name, realm)), Some(ours)) if realm == ours => name,
            (Some(_), _) => return Err(Unbelievable::OtherRealm),
        };
        Login::parse(name).ok_or(Unbelievable::NotAName)
    }

    /// A principal of a realm is the same person whether the proxy saw their ticket or Moot their password.
    fn identity(&self, name: &Login) -> Identity {
        let name = name.as_str();
        let (source, subject) = match &self.settings.realm {
            Some(realm) => ("kerberos", format!("{name}@{realm}")),
            None => ("proxy", name.to_owned()),
        };
        let email = login::address(name, self.settings.email_domain.as_deref());
        Identity {
            source: source.to_owned(),
            subject,
            username: name.to_owned(),
            email_is_verified: email.is_some(),
            email,
            display_name: None,
            groups: Vec::new(),
        }
    }
}

/// A header's name as servers that make variables of headers see it: `X-Remote-User`, `X_Remote_User` and `x.remote.user`
/// are one. A `HeaderName` is in small letters already.
fn spelling(name: &str) -> String {
    name.replace(['_', '.'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of two programs";

    fn proxy() -> Proxy {
        Proxy::new(Settings {
            header: HeaderName::from_static("x-remote-user"),
            addresses: vec!["10.1.0.0/16".parse().unwrap(), "::1/128".parse().unwrap()],
            secret: Some(SharedSecret {
                header: HeaderName::from_static("x-moot-proxy-secret"),
                value: SecretString::from(SECRET),
            }),
            realm: Some("CLUB.EXAMPLE".to_owned()),
            email_domain: Some("club.example".to_owned()),
            display_name: "Kerberos".to_owned(),
        })
    }

    fn from(address: &str) -> Peer {
        Peer::Address(address.parse().unwrap())
    }

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    fn named(pairs: &[(&str, &str)]) -> Result<Identity, Unbelievable> {
        let mut all = vec![("X-Moot-Proxy-Secret", SECRET)];
        all.extend(pairs);
        proxy().recognise(Some(from("10.1.2.3")), &headers(&all))
    }

    #[test]
    fn a_principal_is_who_kerberos_would_say() {
        for value in ["alice@CLUB.EXAMPLE", "alice", "ALICE"] {
            let identity = named(&[("X-Remote-User", value)]).unwrap();

            assert_eq!(identity.source, "kerberos");
            assert_eq!(identity.subject, "alice@CLUB.EXAMPLE");
            assert_eq!(identity.email.as_deref(), Some("alice@club.example"));
        }
    }

    /// S54: anybody can write a header.
    #[test]
    fn only_the_proxy_itself_is_believed() {
        let good = headers(&[("X-Remote-User", "alice"), ("X-Moot-Proxy-Secret", SECRET)]);

        assert!(proxy().recognise(Some(from("10.1.2.3")), &good).is_ok());
        assert!(
            proxy()
                .recognise(Some(from("::ffff:10.1.2.3")), &good)
                .is_ok()
        );
        assert!(proxy().recognise(Some(from("::1")), &good).is_ok());
        for peer in [Some(from("10.2.0.1")), Some(from("127.0.0.1")), None] {
            let refused = proxy().recognise(peer, &good);
            assert!(
                matches!(refused, Err(Unbelievable::NotTheProxy)),
                "{peer:?}"
            );
        }
    }

    #[test]
    fn without_the_secret_nobody_is_believed() {
        let user = ("X-Remote-User", "alice");
        for pairs in [
            &[user] as &[_],
            &[user, ("X-Moot-Proxy-Secret", "")],
            &[user, ("X-Moot-Proxy-Secret", "a secret of two program")],
            &[
                user,
                ("X-Moot-Proxy-Secret", SECRET),
                ("X-Moot-Proxy-Secret", SECRET),
            ],
            &[user, ("X_Moot_Proxy_Secret", SECRET)],
        ] {
            for peer in [from("10.1.2.3"), Peer::Socket] {
                let refused = proxy().recognise(Some(peer), &headers(pairs));
                assert!(
                    matches!(refused, Err(Unbelievable::WrongSecret(_))),
                    "{pairs:?}"
                );
            }
        }
    }

    #[test]
    fn an_address_without_a_secret_is_believed_in_no_configuration() {
        let mut proxy = proxy();
        proxy.settings.secret = None;
        let good = headers(&[("X-Remote-User", "alice")]);

        assert!(proxy.recognise(Some(Peer::Socket), &good).is_ok());
        assert!(proxy.recognise(Some(from("10.1.2.3")), &good).is_err());
    }

    /// S54: other servers took `REMOTE_USER` and `X.Remote.User` for the same header.
    #[test]
    fn a_name_comes_once_and_in_one_spelling() {
        for pairs in [
            &[("X-Remote-User", "alice"), ("X-Remote-User", "alice")] as &[_],
            &[("X-Remote-User", "alice"), ("x_remote_user", "mallory")],
            &[("X-Remote-User", "alice"), ("X.Remote-User", "mallory")],
            &[("X_Remote_User", "alice")],
            &[("X.Remote.User", "alice")],
        ] {
            let refused = named(pairs);
            assert!(
                matches!(refused, Err(Unbelievable::Ambiguous(_))),
                "{pairs:?}"
            );
        }
        for pairs in [
            &[] as &[_],
            &[("X-Remote-User", "")],
            &[("Remote-User", "alice")],
        ] {
            let refused = named(pairs);
            assert!(matches!(refused, Err(Unbelievable::Nobody(_))), "{pairs:?}");
        }
    }

    #[test]
    fn what_is_no_name_of_ours_is_refused() {
        for value in [
            "alice@EVIL.EXAMPLE",
            "alice@club.example",
            "alice@CLUB.EXAMPLE@EVIL.EXAMPLE",
        ] {
            assert_eq!(
                named(&[("X-Remote-User", value)]),
                Err(Unbelievable::OtherRealm)
            );
        }
        for value in [
            "alice, bob",
            "host/moot.club.example",
            "-x",
            "(null)",
            "a b",
            "\u{e4}",
        ] {
            assert_eq!(
                named(&[("X-Remote-User", value)]),
                Err(Unbelievable::NotAName),
                "{value}"
            );
        }
    }
}
