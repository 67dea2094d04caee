//! Our posts, in Mastodon's fields and order.

use serde::Serialize;
use serde::ser::SerializeMap;

use super::{Image, Instant};

/// A post. `to` and `cc` must be those of the `Create` around it: some versions of Pleroma fail otherwise.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Identity.
    pub id: String,
    /// `Note`, or `Question` with a poll.
    #[serde(rename = "type")]
    pub note_type: &'static str,
    /// Content warning.
    pub summary: Option<String>,
    /// Id of the post it replies to.
    pub in_reply_to: Option<String>,
    /// When written.
    pub published: Instant,
    /// When last edited; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Instant>,
    /// Page to read it on.
    pub url: String,
    /// Author.
    pub attributed_to: String,
    /// Addressees.
    pub to: Vec<String>,
    /// Further addressees.
    pub cc: Vec<String>,
    /// Marked as sensitive.
    pub sensitive: bool,
    /// The id again, for old peers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atom_uri: Option<String>,
    /// The parent's id again, for old peers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_reply_to_atom_uri: Option<String>,
    /// Key of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The conversation as a collection, where we serve one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Body in HTML.
    pub content: String,
    /// The body again under its language, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_map: Option<ContentMap>,
    /// Media.
    pub attachment: Vec<Attachment>,
    /// Mentions, hashtags, emoji.
    pub tag: Vec<Tag>,
    /// Replies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<String>,
    /// Favourites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<Collected>,
    /// Boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<Collected>,
    /// Choices, one of which may be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<QuestionChoice>,
    /// Choices, any of which may be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<QuestionChoice>,
    /// When the poll ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Instant>,
    /// When the poll ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Instant>,
    /// How many voted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voters_count: Option<u64>,
}

/// A body with its language.
#[derive(Debug, Clone)]
pub struct ContentMap {
    /// BCP 47.
    pub language: String,
    /// The body again.
    pub content: String,
}

impl Serialize for ContentMap {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(&self.language, &self.content)?;
        map.end()
    }
}

/// A file of ours.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename = "Document")]
pub struct Attachment {
    /// Media type.
    pub media_type: String,
    /// Where it is.
    pub url: String,
    /// Description.
    pub name: Option<String>,
    /// Blurhash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blurhash: Option<String>,
    /// Point of interest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focal_point: Option<[f64; 2]>,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// ISO 8601, such as `PT12S`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// A still picture of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<Thumbnail>,
}

/// A still picture of a film or recording.
pub type Thumbnail = Image;

/// An entry of `tag`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type")]
pub enum Tag {
    /// Somebody named in the text.
    Mention {
        /// Their id.
        href: String,
        /// `@user@host`.
        name: String,
    },
    /// A hashtag.
    Hashtag {
        /// Its page.
        href: String,
        /// With `#`.
        name: String,
    },
    /// A custom emoji of ours.
    Emoji {
        /// Its id.
        id: String,
        /// With colons.
        name: String,
        /// When it last changed.
        updated: Instant,
        /// Its picture.
        icon: Image,
    },
}

/// A collection of which only the number is shown.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename = "Collection")]
pub struct Collected {
    /// Its id.
    pub id: String,
    /// How many.
    pub total_items: u64,
}

/// An option of a poll.
#[derive(Debug, Clone)]
pub struct QuestionChoice {
    /// Text of the option.
    pub name: String,
    /// Votes so far.
    pub votes: u64,
}

impl Serialize for QuestionChoice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(tag = "type", rename = "Collection", rename_all = "camelCase")]
        struct Votes {
            total_items: u64,
        }
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("type", "Note")?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry(
            "replies",
            &Votes {
                total_items: self.votes,
            },
        )?;
        map.end()
    }
}
