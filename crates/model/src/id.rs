//! Typed ids.
//!
//! Moot's ids are Mastodon's: 48 bits of milliseconds since 1970 and 16 bits of sequence, so that
//! ordering by id is ordering by time and clients' assumptions hold. They are made in the database
//! (`snowflake(at)`), where a sequence keeps two nodes apart.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, num::ParseIntError, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;

use crate::{
    account::Account,
    notification::Notification,
    oauth::{Application, Token},
    relationship::Follow,
    status::Status,
};

/// The id of a `T`. A number inside, a string at the client API's border.
pub struct Id<T>(i64, PhantomData<fn() -> T>);

/// Id of an [`Account`].
pub type AccountId = Id<Account>;
/// Id of a [`Status`].
pub type StatusId = Id<Status>;
/// Id of a [`Notification`].
pub type NotificationId = Id<Notification>;
/// Id of a registered [`Application`].
pub type ApplicationId = Id<Application>;
/// Id of an access [`Token`].
pub type TokenId = Id<Token>;
/// Id of a [`Follow`] or of a request to follow.
pub type FollowId = Id<Follow>;
/// Id of a browser session.
pub type SessionId = Id<crate::member::Session>;
/// Id of a member's passkey.
pub type PasskeyId = Id<crate::member::Passkey>;

impl<T> Id<T> {
    /// Wraps a number that is known to be an id of a `T`.
    pub const fn new(number: i64) -> Self {
        Self(number, PhantomData)
    }

    /// The number, for binding to a query.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The smallest id that a thing made at `at` can have; the border for paging by time.
    pub fn first_at(at: OffsetDateTime) -> Self {
        let milliseconds = at.unix_timestamp_nanos() / 1_000_000;
        Self::new(i64::try_from(milliseconds << 16).unwrap_or(i64::MAX))
    }

    /// The millisecond that the id carries.
    pub fn created_at(self) -> OffsetDateTime {
        let nanos = i128::from(self.0 >> 16) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<T> FromStr for Id<T> {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}

impl<T> From<i64> for Id<T> {
    fn from(number: i64) -> Self {
        Self::new(number)
    }
}

impl<T> From<Id<T>> for i64 {
    fn from(id: Id<T>) -> Self {
        id.0
    }
}

/// As a number: ids travel like this in job payloads. The client API prints them as strings itself.
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn an_id_remembers_its_millisecond() {
        let at = datetime!(2026-11-22 20:00:00.123 UTC);

        let id = StatusId::first_at(at);

        assert_eq!(id.created_at(), at);
    }

    #[test]
    fn a_later_moment_has_a_larger_id() {
        let earlier = StatusId::first_at(datetime!(2026-11-22 20:00:00.123 UTC));
        let later = StatusId::first_at(datetime!(2026-11-22 20:00:00.124 UTC));

        assert!(earlier < later);
    }
}
