//! How often whom may ask: Mastodon's limits, counted in fixed windows as Mastodon counts them.
//!
//! The headers promise a moment at which the whole allowance is back, which a window can keep and
//! a leaky bucket cannot. Counts are kept in memory, bounded; several nodes count apart.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use aws_lc_rs::digest::{SHA256, digest};
use http::{HeaderMap, HeaderName, HeaderValue};
use model::{AccountId, TokenId, canonical_login};
use time::OffsetDateTime;

/// So many in such a time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// What is limited; two rules must not share it.
    pub(crate) name: &'static str,
    /// The most in one window.
    pub(crate) limit: u32,
    /// The length of a window, in seconds.
    pub(crate) seconds: u32,
}

const fn rule(name: &'static str, limit: u32, minutes: u32) -> Rule {
    Rule {
        name,
        limit,
        seconds: minutes * 60,
    }
}

/// Everything a member does through the API.
pub(crate) static MEMBER: Rule = rule("member", 1500, 5);
/// Everything done with one token.
pub(crate) static TOKEN: Rule = rule("token", 300, 5);
/// Everything asked from one address without a valid token.
pub(crate) static ADDRESS: Rule = rule("address", 300, 5);
/// Walking through lists, a member's or a stranger's.
pub(crate) static PAGING: Rule = rule("paging", 300, 15);
/// Sign-ups from one address.
pub(crate) static SIGN_UP: Rule = rule("sign up", 5, 30);
/// Passwords tried from one address.
pub(crate) static SIGN_IN_ADDRESS: Rule = rule("sign in from an address", 25, 5);
/// Passwords tried for one name, from wherever.
pub(crate) static SIGN_IN_NAME: Rule = rule("sign in with a name", 25, 60);
/// Letters asked for from one address.
pub(crate) static LETTER_ADDRESS: Rule = rule("letter asked for from an address", 25, 5);
/// Letters asked for to one mail address, from wherever.
pub(crate) static LETTER_READER: Rule = rule("letter to a mail address", 5, 30);
/// Apps registered from one address.
pub(crate) static REGISTER_APP: Rule = rule("register app", 5, 10);
/// A member's deletions of posts and boosts.
pub(crate) static DELETE: Rule = rule("delete", 30, 30);
/// A member's posts and edits.
pub(crate) static POST: Rule = rule("post", 300, 3 * 60);
/// A member's reports.
pub(crate) static REPORT: Rule = rule("report", 400, 24 * 60);
/// A member's follows.
pub(crate) static FOLLOW: Rule = rule("follow", 400, 24 * 60);

/// Whose asking is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// A member, whatever the app.
    Member(AccountId),
    /// One token.
    Token(TokenId),
    /// An address, or the network of an IPv6 address.
    Address(IpAddr),
    /// Whoever tries to sign in under a name; its hash.
    Login([u8; 32]),
}

impl Who {
    /// Whoever uses a name or mail address, in whatever case it is written; hashed, so that it takes as little room
    /// as any other.
    pub(crate) fn named(name: &str) -> Self {
        let hash = digest(&SHA256, canonical_login(name).as_bytes());
        Self::Login(hash.as_ref().try_into().expect("SHA-256 gives 32 bytes"))
    }

    /// Whoever asks from an address. An IPv6 subscriber has a whole /64 to ask from, so that is
    /// what is counted.
    pub(crate) fn at(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) & !u128::from(u64::MAX);
                Self::Address(IpAddr::V6(network.into()))
            }
            address @ IpAddr::V4(_) => Self::Address(address),
        }
    }
}

/// What is left of a rule for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    limit: u32,
    remaining: u32,
    resets_at: OffsetDateTime,
    /// Whether this request was still within the limit.
    pub(crate) is_granted: bool,
}

