//! What a member chose.

use mastodon::Preferences;
use model::member::Member;

use super::{optional, visibility};

/// The choices that apps may follow. How things are read is each app's own matter yet, so those
/// are Mastodon's defaults.
pub(crate) fn preferences(member: &Member) -> Preferences<'_> {
    Preferences {
        posting_default_visibility: visibility(member.defaults.visibility),
        posting_default_sensitive: member.defaults.sensitive,
        posting_default_language: optional(member.defaults.language.as_ref()),
        posting_default_quote_policy: "nobody",
        reading_expand_media: "default",
        reading_expand_spoilers: false,
        reading_autoplay_gifs: false,
    }
}
