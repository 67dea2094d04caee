//! A post on another server: notes, questions, and the other kinds that are turned into posts.

pub mod attachment;
mod body;
mod language;
pub mod policy;
pub mod poll;
pub mod quote;

pub use attachment::{Attachment, MediaKind};
pub use policy::Policy;
pub use poll::{Poll, PollOption};
pub use quote::{Quote, QuoteTarget};

use serde_json::Value;
use time::OffsetDateTime;

use crate::audience::{Audience, addresses, visibility};
use crate::host::parse_id;
use crate::tag::Tags;
use crate::{Document, IdError, ObjectRef, json};

/// The kinds of objects that become posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostType {
    /// What everybody writes.
    Note,
    /// A note with a poll.
    Question,
    /// A blog article.
    Article,
    /// A page or a thread's start.
    Page,
    /// A picture.
    Image,
    /// A recording.
    Audio,
    /// A film.
    Video,
    /// Something that takes place.
    Event,
}

impl PostType {
    const NAMES: [(&'static str, Self); 8] = [
        ("Note", Self::Note),
        ("Question", Self::Question),
        ("Article", Self::Article),
        ("Page", Self::Page),
        ("Image", Self::Image),
        ("Audio", Self::Audio),
        ("Video", Self::Video),
        ("Event", Self::Event),
    ];

    /// The first known type of an object.
    pub fn of(object: &Value) -> Option<Self> {
        let name = json::known_type(object, &Self::NAMES.map(|(name, _)| name))?;
        Self::NAMES
            .into_iter()
            .find_map(|(known, kind)| (known == name).then_some(kind))
    }

    /// Whether it is shown as title, excerpt and link instead of its own text.
    pub fn is_converted(self) -> bool {
        !matches!(self, Self::Note | Self::Question)
    }
}

/// Why an object is not a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// No `id`.
    #[error("the post has no id")]
    MissingId,
    /// The id cannot be used.
    #[error("the post's id is no usable URL")]
    BadId(#[source] IdError),
    /// A type that is not turned into a post. Not an error of the sender: ignore it.
    #[error("this type of object is not a post here")]
    UnsupportedType,
}

impl PostError {
    /// The short word for answers and counters.
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingId => "missing_id",
            Self::BadId(_) => "bad_url",
            Self::UnsupportedType => "unsupported_object_type",
        }
    }
}

/// A post, decoded and not yet believed. HTML is as received and must be cleaned; the other texts are plain and must
/// be escaped.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// Its identity, byte for byte.
    pub id: String,
    /// First known type.
    pub post_type: PostType,
    /// Page to read it on; the id when there is none.
    pub url: String,
    /// Authors' ids. `PeerTube` names a person and a group; no entry means nobody was named.
    pub attributed_to: Vec<String>,
    /// Addressees; the public collection in its full spelling.
    pub to: Vec<String>,
    /// Further addressees.
    pub cc: Vec<String>,
    /// Body, HTML as received; for converted types composed of title, excerpt and link. At most 500 KiB.
    pub content: String,
    /// Content warning, plain text; empty when there is none.
    pub spoiler: String,
    /// Title of converted types, plain text.
    pub title: Option<String>,
    /// `name` as it stands; in a note replying to a poll it is a vote.
    pub name: Option<String>,
    /// Marked as sensitive.
    pub sensitive: bool,
    /// Language tag (BCP 47), as given.
    pub language: Option<String>,
    /// When written, by the author's account; not yet held against our clock.
    pub published: Option<OffsetDateTime>,
    /// When last edited.
    pub updated: Option<OffsetDateTime>,
    /// Id of the post it replies to.
    pub in_reply_to: Option<String>,
    /// Key of the conversation: `conversation`, else `context`.
    pub conversation: Option<String>,
    /// Mentions, hashtags, emoji.
    pub tags: Tags,
    /// Media, at most 16.
    pub attachments: Vec<Attachment>,
    /// A link attached as such, the proposal for a preview card.
    pub card_hint: Option<String>,
    /// Poll of a question.
    pub poll: Option<Poll>,
    /// Quoted post.
    pub quote: Option<Quote>,
    /// Who may reply, if declared.
    pub can_reply: Option<Policy>,
    /// Who may quote, if declared.
    pub can_quote: Option<Policy>,
    /// Collection of replies, by id.
    pub replies: Option<String>,
    /// Favourites elsewhere, by the origin's account.
    pub likes: Option<u64>,
    /// Boosts elsewhere, by the origin's account.
    pub shares: Option<u64>,
    /// `directMessage`, where a server says so.
    pub direct_message: Option<bool>,
}

impl Post {
    /// Reads a document that was fetched as a post.
    pub fn from_document(document: &Document) -> Result<Self, PostError> {
        Self::from_value(document.value())
    }