type Window = (&'static str, Who, i64);

/// Counts who asked how often.
pub(crate) struct Limits {
    windows: Option<moka::sync::Cache<Window, Arc<AtomicU32>>>,
}

impl Limits {
    /// Limits that hold.
    pub(crate) fn on() -> Self {
        let windows = moka::sync::Cache::builder()
            .max_capacity(200_000)
            .time_to_live(Duration::from_hours(24))
            .build();
        Self {
            windows: Some(windows),
        }
    }

    /// No limits, for test suites that ask a lot.
    pub(crate) fn off() -> Self {
        Self { windows: None }
    }

    /// Counts one request. `None` when there are no limits.
    pub(crate) fn take(&self, rule: &Rule, who: Who, now: OffsetDateTime) -> Option<Allowance> {
        let windows = self.windows.as_ref()?;
        let length = i64::from(rule.seconds);
        let begun = now.unix_timestamp() / length;
        let count = windows.get_with((rule.name, who, begun), Arc::default);
        let taken = count.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let resets_at = OffsetDateTime::from_unix_timestamp((begun + 1) * length).unwrap_or(now);
        Some(Allowance {
            limit: rule.limit,
            remaining: rule.limit.saturating_sub(taken),
            resets_at,
            is_granted: taken <= rule.limit,
        })
    }
}

impl Allowance {
    /// The scarcer of two: the one that refuses, else the one with less left.
    pub(crate) fn scarcer(self, other: Self) -> Self {
        if (other.is_granted, other.remaining) < (self.is_granted, self.remaining) {
            other
        } else {
            self
        }
    }

    /// Until the whole allowance is back, for Retry-After.
    pub(crate) fn seconds_left(self, now: OffsetDateTime) -> u64 {
        u64::try_from((self.resets_at - now).whole_seconds()).unwrap_or(0) + 1
    }

    /// Tells the caller what is left.
    pub(crate) fn tell(self, headers: &mut HeaderMap) {
        let at = self.resets_at;
        let resets_at = format!(
            "{}T{:02}:{:02}:{:02}.000000Z",
            at.date(),
            at.hour(),
            at.minute(),
            at.second()
        );
        let mut set = |name: &'static str, value: String| {
            let value = HeaderValue::from_str(&value).expect("digits and dates are ASCII");
            headers.insert(HeaderName::from_static(name), value);
        };
        set("x-ratelimit-limit", self.limit.to_string());
        set("x-ratelimit-remaining", self.remaining.to_string());
        set("x-ratelimit-reset", resets_at);
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 20:01:30 UTC);

    fn alice() -> Who {
        Who::Member(AccountId::new(1))
    }

    #[test]
    fn the_request_after_the_last_allowed_one_is_refused_until_the_window_ends() {
        let limits = Limits::on();

        let granted = (0..5).map(|_| limits.take(&SIGN_UP, alice(), NOW).unwrap());
        assert!(
            granted
                .collect::<Vec<_>>()
                .iter()
                .all(|allowance| allowance.is_granted)
        );
        assert!(!limits.take(&SIGN_UP, alice(), NOW).unwrap().is_granted);

        let later = NOW + time::Duration::minutes(30);
        assert!(limits.take(&SIGN_UP, alice(), later).unwrap().is_granted);
    }

    #[test]
    fn members_and_rules_are_counted_apart() {
        let limits = Limits::on();
        let bob = Who::Member(AccountId::new(2));

        limits.take(&POST, alice(), NOW);

        assert_eq!(limits.take(&POST, bob, NOW).unwrap().remaining, 299);
        assert_eq!(limits.take(&FOLLOW, alice(), NOW).unwrap().remaining, 399);
    }

    // S49: each spelling of a name had a counter of its own.
    #[test]
    fn a_name_has_one_counter_however_it_is_written() {
        for name in ["JOHN", " john", "@john", "ｊｏｈｎ"] {
            assert_eq!(Who::named("john"), Who::named(name), "{name}");
        }
        assert_ne!(Who::named("john"), Who::named("joan"));
    }

    #[test]
    fn a_network_of_ipv6_is_one_asker() {
        let one = Who::at("2001:db8::1".parse().unwrap());
        let neighbour = Who::at("2001:db8::2".parse().unwrap());
        let mapped = Who::at("::ffff:192.0.2.1".parse().unwrap());

        assert_eq!(one, neighbour);
        assert_eq!(mapped, Who::at("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn the_headers_say_when_the_allowance_is_back() {
        let limits = Limits::on();
        let mut headers = HeaderMap::new();

        limits
            .take(&ADDRESS, alice(), NOW)
            .unwrap()
            .tell(&mut headers);

        assert_eq!(headers["x-ratelimit-limit"], "300");
        assert_eq!(headers["x-ratelimit-remaining"], "299");
        assert_eq!(headers["x-ratelimit-reset"], "2026-11-22T20:05:00.000000Z");
    }

    #[test]
    fn without_limits_nobody_is_counted() {
        assert_eq!(Limits::off().take(&SIGN_UP, alice(), NOW), None);
    }
}
