//! Accounts: everybody the server knows, members and people of other servers alike.

use serde::{Deserialize, Serialize};
use text::SafeHtml;
use time::{Date, OffsetDateTime};

use crate::{
    domain::Domain,
    handle::{Handle, Username},
    id::AccountId,
};

/// The id of the server's own actor, which signs fetches. Mastodon uses the same number.
pub const INSTANCE_ACTOR: AccountId = AccountId::new(-99);

/// Somebody with a handle: a member, or a person, group or program of another server.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name, in the case its owner chose.
    pub username: Username,
    /// Its server, unless that is ours.
    pub domain: Option<Domain>,
    /// Its ActivityPub id, an absolute URL.
    pub uri: String,
    /// Its profile page, an absolute URL.
    pub url: String,
    /// How the URLs of a local account are made.
    pub uri_scheme: UriScheme,
    /// Plain text; may be empty.
    pub display_name: String,
    /// The biography as safe HTML.
    pub note: SafeHtml,
    /// What the member typed as biography. Empty for remote accounts.
    pub note_source: String,
    /// Rows of the profile's table.
    pub fields: Vec<ProfileField>,
    /// Custom emoji used in name, biography and fields.
    pub emojis: Vec<Emoji>,
    /// What kind of actor it is.
    pub actor_type: ActorType,
    /// Follows wait for approval.
    pub locked: bool,
    /// Wants to be found in directories; `None` when it has not said.
    pub discoverable: Option<bool>,
    /// Its public posts may be found by full-text search.
    pub indexable: bool,
    /// Hides whom it follows and who follows it.
    pub hides_collections: bool,
    /// Belongs to somebody who has died.
    pub memorial: bool,
    /// Picture of a remote account, an absolute URL.
    pub avatar_url: Option<String>,
    /// What the picture shows.
    pub avatar_description: String,
    /// Header picture of a remote account, an absolute URL.
    pub header_url: Option<String>,
    /// What the header shows.
    pub header_description: String,
    /// Other ids of the same person.
    pub also_known_as: Vec<String>,
    /// Where it has moved.
    pub moved_to: Option<AccountId>,
    /// When it was suspended, and by whom.
    pub suspended: Option<(OffsetDateTime, SuspensionOrigin)>,
    /// When it was limited (silenced).
    pub silenced_at: Option<OffsetDateTime>,
    /// When all its media were marked as sensitive.
    pub sensitised_at: Option<OffsetDateTime>,
    /// Kept, not counted.
    pub followers_count: i64,
    /// Kept, not counted.
    pub following_count: i64,
    /// Kept, not counted.
    pub statuses_count: i64,
    /// Day of its newest status.
    pub last_status_on: Option<Date>,
    /// When it came into being, as far as known.
    pub created_at: OffsetDateTime,
    /// When a remote account's document was last fetched.
    pub fetched_at: Option<OffsetDateTime>,
}

impl Account {
    /// Whether it belongs to this server.
    pub fn is_local(&self) -> bool {
        self.domain.is_none()
    }

    /// `name` for members, `name@domain` for others, as the client API's `acct`.
    pub fn handle(&self) -> Handle {
        Handle {
            username: self.username.clone(),
            domain: self.domain.clone(),
        }
    }

    /// Whether it is suspended, by us or by its own server.
    pub fn is_suspended(&self) -> bool {
        self.suspended.is_some()
    }

    /// Whether its owner, a member of this server, has deleted it.
    pub fn is_gone(&self) -> bool {
        matches!(self.suspended, Some((_, SuspensionOrigin::Owner)))
    }

    /// Whether nobody is behind it in person.
    pub fn is_bot(&self) -> bool {
        matches!(self.actor_type, ActorType::Service | ActorType::Application)
    }
}

/// Where a member is to be found, and by which version what was made of the rest of the account can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which account.
    pub id: AccountId,
    /// Changes with everything but its counters; see [`AccountGlimpse`](crate::AccountGlimpse).
    pub version: i64,
    /// When its public key was written down.
    pub key_made_at: Option<OffsetDateTime>,
    /// Its name, in the case its owner chose.
    pub username: Username,
    /// Its ActivityPub id.
    pub uri: String,
    /// Its profile page.
    pub url: String,
    /// Its owner has deleted it.
    pub is_gone: bool,
}