    /// Reads a post, such as the object of a `Create`.
    pub fn from_value(post: &Value) -> Result<Self, PostError> {
        let post_type = PostType::of(post).ok_or(PostError::UnsupportedType)?;
        let id = json::id_of(post).ok_or(PostError::MissingId)?;
        parse_id(id).map_err(PostError::BadId)?;
        let url = json::get(post, "url")
            .and_then(|url| json::href_of(url, "text/html"))
            .filter(|url| parse_id(url).is_ok())
            .unwrap_or_else(|| id.to_owned());
        let name = json::text_of(post, "name").map(str::to_owned);
        Ok(Self {
            id: id.to_owned(),
            post_type,
            attributed_to: json::ids_at(post, "attributedTo")
                .into_iter()
                .map(str::to_owned)
                .collect(),
            to: addresses(post, "to"),
            cc: addresses(post, "cc"),
            content: body::content(post, post_type, &url),
            spoiler: body::spoiler(post, post_type),
            title: name.clone().filter(|_| post_type.is_converted()),
            name,
            sensitive: json::flag_at(post, "sensitive"),
            language: language::of(post),
            published: json::date_at(post, "published"),
            updated: json::date_at(post, "updated"),
            in_reply_to: web_id(post, "inReplyTo"),
            conversation: conversation(post),
            tags: Tags::of(post),
            attachments: attachment::of(post),
            card_hint: attachment::card_hint(post),
            poll: if post_type == PostType::Question {
                Poll::of(post)
            } else {
                None
            },
            quote: Quote::of(post),
            can_reply: Policy::of(post, "canReply"),
            can_quote: Policy::of(post, "canQuote"),
            replies: web_id(post, "replies"),
            likes: json::total_at(post, "likes"),
            shares: json::total_at(post, "shares"),
            direct_message: json::bool_at(post, "directMessage"),
            url,
        })
    }

    /// Whom it is addressed to; the author's `followers` id is what their stored actor says.
    pub fn audience(&self, author_followers: Option<&str>) -> Audience {
        visibility(&self.to, &self.cc, author_followers)
    }

    /// The option named, when this has the form of a vote: a named note without text that replies to something.
    pub fn as_vote(&self) -> Option<(&str, &str)> {
        if self.post_type != PostType::Note || !self.content.is_empty() {
            return None;
        }
        Some((self.in_reply_to.as_deref()?, self.name.as_deref()?))
    }

    /// Whether peers show it as edited.
    pub fn is_edited(&self) -> bool {
        self.updated.is_some() && self.updated != self.published
    }
}

/// Reads what an activity includes; `None` when it only names an id.
pub fn embedded_post(object: &ObjectRef) -> Option<Result<Post, PostError>> {
    object.embedded().map(Post::from_value)
}

fn web_id(object: &Value, key: &str) -> Option<String> {
    json::id_at(object, key)
        .filter(|id| parse_id(id).is_ok())
        .map(str::to_owned)
}

/// A `tag:` URI or a URL.
fn conversation(post: &Value) -> Option<String> {
    json::str_at(post, "conversation")
        .or_else(|| json::id_at(post, "context"))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wrong_types_everywhere_still_leave_a_post_for_nobody() {
        let post = Post::from_value(&json!({
            "id": "https://e.example/17", "type": "Note", "summary": 5, "inReplyTo": 7, "published": 123,
            "to": "everyone", "cc": {"a": 1}, "sensitive": "yes", "content": {"html": "x"}, "attachment": 5,
            "tag": "#x", "name": ["x"], "replies": "javascript:1", "contentMap": [1, 2], "updated": true,
        }))
        .unwrap();

        assert_eq!(
            post.audience(Some("https://e.example/followers")),
            Audience::Direct
        );
        assert_eq!(
            (post.content.as_str(), post.in_reply_to, post.replies),
            ("", None, None)
        );
        assert!(!post.sensitive && post.attachments.is_empty() && post.published.is_none());
    }

    #[test]
    fn ids_and_types_are_needed() {
        for (post, code) in [
            (json!({"type": "Note"}), "missing_id"),
            (
                json!({"type": "Note", "id": "https://v.example@e.example/8"}),
                "bad_url",
            ),
            (
                json!({"type": "ChatMessage", "id": "https://e.example/8"}),
                "unsupported_object_type",
            ),
        ] {
            assert_eq!(Post::from_value(&post).unwrap_err().code(), code);
        }
    }

    #[test]
    fn a_vote_is_told_from_a_reply() {
        let vote = json!({"id": "https://e.example/v", "type": "Note", "name": "Tea", "inReplyTo": "https://m.example/1"});
        let mut reply = vote.clone();
        reply["content"] = json!("<p>Tea</p>");

        assert_eq!(
            Post::from_value(&vote).unwrap().as_vote(),
            Some(("https://m.example/1", "Tea"))
        );
        assert_eq!(Post::from_value(&reply).unwrap().as_vote(), None);
    }
}
