//! Hashtags and custom emojis.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::Id;

/// A hashtag with its use. <https://docs.joinmastodon.org/entities/Tag/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tag<'a> {
    /// The tag's id.
    pub id: Id,
    /// The tag without `#`.
    pub name: Cow<'a, str>,
    /// The tag's page.
    pub url: Cow<'a, str>,
    /// Its use over the last days, newest first.
    pub history: Vec<TagHistory>,
    /// Whether the viewer follows it; absent when nobody is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    /// Whether the viewer features it; absent when nobody is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featuring: Option<bool>,
}

/// The use of a tag on one day. Mastodon prints all three numbers as strings.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TagHistory {
    /// The day's midnight in UTC, in seconds since 1970.
    pub day: Id,
    /// How many accounts used it.
    pub accounts: Id,
    /// How many posts used it.
    pub uses: Id,
}

/// A custom emoji. <https://docs.joinmastodon.org/entities/CustomEmoji/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CustomEmoji<'a> {
    /// The name, without colons.
    pub shortcode: Cow<'a, str>,
    /// The image.
    pub url: Cow<'a, str>,
    /// The image without animation.
    pub static_url: Cow<'a, str>,
    /// Whether pickers show it.
    pub visible_in_picker: bool,
    /// Its group in pickers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Cow<'a, str>>,
}