/// By what a member is looked for.
#[derive(Clone, Debug)]
pub enum Named {
    /// The number.
    Id(AccountId),
    /// The name, in any case.
    Name(Username),
}

/// How a local account's ActivityPub URLs are made. Imported accounts keep their old ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UriScheme {
    /// `https://WEB/users/NAME`, Mastodon's until 4.4.
    Username,
    /// `https://WEB/ap/users/ID`, Mastodon's since 4.5.
    Numeric,
}

/// ActivityPub's kinds of actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActorType {
    /// A human being.
    Person,
    /// A program that posts.
    Service,
    /// A community that repeats what its members write.
    Group,
    /// An institution.
    Organization,
    /// A server's own actor.
    Application,
}

impl ActorType {
    /// The word of ActivityStreams, also kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Service => "Service",
            Self::Group => "Group",
            Self::Organization => "Organization",
            Self::Application => "Application",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "Person" => Self::Person,
            "Service" => Self::Service,
            "Group" => Self::Group,
            "Organization" => Self::Organization,
            "Application" => Self::Application,
            _ => return None,
        })
    }
}

/// Who suspended an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuspensionOrigin {
    /// This server.
    Local,
    /// The account's own server; lifted when that server says so.
    Remote,
    /// Its owner, a member of this server, who has deleted it. Nothing is left but the row.
    Owner,
}

/// A row of a profile's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileField {
    /// Plain text.
    pub name: String,
    /// Safe HTML.
    pub value: SafeHtml,
    /// What the member typed. Empty for remote accounts.
    pub source: String,
    /// When the link in it was seen to link back.
    pub verified_at: Option<OffsetDateTime>,
}

/// A custom emoji as used in one text: kept beside the text, so that showing it needs no look-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emoji {
    /// `[A-Za-z0-9_]{2,}`, without colons.
    pub shortcode: String,
    /// The picture, an absolute URL.
    pub url: String,
}

/// What a peer says of an account of its own: an actor document, already read, checked and cleaned.
#[derive(Clone, Debug)]
pub struct RemoteAccount {
    /// ActivityPub id.
    pub uri: String,
    /// Profile page.
    pub url: String,
    /// Handle, confirmed by WebFinger in both directions (S16); always with a domain.
    pub handle: Handle,
    /// What kind of actor.
    pub actor_type: ActorType,
    /// Where it takes deliveries.
    pub inbox_url: String,
    /// The inbox its server shares.
    pub shared_inbox_url: Option<String>,
    /// Its posts.
    pub outbox_url: Option<String>,
    /// Who follows it.
    pub followers_url: Option<String>,
    /// Whom it follows.
    pub following_url: Option<String>,
    /// What it has pinned.
    pub featured_url: Option<String>,
    /// Plain text.
    pub display_name: String,
    /// Biography.
    pub note: SafeHtml,
    /// Rows of the profile's table.
    pub fields: Vec<ProfileField>,
    /// Custom emoji in the texts.
    pub emojis: Vec<Emoji>,
    /// Follows wait for approval.
    pub locked: bool,
    /// Wants to be found in directories.
    pub discoverable: Option<bool>,
    /// Public posts may be found by full-text search.
    pub indexable: bool,
    /// Belongs to somebody who has died.
    pub memorial: bool,
    /// Its own server has suspended it.
    pub suspended: bool,
    /// Picture.
    pub avatar_url: Option<String>,
    /// What the picture shows.
    pub avatar_description: String,
    /// Header picture.
    pub header_url: Option<String>,
    /// What the header shows.
    pub header_description: String,
    /// Other ids of the same person.
    pub also_known_as: Vec<String>,
    /// Since when it exists.
    pub published: Option<OffsetDateTime>,
    /// Key ids with their PEM.
    pub keys: Vec<(String, String)>,
    /// Claimed total; `None` leaves what is stored.
    pub followers_count: Option<i64>,
    /// Claimed total; `None` leaves what is stored.
    pub following_count: Option<i64>,
    /// Claimed total; `None` leaves what is stored.
    pub statuses_count: Option<i64>,
    /// Hides whom it follows and who follows it.
    pub hides_collections: bool,
}
