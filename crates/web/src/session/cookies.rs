//! The cookies there are, and how they travel.
//!
//! Under https their names begin with `__Host-`: browsers then take them only with `Secure`, for the
//! whole host and for no other, so that no neighbouring subdomain can plant one (RFC 6265bis,
//! 4.1.3.2). The demo and test profiles have no TLS and use plain names.

use http::{HeaderMap, HeaderValue, header};
use service::Settings;

/// How long a browser keeps a session's cookie, in seconds. The server ends idle sessions itself.
const YEAR: u32 = 365 * 24 * 3600;

/// How long a browser keeps the cookie of a sign-in that is half done, in seconds. The server ends it then, too.
const HALFWAY: u32 = 10 * 60;

/// How long a browser keeps a day's count, in seconds.
const DAY: u32 = 24 * 3600;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    /// Says who is signed in.
    Session,
    /// Ties the forms of somebody who is not signed in to their browser (S44).
    Visitor,
    /// Says who has given one proof and is asked for another. It opens nothing.
    Halfway,
    /// Says who has left the organisation, on their own page and nowhere else.
    Leaver,
    /// Counts the reported posts that a moderator has looked at today. It opens nothing.
    SeenToday,
}

/// How cookies are named and sent here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jar {
    /// Behind TLS.
    Https,
    /// On one machine, without TLS.
    Http,
}

impl Jar {
    /// The jar of this server.
    pub(super) fn of(settings: &Settings) -> Self {
        if settings.https {
            Self::Https
        } else {
            Self::Http
        }
    }

    const fn name(self, cookie: Cookie) -> &'static str {
        match (self, cookie) {
            (Self::Https, Cookie::Session) => "__Host-moot_session",
            (Self::Https, Cookie::Visitor) => "__Host-moot_visitor",
            (Self::Https, Cookie::Halfway) => "__Host-moot_halfway",
            (Self::Https, Cookie::Leaver) => "__Host-moot_leaver",
            (Self::Https, Cookie::SeenToday) => "__Host-moot_seen_today",
            (Self::Http, Cookie::SeenToday) => "moot_seen_today",
            (Self::Http, Cookie::Leaver) => "moot_leaver",
            (Self::Http, Cookie::Session) => "moot_session",
            (Self::Http, Cookie::Visitor) => "moot_visitor",
            (Self::Http, Cookie::Halfway) => "moot_halfway",
        }
    }

    /// What the browser sent, if it looks like one of ours: 32 bytes in base64url.
    pub(super) fn read(self, headers: &HeaderMap, cookie: Cookie) -> Option<&str> {
        self.find(headers, cookie).filter(|value| is_ours(value))
    }

    /// What the browser sent, whatever it looks like.
    pub(super) fn find(self, headers: &HeaderMap, cookie: Cookie) -> Option<&str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name(cookie))
            .map(|(_, value)| value)
    }

    /// Gives the browser a cookie. A visitor's lasts as long as the browser runs.
    pub(super) fn give(self, cookie: Cookie, value: &str) -> HeaderValue {
        let lasting = match cookie {
            Cookie::Session => format!("; Max-Age={YEAR}"),
            Cookie::Visitor | Cookie::Leaver => String::new(),
            Cookie::Halfway => format!("; Max-Age={HALFWAY}"),
            Cookie::SeenToday => format!("; Max-Age={DAY}"),
        };
        self.line(cookie, value, &lasting)
    }

    /// Takes a cookie back.
    pub(super) fn take_back(self, cookie: Cookie) -> HeaderValue {
        self.line(cookie, "", "; Max-Age=0")
    }

    fn line(self, cookie: Cookie, value: &str, lasting: &str) -> HeaderValue {
        let secure = match self {
            Self::Https => "; Secure",
            Self::Http => "",
        };
        let name = self.name(cookie);
        let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lasting}");
        HeaderValue::try_from(line).expect("names and random values are ASCII")
    }
}

fn is_ours(value: &str) -> bool {
    value.len() == 43
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn under_https_a_cookie_is_for_this_host_alone() {
        let line = Jar::Https.give(Cookie::Session, VALUE);

        assert_eq!(
            line.to_str().unwrap(),
            format!(
                "__Host-moot_session={VALUE}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=31536000"
            )
        );
    }

    #[test]
    fn without_tls_a_cookie_is_not_secure_and_has_a_plain_name() {
        let line = Jar::Http.give(Cookie::Visitor, VALUE);

        assert_eq!(
            line,
            format!("moot_visitor={VALUE}; Path=/; HttpOnly; SameSite=Lax")
        );
    }

    #[test]
    fn one_cookie_is_found_among_many_and_only_if_it_can_be_ours() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=b; moot_visitor=short".parse().unwrap());
        headers.append(
            header::COOKIE,
            format!("moot_session={VALUE}").parse().unwrap(),
        );

        assert_eq!(Jar::Http.read(&headers, Cookie::Session), Some(VALUE));
        assert_eq!(Jar::Http.read(&headers, Cookie::Visitor), None);
        assert_eq!(Jar::Https.read(&headers, Cookie::Session), None);
    }
}
