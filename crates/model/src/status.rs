//! Statuses: posts and boosts.

use serde::{Deserialize, Serialize};
use text::SafeHtml;
use time::OffsetDateTime;

use crate::{
    account::{Account, Emoji},
    handle::Handle,
    id::{AccountId, ApplicationId, StatusId},
    visibility::Visibility,
};

/// A post, or a boost of one.
#[derive(Clone, Debug)]
pub struct Status {
    /// Its id; carries the time it was published, so that timelines sort by it.
    pub id: StatusId,
    /// Its ActivityPub id. For a boost, the id of the Announce.
    pub uri: String,
    /// Its page, an absolute URL.
    pub url: String,
    /// Who wrote or boosted it.
    pub account_id: AccountId,
    /// Written here.
    pub local: bool,
    /// What it answers, when that is known here.
    pub in_reply_to_id: Option<StatusId>,
    /// Who wrote what it answers.
    pub in_reply_to_account_id: Option<AccountId>,
    /// The ActivityPub id of what it answers, known here or not.
    pub in_reply_to_uri: Option<String>,
    /// What it boosts.
    pub boost_of_id: Option<StatusId>,
    /// What the member typed. Empty for remote statuses.
    pub source: String,
    /// The text as safe HTML.
    pub content: SafeHtml,
    /// Title of something that is no note (an article, a video, …) where it came from.
    pub title: Option<String>,
    /// The content warning; plain text, may be empty.
    pub spoiler: String,
    /// Who it is for.
    pub visibility: Visibility,
    /// Media are hidden until asked for.
    pub sensitive: bool,
    /// ISO 639 code.
    pub language: Option<String>,
    /// Which thread it says it belongs to.
    pub conversation_uri: Option<String>,
    /// Custom emoji used in the text.
    pub emojis: Vec<Emoji>,
    /// With which app it was written.
    pub application_id: Option<ApplicationId>,
    /// When it was published.
    pub created_at: OffsetDateTime,
    /// When it was last edited.
    pub edited_at: Option<OffsetDateTime>,
    /// Kept, not counted.
    pub replies_count: i64,
    /// Kept, not counted.
    pub boosts_count: i64,
    /// Kept, not counted.
    pub favourites_count: i64,
}

/// A status with all that is needed to show it, loaded in a fixed number of queries.
#[derive(Clone, Debug)]
pub struct StatusView {
    /// The status.
    pub status: Status,
    /// Its author.
    pub author: Account,
    /// What it boosts, if it is a boost.
    pub boost_of: Option<Box<StatusView>>,
    /// The people mentioned (not those silently addressed).
    pub mentions: Vec<MentionView>,
    /// Hashtags, without `#`, in the author's spelling.
    pub tags: Vec<TagView>,
    /// Pictures and the like.
    pub attachments: Vec<Attachment>,
    /// With which app it was written, if its author shows it.
    pub application: Option<ApplicationView>,
    /// What the viewer has done with it. `None` when nobody is signed in.
    pub marks: Option<Marks>,
}

/// What is the same of a status for everybody who may see it, without its author.
#[derive(Clone, Debug)]
pub struct Post {
    /// Changes with everything but counters and names; see [`StatusGlimpse`](crate::StatusGlimpse).
    pub version: i64,
    /// The version of the names that it shows.
    pub names_version: i64,
    /// The status. Its counters are those of the moment it was loaded.
    pub status: Status,
    /// The people mentioned (not those silently addressed).
    pub mentions: Vec<MentionView>,
    /// Hashtags, without `#`, in the author's spelling.
    pub tags: Vec<TagView>,
    /// Pictures and the like.
    pub attachments: Vec<Attachment>,
    /// With which app it was written, if its author shows it.
    pub application: Option<ApplicationView>,
}

/// Somebody mentioned in a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionView {
    /// Who.
    pub account_id: AccountId,
    /// Handle; without a domain for members.
    pub handle: Handle,
    /// Profile page.
    pub url: String,
    /// ActivityPub id.
    pub uri: String,
}

/// A hashtag of a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagView {
    /// Normal form, by which tags are equal.
    pub name: String,
    /// As first written.
    pub display_name: String,
}

/// The app a status was written with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationView {
    /// Its name.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
}

/// What a viewer has done with a status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Marked as favourite.
    pub favourited: bool,
    /// Boosted.
    pub boosted: bool,
    /// Bookmarked.
    pub bookmarked: bool,
    /// Its thread is muted.
    pub muted: bool,
    /// Pinned to the viewer's own profile.
    pub pinned: bool,
}

/// A picture, film or sound of a remote status, as its server describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its id, a snowflake.
    pub id: i64,
    /// `image`, `gifv`, `video`, `audio` or `unknown`.
    pub kind: String,
    /// Where its server keeps it.
    pub remote_url: String,
    /// A smaller picture, where its server keeps it.
    pub preview_url: Option<String>,
    /// Declared media type.
    pub media_type: Option<String>,
    /// What it shows, for those who cannot see it.
    pub description: Option<String>,
    /// A blurred impression, see blurha.sh.
    pub blurhash: Option<String>,
    /// Where to look, −1…1 each way.
    pub focus: Option<(f64, f64)>,
    /// In pixels.
    pub width: Option<i32>,
    /// In pixels.
    pub height: Option<i32>,
    /// In seconds.
    pub duration: Option<f64>,
}

/// An earlier or the present version of a status.
#[derive(Clone, Debug)]
pub struct StatusEdit {
    /// The text as safe HTML.
    pub content: SafeHtml,
    /// The content warning.
    pub spoiler: String,
    /// Media are hidden until asked for.
    pub sensitive: bool,
    /// When this version was published.
    pub created_at: OffsetDateTime,
    /// Custom emoji used in it.
    pub emojis: Vec<Emoji>,
    /// Pictures and the like it had.
    pub attachments: Vec<Attachment>,
}
