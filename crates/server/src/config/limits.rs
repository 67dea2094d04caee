//! How much people may write and follow, and how long some things are kept.

use super::reader::Reader;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Limits and retention",
    introduction: "The `MAX_…` names of posts, profiles, polls and files are those of the glitch-soc edition of Mastodon.",
    variables: &[
        accept("MAX_TOOT_CHARS", Kind::Integer, "500", "Characters in a post, content warning included."),
        accept("MAX_BIO_CHARS", Kind::Integer, "500", "Characters in a profile's text."),
        accept("MAX_DISPLAY_NAME_CHARS", Kind::Integer, "30", "Characters in a display name."),
        accept("MAX_PROFILE_FIELDS", Kind::Integer, "4", "Fields of a profile."),
        accept("MAX_PINNED_TOOTS", Kind::Integer, "5", "Posts pinned to a profile.").with("pinned posts"),
        accept("MAX_POLL_OPTIONS", Kind::Integer, "4", "Choices of a poll.").with("polls"),
        accept("MAX_POLL_OPTION_CHARS", Kind::Integer, "50", "Characters of a choice.").with("polls"),
        accept("MIN_POLL_OPTIONS", Kind::Integer, "2", "Choices a poll needs.").with("polls"),
        accept("MAX_REACTIONS", Kind::Integer, "1", "Reactions to an announcement.").with("announcements"),
        accept("MAX_SEARCH_RESULTS", Kind::Integer, "1000", "Results a search may page through.").with("full search"),
        accept("MAX_IMAGE_SIZE", Kind::Integer, "16777216", "Bytes of an uploaded image.").with("media"),
        accept("MAX_VIDEO_SIZE", Kind::Integer, "103809024", "Bytes of an uploaded video.").with("media"),
        accept("MAX_FOLLOWS_THRESHOLD", Kind::Integer, "7500", "Whoever follows this many may go on only in proportion to their own followers."),
        accept("MAX_FOLLOWS_RATIO", Kind::Decimal, "1.1", "That proportion."),
        accept("MAX_SESSION_ACTIVATIONS", Kind::Integer, "10", "Browser sessions of one member; the oldest ends when one more begins."),
        accept("USER_ACTIVE_DAYS", Kind::Integer, "7", "Days for which the home timeline of a member who stays away is still written."),
        accept("IP_RETENTION_PERIOD", Kind::Integer, "2592000", "Seconds for which addresses of sign-ins are kept. Mastodon keeps them a year, Moot 30 days.").with("the list of one's sessions"),
        accept("SESSION_RETENTION_PERIOD", Kind::Integer, "31536000", "Seconds after which an unused browser session ends."),
    ],
};

/// How much people may write and follow, and how long they stay signed in.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Characters in a post, content warning included.
    pub post_characters: usize,
    /// Characters in a profile's text.
    pub note_characters: usize,
    /// Characters in a display name.
    pub display_name_characters: usize,
    /// Fields of a profile.
    pub profile_fields: usize,
    /// Days for which the home timeline of a member who stays away is still written.
    pub user_active_days: u16,
    /// People one may follow whatever one's own followers.
    pub follows_threshold: i64,
    /// People one may follow for each own follower.
    pub follows_ratio: f64,
    /// Browser sessions of one member.
    pub sessions: i64,
    /// Seconds after which an unused browser session ends.
    pub session_seconds: i64,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Limits {
    Limits {
        post_characters: reader.number("MAX_TOOT_CHARS"),
        note_characters: reader.number("MAX_BIO_CHARS"),
        display_name_characters: reader.number("MAX_DISPLAY_NAME_CHARS"),
        profile_fields: reader.number("MAX_PROFILE_FIELDS"),
        user_active_days: reader.number("USER_ACTIVE_DAYS"),
        follows_threshold: reader.number("MAX_FOLLOWS_THRESHOLD"),
        follows_ratio: reader.number("MAX_FOLLOWS_RATIO"),
        sessions: reader.number("MAX_SESSION_ACTIVATIONS"),
        session_seconds: reader.number("SESSION_RETENTION_PERIOD"),
    }
}
