//! The server about itself in the first version of the API, which older apps still ask.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Account, MediaLimits, PollLimits, Rule, StatusLimits};

/// The server. <https://docs.joinmastodon.org/entities/V1_Instance/>
#[derive(Debug, Clone, Serialize)]
pub struct Instance<'a> {
    /// The domain of its members' handles, whatever the name says.
    pub uri: Cow<'a, str>,
    /// Its name.
    pub title: Cow<'a, str>,
    /// A sentence about it.
    pub short_description: Cow<'a, str>,
    /// The same.
    pub description: Cow<'a, str>,
    /// Whom to ask; may be empty.
    pub email: Cow<'a, str>,
    /// A Mastodon version that apps may rely on, then the software's own.
    pub version: Cow<'a, str>,
    /// Where things are.
    pub urls: Urls<'a>,
    /// How large it is.
    pub stats: Stats,
    /// Its picture.
    pub thumbnail: Option<Cow<'a, str>>,
    /// Its members' languages.
    pub languages: Vec<Cow<'a, str>>,
    /// Whether one can sign up.
    pub registrations: bool,
    /// Whether somebody must approve it.
    pub approval_required: bool,
    /// Whether members may invite.
    pub invites_enabled: bool,
    /// What apps must know to use it.
    pub configuration: Configuration<'a>,
    /// Whom to ask.
    pub contact_account: Option<Account<'a>>,
    /// Its rules.
    pub rules: Vec<Rule<'a>>,
}

/// Where a server's things are.
#[derive(Debug, Clone, Serialize)]
pub struct Urls<'a> {
    /// Live events.
    pub streaming_api: Cow<'a, str>,
}

/// How large a server is.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Stats {
    /// Members.
    pub user_count: i64,
    /// Posts of members.
    pub status_count: i64,
    /// Other servers it knows.
    pub domain_count: i64,
}

/// What apps must know to use a server.
#[derive(Debug, Clone, Serialize)]
pub struct Configuration<'a> {
    /// Limits of profiles.
    pub accounts: AccountLimits,
    /// Limits of posts.
    pub statuses: StatusLimits,
    /// Limits of files.
    pub media_attachments: MediaLimits<'a>,
    /// Limits of polls.
    pub polls: PollLimits,
}

/// Limits of profiles.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct AccountLimits {
    /// Featured hashtags.
    pub max_featured_tags: u32,
}
