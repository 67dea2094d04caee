//! Statuses and accounts at a glance: what changes often, and what depends on who looks.
//!
//! All the rest is the same for everybody until it is edited. Whoever shows it may keep what was made of it under the id and
//! the version told here: a version is never used twice.

use time::Date;

use crate::{
    id::{AccountId, StatusId},
    notification::Notification,
    status::Marks,
};

/// An account at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountGlimpse {
    /// Which account.
    pub id: AccountId,
    /// Changes with everything but its counters.
    pub version: i64,
    /// How many follow it.
    pub followers_count: i64,
    /// How many it follows.
    pub following_count: i64,
    /// How many statuses it has.
    pub statuses_count: i64,
    /// Day of its newest status.
    pub last_status_on: Option<Date>,
    /// All its media are marked as sensitive.
    pub is_sensitised: bool,
}

/// A status at a glance, by somebody who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusGlimpse {
    /// Which status.
    pub id: StatusId,
    /// Changes with everything but counters and names.
    pub version: i64,
    /// The version of all names on the server together: of people who are mentioned, and of apps.
    pub names_version: i64,
    /// Its author.
    pub author: AccountGlimpse,
    /// It answers its own author.
    pub continues_itself: bool,
    /// Kept, not counted.
    pub replies_count: i64,
    /// Kept, not counted.
    pub boosts_count: i64,
    /// Kept, not counted.
    pub favourites_count: i64,
    /// What the viewer has done with it, or with what it boosts. `None` when nobody is signed in.
    pub marks: Option<Marks>,
    /// What it boosts, if it is a boost.
    pub boost_of: Option<Box<StatusGlimpse>>,
}

/// Something that a member was told, at a glance.
#[derive(Clone, Debug)]
pub struct NotificationGlimpse {
    /// The notification.
    pub notification: Notification,
    /// Who caused it.
    pub from: AccountGlimpse,
    /// The status it is about.
    pub status: Option<StatusGlimpse>,
}
