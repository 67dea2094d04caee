//! The server about itself, as apps ask it first.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Account, Rule};

/// The server. <https://docs.joinmastodon.org/entities/Instance/>
#[derive(Debug, Clone, Serialize)]
pub struct Instance<'a> {
    /// The domain of its members' handles.
    pub domain: Cow<'a, str>,
    /// Its name.
    pub title: Cow<'a, str>,
    /// A Mastodon version that apps may rely on, then the software's own.
    pub version: Cow<'a, str>,
    /// Where its source is.
    pub source_url: Cow<'a, str>,
    /// A sentence about it, in plain text.
    pub description: Cow<'a, str>,
    /// How much it is used.
    pub usage: Usage,
    /// Its picture.
    pub thumbnail: Thumbnail<'a>,
    /// Its icons.
    pub icon: Vec<Icon<'a>>,
    /// Its members' languages.
    pub languages: Vec<Cow<'a, str>>,
    /// What apps must know to use it.
    pub configuration: Configuration<'a>,
    /// Whether and how one joins.
    pub registrations: Registrations<'a>,
    /// Which versions of which API it speaks.
    pub api_versions: ApiVersions,
    /// Mastodon's yearly report; there is none.
    pub wrapstodon: (),
    /// Whom to ask.
    pub contact: Contact<'a>,
    /// Its rules.
    pub rules: Vec<Rule<'a>>,
}

/// How much a server is used.
#[derive(Debug, Clone, Serialize)]
pub struct Usage {
    /// Its members.
    pub users: UsageUsers,
}

/// Members who use it.
#[derive(Debug, Clone, Serialize)]
pub struct UsageUsers {
    /// In the last four weeks.
    pub active_month: i64,
}

/// A server's picture.
#[derive(Debug, Clone, Serialize)]
pub struct Thumbnail<'a> {
    /// The picture.
    pub url: Cow<'a, str>,
    /// The picture in words.
    pub description: Cow<'a, str>,
}

/// An icon.
#[derive(Debug, Clone, Serialize)]
pub struct Icon<'a> {
    /// The image.
    pub src: Cow<'a, str>,
    /// `WIDTHxHEIGHT`.
    pub size: Cow<'a, str>,
}

/// What apps must know to use a server.
#[derive(Debug, Clone, Serialize)]
pub struct Configuration<'a> {
    /// Where things are.
    pub urls: Urls<'a>,
    /// The key for web push.
    pub vapid: Vapid<'a>,
    /// Limits of profiles.
    pub accounts: AccountLimits,
    /// Limits of posts.
    pub statuses: StatusLimits,
    /// Limits of files.
    pub media_attachments: MediaLimits<'a>,
    /// Limits of polls.
    pub polls: PollLimits,
    /// Whether posts can be translated.
    pub translation: Translation,
    /// Who may read which timeline.
    pub timelines_access: TimelinesAccess,
    /// Whether it talks only to servers it chose.
    pub limited_federation: bool,
}

/// Where a server's things are.
#[derive(Debug, Clone, Serialize)]
pub struct Urls<'a> {
    /// Live events; a `ws:` or `wss:` URL without a path.
    pub streaming: Cow<'a, str>,
    /// A page on the server's health.
    pub status: Option<Cow<'a, str>>,
    /// The about page.
    pub about: Cow<'a, str>,
    /// The privacy policy.
    pub privacy_policy: Cow<'a, str>,
    /// The terms of service.
    pub terms_of_service: Option<Cow<'a, str>>,
}

/// The server's key for web push (RFC 8292).
#[derive(Debug, Clone, Serialize)]
pub struct Vapid<'a> {
    /// In URL-safe base64.
    pub public_key: Cow<'a, str>,
}

/// Limits of profiles; lengths are in characters.
#[derive(Debug, Clone, Serialize)]
pub struct AccountLimits {
    /// Of the display name.
    pub max_display_name_length: u32,
    /// Of the biography.
    pub max_note_length: u32,
    /// Of the picture's description.
    pub max_avatar_description_length: u32,
    /// Of the banner's description.
    pub max_header_description_length: u32,
    /// Featured hashtags.
    pub max_featured_tags: u32,
    /// Pinned posts.
    pub max_pinned_statuses: u32,
    /// Lines of the profile's table.
    pub max_profile_fields: u32,
    /// Of the left column.
    pub profile_field_name_limit: u32,
    /// Of the right column.
    pub profile_field_value_limit: u32,
}

/// Limits of posts.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct StatusLimits {
    /// Characters, content warning included.
    pub max_characters: u32,
    /// Files.
    pub max_media_attachments: u32,
    /// How many characters any link counts.
    pub characters_reserved_per_url: u32,
}

/// Limits of files.
#[derive(Debug, Clone, Serialize)]
pub struct MediaLimits<'a> {
    /// Characters of a description.
    pub description_limit: u32,
    /// Pixels of a picture.
    pub image_matrix_limit: u64,
    /// Bytes of a picture.
    pub image_size_limit: u64,
    /// Media types taken.
    pub supported_mime_types: Vec<Cow<'a, str>>,
    /// Frames a second.
    pub video_frame_rate_limit: u32,
    /// Pixels of a film's frame.
    pub video_matrix_limit: u64,
    /// Bytes of a film or sound.
    pub video_size_limit: u64,
}

/// Limits of polls.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PollLimits {
    /// Choices.
    pub max_options: u32,
    /// Characters of a choice.
    pub max_characters_per_option: u32,
    /// Seconds.
    pub min_expiration: u64,
    /// Seconds.
    pub max_expiration: u64,
}

/// Whether posts can be translated.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Translation {
    /// Whether they can.
    pub enabled: bool,
}

/// Who may read which timeline.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TimelinesAccess {
    /// The public timelines.
    pub live_feeds: FeedAccess,
    /// The timelines of hashtags.
    pub hashtag_feeds: FeedAccess,
    /// The timelines of trending links.
    pub trending_link_feeds: FeedAccess,
}

/// Who may read a timeline: `public`, `authenticated` or `disabled`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FeedAccess {
    /// Posts of members.
    pub local: &'static str,
    /// Posts of others.
    pub remote: &'static str,
}

impl FeedAccess {
    /// Everybody may read it.
    pub const PUBLIC: Self = Self {
        local: "public",
        remote: "public",
    };
}

/// Whether and how one joins.
#[derive(Debug, Clone, Serialize)]
pub struct Registrations<'a> {
    /// Whether one can sign up.
    pub enabled: bool,
    /// Whether somebody must approve it.
    pub approval_required: bool,
    /// Whether one must say why one wants to join.
    pub reason_required: bool,
    /// Why sign-up is closed, as HTML.
    pub message: Option<Cow<'a, str>>,
    /// The least age, in years.
    pub min_age: Option<u32>,
    /// Where to sign up instead.
    pub url: Option<Cow<'a, str>>,
}

/// Which versions of which API a server speaks.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ApiVersions {
    /// Of Mastodon's API.
    pub mastodon: u32,
}

/// Whom to ask.
#[derive(Debug, Clone, Serialize)]
pub struct Contact<'a> {
    /// An address; may be empty.
    pub email: Cow<'a, str>,
    /// An account.
    pub account: Option<Account<'a>>,
}
