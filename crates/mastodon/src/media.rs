//! Media attached to posts.

use std::borrow::Cow;

use serde::Serialize;

use crate::Id;

/// A file attached to a post. <https://docs.joinmastodon.org/entities/MediaAttachment/>
#[derive(Debug, Clone, Serialize)]
pub struct MediaAttachment<'a> {
    /// The attachment's id.
    pub id: Id,
    /// `image`, `gifv`, `video`, `audio` or `unknown`.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The file; `None` while it is being worked on.
    pub url: Option<Cow<'a, str>>,
    /// A smaller picture of it.
    pub preview_url: Option<Cow<'a, str>>,
    /// Where it came from.
    pub remote_url: Option<Cow<'a, str>>,
    /// Where its preview came from.
    pub preview_remote_url: Option<Cow<'a, str>>,
    /// Deprecated by Mastodon, always null.
    pub text_url: (),
    /// Sizes and focus.
    pub meta: Option<MediaMeta>,
    /// The file in words.
    pub description: Option<Cow<'a, str>>,
    /// A blurred stand-in. <https://blurha.sh>
    pub blurhash: Option<Cow<'a, str>>,
}

/// What is known of a file.
#[derive(Debug, Clone, Serialize)]
pub struct MediaMeta {
    /// The point that must stay visible when cropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
    /// The file itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<MediaDimensions>,
    /// The preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<MediaDimensions>,
}

/// A point of a picture; both axes run from -1 to 1, up and right.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Focus {
    /// From left to right.
    pub x: f64,
    /// From bottom to top.
    pub y: f64,
}

/// The size of a picture or film.
#[derive(Debug, Clone, Serialize)]
pub struct MediaDimensions {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// `WIDTHxHEIGHT`.
    pub size: String,
    /// Width by height.
    pub aspect: f64,
}

impl MediaDimensions {
    /// The four figures that say one size.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            size: format!("{width}x{height}"),
            aspect: f64::from(width) / f64::from(height.max(1)),
        }
    }
}
