//! From views, which operations return, to entities, which apps read. No I/O happens here.
//!
//! Entities borrow from their views wherever the text is the same, so that a page is printed
//! without being copied first. Nothing here can fail: what a view holds can be shown.

mod accounts;
pub(crate) mod admin;
pub(crate) mod applications;
pub(crate) mod beside;
pub(crate) mod documents;
mod instance;
pub(crate) mod markers;
pub(crate) mod moot;
pub(crate) mod notifications;
pub(crate) mod preferences;
pub(crate) mod relationships;
mod reports;
mod search;
pub(crate) mod statuses;

pub(crate) use accounts::{BOARD, MODERATOR};

use std::{borrow::Cow, sync::Arc};

use mastodon::CustomEmoji;
use model::{Emoji, Visibility};
use service::{Settings, Urls};
use time::OffsetDateTime;

use crate::placeholders;

/// Turns views into entities; knows how our URLs are made.
pub(crate) struct Renderer {
    urls: Urls,
    settings: Arc<Settings>,
    missing_avatar: String,
    missing_header: String,
    /// When this process read the organisation's documents: the only date known of them.
    documents_read_at: OffsetDateTime,
}

impl Renderer {
    /// For this server, from now on.
    pub(crate) fn new(urls: Urls, settings: Arc<Settings>, now: OffsetDateTime) -> Self {
        let base = urls.base();
        Self {
            missing_avatar: format!("{base}{}", placeholders::AVATAR_PATH),
            missing_header: format!("{base}{}", placeholders::HEADER_PATH),
            documents_read_at: now,
            urls,
            settings,
        }
    }
}

fn emojis(emojis: &[Emoji]) -> Vec<CustomEmoji<'_>> {
    emojis.iter().map(emoji).collect()
}

/// A custom emoji. There is no still picture apart from the moving one yet.
pub(crate) fn emoji(emoji: &Emoji) -> CustomEmoji<'_> {
    CustomEmoji {
        shortcode: emoji.shortcode.as_str().into(),
        url: emoji.url.as_str().into(),
        static_url: emoji.url.as_str().into(),
        visible_in_picker: true,
        category: None,
    }
}

/// The word of the client API, which has none for `limited` and shows it as `private`.
fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Limited => "private",
        other => other.as_str(),
    }
}

fn optional(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.map(|text| text.as_str().into())
}

#[cfg(test)]
mod tests;
