//! Posts, their threads and their past.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Account, CustomEmoji, EmptyList, Id, MediaAttachment, Timestamp};

/// A post, or a boost of one. <https://docs.joinmastodon.org/entities/Status/>
///
/// In parts, so that each can be printed once for as long as it stays the same.
#[derive(Debug, Clone, Serialize)]
pub struct Status<'a> {
    /// What is the same for everybody.
    #[serde(flatten)]
    pub body: StatusBody<'a>,
    /// What changes often, or depends on who looks.
    #[serde(flatten)]
    pub moment: StatusMoment,
    /// The boosted post.
    pub reblog: Option<Box<Status<'a>>>,
    /// Who wrote or boosted it.
    pub account: Account<'a>,
}

/// What is the same of a post for everybody who sees it, without its author.
#[derive(Debug, Clone, Serialize)]
pub struct StatusBody<'a> {
    /// The post's id on this server.
    pub id: Id,
    /// When it was published.
    pub created_at: Timestamp,
    /// The post it answers.
    pub in_reply_to_id: Option<Id>,
    /// The author of that post.
    pub in_reply_to_account_id: Option<Id>,
    /// The content warning; may be empty.
    pub spoiler_text: Cow<'a, str>,
    /// `public`, `unlisted`, `private` or `direct`.
    pub visibility: &'a str,
    /// An ISO 639 code.
    pub language: Option<Cow<'a, str>>,
    /// The `ActivityPub` id.
    pub uri: Cow<'a, str>,
    /// The post's page.
    pub url: Option<Cow<'a, str>>,
    /// How many quotes it has. None are known yet.
    pub quotes_count: i64,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// The text, as safe HTML; absent when the source is told instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Cow<'a, str>>,
    /// The text as typed; told only when the author deletes the post, to write it anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
    /// The app it was written with; absent when its author hides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<StatusApplication<'a>>,
    /// Its files.
    pub media_attachments: Vec<MediaAttachment<'a>>,
    /// Whom it names.
    pub mentions: Vec<Mention<'a>>,
    /// Its hashtags.
    pub tags: Vec<StatusTag<'a>>,
    /// The custom emojis in it.
    pub emojis: Vec<CustomEmoji<'a>>,
    /// Collections it names.
    pub tagged_collections: EmptyList,
    /// The quoted post. None is known yet.
    pub quote: (),
    /// The preview of a link in it. None is made yet.
    pub card: (),
    /// Its poll. None is known yet.
    pub poll: (),
    /// Who may quote it.
    pub quote_approval: QuoteApproval,
}

/// What changes often of a post, or depends on who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StatusMoment {
    /// Whether its media are hidden until asked for.
    pub sensitive: bool,
    /// How many answers it has.
    pub replies_count: i64,
    /// How many boosts it has.
    pub reblogs_count: i64,
    /// How many favourites it has.
    pub favourites_count: i64,
    /// Whether the viewer favourited it; this and the next ones are absent when nobody is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favourited: Option<bool>,
    /// Whether the viewer boosted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reblogged: Option<bool>,
    /// Whether the viewer muted its conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub muted: Option<bool>,
    /// Whether the viewer bookmarked it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmarked: Option<bool>,
    /// Whether the viewer pinned it; told to its author only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// The viewer's filters that matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filtered: Option<EmptyList>,
}

/// Who may quote a post.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct QuoteApproval {
    /// Who may without asking.
    pub automatic: EmptyList,
    /// Who may after asking.
    pub manual: EmptyList,
    /// What holds for the viewer.
    pub current_user: &'static str,
}

impl QuoteApproval {
    /// Nobody may quote the post.
    pub const DENIED: Self = Self {
        automatic: EmptyList,
        manual: EmptyList,
        current_user: "denied",
    };
}

/// The app a post was written with.
#[derive(Debug, Clone, Serialize)]
pub struct StatusApplication<'a> {
    /// The app's name.
    pub name: Cow<'a, str>,
    /// The app's site.
    pub website: Option<Cow<'a, str>>,
}

/// Somebody named in a post.
#[derive(Debug, Clone, Serialize)]
pub struct Mention<'a> {
    /// The account's id.
    pub id: Id,
    /// The name without a host.
    pub username: Cow<'a, str>,
    /// The profile's page.
    pub url: Cow<'a, str>,
    /// The name, with a host when the account is of another server.
    pub acct: Cow<'a, str>,
}

