//! The member's choices that apps may follow.

use std::borrow::Cow;

use serde::Serialize;

/// The member's choices. <https://docs.joinmastodon.org/entities/Preferences/>
#[derive(Debug, Clone, Serialize)]
pub struct Preferences<'a> {
    /// Default visibility of new posts.
    #[serde(rename = "posting:default:visibility")]
    pub posting_default_visibility: &'a str,
    /// Whether new posts' media are hidden by default.
    #[serde(rename = "posting:default:sensitive")]
    pub posting_default_sensitive: bool,
    /// Default language of new posts.
    #[serde(rename = "posting:default:language")]
    pub posting_default_language: Option<Cow<'a, str>>,
    /// Who may quote new posts.
    #[serde(rename = "posting:default:quote_policy")]
    pub posting_default_quote_policy: &'a str,
    /// `default`, `show_all` or `hide_all`.
    #[serde(rename = "reading:expand:media")]
    pub reading_expand_media: &'a str,
    /// Whether content warnings are opened at once.
    #[serde(rename = "reading:expand:spoilers")]
    pub reading_expand_spoilers: bool,
    /// Whether animations play by themselves.
    #[serde(rename = "reading:autoplay:gifs")]
    pub reading_autoplay_gifs: bool,
}