/// A hashtag in a post.
#[derive(Debug, Clone, Serialize)]
pub struct StatusTag<'a> {
    /// The tag without `#`.
    pub name: Cow<'a, str>,
    /// The tag's page.
    pub url: Cow<'a, str>,
}

/// A post as typed, for editing. <https://docs.joinmastodon.org/entities/StatusSource/>
#[derive(Debug, Clone, Serialize)]
pub struct StatusSource<'a> {
    /// The post's id.
    pub id: Id,
    /// The text as typed.
    pub text: Cow<'a, str>,
    /// The content warning as typed.
    pub spoiler_text: Cow<'a, str>,
}

/// One version of a post. <https://docs.joinmastodon.org/entities/StatusEdit/>
#[derive(Debug, Clone, Serialize)]
pub struct StatusEdit<'a> {
    /// The text, as safe HTML.
    pub content: Cow<'a, str>,
    /// The content warning.
    pub spoiler_text: Cow<'a, str>,
    /// Whether its media were hidden.
    pub sensitive: bool,
    /// When this version was made.
    pub created_at: Timestamp,
    /// The author.
    pub account: Account<'a>,
    /// Its files.
    pub media_attachments: Vec<MediaAttachment<'a>>,
    /// The custom emojis in it.
    pub emojis: Vec<CustomEmoji<'a>>,
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};
    use time::macros::datetime;

    use super::*;
    use crate::accounts::tests::carol;

    fn hello() -> Status<'static> {
        Status {
            body: StatusBody {
                id: Id(42),
                created_at: Timestamp(datetime!(2026-01-02 03:04:05.678 UTC)),
                in_reply_to_id: Some(Id(41)),
                in_reply_to_account_id: Some(Id(1)),
                spoiler_text: "".into(),
                visibility: "public",
                language: Some("en".into()),
                uri: "https://peer.example/users/carol/statuses/42".into(),
                url: Some("https://peer.example/@carol/42".into()),
                quotes_count: 0,
                edited_at: None,
                content: Some("<p>hello</p>".into()),
                text: None,
                application: None,
                media_attachments: vec![],
                mentions: vec![],
                tags: vec![],
                emojis: vec![],
                tagged_collections: EmptyList,
                quote: (),
                card: (),
                poll: (),
                quote_approval: QuoteApproval::DENIED,
            },
            moment: StatusMoment {
                sensitive: false,
                replies_count: 0,
                reblogs_count: 0,
                favourites_count: 0,
                favourited: None,
                reblogged: None,
                muted: None,
                bookmarked: None,
                pinned: None,
                filtered: None,
            },
            reblog: None,
            account: carol(),
        }
    }

    #[test]
    fn a_strangers_view_has_no_marks() {
        let status = hello();

        let printed = to_value(&status).unwrap();

        assert_eq!(
            printed,
            json!({
                "id": "42", "created_at": "2026-01-02T03:04:05.678Z",
                "in_reply_to_id": "41", "in_reply_to_account_id": "1",
                "sensitive": false, "spoiler_text": "", "visibility": "public", "language": "en",
                "uri": "https://peer.example/users/carol/statuses/42",
                "url": "https://peer.example/@carol/42",
                "replies_count": 0, "reblogs_count": 0, "favourites_count": 0, "quotes_count": 0,
                "edited_at": null, "content": "<p>hello</p>", "reblog": null,
                "account": to_value(carol()).unwrap(),
                "media_attachments": [], "mentions": [], "tags": [], "emojis": [],
                "tagged_collections": [], "quote": null, "card": null, "poll": null,
                "quote_approval": {"automatic": [], "manual": [], "current_user": "denied"},
            })
        );
    }

    #[test]
    fn a_members_view_has_marks_and_filters() {
        let mut status = hello();
        status.moment.favourited = Some(true);
        status.moment.reblogged = Some(false);
        status.moment.filtered = Some(EmptyList);

        let printed = to_value(&status).unwrap();

        assert_eq!(printed["favourited"], true);
        assert_eq!(printed["reblogged"], false);
        assert_eq!(printed["filtered"], json!([]));
    }

    #[test]
    fn a_boost_holds_the_post() {
        let mut boost = hello();
        boost.reblog = Some(Box::new(hello()));

        let printed = to_value(&boost).unwrap();

        assert_eq!(printed["reblog"]["id"], "42");
        assert_eq!(printed["reblog"]["reblog"], json!(null));
    }
}
